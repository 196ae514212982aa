/** Puts a picture before a model: fits it to the task's budget and streams the answer. */
import type { RunContext } from '../context.ts';
import type { Engine, EnginePart, EngineRequest, Speculation } from '../engine/engine.ts';
import { encodePng, prepareForModel, type SourcePicture } from '../image/index.ts';
import type { ModelSettings } from '../tasks/define-task.ts';
import type { ImagePart, PromptMessage } from '../tasks/prompt.ts';
import { modelProgress } from './model-progress.ts';

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
  const tell = modelProgress(context);
  for await (const part of engine.stream(request, { signal: context.signal })) {
    tell(part);
    yield part;
  }
}
