/** The pipeline of `ask_image`: one or more pictures and a question, an answer in words. */
import type { RunContext } from '../context.ts';
import { PixelwrightError, throwIfCancelled } from '../errors.ts';
import type { PictureSource } from '../image/index.ts';
import { mostPictures } from '../tasks/ask-image.ts';
import { askImage as task, untrustedNote } from '../tasks/index.ts';
import type { ImagePart } from '../tasks/prompt.ts';
import { imageParts } from './ask.ts';
import { type LoadedPicture, loadPicture } from './load-picture.ts';
import {
  type AboutPicture,
  type ModelRunOptions,
  modelAnswer,
  type PictureFacts,
  pictureFacts,
  usageOf,
} from './model-answer.ts';

export interface AskImageOptions extends ModelRunOptions {
  readonly question: string;
  /** Pictures 2, 3, … of the question. */
  readonly moreImages?: readonly PictureSource[] | undefined;
}

export interface ImageAnswer extends AboutPicture {
  readonly answer: string;
  /** Pictures 2, 3, …. */
  readonly morePictures?: readonly PictureFacts[];
}

/** Image tokens of all pictures of one question together, beside its words in a context of 8192. */
const sharedTokens = 4096;
const leastTokens = 512;

/** @throws PixelwrightError of the image stage and of the engine; `option-invalid` for too many pictures. */
export async function askImage(
  source: PictureSource,
  options: AskImageOptions,
  context: RunContext,
): Promise<ImageAnswer> {
  const { question, moreImages = [], read } = options;
  const sources = [source, ...moreImages];
  if (sources.length > mostPictures) throw tooMany(sources.length);
  const loaded: LoadedPicture[] = [];
  const pictures: ImagePart[][] = [];
  for (const one of sources) {
    throwIfCancelled(context.signal);
    const picture = await loadPicture(one, context, read);
    pictures.push(await imageParts(picture, { imageTokens: budgetOf(sources.length) }, context));
    loaded.push(picture);
  }
  const [first, ...more] = loaded.map(pictureFacts);
  if (first === undefined) throw new RangeError('A question needs at least one picture.');
  const input = { image: first.name, question };
  const messages = task.prompt(input, { images: pictures.flat(), pictures });
  const answer = await modelAnswer(messages, task.model, options, context);
  return {
    answer: answer.text.trim(),
    untrusted: untrustedNote,
    picture: first,
    ...(more.length === 0 ? {} : { morePictures: more }),
    warnings: [...loaded.flatMap(({ warnings }) => warnings), ...answer.warnings],
    truncated: answer.truncated || answer.repetition,
    ...usageOf([answer]),
  };
}

/** One or two pictures are seen as sharply as by every task; more of them share. */
function budgetOf(count: number): { min: number; max: number } {
  const { min, max } = task.model.imageTokens;
  const share = Math.min(max, Math.max(leastTokens, Math.floor(sharedTokens / count)));
  return { min: Math.min(min, share / 2), max: share };
}

function tooMany(count: number): PixelwrightError {
  return new PixelwrightError(
    'option-invalid',
    `Expected at most ${mostPictures} pictures, but got ${count}.`,
    { next: 'Ask about a few pictures at a time.' },
  );
}
