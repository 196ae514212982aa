/** A table whose selected rows share one ground is one table, with a row for each. */
import { expect, it } from 'vitest';
import { type LayoutGroup, type LayoutNode, layoutTree } from '../../shared/facts/layout/index.ts';
import { box, line, page, rule } from './facts.ts';

const groups = (node: LayoutNode): LayoutGroup[] =>
  node.kind === 'group' ? [node, ...node.children.flatMap(groups)] : [];

const [left, width, pitch] = [40, 720, 48] as const;
const columns = [60, 220, 420, 640] as const;

/** @param selected rows, counted from the first below the head, on one area. */
function orders(selected: readonly [first: number, last: number], radius: number) {
  const rows = [0, 1, 2, 3, 4, 5, 6];
  const y = (row: number): number => 140 + pitch * row;
  const [first, last] = selected;
  return page({
    boxes: [
      box(left, 100, width, 40, { fill: [243, 244, 246] }),
      box(left, y(first), width, pitch * (last - first + 1), { fill: [238, 242, 255], radius }),
    ],
    separators: rows.map((row) => rule(left, y(row + 1) - 1, width, 1)),
    lines: [
      ...['Order', 'Customer', 'Date', 'Total'].map((text, column) =>
        line(text, columns[column] ?? 0, 124, { size: 12, weight: 700 }),
      ),
      ...rows.flatMap((row) =>
        [`#1043${row}`, 'Anna Lindqvist', '14 May 2024', `$${row}40.00`].map((text, column) =>
          line(text, columns[column] ?? 0, y(row) + 30),
        ),
      ),
    ],
  });
}

const tablesOf = (facts: ReturnType<typeof page>): LayoutGroup[] =>
  groups(layoutTree(facts).root).filter(({ flow }) => flow === 'table');

it('rows of one ground are rows of the table, each on its part of it', () => {
  const [table, ...others] = tablesOf(orders([1, 2], 0));
  expect(others).toEqual([]);
  const rows = table?.children.flatMap((child) => (child.kind === 'group' ? [child] : [])) ?? [];
  expect(rows).toHaveLength(8);
  expect(table?.head).toBe(true);
  const tinted = rows.filter(({ surface }) => surface?.fill?.join() === '238,242,255');
  expect(tinted.map(({ surface }) => [surface?.box.y, surface?.box.height])).toEqual([
    [188, 48],
    [236, 48],
  ]);
});

it('a card among rows stays one', () => {
  const cards = groups(layoutTree(orders([1, 2], 12)).root).filter(({ surface }) => surface?.radius === 12);
  expect(cards).toHaveLength(1);
});
