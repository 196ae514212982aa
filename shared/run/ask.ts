/** Puts a picture before a model: fits it to the task's budget and streams the answer. */
import type { RunContext } from '../context.ts';
import type { Engine, EnginePart, EngineRequest, Speculation } from '../engine/engine.ts';
import { encodePng, prepareForModel, type SourcePicture } from '../image/index.ts';
import type { ModelSettings } from '../tasks/define-task.ts';
import type { ImagePart, PromptMessage } from '../tasks/prompt.ts';

/** The picture, or the tiles of a long one, as the model is sent it. */
export async function imageParts(
  picture: SourcePicture,
  { imageTokens }: ModelSettings,
  context: RunContext,
): Promise<ImagePart[]> {
  context.progress({ stage: 'prepare', message: 'fitting the picture to the model' });
  const budget = { minTokens: imageTokens.min, maxTokens: imageTokens.max };
  const tiles = await prepareForModel(picture, context, budget);
  return await Promise.all(
    tiles.map(async ({ raster }) => ({
      type: 'image' as const,
      bytes: await encodePng(raster),
      mediaType: 'image/png' as const,
    })),
  );
}

const stageWords = {
  waiting: 'waiting for other requests',
  loading: 'loading the model',
  encoding: 'the model looks at the picture',
} as const;

export interface AskOptions {
  /** Longest answer; the task's own unless told. */
  readonly maxTokens?: number;
  readonly seed?: number;
  /** Lets the engine guess ahead; for code, which repeats itself and what is in the picture. */
  readonly speculation?: Speculation;
}

/** The parts of the model's answer, not guarded against loops. Progress is told while it runs. */
export async function* ask(
  engine: Engine,
  messages: readonly PromptMessage[],
  settings: ModelSettings,
  options: AskOptions,
  context: RunContext,
): AsyncGenerator<EnginePart, void, undefined> {
  const { seed } = options;
  const request: EngineRequest = {
    messages,
    sampling: seed === undefined ? settings.sampling : { ...settings.sampling, seed },
    maxTokens: options.maxTokens ?? settings.maxTokens,
    ...(options.speculation === undefined ? {} : { speculation: options.speculation }),
  };
  context.progress({ stage: 'model', message: 'waiting for the model' });
  let written = 0;
  for await (const part of engine.stream(request, { signal: context.signal })) {
    if (part.type === 'prefill-progress') {
      const fraction = part.total > 0 ? part.processed / part.total : 0;
      context.progress({
        stage: 'model',
        message: `the model reads the picture, ${Math.round(fraction * 100)} %`,
      });
    } else if (part.type === 'stage-progress') {
      const done = part.fraction === undefined ? '' : `, ${Math.round(part.fraction * 100)} %`;
      context.progress({ stage: 'model', message: `${stageWords[part.stage]}${done}` });
    } else if (part.type === 'text-delta') {
      // Told now and then: a line for each token would bury everything else.
      const before = Math.floor(written / 1000);
      written += part.text.length;
      if (written === part.text.length) context.progress({ stage: 'model', message: 'the model writes' });
      else if (Math.floor(written / 1000) > before) {
        context.progress({ stage: 'model', message: `the model writes, ${written} characters` });
      }
    }
    yield part;
  }
}
