/** Asks a model about each tile of a picture by itself, since places in its answer are those of one image. */
import type { RunContext } from '../context.ts';
import type { Constraint } from '../engine/engine.ts';
import type { ModelSettings } from '../tasks/index.ts';
import type { ImagePart, PromptMessage } from '../tasks/prompt.ts';
import { allAtOnce } from './all-at-once.ts';
import { type SentTile, sentTiles } from './ask.ts';
import type { LoadedPicture } from './load-picture.ts';
import { type ModelAnswer, type ModelRunOptions, modelAnswer } from './model-answer.ts';

export interface AnsweredTile extends SentTile {
  readonly answer: ModelAnswer;
}

/**
 * One answer a tile, in order. The first error ends the others.
 * @throws PixelwrightError of the engine.
 */
export async function askEachTile(
  picture: LoadedPicture,
  prompt: (image: ImagePart) => readonly PromptMessage[],
  settings: ModelSettings,
  options: ModelRunOptions & { readonly constraint?: Constraint | undefined },
  context: RunContext,
): Promise<AnsweredTile[]> {
  const tiles = await sentTiles(picture, settings, context);
  return await allAtOnce(tiles, context, async (sent, index, own) => {
    const name = tiles.length === 1 ? '' : `part ${index + 1} of ${tiles.length}: `;
    const progress: RunContext['progress'] = (event) =>
      context.progress({ ...event, message: `${name}${event.message}` });
    const answer = await modelAnswer(prompt(sent.image), settings, options, { ...own, progress });
    return { ...sent, answer };
  });
}
