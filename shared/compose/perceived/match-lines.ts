/** Which line of a perceived text stands on which of its measured lines, and where words stand in a line. */
import type { TextLine } from '../../facts/page-facts.ts';
import { type Rect, unionOf } from '../../geometry.ts';
import { similarity } from './match-affinity.ts';
import { type Affinity, assignBest } from './match-assign.ts';

/** A line's reading at least this like a line of the text is that line. */
const leastAlike = 0.6;
/** Line breaks of the text are those of the page if this share of its lines are found. */
const mostFound = 0.5;

export interface PairedLines {
  /** What the text says of one measured line, by its index in the facts. */
  readonly pairs: readonly { readonly line: number; readonly text: string }[];
  /** What was found on no line, in the text's order. */
  readonly otherText: string;
  /** Lines on which nothing of the text was found. */
  readonly otherLines: readonly number[];
}

/**
 * A model may tell the pieces of a table or a log in another order than they stand in: then words that are spread over
 * the lines in order end up on the wrong ones.
 * @param own indices of the text's measured lines.
 * @returns undefined where the text's line breaks are not those of the page, so that its words have to be spread.
 */
export function pairLines(
  text: string,
  own: readonly number[],
  lines: readonly TextLine[],
): PairedLines | undefined {
  const told = text.split('\n').filter((line) => line.trim() !== '');
  if (told.length < 2 || own.length < 2) return undefined;
  const affinities = told.flatMap((line, row) =>
    own.map((index, column): Affinity => {
      // Of two lines that read the same, the one in the same place of the order.
      const order = Math.abs(row / told.length - column / own.length);
      return { row, column, score: similarity(line, lines[index]?.text ?? '') - 0.01 * order };
    }),
  );
  const pairs = assignBest(affinities, leastAlike).flatMap(({ row, column }) => {
    const [line, words] = [own[column], told[row]];
    return line === undefined || words === undefined ? [] : [{ line, text: words, row }];
  });
  if (pairs.length < mostFound * told.length) return undefined;
  const rows = new Set(pairs.map(({ row }) => row));
  const taken = new Set(pairs.map(({ line }) => line));
  return {
    pairs: pairs.map(({ line, text: words }) => ({ line, text: words })),
    otherText: told.filter((_, row) => !rows.has(row)).join('\n'),
    otherLines: own.filter((line) => !taken.has(line)),
  };
}

/** @returns around the words of a line that read most like a text, undefined where none do. */
export function placeInLine(text: string, { words }: TextLine): Rect | undefined {
  let best: Rect | undefined;
  let most: number = leastAlike;
  for (let from = 0; from < words.length; from++) {
    for (let to = from + 1; to <= words.length; to++) {
      const run = words.slice(from, to);
      const score = similarity(text, run.map((word) => word.text).join(' '));
      if (score > most) [best, most] = [unionOf(run.map(({ box }) => box)), score];
    }
  }
  return best;
}
