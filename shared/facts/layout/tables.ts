/** Finds tables: rows of cells on common columns, with a head, figures or a ruled grid to tell them from lists. */
import { right, unionOf } from '../../geometry.ts';
import type { Separator } from '../page-facts.ts';
import { likeness } from './signature.ts';
import { partedRows } from './tinted-rows.ts';
import {
  type LayoutGroup,
  type LayoutNode,
  mainRun,
  isPlain as plain,
  type RuleItem,
  textOf,
} from './tree.ts';

interface Columns {
  readonly left: number;
  readonly right: number;
}

function overlapsColumn(node: LayoutNode, column: Columns): boolean {
  return node.box.x < column.right - 1 && right(node.box) > column.left + 1;
}

/** The common columns of rows of cells, or none where two cells of a row lie in one. */
function commonColumns(rows: readonly (readonly LayoutNode[])[]): Columns[] | undefined {
  const most = Math.max(...rows.map((row) => row.length));
  const cells = rows
    .filter((row) => row.length >= most - 1)
    .flat()
    .sort((a, b) => a.box.x - b.box.x);
  const columns: { left: number; right: number }[] = [];
  for (const cell of cells) {
    const last = columns[columns.length - 1];
    if (last !== undefined && cell.box.x < last.right - 1) last.right = Math.max(last.right, right(cell.box));
    else columns.push({ left: cell.box.x, right: right(cell.box) });
  }
  const single = rows.every((row) =>
    columns.every((column) => row.filter((cell) => overlapsColumn(cell, column)).length <= 1),
  );
  return single ? columns : undefined;
}

function cellsOf(row: LayoutNode): readonly LayoutNode[] {
  if (row.kind !== 'group' || row.flow !== 'row' || row.backdrop !== undefined) return [row];
  return row.children.flatMap((cell) => (plain(cell) && cell.flow === 'row' ? unpack(cell) : [cell]));
}

/** The cut may have put neighbouring cells in one row of their own. */
function unpack(cell: LayoutGroup): readonly LayoutNode[] {
  const wide = cell.children.some(
    (child, index) => index > 0 && child.box.x - right(cell.children[index - 1]?.box ?? child.box) > 18,
  );
  return wide ? cell.children : [cell];
}

/** Cells that are visible rectangles and touch their neighbours. */
function framed(cells: readonly LayoutNode[]): boolean {
  return (
    cells.length >= 2 &&
    cells.every(
      (cell, index) =>
        cell.kind === 'group' &&
        cell.surface !== undefined &&
        (index === 0 || Math.abs(cell.box.x - right(cells[index - 1]?.box ?? cell.box)) <= 2.5),
    )
  );
}

const figure = /^[\s\p{Sc}+−–-]*\d[\d\s.,:%/–-]*\p{L}{0,3}$/u;

function texts(cells: readonly LayoutNode[]) {
  return cells.flatMap((cell) => {
    const inner = cell.kind === 'group' && cell.children.length === 1 ? cell.children[0] : cell;
    return inner?.kind === 'text' ? [inner] : [];
  });
}

/** The first row is set otherwise than the second: smaller, bolder, paler, or on a ground of its own. */
function hasHead(rows: readonly LayoutNode[], cells: readonly (readonly LayoutNode[])[]): boolean {
  const [first, second] = [cells[0] ?? [], cells[1] ?? []];
  const heads = texts(first);
  if (heads.length < first.length - 1 || heads.length < 2) return false;
  const [head, body] = [rows[0], rows[1]];
  const ground =
    head?.kind === 'group' &&
    body?.kind === 'group' &&
    head.surface?.fill?.join() !== body.surface?.fill?.join();
  const differing = heads.filter((cell) => texts(second).every((other) => likeness(cell, other) < 1)).length;
  const sizes = heads.map((cell) => mainRun(cell).typography.size);
  const even = Math.max(...sizes) - Math.min(...sizes) <= 1.5;
  return (
    even &&
    (ground ||
      differing >= 0.6 * heads.length ||
      heads.every((cell) => !figure.test(textOf(cell)) && mainRun(cell).typography.weight >= 600))
  );
}

/** Most neighbouring rows are set alike, cell by cell. */
function likeRows(rows: readonly (readonly LayoutNode[])[]): boolean {
  const pairs = rows.slice(1).map((row, index) => [rows[index] ?? [], row] as const);
  const same = pairs.filter(([above, below]) => {
    const count = Math.min(above.length, below.length);
    const matches = above.slice(0, count).filter((cell, at) => likeness(cell, below[at] ?? cell) >= 0.6);
    return matches.length >= 0.6 * count;
  });
  return same.length >= 0.6 * pairs.length;
}

function evenPitch(rows: readonly LayoutNode[]): boolean {
  const middles = rows.map((row) => row.box.y + row.box.height / 2);
  const pitches = middles.slice(2).map((middle, index) => middle - (middles[index + 1] ?? middle));
  return pitches.length < 2 || Math.max(...pitches) <= 1.9 * Math.min(...pitches);
}

