/** Icons beside text that are read as letters: one blob, taller than the letters and well apart from them. */
import type { InkLine } from './group-lines.ts';
import type { Blob } from './ink.ts';
import type { PreparedLine } from './line-images.ts';
import type { TextRun } from './read-lines.ts';
import type { ReadWord } from './reading.ts';
import { lineOfBlobs } from './split-lines.ts';

/** Height by that of the tallest letter of the others; and free pixels beside it, by its own height. */
const leastRatio = 1.3;
const leastGap = 0.7;
/** Digits may be set large beside their unit, and are an icon only where they were read with less confidence. */
const sureDigit = 0.9;
/** Width of an upright bar, as events of a calendar have at their left, by its height; and free pixels beside it. */
const barWidth = 0.25;
const barGap = 0.25;

/** Icons in a row before a text, and free pixels between them, by their height. */
const mostMarks = 3;
const between = 0.4;
/** Free pixels between an icon and its text, at most, by the icon's height. */
const mostApart = 1.5;

interface Bounds {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** True for a word that is an upright bar at the start of its line. */
export function isBar(word: ReadWord, others: readonly ReadWord[], source: PreparedLine): boolean {
  if (!/^[([|{lI!]$/.test(word.text) || others.some(({ text }) => /[)\]}]/.test(text))) return false;
  const right = source.left + Math.ceil(word.box.x + word.box.width) - 1;
  const own = source.line.blobs.filter((blob) => blob.left <= right);
  const rest = source.line.blobs.filter((blob) => !own.includes(blob));
  const [mark] = own;
  if (mark === undefined || own.length > 1 || rest.length === 0) return false;
  const height = heightOf(mark);
  return (
    mark.right - mark.left + 1 <= barWidth * height &&
    height > tallest(rest) &&
    gapTo(mark, rest) >= barGap * height
  );
}

/**
 * Cuts off what stands at either end of a line, too tall and too far off to be one of its letters: read with them, it
 * would change what they are taken for.
 */
export function splitMarks(line: InkLine): InkLine[] {
  const blobs = [...line.blobs].sort((a, b) => a.left - b.left);
  const before = marksBefore(blobs);
  const after = marksBefore(blobs.slice(before).reverse());
  if (before + after === 0) return [line];
  const marks = [...blobs.slice(0, before), ...blobs.slice(blobs.length - after)];
  const rest = blobs.slice(before, blobs.length - after);
  return [...marks.map((blob) => [blob]), rest].map((part) => lineOfBlobs(part, line.surface));
}

/** @param blobs from one end of a line on. @returns how many of them are marks: a checkbox and a star, or one alone. */
function marksBefore(blobs: readonly Blob[]): number {
  for (let count = Math.min(mostMarks, blobs.length - 2); count > 0; count--) {
    const marks = blobs.slice(0, count);
    const apart = marks.every((mark, index) => {
      const [next] = blobs.slice(index + 1);
      return (
        standsApart(mark, blobs.slice(count)) &&
        next !== undefined &&
        gapTo(mark, [next]) >= between * heightOf(mark)
      );
    });
    if (apart) return count;
  }
  return 0;
}

/** True for a run of one blob that is an icon beside one of the texts, and no number set large beside its unit. */
export function isMark(run: TextRun, texts: readonly TextRun[]): boolean {
  if (run.source.line.blobs.length !== 1 || [...run.text].length > 3) return false;
  if (/^\p{N}/u.test(run.text) && run.confidence > sureDigit) return false;
  const middle = (run.top + run.bottom) / 2;
  return texts.some(
    (text) =>
      text !== run &&
      text.source.line.surface === run.source.line.surface &&
      text.top <= middle &&
      text.bottom >= middle &&
      gapTo(run, [text]) <= mostApart * heightOf(run) &&
      standsApart(run, [text]),
  );
}

/** True for a mark beside letters that is too tall and too far off to be one of them. */
function standsApart(mark: Bounds, letters: readonly Bounds[]): boolean {
  const height = heightOf(mark);
  return height >= leastRatio * tallest(letters) && gapTo(mark, letters) >= leastGap * height;
}

const heightOf = ({ top, bottom }: Bounds): number => bottom - top + 1;

const tallest = (bounds: readonly Bounds[]): number => Math.max(...bounds.map(heightOf));

/** Free pixels to the nearest, to the left or to the right. */
const gapTo = (mark: Bounds, bounds: readonly Bounds[]): number =>
  Math.min(...bounds.map((one) => Math.max(one.left - mark.right, mark.left - one.right) - 1));
