/** The pipeline of `locate`: a description, and where in the picture that is. */
import type { RunContext } from '../context.ts';
import { throwIfCancelled } from '../errors.ts';
import { measurePicture } from '../facts/index.ts';
import { overlapArea, type Rect } from '../geometry.ts';
import type { PictureSource, Point } from '../image/index.ts';
import { type Method, locate as task, untrustedNote } from '../tasks/index.ts';
import { listedThings } from '../tasks/listed-things.ts';
import type { Match } from '../tasks/locate/match.ts';
import { measuredMatches } from '../tasks/locate/measured.ts';
import { locateForms } from '../tasks/locate.ts';
import { requireEngine } from './engine.ts';
import { givenBox, givenPoint } from './given-pixels.ts';
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

export interface LocateOptions extends Omit<ModelRunOptions, 'engine'> {
  /** What to find. */
  readonly target: string;
  /** What to ask a model for; `box` unless told. */
  readonly form?: 'box' | 'point';
  /** Needed by `model`, used by `auto`. */
  readonly engine?: ModelRunOptions['engine'] | undefined;
  /** `auto` unless told: a model where there is an engine. */
  readonly method?: Method;
}

export interface Located extends AboutPicture {
  /** Best first, in pixels of the picture as it was given. */
  readonly matches: readonly {
    readonly label: string;
    /** The middle: where to click. */
    readonly point: Point;
    readonly box?: Rect;
    /** 0..1; a model does not tell. */
    readonly confidence?: number;
  }[];
  readonly method: 'model' | 'measured';
}

/**
 * @throws PixelwrightError of the image stage and of the engine; `model-missing` for `model` without an engine;
 *   `output-invalid` where a model wrote no such list (`auto` measures instead).
 */
export async function locate(
  source: PictureSource,
  options: LocateOptions,
  context: RunContext,
): Promise<Located> {
  const { method = 'auto' } = options;
  const engine =
    method === 'model' ? requireEngine(options.engine, 'Finding things by a model') : options.engine;
  const picture = await loadPicture(source, context, options.read);
  throwIfCancelled(context.signal);
  if (method === 'measured' || engine === undefined)
    return await measured(picture, options.target, [], context);
  try {
    return await pointedOut(picture, { ...options, engine }, context);
  } catch (error) {
    return await measured(picture, options.target, [withoutModelAfter(error, method)], context);
  }
}

async function measured(
  picture: LoadedPicture,
  target: string,
  warnings: readonly string[],
  context: RunContext,
) {
  const matches = measuredMatches(await measurePicture(picture, context), target);
  const nothing =
    matches.length > 0
      ? []
      : [
          `No text like "${target}" was read. Without a model only words and the boxes around them are found.`,
        ];
  return resultOf(picture, matches, {
    method: 'measured',
    warnings: [...warnings, ...nothing],
    truncated: false,
  });
}

async function pointedOut(
  picture: LoadedPicture,
  options: LocateOptions & ModelRunOptions,
  context: RunContext,
) {
  const { target, form = 'box', engine } = options;
  const constraint = await constraintOf(locateForms[form], engine, context);
  const input = task.input.parse({ image: picture.name, target, form });
  const answered = await askEachTile(
    picture,
    (image) => task.prompt(input, { images: [image] }),
    task.model,
    { ...options, constraint },
    context,
  );
  const answers = answered.map(({ answer }) => answer);
  return {
    ...resultOf(picture, distinct(answered.flatMap(matchesOf)), {
      method: 'model',
      warnings: [...new Set(answers.flatMap(({ warnings }) => warnings))],
      truncated: answers.some((answer) => answer.truncated || answer.repetition),
    }),
    ...usageOf(answers),
  };
}

function matchesOf({ tile, answer }: AnsweredTile): Match[] {
  const { things, broken } = listedThings(answer.text);
  const empty = things.length === 0 && !/\[\s*\]/.test(answer.text);
  if (empty && !(broken > 0 && (answer.truncated || answer.repetition))) throw noSuchAnswer('places', answer);
  return things.map(({ place, words }) => ({ label: words.trim(), box: tile.toSource(place) }));
}

/** Neighbouring tiles share a strip, and models name things twice. */
function distinct(matches: readonly Match[]): Match[] {
  const kept: Match[] = [];
  for (const match of matches) {
    if (!kept.some((other) => isSame(match, other))) kept.push(match);
  }
  return kept;
}

function isSame({ box: a }: Match, { box: b }: Match): boolean {
  if (a.width * a.height === 0 || b.width * b.height === 0) return a.x === b.x && a.y === b.y;
  const common = overlapArea(a, b);
  return common / (a.width * a.height + b.width * b.height - common) > 0.6;
}

interface Outcome {
  readonly method: 'model' | 'measured';
  readonly warnings: readonly string[];
  readonly truncated: boolean;
}

function resultOf(picture: LoadedPicture, matches: readonly Match[], outcome: Outcome) {
  const { given, toGiven } = picture;
  return {
    matches: matches.map(({ label, box, confidence }) => ({
      label,
      point: givenPoint(box, toGiven, given),
      ...(box.width * box.height === 0 ? {} : { box: givenBox(box, toGiven, given) }),
      ...(confidence === undefined ? {} : { confidence }),
    })),
    untrusted: untrustedNote,
    picture: pictureFacts(picture),
    ...outcome,
    warnings: [...picture.warnings, ...outcome.warnings],
  };
}
