/** Cuts a line where its style changes: another colour, or letters of another size. */
import { median, packedDistance, unpack } from '../pixels.ts';
import { hangsOn, type InkLine } from './group-lines.ts';
import type { Blob } from './ink.ts';

const heightOf = (b: { top: number; bottom: number }): number => b.bottom - b.top + 1;

/** Least colour change, and least ratio of letter heights, at a word gap of at least 0.18 of the line's height. */
const colorChange = 70;
const sizeChange = 1.4;
const wordGap = 0.18;

/** In small text two letters may stand two pixels apart, which is hinting, and no space. */
const smallGap = 0.25;
const sureGap = 2.5;

/** Monospaced and spaced-out letters stand apart as words do; a word gap is this many of the line's usual gaps. */
const letterGaps = 1.8;
const leastGaps = 3;

export function splitByStyle(line: InkLine): InkLine[] {
  const parts: Blob[][] = [];
  for (const word of wordsByGaps(line).flatMap((one) => wordsByColor(one, line.tall))) {
    const part = parts.at(-1);
    if (part && !differs(part, word)) part.push(...word);
    else parts.push([...word]);
  }
  return parts.length <= 1 ? [line] : parts.map((part) => lineOfBlobs(part, line.surface));
}

/** Blobs from left to right, parted where a word's gap is. */
export function wordsByGaps(line: InkLine): Blob[][] {
  const blobs = [...line.blobs].sort((a, b) => a.left - b.left);
  const least = Math.max(wordGap * line.tall, Math.min(sureGap, smallGap * line.tall));
  const gaps = gapsOf(blobs);
  // The one gap between an icon and a digit is no usual one.
  const widest = gaps.length < leastGaps ? least : Math.max(least, letterGaps * median(gaps));
  const words: Blob[][] = [];
  let right = Number.NEGATIVE_INFINITY;
  for (const blob of blobs) {
    const word = words.at(-1);
    if (!word || blob.left - right - 1 >= widest) words.push([blob]);
    else word.push(blob);
    right = Math.max(right, blob.right);
  }
  return words;
}

function wordsByColor(blobs: readonly Blob[], tall: number): Blob[][] {
  const words: Blob[][] = [];
  for (const blob of blobs) {
    const word = words.at(-1);
    if (!word) words.push([blob]);
    else if (changes(word, blob, tall)) words.push([...takeMarks(word, blob), blob]);
    else word.push(blob);
  }
  return words;
}

/** Free pixels between neighbours; 0 where they touch. */
function gapsOf(blobs: readonly Blob[]): number[] {
  return blobs.slice(1).map((blob, i) => Math.max(0, blob.left - (blobs[i]?.right ?? blob.left) - 1));
}

/** Ink pixels: what is smaller is a dot or a comma, and too small to show its colour. */
const markArea = 24;

/** Another colour right beside a letter counts only between strong blobs: cents after a price, a coloured suffix. */
function changes(word: readonly Blob[], blob: Blob, tall: number): boolean {
  const last = word.findLast((one) => one.area >= markArea);
  if (!last || tall < 14 || blob.area < markArea) return false;
  if (packedDistance(last.color, blob.color) < 0.8 * colorChange) return false;
  // Strokes of three pixels reach their full colour, so that a paler one is another colour.
  const thick = [last, blob].every((one) => one.area >= 3 * heightOf(one));
  return thick || (!isBlend(last, blob) && !isBlend(blob, last));
}

/** Removes from the word's end the dots that have the next word's colour. */
function takeMarks(word: Blob[], blob: Blob): Blob[] {
  const marks: Blob[] = [];
  for (let last = word.at(-1); last && word.length > 1 && last.area < markArea; last = word.at(-1)) {
    if (packedDistance(last.color, blob.color) > 0.5 * colorChange) break;
    marks.unshift(last);
    word.pop();
  }
  return marks;
}

export function lineOfBlobs(blobs: readonly Blob[], surface: number): InkLine {
  return {
    left: Math.min(...blobs.map((b) => b.left)),
    top: Math.min(...blobs.map((b) => b.top)),
    right: Math.max(...blobs.map((b) => b.right)),
    bottom: Math.max(...blobs.map((b) => b.bottom)),
    tall: Math.max(...blobs.map(heightOf)),
    surface,
    blobs: [...blobs],
  };
}

function differs(a: readonly Blob[], b: readonly Blob[]): boolean {
  const [tallA, tallB] = [Math.max(...a.map(heightOf)), Math.max(...b.map(heightOf))];
  const ratio = Math.max(tallA, tallB) / Math.min(tallA, tallB);
  if (isMarkBeside(a, b)) return false;
  const [midA, midB] = [median(a.map(heightOf)), median(b.map(heightOf))];
  const middle = Math.max(midA, midB) / Math.min(midA, midB);
  // A word without ascenders is up to 1.8 times lower than another of its font; its middle letters are not.
  if (
    Math.min(tallA, tallB) >= 6 &&
    (ratio >= 2.2 || (ratio >= sizeChange && middle >= sizeChange && a.length >= 2)) &&
    !(tallA > tallB ? hasLettersLike(a, b, tallB) : hasLettersLike(b, a, tallA))
  )
    return true;
  const [strongA, strongB] = [strongest(a), strongest(b)];
  if (heightOf(strongA) < 5 || heightOf(strongB) < 5) return false;
  if (packedDistance(strongA.color, strongB.color) < colorChange) return false;
  return !isBlend(strongA, strongB) && !isBlend(strongB, strongA);
}

/** A word of low letters alone is no smaller than another that has such letters too, on the same line. */
function hasLettersLike(high: readonly Blob[], low: readonly Blob[], tall: number): boolean {
  const base = Math.max(...low.map(({ bottom }) => bottom));
  return high.some((blob) => Math.abs(heightOf(blob) - tall) <= 1 && Math.abs(blob.bottom - base) <= 1);
}

/** A comma between monospaced digits is a word by its gaps, but no text of another size. */
function isMarkBeside(a: readonly Blob[], b: readonly Blob[]): boolean {
  const [first, last] = [b[0], a.at(-1)];
  const [mark, word] = b.length === 1 ? [first, last] : a.length === 1 ? [last, first] : [];
  if (mark === undefined || word === undefined || first === undefined || last === undefined) return false;
  const alike = packedDistance(mark.color, word.color) < colorChange || isBlend(mark, word);
  return alike && hangsOn(mark, word, first.left - last.right - 1);
}

/** True if the weaker colour may be the stronger one, paler by antialiasing: on its axis, and no less than half of it. */
function isBlend(weak: Blob, strong: Blob): boolean {
  const base = unpack(strong.background);
  const axis = unpack(strong.color).map((value, i) => value - (base[i] ?? 0));
  const other = unpack(weak.color).map((value, i) => value - (base[i] ?? 0));
  const length = axis.reduce((sum, value) => sum + value * value, 0) || 1;
  const t = axis.reduce((sum, value, i) => sum + value * (other[i] ?? 0), 0) / length;
  return t > 0.62 && t <= 1 && axis.every((value, i) => Math.abs(t * value - (other[i] ?? 0)) <= 24);
}

/** The blob with most ink shows its colour best. */
const strongest = (blobs: readonly Blob[]): Blob =>
  blobs.reduce((best, blob) => (blob.area > best.area ? blob : best));
