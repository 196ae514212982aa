/** Tables of a screen as draw.io's own tables want them: rows without gaps, cells without gaps, words in the cells. */
import type { GraphNode } from '../../diagram-graph.ts';
import { bottom, type Rect, right } from '../../geometry.ts';
import { childrenOf, type UiNode, walk } from '../../ui-tree.ts';
import { ownText } from './wireframe-words.ts';

export interface TableRow {
  readonly node: UiNode;
  readonly box: Rect;
  readonly cells: readonly TableCell[];
}

export interface TableCell {
  readonly node: UiNode;
  readonly box: Rect;
  /** Absent where more than one text is in it. */
  readonly words?: CellWords;
}

export interface CellWords {
  readonly node: UiNode;
  readonly align: NonNullable<GraphNode['align']>;
  /** Pixels from that side of the cell. */
  readonly inset: number;
}

/** The rows of a table; undefined for what is none, and for one whose cells cover several columns. */
export function tableOf(node: UiNode): TableRow[] | undefined {
  const rows = childrenOf(node);
  const tracks = node.tracks ?? [];
  const columns = tracks.length - 1;
  const isPlain = rows.every(
    (row) =>
      row.kind === 'table-row' &&
      childrenOf(row).length === columns &&
      childrenOf(row).every(({ kind, span = 1 }) => kind === 'cell' && span === 1),
  );
  if (node.kind !== 'table' || rows.length === 0 || columns < 1 || !isPlain) return undefined;
  return rows.map((row, index) => {
    const { y } = row.box;
    const next = rows[index + 1]?.box.y ?? bottom(row.box);
    const height = Math.max(1, next - y);
    const cells = childrenOf(row).map((cell, column): TableCell => {
      const x = tracks[column] ?? cell.box.x;
      const box = { x, y, width: Math.max(1, (tracks[column + 1] ?? x) - x), height };
      const words = wordsOf(cell, box);
      return { node: cell, box, ...(words === undefined ? {} : { words }) };
    });
    const x = tracks[0] ?? row.box.x;
    return { node: row, box: { x, y, width: (tracks.at(-1) ?? x) - x, height }, cells };
  });
}

function wordsOf(cell: UiNode, box: Rect): CellWords | undefined {
  const inside = [...walk(cell)].filter((node) => node !== cell);
  const [only, ...others] = inside.filter((node) => childrenOf(node).length === 0);
  // A badge is a part of its own.
  const isStyled = inside.some(({ style }) => style?.fill !== undefined || style?.border !== undefined);
  if (isStyled || others.length > 0) return undefined;
  if (only === undefined)
    return ownText(cell) === ''
      ? undefined
      : { node: cell, align: cell.style?.align ?? 'left', inset: usualInset };
  if (!['text', 'link', 'label', 'heading'].includes(only.kind) || ownText(only) === '') return undefined;
  // draw.io puts a cell's words at half of its height.
  if (Math.abs(only.box.y + only.box.height / 2 - box.y - box.height / 2) > level) return undefined;
  const [before, after] = [only.box.x - box.x, right(box) - right(only.box)];
  if (Math.abs(before - after) <= centred && before > centred)
    return { node: only, align: 'center', inset: 0 };
  return before <= after
    ? { node: only, align: 'left', inset: Math.max(0, before) }
    : { node: only, align: 'right', inset: Math.max(0, after) };
}

/** Pixels, where the words have no place of their own. */
const usualInset = 8;

/** Pixels by which words at half of the height may be off it. */
const level = 6;

/** Pixels by which words that stand in the middle may be off it. */
const centred = 4;
