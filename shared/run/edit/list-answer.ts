/** A model's answer that is a JSON list, whole or cut off. */
import type { z } from 'zod';
import type { RunContext } from '../../context.ts';
import type { Engine } from '../../engine/engine.ts';
import { PixelwrightError } from '../../errors.ts';
import { jsonIn } from '../../tasks/caller-schema.ts';
import type { ModelSettings } from '../../tasks/index.ts';
import type { PromptMessage } from '../../tasks/prompt.ts';
import { type ModelAnswer, modelAnswer } from '../model-answer.ts';

export interface EditOptions {
  /** The caller closes it. */
  readonly engine: Engine;
  readonly maxTokens?: number;
  readonly seed?: number;
}

export interface ListAnswer<Entry> {
  readonly entries: readonly Entry[];
  readonly warnings: readonly string[];
  readonly answer: ModelAnswer;
}

/**
 * @param schema of the list, as JSON schema; the engine is held to it where it can be.
 * @param entry of the list; others are counted in a warning.
 * @throws PixelwrightError of the engine; `output-invalid` for an answer without an entry.
 */
export async function listAnswer<Entry>(
  messages: readonly PromptMessage[],
  model: Pick<ModelSettings, 'sampling' | 'maxTokens'>,
  form: { readonly schema: Readonly<Record<string, unknown>>; readonly entry: z.ZodType<Entry> },
  options: EditOptions,
  context: RunContext,
): Promise<ListAnswer<Entry>> {
  const { capabilities } = await options.engine.describe({ signal: context.signal });
  const constraint = capabilities.jsonSchema
    ? ({ kind: 'json-schema', schema: form.schema } as const)
    : undefined;
  // No picture is sent: the budget of image tokens is not asked for.
  const settings = { ...model, imageTokens: { min: 0, max: 0 } };
  const answer = await modelAnswer(messages, settings, { ...options, constraint }, context);
  const pieces = entriesOf(answer.text);
  const entries = pieces.flatMap((piece) => {
    const parsed = form.entry.safeParse(piece);
    return parsed.success ? [parsed.data] : [];
  });
  if (entries.length === 0) {
    throw new PixelwrightError('output-invalid', 'Expected a list of changes from the model; it gave none.', {
      next: 'Say it in other words, or name the part and what shall become of it.',
      details: { answer: answer.text.slice(0, 4000) },
    });
  }
  const broken = pieces.length - entries.length;
  return {
    entries,
    warnings: [
      ...answer.warnings,
      ...(broken === 0 ? [] : [`${broken} of ${pieces.length} changes could not be read.`]),
    ],
    answer,
  };
}

/** The entries that are whole; a list that was cut off is closed behind the last of them. */
function entriesOf(text: string): readonly unknown[] {
  const whole = jsonIn(text);
  if (Array.isArray(whole)) return whole;
  for (let end = text.lastIndexOf('}'); end > 0; end = text.lastIndexOf('}', end - 1)) {
    const closed = jsonIn(`${text.slice(0, end + 1)}]`);
    if (Array.isArray(closed)) return closed;
  }
  return [];
}
