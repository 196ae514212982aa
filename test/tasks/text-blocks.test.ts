/** Lines that were read become plain text and Markdown, whoever read them. */
import { describe, expect, it } from 'vitest';
import { linesOf, plainText, type ReadBlock, type ReadLine } from '../../shared/tasks/text/blocks.ts';
import { markdownOf } from '../../shared/tasks/text/markdown.ts';
import { mergedLines, spottedBlocks } from '../../shared/tasks/text/spotted.ts';

const line = (text: string, x: number, y: number, width = 10 * text.length, height = 14): ReadLine => ({
  text,
  box: { x, y, width, height },
});
const paragraph = (size: number, ...texts: string[]): ReadBlock => ({
  kind: 'paragraph',
  size,
  lines: texts.map((text, index) => line(text, 0, 20 * index)),
});

describe('markdownOf', () => {
  it('larger letters are headings, by rank', () => {
    const blocks = [
      paragraph(32, 'Plan the trip', 'together'),
      paragraph(15, 'A long text of the usual size that says what this is all about.'),
      paragraph(20, 'Prices'),
      paragraph(15, 'Some more of the usual text.'),
      paragraph(40, '29 €'),
    ];
    expect(markdownOf(blocks)).toBe(
      '# Plan the trip together\n\nA long text of the usual size that says what this is all about.\n\n## Prices\n\nSome more of the usual text.\n\n29 €',
    );
  });

  it('one size has no headings', () => {
    expect(markdownOf([paragraph(15, 'One'), paragraph(15, 'Two')])).toBe('One\n\nTwo');
  });

  it('tables, with cells that are empty, or hold bars and several lines', () => {
    const cell = (...texts: string[]) => texts.map((text) => line(text, 0, 0));
    const blocks: ReadBlock[] = [
      { kind: 'table', rows: [[cell('Day'), cell('Sum')], [cell('Mon', 'day'), cell('a|b')], [cell('Tue')]] },
    ];
    expect(markdownOf(blocks)).toBe('| Day | Sum |\n| --- | --- |\n| Mon day | a\\|b |\n| Tue |  |');
    expect(plainText(blocks)).toBe('Day\tSum\nMon day\ta|b\nTue');
    expect(linesOf(blocks)).toHaveLength(6);
  });

  it.each([
    ['# of users', '\\# of users'],
    ['3. Mai', '3\\. Mai'],
    ['a_b * <b> [x]', 'a\\_b \\* \\<b\\> \\[x\\]'],
    ['- 5 %', '\\- 5 %'],
    ['• first', '- first'],
    ['-5 %', '-5 %'],
  ])('%s reads as it stands', (text, wanted) => {
    expect(markdownOf([paragraph(15, text)])).toBe(wanted);
  });
});

describe('spottedBlocks', () => {
  it('lines that wrap are one paragraph, a gap parts them', () => {
    const blocks = spottedBlocks([line('One', 0, 0), line('two', 2, 20), line('Three', 0, 80)]);
    expect(plainText(blocks)).toBe('One\ntwo\n\nThree');
  });

  it('another size is another paragraph', () => {
    const blocks = spottedBlocks([line('Title', 0, 0, 100, 30), line('text', 0, 36)]);
    expect(blocks.map(({ kind }) => kind)).toEqual(['paragraph', 'paragraph']);
  });

  it('pieces beside each other are a row, aligned rows a table', () => {
    const nav = [line('Home', 0, 0), line('Prices', 100, 1), line('About', 200, 0)];
    expect(spottedBlocks(nav)).toEqual([{ kind: 'row', cells: nav }]);
    const rows = [line('Mon', 0, 40), line('3.50', 100, 40), line('Tue', 0, 60), line('12.00', 98, 60)];
    expect(plainText(spottedBlocks([...nav, ...rows]))).toBe('Home\tPrices\tAbout\n\nMon\t3.50\nTue\t12.00');
  });
});

describe('mergedLines', () => {
  const upper = { x: 0, y: 0, width: 400, height: 500 };
  const lower = { x: 0, y: 400, width: 400, height: 500 };

  it('what two tiles share comes once, from the tile that shows it whole', () => {
    const cut = line('Prices incl', 10, 488, 100, 12);
    const whole = line('Prices include taxes', 10, 488, 160, 16);
    const tiles = [
      { source: upper, lines: [line('Top', 10, 10), line('Shared', 10, 430), cut] },
      { source: lower, lines: [line('Shared', 11, 431), whole, line('End', 10, 800)] },
    ];
    expect(mergedLines(tiles).map(({ text }) => text)).toEqual([
      'Top',
      'Shared',
      'Prices include taxes',
      'End',
    ]);
  });

  it('a word that comes twice in one tile is there twice; empty lines are none', () => {
    const lines = [line('Done', 10, 10), line('Done', 12, 10), line('  ', 10, 50)];
    expect(mergedLines([{ source: upper, lines }])).toHaveLength(2);
  });
});
