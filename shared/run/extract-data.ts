/** The pipeline of `extract_data`: a picture and a JSON schema, data that is valid under it. */
import type { RunContext } from '../context.ts';
import { PixelwrightError, throwIfCancelled } from '../errors.ts';
import type { PictureSource } from '../image/index.ts';
import { type CallerSchema, callerSchema, jsonIn } from '../tasks/caller-schema.ts';
import { extractData as task, untrustedNote } from '../tasks/index.ts';
import { imageParts } from './ask.ts';
import { loadPicture } from './load-picture.ts';
import {
  type AboutPicture,
  type ModelAnswer,
  type ModelRunOptions,
  modelAnswer,
  pictureFacts,
  usageOf,
} from './model-answer.ts';

export interface ExtractDataOptions extends ModelRunOptions {
  /** A JSON schema of an object or an array, as JSON text. */
  readonly schema: string;
  /** What to pay attention to. */
  readonly instructions?: string | undefined;
}

export interface DataExtraction extends AboutPicture {
  /** Valid under the schema. */
  readonly data: unknown;
}

/**
 * @throws PixelwrightError of the image stage and of the engine; `option-invalid` for a schema that is none, or
 *   not of an object or array; `truncated`, `repetition` and `output-invalid` for an answer that is not valid.
 */
export async function extractData(
  source: PictureSource,
  options: ExtractDataOptions,
  context: RunContext,
): Promise<DataExtraction> {
  const { engine, instructions } = options;
  const caller = callerSchema(options.schema);
  const picture = await loadPicture(source, context, options.read);
  throwIfCancelled(context.signal);
  const images = await imageParts(picture, task.model, context);
  // Without blanks, which are tokens too.
  const schema = JSON.stringify(caller.schema);
  const messages = task.prompt({ image: picture.name, schema, instructions }, { images });
  const { capabilities } = await engine.describe({ signal: context.signal });
  const constraint = capabilities.jsonSchema
    ? ({ kind: 'json-schema', schema: caller.schema } as const)
    : undefined;
  const answer = await modelAnswer(messages, task.model, { ...options, constraint }, context);
  return {
    data: checked(answer, caller),
    untrusted: untrustedNote,
    picture: pictureFacts(picture),
    warnings: [...picture.warnings],
    truncated: false,
    ...usageOf([answer]),
  };
}

/** Data that is valid is whole, however the answer ended. */
function checked(answer: ModelAnswer, caller: CallerSchema): unknown {
  const data = jsonIn(answer.text);
  const fault = data === undefined ? 'it is not JSON' : caller.faultOf(data);
  if (fault === undefined) return data;
  const details = { answer: answer.text.slice(0, 4000), ...usageOf([answer]) };
  if (answer.truncated) {
    throw new PixelwrightError(
      'truncated',
      'The answer reached its token limit before the data was complete.',
      {
        next: 'Give a larger maxTokens, ask for fewer fields, or crop the picture.',
        details,
      },
    );
  }
  if (answer.repetition) {
    throw new PixelwrightError(
      'repetition',
      'The model repeated itself and was stopped before the data was complete.',
      {
        next: 'Give another seed, ask for fewer fields, or crop the picture.',
        details,
      },
    );
  }
  throw new PixelwrightError('output-invalid', `Expected data that is valid under the schema: ${fault}.`, {
    next: 'Give another seed or a simpler schema, or an engine that holds answers to a schema.',
    details,
  });
}
