/** Puts a picture before a model: fits it to the task's budget and streams the answer. */
import type { RunContext } from '../context.ts';
import type { Constraint, Engine, EnginePart, EngineRequest, Speculation } from '../engine/engine.ts';
import { encodePng, type ModelTile, prepareForModel, type SourcePicture } from '../image/index.ts';
import type { ModelSettings } from '../tasks/define-task.ts';
import type { ImagePart, PromptMessage } from '../tasks/prompt.ts';
import { modelProgress } from './model-progress.ts';

/** A tile and the file that the model is sent of it. */
export interface SentTile {
  readonly tile: ModelTile;
  readonly image: ImagePart;
}

/** The picture, or the tiles of a long one. */
export async function sentTiles(
  picture: Pick<SourcePicture, 'raster'>,
  { imageTokens }: Pick<ModelSettings, 'imageTokens'>,
  context: RunContext,
): Promise<SentTile[]> {
  context.progress({ stage: 'prepare', message: 'fitting the picture to the model' });
  const budget = { minTokens: imageTokens.min, maxTokens: imageTokens.max };
  const tiles = await prepareForModel(picture, context, budget);
  return await Promise.all(
    tiles.map(async (tile) => {
      const bytes = await encodePng(tile.raster);
      return { tile, image: { type: 'image' as const, bytes, mediaType: 'image/png' as const } };
    }),
  );
}

/** As `sentTiles`, for a task that needs no way back to the picture's pixels. */
export async function imageParts(
  picture: Pick<SourcePicture, 'raster'>,
  settings: Pick<ModelSettings, 'imageTokens'>,
  context: RunContext,
): Promise<ImagePart[]> {
  return (await sentTiles(picture, settings, context)).map(({ image }) => image);
}

export interface AskOptions {
  /** Longest answer; the task's own unless told. */
  readonly maxTokens?: number;
  readonly seed?: number;
  /** Holds the answer to a form. */
  readonly constraint?: Constraint;
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
  const { seed, constraint } = options;
  const request: EngineRequest = {
    messages,
    sampling: seed === undefined ? settings.sampling : { ...settings.sampling, seed },
    maxTokens: options.maxTokens ?? settings.maxTokens,
    ...(constraint === undefined ? {} : { constraint }),
    ...(options.speculation === undefined ? {} : { speculation: options.speculation }),
  };
  context.progress({ stage: 'model', message: 'waiting for the model' });
  const tell = modelProgress(context);
  for await (const part of engine.stream(request, { signal: context.signal })) {
    tell(part);
    yield part;
  }
}
