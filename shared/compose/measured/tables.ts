/** Rows on common columns as table, rows and cells, with the boxes that borders give them. */
import type { LayoutGroup, LayoutNode } from '../../facts/layout/index.ts';
import type { PageBox, Separator } from '../../facts/page-facts.ts';
import type { Rect, Rgb } from '../../geometry.ts';
import { bottom, right } from '../../geometry.ts';
import type { UiNode, UiStyle } from '../../ui-tree.ts';
import { surfaceStyle } from './leaves.ts';

/**
 * @param convert turns a cell's content into UI.
 * @param opens whether a group is no more than the cell itself.
 */
export function tableNode(
  group: LayoutGroup,
  convert: (node: LayoutNode) => UiNode,
  opens: (node: LayoutNode) => boolean = () => false,
): UiNode {
  const rules = group.children.filter((child) => child.kind === 'rule');
  const rows = group.children.filter((child): child is LayoutGroup => child.kind === 'group');
  const starts = group.tracks?.slice(0, -1) ?? [];
  const left = Math.min(group.box.x, ...rules.map((rule) => rule.box.x));
  const end = Math.max(right(group.box), ...rules.map((rule) => right(rule.box)));
  const inset = Math.max(0, Math.min(24, (starts[0] ?? left) - left));
  const edges = columnEdges(group, rows, starts, left, end, inset);
  const tops = rowEdges(group, rows);
  const inside = (node: LayoutNode): readonly LayoutNode[] =>
    node.kind === 'group' && opens(node) ? node.children : [node];
  const children = rows.map((row, index): UiNode => {
    const top = tops[index] ?? row.box.y;
    const base = tops[index + 1] ?? bottom(row.box);
    const rule = rules.find(
      (candidate) =>
        candidate.box.y > row.box.y && candidate.box.y < base + 1 && candidate.box.y >= bottom(row.box) - 2,
    );
    const line = rule?.kind === 'rule' ? lineOf(rule.separator) : lineUnder(row, rows[index + 1]);
    const cells = placeCells(row, edges).map(({ column, span, content }): UiNode => {
      const x = edges[column] ?? left;
      const next = edges[column + span] ?? end;
      const [only] = content;
      const frame =
        content.length === 1 && only?.kind === 'group' && isFrame(only, base - top) ? only : undefined;
      const upright =
        column > 0
          ? group.uprights?.find(({ box }) => Math.abs(box.x - x) <= 4 && crosses(box, top, base))
          : undefined;
      return {
        kind: 'cell',
        box: { x, y: top, width: next - x, height: base - top },
        flow: frame?.flow === 'row' ? 'row' : 'column',
        children: (frame?.children ?? content.flatMap(inside)).map(convert),
        ...(span > 1 && { span }),
        ...(frame?.surface && { style: frameStyle(frame.surface, row.surface?.fill) }),
        ...(upright && {
          style: { border: { left: { width: upright.box.width, color: [...upright.color] } } },
        }),
      };
    });
    return {
      kind: 'table-row',
      box: { x: left, y: top, width: end - left, height: base - top },
      flow: 'row',
      children: cells,
      style: {
        ...(row.surface?.fill && { fill: [...row.surface.fill] }),
        ...(line && { border: { bottom: line } }),
      },
    };
  });
  const box = {
    x: left,
    y: tops[0] ?? group.box.y,
    width: end - left,
    height: (tops[rows.length] ?? bottom(group.box)) - (tops[0] ?? group.box.y),
  };
  return {
    kind: 'table',
    box,
    flow: 'column',
    tracks: edges,
    children,
    ...(group.head === true && { state: 'headed' as const }),
  };
}

type Line = NonNullable<NonNullable<UiStyle['border']>['bottom']>;

const lineOf = ({ box, color }: Separator): Line => ({ width: box.height, color: [...color] });

/** The line between two rows that the visible box of one of them has. */
function lineUnder(row: LayoutGroup, next: LayoutGroup | undefined): Line | undefined {
  const side = row.surface?.border.bottom ?? next?.surface?.border.top;
  return side && { width: side.width, color: [...side.color] };
}

/** Whether an upright rule stands in a row: the rows of the head may have others than those of the body. */
const crosses = (rule: Rect, top: number, base: number): boolean =>
  Math.min(bottom(rule), base) - Math.max(rule.y, top) > 0.5 * (base - top);

interface PlacedCell {
  readonly column: number;
  readonly span: number;
  readonly content: LayoutNode[];
}

/** Every child of a row in the column where its middle is, a wide frame over several. */
function placeCells(row: LayoutGroup, edges: readonly number[]): PlacedCell[] {
  const count = edges.length - 1;
  const columnAt = (x: number): number => {
    const index = edges.findIndex((edge, at) => at > 0 && x < edge);
    return index < 0 ? count - 1 : index - 1;
  };
  const middleOf = ({ box }: LayoutNode): number => columnAt(box.x + box.width / 2);
  const within = (column: number, from: number, to: number): boolean => column >= from && column <= to;
  const placed = new Map<number, { span: number; content: LayoutNode[] }>();
  for (const child of row.children) {
    const framed = child.kind === 'group' && child.surface !== undefined;
    const own = middleOf(child);
    const [from, to] = [columnAt(child.box.x + 3), columnAt(right(child.box) - 3)];
    // What reaches into columns where nothing else stands has them too.
    const wide =
      framed || !row.children.some((other) => other !== child && within(middleOf(other), from, to));
    const [first, last] = wide ? [from, Math.max(from, to)] : [own, own];
    const known = placed.get(first);
    placed.set(first, {
      span: Math.max(known?.span ?? 1, last - first + 1),
      content: [...(known?.content ?? []), child],
    });
  }
  const cells: PlacedCell[] = [];
  for (let column = 0; column < count; ) {
    const cell = placed.get(column);
    let span = 1;
    while (cell !== undefined && span < cell.span && !placed.has(column + span)) span += 1;
    cells.push({ column, span, content: cell?.content ?? [] });
    column += span;
  }
  return cells;
}

/** A cell's own visible rectangle, as high as the row; a badge or button in the cell is lower. */
function isFrame(cell: LayoutGroup, height: number): boolean {
  return cell.surface !== undefined && cell.surface.radius < 3 && cell.box.height >= height - 3;
}

function frameStyle(surface: PageBox, under: Rgb | undefined): UiStyle {
  const { border } = surfaceStyle(surface);
  const fill: UiStyle =
    surface.fill && surface.fill.join() !== under?.join() ? { fill: [...surface.fill] } : {};
  return { ...fill, ...(border && { border }) };
}

/** Edges between columns: a column starts `inset` before its left-aligned content. */
function columnEdges(
  { uprights = [] }: LayoutGroup,
  rows: readonly LayoutGroup[],
  starts: readonly number[],
  left: number,
  end: number,
  inset: number,
): number[] {
  const inner = starts.slice(1).map((start, index) => {
    const rule = uprights.findLast(({ box }) => box.x > (starts[index] ?? left) && box.x <= start + 1);
    if (rule !== undefined) return rule.box.x;
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
        (row.surface
          ? bottom(row.box)
          : next.surface
            ? // The line on its upper edge is the one below this row.
              next.box.y + (next.surface.border.top?.width ?? 0)
            : (bottom(row.box) + next.box.y) / 2),
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
