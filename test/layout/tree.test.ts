/** The layout tree: nesting, rows and columns, grids, tables, and facts that do not fit. */
import { describe, expect, it } from 'vitest';
import { type LayoutGroup, type LayoutNode, layoutTree, textOf } from '../../shared/facts/layout/index.ts';
import type { PageFacts } from '../../shared/facts/page-facts.ts';
import { box, line, page, picture, rule } from './facts.ts';

const groups = (node: LayoutNode): LayoutGroup[] =>
  node.kind === 'group' ? [node, ...node.children.flatMap(groups)] : [];
const flows = (facts: PageFacts): string[] => groups(layoutTree(facts).root).map((group) => group.flow);
const words = (node: LayoutNode): string[] =>
  node.kind === 'text' ? [textOf(node)] : node.kind === 'group' ? node.children.flatMap(words) : [];

const side = { width: 1, color: [200, 200, 200] as const };
const framed = { border: { top: side, right: side, bottom: side, left: side } };

describe('layout', () => {
  it('puts what stands in a box into it', () => {
    const root = layoutTree(
      page({
        boxes: [box(100, 100, 300, 200)],
        lines: [line('Inside', 120, 150), line('Outside', 500, 400)],
      }),
    ).root;
    const card = groups(root).find((group) => group.surface !== undefined);
    expect(card && words(card)).toEqual(['Inside']);
  });

  it('has no icon for the blurred rim of a box to tick', () => {
    const facts = page({
      boxes: [box(68, 366, 16, 16, framed)],
      pictures: [66, 166].map((x) => ({ ...picture(x, 364, 20, 20), kind: 'icon' as const })),
      lines: [line('Two stops', 95, 379)],
    });
    const kept = groups(layoutTree(facts).root).flatMap(({ children }) =>
      children.flatMap((child) => (child.kind === 'picture' ? [child.box.x] : [])),
    );
    expect(kept).toEqual([166]);
  });

  it('finds a grid of equal cards, in reading order', () => {
    const places = [0, 1, 2, 3].map((index) => ({
      x: 20 + 390 * (index % 2),
      y: 100 + 220 * Math.floor(index / 2),
    }));
    const facts = page({
      boxes: places.map(({ x, y }) => box(x, y, 370, 200)),
      lines: places.flatMap(({ x, y }, index) => [
        line(`Title ${index}`, x + 20, y + 40, { weight: 700 }),
        line('Some text', x + 20, y + 80),
      ]),
    });
    const grid = groups(layoutTree(facts).root).find((group) => group.flow === 'grid');
    expect(grid?.columns).toBe(2);
    expect(grid && words(grid).filter((text) => text.startsWith('Title'))).toEqual([
      'Title 0',
      'Title 1',
      'Title 2',
      'Title 3',
    ]);
  });

  it('finds a table by its head and its rules', () => {
    const rows = ['Name', 'Ferry', 'Tug', 'Barge'];
    const facts = page({
      lines: rows.flatMap((name, row) => [
        line(name, 20, 60 + 40 * row, row === 0 ? { weight: 700 } : {}),
        line(row === 0 ? 'Length' : `${10 * row} m`, 300, 60 + 40 * row, row === 0 ? { weight: 700 } : {}),
        line(row === 0 ? 'Home port' : 'Leith', 550, 60 + 40 * row, row === 0 ? { weight: 700 } : {}),
      ]),
      separators: rows.map((_, row) => rule(10, 74 + 40 * row, 780, 1)),
    });
    const table = groups(layoutTree(facts).root).find((group) => group.flow === 'table');
    expect(table?.head).toBe(true);
    expect(table?.children.filter((child) => child.kind === 'group').map((row) => words(row).length)).toEqual(
      [3, 3, 3, 3],
    );
  });

  it('does not let upright rules keep rows together', () => {
    const rows = [0, 1, 2, 3];
    const facts = page({
      boxes: [box(10, 40, 780, 160, framed)],
      lines: rows.flatMap((row) => [
        line(row === 0 ? 'Port' : 'Leith', 30, 65 + 40 * row, row === 0 ? { weight: 700 } : {}),
        line(row === 0 ? 'Boats' : `${row}`, 430, 65 + 40 * row, row === 0 ? { weight: 700 } : {}),
      ]),
      separators: [
        rule(400, 40, 1, 160),
        rule(600, 40, 1, 160),
        ...rows.slice(1).map((row) => rule(10, 40 + 40 * row, 780, 1)),
      ],
    });
    expect(flows(facts)).toContain('table');
  });

  it('takes columns of cards without frames apart before their rows', () => {
    const facts = page({
      pictures: [0, 1, 2].map((column) => picture(20 + 260 * column, 100, 220, 140)),
      lines: [0, 1, 2].flatMap((column) => [
        line(`Boat ${column}`, 20 + 260 * column, 270, { weight: 700 }),
        line(`£${column}.50`, 20 + 260 * column, 295),
      ]),
    });
    const row = groups(layoutTree(facts).root).find((group) => group.children.length === 3);
    expect(row?.children.map((child) => words(child))).toEqual(
      [0, 1, 2].map((column) => [`Boat ${column}`, `£${column}.50`]),
    );
  });

  it('cuts a header bar off although a gutter runs through the page', () => {
    const facts = page({
      lines: [
        line('Harbor', 20, 30, { weight: 700 }),
        line('Prices', 500, 30),
        line('Help', 700, 30),
        line('A long headline here', 20, 120, { size: 30 }),
        line('Text below it', 20, 160),
      ],
      pictures: [picture(480, 90, 300, 300)],
    });
    const [first] = layoutTree(facts).root.children;
    expect(first && words(first)).toEqual(['Harbor', 'Prices', 'Help']);
  });

  it('keeps every line of a page where boxes overlap without sense', () => {
    const facts = page({
      boxes: [box(0, 0, 500, 400), box(300, 200, 480, 380), box(250, 100, 120, 300)],
      lines: Array.from({ length: 12 }, (_, index) => line(`word${index}`, 20 + 55 * index, 40 + 43 * index)),
    });
    expect(words(layoutTree(facts).root).sort()).toEqual(facts.lines.map((each) => each.text).sort());
  });

  it('stays quick in steps, not in time: 3,000 lines give 3,000 texts', () => {
    const lines = Array.from({ length: 3000 }, (_, index) =>
      line(`w${index}`, 20 + 130 * (index % 6), 20 + 40 * Math.floor(index / 6)),
    );
    expect(words(layoutTree(page({ height: 20_100, lines })).root)).toHaveLength(3000);
  });
});
