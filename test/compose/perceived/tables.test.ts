/** Rows and cells that the pixels show, with the lines between them. */
import { describe, expect, it } from 'vitest';
import { createMeasuredContext } from '../../../shared/compose/measured/context.ts';
import { createMetrics } from '../../../shared/compose/measured/metrics.ts';
import { tableNode } from '../../../shared/compose/measured/tables.ts';
import { perceivedTable } from '../../../shared/compose/perceived/tables.ts';
import type { LayoutGroup, LayoutNode } from '../../../shared/facts/layout/index.ts';
import type { PageBox, Separator } from '../../../shared/facts/page-facts.ts';
import type { UiNode } from '../../../shared/ui-tree.ts';
import { page } from '../../layout/facts.ts';

const grey = [223, 229, 234] as const;
const dark = [120, 130, 140] as const;

const cell = (x: number, y: number, mark?: number): LayoutNode => ({
  kind: 'group',
  flow: 'column',
  box: { x, y, width: 40, height: 12 },
  children: [],
  ...(mark !== undefined && { mark }),
});

/** Every other row has a fill with a line above and below it. */
function stripe(y: number): PageBox {
  const line = { width: 1, color: grey };
  const box = { x: 0, y, width: 300, height: 34 };
  return { box, fill: [248, 250, 251], border: { top: line, bottom: line }, radius: 0, confidence: 0.9 };
}

function row(index: number): LayoutGroup {
  const top = 32 + 33 * index;
  const children = [10, 110, 210].map((x) => cell(x, top + 11));
  const box = { x: 10, y: top + 11, width: 240, height: 12 };
  if (index % 2 === 0) return { kind: 'group', flow: 'row', box, children };
  const surface = stripe(top);
  return { kind: 'group', flow: 'row', box: surface.box, surface, children };
}

const upright = (x: number, y: number, height: number, color: Separator['color']): Separator => ({
  box: { x, y, width: 1, height },
  color,
  orientation: 'vertical',
});

const empty = (node: LayoutNode): UiNode => ({ kind: 'text', box: node.box, text: 'x' });

describe('lines of a table', () => {
  const rows = [0, 1, 2, 3].map(row);
  const uprights = [upright(100, 32, 132, grey), upright(200, 32, 33, dark), upright(200, 65, 99, grey)];
  const box = { x: 0, y: 32, width: 300, height: 132 };
  const table = tableNode(
    { kind: 'group', flow: 'table', box, children: rows, tracks: [10, 110, 210, 300], uprights },
    empty,
  );

  it('below a row come from the filled row beneath it, too', () => {
    const lines = table.children?.map(({ style }) => style?.border?.bottom?.color);
    expect(lines).toEqual([[...grey], [...grey], [...grey], [...grey]]);
  });

  it('leave all rows the same height', () => {
    const heights = table.children?.slice(0, 3).map(({ box: { height } }) => height);
    expect(new Set(heights?.slice(1)).size).toBe(1);
  });

  it('between columns have the colour that they have in this row', () => {
    const colors = table.children?.map(({ children }) => children?.[2]?.style?.border?.left?.color);
    expect(colors).toEqual([[...dark], [...grey], [...grey], [...grey]]);
  });
});

describe('a perceived row', () => {
  it('keeps what nobody perceived beside its cells', () => {
    const marked = (index: number): LayoutGroup => ({ ...row(index), mark: index });
    const { children, ...first } = marked(0);
    const [box, ...cells] = children;
    const apart: LayoutGroup = {
      kind: 'group',
      flow: 'row',
      box: first.box,
      children: [...(box ? [box] : []), { ...first, children: cells }],
    };
    const group: LayoutGroup = {
      kind: 'group',
      flow: 'column',
      box: { x: 0, y: 32, width: 300, height: 99 },
      children: [apart, marked(2), marked(4)],
    };
    const facts = page({ width: 300, height: 200 });
    const context = createMeasuredContext(facts, group, createMetrics(), empty);
    const table = perceivedTable(
      group,
      { kind: 'table' },
      ({ mark }) => (mark === undefined ? undefined : 'table-row'),
      context,
    );
    expect(table?.kind).toBe('table');
    expect(table?.children?.map((one) => one.children?.length)).toEqual([3, 3, 3]);
  });
});
