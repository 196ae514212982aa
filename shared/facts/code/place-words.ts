/** Words that were read, put into the cells of their row: where the cells are empty, there are blanks. */
import type { ReadWord } from '../text/reading.ts';
import type { CellSpan } from './grid.ts';

/** Runs of cells with ink, in order; cells from 0. */
export function runsOfCells(spans: readonly CellSpan[]): CellSpan[] {
  const runs: { first: number; last: number }[] = [];
  for (const span of [...spans].sort((a, b) => a.first - b.first)) {
    const last = runs[runs.length - 1];
    if (last !== undefined && span.first <= last.last + 1) last.last = Math.max(last.last, span.last);
    else runs.push({ ...span });
  }
  return runs;
}

/** Typographic signs that no code has, and how it writes them. */
const plainSigns: Readonly<Record<string, string>> = {
  '\u2018': "'",
  '\u2019': "'",
  '\u201a': ',',
  '\u201c': '"',
  '\u201d': '"',
  '\u2014': '-',
};

export const inPlainSigns = (text: string): string =>
  text.replace(/[\u2018\u2019\u201a\u201c\u201d\u2014]/g, (sign) => plainSigns[sign] ?? sign);

interface PlacedWord {
  readonly text: string;
  /** Of its first letter; fractional. */
  readonly cell: number;
}

/** A word that was read over a blank between two runs is two, where it has a letter for each of their cells. */
function parted(
  { text, box }: Pick<ReadWord, 'text' | 'box'>,
  runs: readonly CellSpan[],
  cellOf: (x: number) => number,
): PlacedWord[] {
  const cell = cellOf(box.x + Math.min(box.width / 2, 1));
  const end = cellOf(box.x + box.width);
  const covered = runs.filter(({ first, last }) => first + 0.5 >= cell && last + 0.5 <= end);
  const cells = covered.reduce((sum, { first, last }) => sum + last - first + 1, 0);
  const letters = [...text];
  if (covered.length < 2 || cells !== letters.length) return [{ text, cell }];
  return covered.map(({ first, last }) => ({
    text: letters.splice(0, last - first + 1).join(''),
    cell: first,
  }));
}

/**
 * The row's text, a character a cell from its first cell on.
 * @param words left to right. @param cellOf the cell of an x in pixels of the words' picture, fractional.
 */
export function textInCells(
  runs: readonly CellSpan[],
  words: readonly Pick<ReadWord, 'text' | 'box'>[],
  cellOf: (x: number) => number,
): string {
  const start = runs[0]?.first ?? 0;
  const whole = words.flatMap((word) => parted(word, runs, cellOf));
  let text = '';
  for (const [index, run] of runs.entries()) {
    const from = index === 0 ? Number.NEGATIVE_INFINITY : run.first - 0.5;
    const until = index === runs.length - 1 ? Number.POSITIVE_INFINITY : (runs[index + 1]?.first ?? 0) - 0.5;
    const own = whole.filter(({ cell }) => cell >= from && cell < until);
    text = text.padEnd(Math.max(run.first - start, text === '' ? 0 : text.length + 1));
    text += inPlainSigns(own.map((word) => word.text).join(''));
  }
  return text.trimEnd();
}

/**
 * A row's text in the words that somebody else read.
 * @param text with single blanks, or as the row has them.
 * @returns the words of `known` at their places, each in the other reading where that fits the same cells; the other
 * reading as it is where its words are not as many.
 */
export function withWordsOf(known: string, text: string): string {
  const read = known.split(/\s+/).filter((word) => word !== '');
  const told = inPlainSigns(text)
    .split(/\s+/)
    .filter((word) => word !== '');
  if (told.length === 0) return known;
  if (told.length !== read.length) return told.join(' ');
  const gaps = known.trim().split(/\S+/);
  return told.map((word, index) => (index === 0 ? '' : (gaps[index] ?? ' ')) + word).join('');
}
