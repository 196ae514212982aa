/** What a perceived container holds without further containers, where neither rows nor columns alone hold it. */
import { type Rect, right } from '../../geometry.ts';
import { bandsOf } from './intervals.ts';
import { isMarked, isPlain, type LayoutGroup, type LayoutNode } from './tree.ts';

/** Left edges this close are one line of a grid, in pixels. */
const lineSlack = 4;

/** Parts of a group, without the groups that stand for cuts alone. */
function partsOf(group: LayoutGroup): LayoutNode[] {
  return group.children.flatMap((child) => (isPlain(child) && isMarked(child) ? partsOf(child) : [child]));
}

const spread = (values: readonly number[]): number => Math.max(...values) - Math.min(...values);

/** Rows of parts, each from left to right; undefined where parts of a row overlap. */
function rowsOf(parts: readonly LayoutNode[]): LayoutNode[][] | undefined {
  const rows = bandsOf(parts, 'y').map((band) => [...band.items].sort((a, b) => a.box.x - b.box.x));
  const apart = rows.every((row) => bandsOf(row, 'x').length === row.length);
  return apart ? rows : undefined;
}

/** Equal tracks, all but the last row full: cells as wide as their track. */
function matrixOf(group: LayoutGroup, parts: readonly LayoutNode[]): LayoutGroup | undefined {
  const rows = rowsOf(parts);
  const [first] = rows ?? [];
  if (rows === undefined || first === undefined || rows.length < 2 || first.length < 2) return undefined;
  const full = rows.every(
    (row, index) => row.length === first.length || (index === rows.length - 1 && row.length < first.length),
  );
  if (!full) return undefined;
  const lefts = first.map((_, column) => rows.flatMap((row) => row[column]?.box.x ?? []));
  if (lefts.some((column) => spread(column) > lineSlack)) return undefined;
  const starts = lefts.map((column) => Math.min(...column));
  const pitches = starts.slice(1).map((start, index) => start - (starts[index] ?? start));
  if (spread(pitches) > 3) return undefined;
  const pitch = pitches.reduce((sum, value) => sum + value, 0) / pitches.length;
  const widest = Math.max(...parts.map((part) => part.box.width));
  const room = pitch - widest;
  if (room < -1 || pitch < 40) return undefined;
  const solid = parts.every((part) => part.kind === 'picture' || (part.kind === 'group' && part.surface));
  if (solid && spread(parts.map((part) => part.box.width)) > 4) return undefined;
  const width = solid ? widest : pitch - Math.min(Math.max(room, 0), 24);
  const cells = rows.flatMap((row) =>
    row.map((cell, column): LayoutNode => {
      if (solid || cell.kind !== 'group' || cell.surface !== undefined) return cell;
      return { ...cell, box: { ...cell.box, x: starts[column] ?? cell.box.x, width } };
    }),
  );
  const even = solid || cells.every((cell) => cell.kind === 'group');
  return even ? { ...group, flow: 'grid', columns: first.length, children: cells } : undefined;
}

/** Edges of columns that all parts start on and end before. */
function tracksOf(parts: readonly LayoutNode[], box: Rect): number[] {
  const edges: number[] = [];
  for (const x of parts.map((part) => part.box.x).sort((a, b) => a - b))
    if (edges.length === 0 || x - (edges[edges.length - 1] ?? x) > lineSlack) edges.push(x);
  return [...edges, Math.max(right(box), ...parts.map((part) => right(part.box)))];
}

/** In the order in which they were perceived, else as they were cut. */
function inOrder(parts: readonly LayoutNode[]): LayoutNode[] {
  const known = parts.every((part) => part.mark !== undefined);
  return known ? [...parts].sort((a, b) => (a.mark ?? 0) - (b.mark ?? 0)) : [...parts];
}

/**
 * A perceived group whose children were put into rows and columns that nobody perceived: a grid of equal cells,
 * or one with `tracks` whose children span them.
 */
export function placed(group: LayoutGroup): LayoutGroup {
  const cut = group.children.some((child) => isPlain(child) && isMarked(child));
  if (!cut && group.flow !== 'overlay') return group;
  const parts = partsOf(group);
  if (parts.length < 2 || parts.some((part) => part.kind === 'rule')) return group;
  const matrix = matrixOf(group, parts);
  if (matrix !== undefined) return matrix;
  if (parts.length > 12 || !cut) return group;
  return { ...group, flow: 'grid', tracks: tracksOf(parts, group.box), children: inOrder(parts) };
}
