/** Perceived rows and cells as a table on common columns; undefined where the pixels show no such columns. */
import type { LayoutGroup, LayoutNode, RuleItem } from '../../facts/layout/index.ts';
import type { Separator } from '../../facts/page-facts.ts';
import { right, unionOf } from '../../geometry.ts';
import type { PerceivedNode } from '../../tasks/perceive/perception.ts';
import type { UiNode } from '../../ui-tree.ts';
import type { MeasuredContext } from '../measured/context.ts';
import { toUi } from '../measured/groups.ts';
import { surfaceStyle } from '../measured/leaves.ts';
import { tableNode } from '../measured/tables.ts';

export type KindOf = (node: LayoutNode) => PerceivedNode['kind'] | undefined;

const isUnnamed = (node: LayoutNode): boolean => node.mark === undefined;

/** A row as it is, or alone in a visible box or a cut, whose look it takes. */
function rowIn(node: LayoutNode, kindOf: KindOf): LayoutGroup | undefined {
  if (kindOf(node) === 'table-row')
    return node.kind === 'group'
      ? { ...node, children: node.flow === 'row' ? node.children : [bare(node)] }
      : { kind: 'group', flow: 'row', box: node.box, children: [node] };
  if (node.kind !== 'group') return undefined;
  const rows = node.children.map((child) => rowIn(child, kindOf));
  const at = rows.findIndex((one) => one !== undefined);
  const row = rows[at];
  if (row === undefined || rows.some((one, index) => one !== undefined && index !== at)) return undefined;
  const beside = node.children.filter((_, index) => index !== at);
  if (beside.length > 0 && (node.flow !== 'row' || !beside.every(isUnnamed))) return undefined;
  return {
    ...row,
    box: node.box,
    // What nobody perceived stands in the row all the same, as a cell of its own.
    children: node.children.flatMap((child, index) => (index === at ? row.children : [child])),
    ...(node.surface && row.surface === undefined && { surface: node.surface }),
  };
}

/** What is in a row that no cut took apart, as one cell. */
function bare(row: LayoutGroup): LayoutNode {
  const [only] = row.children;
  if (row.children.length === 1 && only !== undefined) return only;
  const { surface: _surface, backdrop: _backdrop, mark: _mark, ...rest } = row;
  return rest;
}

/** What a table is made of, boxes and cuts around its rows left out. */
interface Parts {
  readonly rows: (LayoutGroup | RuleItem)[];
  /** What stands above or below the rows. */
  readonly captions: LayoutNode[];
  /** A visible box around several rows, whose edges are the table's. */
  frame?: LayoutGroup['surface'];
  readonly uprights: Separator[];
}

/** Sorts the children of a table into `parts`. @returns false if there is anything that no table can hold. */
function sortInto(parts: Parts, group: LayoutGroup, kindOf: KindOf): boolean {
  parts.uprights.push(...(group.uprights ?? []));
  return group.children.every((child) => {
    const row = child.kind === 'rule' ? child : rowIn(child, kindOf);
    if (row !== undefined) {
      parts.rows.push(row);
      if (row.kind === 'group') parts.uprights.push(...(row.uprights ?? []));
      return true;
    }
    if (child.kind === 'text') return parts.captions.push(child) <= 1;
    if (child.kind !== 'group' || child.mark !== undefined || child.backdrop !== undefined) return false;
    if (child.flow !== 'column' || child.children.length === 0) return false;
    if (child.surface !== undefined && parts.frame === undefined) parts.frame = child.surface;
    else if (child.surface !== undefined) return false;
    return sortInto(parts, child, kindOf);
  });
}

/** Where columns start, from the rows with the most cells. */
function startsOf(rows: readonly LayoutGroup[]): number[] | undefined {
  const most = Math.max(...rows.map((row) => row.children.length));
  const full = rows.filter((row) => row.children.length === most);
  const places = Array.from({ length: most }, (_, column) =>
    full.flatMap((row) => [...row.children].sort((a, b) => a.box.x - b.box.x)[column]?.box ?? []),
  );
  const starts = places.map((boxes) => Math.min(...boxes.map((box) => box.x)));
  const ends = places.map((boxes) => Math.max(...boxes.map(right)));
  const apart = starts.every((start, column) => column === 0 || start >= (ends[column - 1] ?? start) - 3);
  return apart ? starts : undefined;
}

export function perceivedTable(
  group: LayoutGroup,
  perceived: PerceivedNode,
  kindOf: KindOf,
  context: MeasuredContext,
): UiNode | undefined {
  const parts: Parts = { rows: [], captions: [], uprights: [] };
  if (!sortInto(parts, group, kindOf)) return undefined;
  const rows = parts.rows.filter((child): child is LayoutGroup => child.kind === 'group');
  const starts = rows.length < 2 ? undefined : startsOf(rows);
  if (starts === undefined || starts.length < 2) return undefined;
  const end = Math.max(...rows.flatMap((row) => row.children.map((cell) => right(cell.box))));
  const isOpen = (cell: LayoutNode): cell is LayoutGroup =>
    cell.kind === 'group' &&
    cell.surface === undefined &&
    cell.backdrop === undefined &&
    kindOf(cell) === 'cell';
  const table = tableNode(
    {
      kind: 'group',
      flow: 'table',
      box: unionOf(parts.rows.map((row) => row.box)),
      children: parts.rows,
      tracks: [...starts, end],
      head: perceived.state === 'headed',
      uprights: parts.uprights,
    },
    (cell) => toUi(cell, context),
    isOpen,
  );
  const { border } = parts.frame === undefined ? {} : surfaceStyle(parts.frame);
  const captions = parts.captions.map((caption) => toUi(caption, context));
  return {
    ...table,
    ...(border && { style: { border } }),
    children: [...captions, ...(table.children ?? [])],
  };
}
