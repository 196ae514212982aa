/** Measured lines come in the order in which people read them. */
import { expect, it } from 'vitest';
import { linesOf, plainText } from '../../shared/tasks/text/blocks.ts';
import { measuredBlocks } from '../../shared/tasks/text/measured.ts';
import { line, page, rule } from '../layout/facts.ts';

const textOf = (parts: Parameters<typeof page>[0]): string => plainText(measuredBlocks(page(parts)));

it('columns of text are read one after the other', () => {
  const left = [
    'The first column holds a text',
    'that goes on over a few lines',
    'until it comes to its end.',
  ];
  const right = [
    'The second one stands beside it',
    'with lines on the same heights',
    'and is read when that is done.',
  ];
  const lines = [
    ...left.map((text, index) => line(text, 40, 100 + 24 * index)),
    ...right.map((text, index) => line(text, 440, 100 + 24 * index)),
  ];
  expect(textOf({ lines })).toBe(`${left.join('\n')}\n\n${right.join('\n')}`);
});

it('values in a column of their own are read with their names', () => {
  const lines = [
    line('Items', 40, 100),
    line('Delivery', 40, 140),
    line('Total', 40, 180),
    line('160.00', 500, 100),
    line('3.50', 500, 140),
    line('163.50', 500, 180),
  ];
  expect(textOf({ lines })).toBe('Items\t160.00\n\nDelivery\t3.50\n\nTotal\t163.50');
});

it('things side by side are a row', () => {
  const lines = [line('Home', 40, 40), line('Prices', 200, 40), line('About', 380, 40)];
  expect(textOf({ lines, separators: [rule(0, 80, 800, 1)] })).toBe('Home\tPrices\tAbout');
});

it('boxes are in pixels of the picture, whatever its pixel ratio', () => {
  const [first] = linesOf(measuredBlocks(page({ lines: [line('Home', 40, 40)], pixelRatio: 2 })));
  expect(first).toMatchObject({ text: 'Home', box: { x: 80, width: 64 }, confidence: 1 });
});
