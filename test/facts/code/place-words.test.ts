/** Words of code stand where their cells are; other readings of them take their places. */
import { describe, expect, it } from 'vitest';
import { runsOfCells, textInCells, withWordsOf } from '../../../shared/facts/code/place-words.ts';
import { tokensOf } from '../../../shared/facts/code/tokens.ts';

const cells = (...spans: readonly (readonly [number, number])[]) =>
  runsOfCells(spans.map(([first, last]) => ({ first, last })));
/** Letters of ten pixels. */
const word = (text: string, cell: number) => ({
  text,
  box: { x: 10 * cell + 1, y: 0, width: 10 * text.length - 2, height: 12 },
});
const cellOf = (x: number): number => x / 10;

describe('words in cells', () => {
  it('have as many blanks between them as there are empty cells', () => {
    const runs = cells([2, 3], [4, 5], [9, 11]);
    expect(runs).toEqual([
      { first: 2, last: 5 },
      { first: 9, last: 11 },
    ]);
    expect(textInCells(runs, [word('info', 2), word('web', 9)], cellOf)).toBe('info   web');
  });

  it('are parted where they were read over a blank', () => {
    const runs = cells([0, 2], [4, 7]);
    const read = { text: 'setwarn', box: { x: 1, y: 0, width: 78, height: 12 } };
    expect(textInCells(runs, [read], cellOf)).toBe('set warn');
  });

  it('are one word where no cell is empty, in the signs of code', () => {
    const runs = cells([0, 9]);
    expect(textInCells(runs, [word('add(', 0), word('\u2018ada\u2019)', 4)], cellOf)).toBe("add('ada')");
  });
});

describe('another reading', () => {
  it('keeps the blanks of the row', () => {
    expect(withWordsOf('14:02 info   pod web', '14:02 info pool web')).toBe('14:02 info   pool web');
  });

  it('is taken as it is where it has other words', () => {
    expect(withWordsOf('a b', 'x = a b')).toBe('x = a b');
    expect(withWordsOf('a b', ' ')).toBe('a b');
  });
});

describe('tokens', () => {
  it('are words, strings and signs', () => {
    const text = "add('to you', 5);";
    const tokens = tokensOf(text).map(({ start, length }) => text.slice(start, start + length));
    expect(tokens).toEqual(['add', '(', "'to you'", ',', '5', ')', ';']);
  });
});
