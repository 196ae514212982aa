/** Joins pieces of ink that a measurement took apart where a text that is known goes on. */
import { colorDistance, median, unpack } from '../pixels.ts';
import type { InkLine } from '../text/group-lines.ts';
import { lineOfBlobs } from '../text/split-lines.ts';

export interface WordedInk {
  readonly line: InkLine;
  /** Undefined where none of the text stands on it. */
  readonly text: string | undefined;
}

/** Heights and colours, 0..255, that differ more are another style; thin strokes show their colour poorly. */
const otherSize = 1.35;
const otherColor = 110;
/** Free pixels between words, as a share of the tallest letter; wider ones part columns. */
const widestGap = 1.1;
/** The same between letters, where marks such as commas are lower than this share of them. */
const insideWord = 0.26;
const markHeight = 0.5;
const word = /[\p{L}\p{N}]/u;

/** @param pieces in reading order. @returns lines in the same order. */
export function withoutSeams(pieces: readonly WordedInk[]): InkLine[] {
  return joined(pieces, goesOn);
}

/** Joins what was parted inside a word. @param lines of one text. */
export function withWholeWords(lines: readonly InkLine[]): InkLine[] {
  const sorted = [...lines].sort((a, b) => a.left - b.left);
  const rows = sorted.reduce<WordedInk[][]>((all, line) => {
    const row = all.find((one) => one.some((other) => overlapOf(other.line, line) > 0.4));
    if (row) row.push({ line, text: undefined });
    else all.push([{ line, text: undefined }]);
    return all;
  }, []);
  return rows.flatMap((row) => joined(row, ({ line: a }, { line: b }) => isOneWord(a, b)));
}

function joined(pieces: readonly WordedInk[], belongs: (a: WordedInk, b: WordedInk) => boolean): InkLine[] {
  const result: WordedInk[] = [];
  for (const piece of pieces) {
    const last = result.at(-1);
    if (last !== undefined && belongs(last, piece)) {
      const line = lineOfBlobs([...last.line.blobs, ...piece.line.blobs], last.line.surface);
      result.splice(-1, 1, { line, text: `${last.text} ${piece.text}` });
    } else result.push(piece);
  }
  return result.map(({ line }) => line);
}

/** Share of the lower one's height. */
function overlapOf(a: InkLine, b: InkLine): number {
  const rows = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) + 1;
  return rows / (Math.min(a.bottom - a.top, b.bottom - b.top) + 1);
}

const gapBetween = (a: InkLine, b: InkLine): number => b.left - a.right - 1;

function isOneWord(a: InkLine, b: InkLine): boolean {
  const [low, tall] = [Math.min(a.tall, b.tall), Math.max(a.tall, b.tall)];
  if (gapBetween(a, b) > insideWord * tall) return false;
  return low < markHeight * tall || isOneStyle(a, b);
}

const isOneStyle = (a: InkLine, b: InkLine): boolean =>
  Math.max(a.tall, b.tall) <= otherSize * Math.min(a.tall, b.tall) &&
  colorDistance(colorOf(a), colorOf(b)) <= otherColor;

function goesOn({ line: a, text: before }: WordedInk, { line: b, text: after }: WordedInk): boolean {
  if (before === undefined || after === undefined) return false;
  const tall = Math.max(a.tall, b.tall);
  const gap = gapBetween(a, b);
  if (gap < -0.3 * tall || gap > widestGap * tall) return false;
  // A full stop or a comma has neither the height nor the colour of its line.
  if (!word.test(before) || !word.test(after)) return overlapOf(a, b) > 0 || b.top - a.bottom < 0.3 * tall;
  return overlapOf(a, b) >= 0.4 && isOneStyle(a, b);
}

function colorOf({ blobs }: InkLine): [number, number, number] {
  const colors = blobs.map(({ color }) => unpack(color));
  return [
    median(colors.map((color) => color[0])),
    median(colors.map((color) => color[1])),
    median(colors.map((color) => color[2])),
  ];
}
