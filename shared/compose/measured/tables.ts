/** Rows on common columns as table, rows and cells, with the boxes that borders give them. */
import type { LayoutGroup, LayoutNode } from '../../facts/layout/index.ts';
import { bottom, right } from '../../geometry.ts';
import type { UiNode } from '../ui-tree.ts';

/** @param convert turns a cell's content into UI. */
export function tableNode(group: LayoutGroup, convert: (node: LayoutNode) => UiNode): UiNode {
  const rules = group.children.filter((child) => child.kind === 'rule');
  const rows = group.children.filter((child): child is LayoutGroup => child.kind === 'group');
  const starts = group.tracks?.slice(0, -1) ?? [];
  const left = Math.min(group.box.x, ...rules.map((rule) => rule.box.x));
  const end = Math.max(right(group.box), ...rules.map((rule) => right(rule.box)));
  const inset = Math.max(0, Math.min(24, (starts[0] ?? left) - left));
  const edges = columnEdges(rows, starts, left, end, inset);
  const tops = rowEdges(group, rows);
  const children = rows.map((row, index): UiNode => {
    const top = tops[index] ?? row.box.y;
    const base = tops[index + 1] ?? bottom(row.box);
    const rule = rules.find(
      (candidate) =>
        candidate.box.y > row.box.y && candidate.box.y < base + 1 && candidate.box.y >= bottom(row.box) - 2,
    );
    const color = rule?.kind === 'rule' ? rule.separator.color : undefined;
    const cells = starts.map((start, column): UiNode => {
      const x = edges[column] ?? start;
      const next = edges[column + 1] ?? end;
      const content = row.children.filter(
        (cell) => cell.box.x + cell.box.width / 2 >= x - 1 && cell.box.x + cell.box.width / 2 < next + 1,
      );
      return {
        kind: 'cell',
        box: { x, y: top, width: next - x, height: base - top },
        flow: 'column',
        children: content.map(convert),
      };
    });
    return {
      kind: 'table-row',
      box: { x: left, y: top, width: end - left, height: base - top },
      flow: 'row',
      children: cells,
      style: {
        ...(row.surface?.fill && { fill: [...row.surface.fill] }),
        ...(color && rule && { border: { bottom: { width: rule.box.height, color: [...color] } } }),
      },
    };
  });
  const box = {
    x: left,
    y: tops[0] ?? group.box.y,
    width: end - left,
    height: (tops[rows.length] ?? bottom(group.box)) - (tops[0] ?? group.box.y),
  };
  return { kind: 'table', box, flow: 'column', tracks: edges, children };
}

/** Edges between columns: a column starts `inset` before its left-aligned content. */
function columnEdges(
  rows: readonly LayoutGroup[],
  starts: readonly number[],
  left: number,
  end: number,
  inset: number,
): number[] {
  const inner = starts.slice(1).map((start, index) => {
    const before = Math.max(
      ...rows
        .flatMap((row) =>
          row.children.filter((cell) => cell.box.x < start - 1).map((cell) => right(cell.box)),
        )
        .filter((edge) => edge <= start + 1),
      starts[index] ?? left,
    );
    const lefts = rows.flatMap((row) => row.children.filter((cell) => Math.abs(cell.box.x - start) <= 4));
    const leftAligned = lefts.length >= 0.6 * rows.length;
    if (leftAligned && start - inset >= before) return start - inset;
    return (before + start) / 2;
  });
  return [left, ...inner, end];
}

/** y of the rows' edges: rules and surfaces where there are any, else half-way between rows. */
function rowEdges(group: LayoutGroup, rows: readonly LayoutGroup[]): number[] {
  const rules = group.children.filter((child) => child.kind === 'rule').map((rule) => bottom(rule.box));
  const edges: number[] = [];
  rows.forEach((row, index) => {
    const next = rows[index + 1];
    if (next === undefined) return;
    const rule = rules.find((y) => y >= bottom(row.box) - 2 && y <= next.box.y + 2);
    edges.push(
      rule ??
        (row.surface ? bottom(row.box) : next.surface ? next.box.y : (bottom(row.box) + next.box.y) / 2),
    );
  });
  const first = rows[0];
  const last = rows[rows.length - 1];
  if (first === undefined || last === undefined) return [];
  const topRule = rules.find((y) => y <= first.box.y + 1);
  const endRule = rules.find((y) => y >= bottom(last.box) - 1);
  const half = (row: LayoutGroup, edge: number | undefined, side: 'top' | 'bottom'): number => {
    if (row.surface || edge === undefined) return side === 'top' ? row.box.y : bottom(row.box);
    return side === 'top' ? row.box.y - (edge - bottom(row.box)) : bottom(row.box) + (row.box.y - edge);
  };
  const lowest = bottom(group.surface?.box ?? group.box) + 40;
  return [
    topRule ?? Math.max(half(first, edges[0], 'top'), 0),
    ...edges,
    endRule ?? Math.min(lowest, half(last, edges[edges.length - 1], 'bottom')),
  ];
}