/** Upright rules of the group and of its rows, one for each place. */
function uprightsOf(group: LayoutGroup): Separator[] {
  const inRows = group.children.flatMap((child) => (child.kind === 'group' ? (child.uprights ?? []) : []));
  const found: Separator[] = [];
  for (const rule of [...(group.uprights ?? []), ...inRows]) {
    if (!found.some((known) => Math.abs(known.box.x - rule.box.x) <= 3)) found.push(rule);
  }
  return found;
}

/** Rows on common columns become a table. Rules between them become the rows' borders. */
function asTable(group: LayoutGroup): LayoutGroup | undefined {
  if (group.flow !== 'column') return undefined;
  const rules = group.children.filter((child): child is RuleItem => child.kind === 'rule');
  const rows = group.children.filter((child) => child.kind !== 'rule');
  if (rows.length < 3) return undefined;
  const cells = rows.map(cellsOf);
  const count = Math.max(...cells.map((row) => row.length));
  if (count < 2 || cells.filter((row) => row.length >= count - 1).length < 0.8 * rows.length)
    return undefined;
  const grid = cells.filter(framed).length >= 0.8 * rows.length || uprightsOf(group).length >= 2;
  const columns = commonColumns(cells);
  if (columns === undefined || columns.length !== count) return undefined;
  const all = cells.flat();
  const flat = all.every((cell) => cell.box.height <= 84) && rows.every((row) => row.box.height <= 120);
  const words = texts(all);
  if (!flat || words.length < 0.4 * all.length || !evenPitch(rows)) return undefined;
  if (!likeRows(cells.slice(1))) return undefined;
  const head = hasHead(rows, cells);
  const figures = words.filter((text) => figure.test(textOf(text))).length >= 0.22 * all.length;
  const evidence = grid || head || (figures && count >= 4 && rules.length >= rows.length - 2);
  if (!evidence || (count < 3 && !(grid || (head && rules.length >= rows.length - 2)))) return undefined;
  const children = group.children.map((child): LayoutNode => {
    if (child.kind === 'rule') return child;
    const parts = cellsOf(child);
    if (child.kind === 'group' && child.flow === 'row') return { ...child, children: parts };
    return { kind: 'group', flow: 'row', box: child.box, children: parts };
  });
  const tracks = [
    ...columns.map((column) => column.left),
    columns[columns.length - 1]?.right ?? right(group.box),
  ];
  const uprights = uprightsOf(group);
  return { ...group, flow: 'table', children, tracks, head, ...(uprights.length > 0 && { uprights }) };
}

function bare(table: LayoutGroup): LayoutGroup {
  const { surface: _surface, backdrop: _backdrop, ...rest } = table;
  return { ...rest, box: unionOf(table.children.map((child) => child.box)) };
}

/** The rows of a table may stand among other things: a title above, a note below. */
export function extractTable(group: LayoutGroup): LayoutGroup {
  if (group.flow !== 'column') return group;
  const children = partedRows(group.children, (child) => cellsOf(child).length >= 2);
  const parted = children.length > group.children.length ? tableIn({ ...group, children }) : undefined;
  const isWhole = parted !== undefined && rowsAmong(parted) >= rowsAmong(group);
  return (isWhole ? parted : undefined) ?? tableIn(group) ?? group;
}

/** Rows of the tables of a group, and of itself. */
function rowsAmong({ flow, children }: LayoutGroup): number {
  if (flow === 'table') return children.filter(({ kind }) => kind !== 'rule').length;
  return children.reduce(
    (sum, child) => sum + (child.kind === 'group' && child.flow === 'table' ? rowsAmong(child) : 0),
    0,
  );
}

function tableIn(group: LayoutGroup): LayoutGroup | undefined {
  if (group.children.length < 3) return undefined;
  const whole = asTable(group);
  const solid = group.surface !== undefined || group.backdrop !== undefined;
  if (whole !== undefined) return solid ? { ...group, children: [bare(whole)] } : whole;
  const isRow = (child: LayoutNode | undefined): boolean =>
    child !== undefined && (child.kind === 'rule' || cellsOf(child).length >= 2);
  for (let from = 0; from < group.children.length; from += 1) {
    if (
      !isRow(group.children[from]) ||
      (from > 0 && isRow(group.children[from - 1]) && group.children[from]?.kind === 'rule')
    )
      continue;
    let to = from;
    while (isRow(group.children[to])) to += 1;
    if (to - from < 3) continue;
    const part = group.children.slice(from, to);
    const { uprights } = group;
    const shell = { kind: 'group' as const, flow: 'column' as const, ...(uprights && { uprights }) };
    const table = asTable({ ...shell, box: unionOf(part.map((child) => child.box)), children: part });
    if (table === undefined) continue;
    return { ...group, children: [...group.children.slice(0, from), table, ...group.children.slice(to)] };
  }
  return undefined;
}
