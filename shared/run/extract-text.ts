/** The pipeline of `extract_text`: a picture's lines of text, read by a model or by the recogniser. */
import type { RunContext } from '../context.ts';
import { throwIfCancelled } from '../errors.ts';
import { measurePicture } from '../facts/index.ts';
import type { PictureSource } from '../image/index.ts';
import { textForm } from '../tasks/extract-text.ts';
import { type Method, extractText as task, untrustedNote } from '../tasks/index.ts';
import { listedThings } from '../tasks/listed-things.ts';
import { linesOf, plainText, type ReadBlock, type ReadLine } from '../tasks/text/blocks.ts';
import { markdownOf } from '../tasks/text/markdown.ts';
import { measuredBlocks } from '../tasks/text/measured.ts';
import { mergedLines, type SpottedTile, spottedBlocks } from '../tasks/text/spotted.ts';
import { requireEngine } from './engine.ts';
import { givenBox } from './given-pixels.ts';
import { type LoadedPicture, loadPicture } from './load-picture.ts';
import {
  type AboutPicture,
  constraintOf,
  type ModelRunOptions,
  pictureFacts,
  usageOf,
} from './model-answer.ts';
import { noSuchAnswer, withoutModelAfter } from './no-such-answer.ts';
import { type AnsweredTile, askEachTile } from './tiles.ts';

export interface ExtractTextOptions extends Omit<ModelRunOptions, 'engine'> {
  /** Needed by `model`, used by `auto`. */
  readonly engine?: ModelRunOptions['engine'] | undefined;
  /** `auto` unless told: a model where there is an engine. */
  readonly method?: Method;
}

export interface TextExtraction extends AboutPicture {
  /** A line for each line, cells parted by tabs, blocks by empty lines. */
  readonly text: string;
  readonly markdown: string;
  /** In reading order; boxes in pixels of the picture as it was given. */
  readonly lines: readonly ReadLine[];
  readonly method: 'model' | 'measured';
}

/**
 * @throws PixelwrightError of the image stage and of the engine; `model-missing` for `model` without an engine;
 *   `output-invalid` where a model wrote no such list (`auto` measures instead).
 */
export async function extractText(
  source: PictureSource,
  options: ExtractTextOptions,
  context: RunContext,
): Promise<TextExtraction> {
  const { method = 'auto' } = options;
  const engine =
    method === 'model' ? requireEngine(options.engine, 'Reading text by a model') : options.engine;
  const picture = await loadPicture(source, context, options.read);
  throwIfCancelled(context.signal);
  if (method === 'measured' || engine === undefined) return await measured(picture, [], context);
  try {
    return await spotted(picture, { ...options, engine }, context);
  } catch (error) {
    return await measured(picture, [withoutModelAfter(error, method)], context);
  }
}

async function measured(picture: LoadedPicture, warnings: readonly string[], context: RunContext) {
  const facts = await measurePicture(picture, context);
  return resultOf(picture, measuredBlocks(facts), { method: 'measured', warnings, truncated: false });
}

async function spotted(picture: LoadedPicture, options: ModelRunOptions, context: RunContext) {
  const constraint = await constraintOf(textForm, options.engine, context);
  const input = task.input.parse({ image: picture.name });
  const answered = await askEachTile(
    picture,
    (image) => task.prompt(input, { images: [image] }),
    task.model,
    { ...options, constraint },
    context,
  );
  const answers = answered.map(({ answer }) => answer);
  const truncated = answers.some((answer) => answer.truncated || answer.repetition);
  return {
    ...resultOf(picture, spottedBlocks(mergedLines(answered.map(linesOfTile))), {
      method: 'model',
      warnings: [...new Set(answers.flatMap(({ warnings }) => warnings))],
      truncated,
    }),
    ...usageOf(answers),
  };
}

function linesOfTile({ tile, answer }: AnsweredTile): SpottedTile {
  const { things, broken } = listedThings(answer.text);
  const empty = things.length === 0 && !/\[\s*\]/.test(answer.text);
  if (empty && !(broken > 0 && (answer.truncated || answer.repetition)))
    throw noSuchAnswer('lines of text', answer);
  const lines = things.map(
    ({ place, words }): ReadLine => ({ text: words.trim(), box: tile.toSource(place) }),
  );
  return { source: tile.source, lines };
}

interface Outcome {
  readonly method: 'model' | 'measured';
  readonly warnings: readonly string[];
  readonly truncated: boolean;
}

function resultOf(picture: LoadedPicture, blocks: readonly ReadBlock[], outcome: Outcome) {
  return {
    text: plainText(blocks),
    markdown: markdownOf(blocks),
    lines: linesOf(blocks).map((line) => ({
      ...line,
      box: givenBox(line.box, picture.toGiven, picture.given),
    })),
    untrusted: untrustedNote,
    picture: pictureFacts(picture),
    ...outcome,
    warnings: [...picture.warnings, ...outcome.warnings],
  };
}
