/** Where the title, the rows and the cells of a table or a class lie inside of its box. */
import type { GraphNode, GraphRow } from '../../diagram-graph.ts';
import type { Rect } from '../../geometry.ts';

export interface PlacedRow {
  readonly row: GraphRow;
  /** In the pixels of the graph. */
  readonly box: Rect;
  readonly cells: readonly { readonly text: string; readonly box: Rect }[];
}

/** Height of the title bar where none was measured, in pixels. */
const usualHeader = 30;

/** Size of the bar that holds the title, at most half of the node; 0 for a shape that has none. */
export function headerSize({ shape, header, box, label, rows }: GraphNode): number {
  const long = header?.side === 'left' ? box.width : box.height;
  if (header !== undefined) return Math.min(header.size, long);
  if (shape === 'lifeline') return Math.min(40, box.height);
  if (!['swimlane', 'table', 'class'].includes(shape)) return 0;
  if (shape === 'table' && label === '') return 0;
  const bare = shape === 'class' && (rows ?? []).length === 0;
  return bare ? box.height : Math.min(usualHeader, box.height / 2);
}

/** The rows from top to bottom; together they fill the box below the title. */
export function placedRows(node: GraphNode): readonly PlacedRow[] {
  const { box, rows = [] } = node;
  const title = headerSize(node);
  const wanted = rows.map(({ height }) => height ?? 0);
  const known = wanted.reduce((sum, height) => sum + height, 0);
  const open = wanted.filter((height) => height === 0).length;
  const room = box.height - title;
  const share = open === 0 ? 0 : Math.max(room - known, room / 4) / open;
  const total = known + share * open;
  let y = box.y + title;
  return rows.map((row) => {
    const height = total === 0 ? 0 : ((row.height ?? share) / total) * room;
    const place = { x: box.x, y, width: box.width, height };
    y += height;
    return { row, box: place, cells: cellsOf(row, place, node.tracks) };
  });
}

function cellsOf({ cells }: GraphRow, place: Rect, tracks: readonly number[] | undefined) {
  const measured = tracks !== undefined && tracks.length === cells.length + 1;
  return cells.map((text, index) => {
    const even = (at: number): number => place.x + (place.width * at) / cells.length;
    const edge = (at: number): number => {
      if (at === 0) return place.x;
      if (at === cells.length) return place.x + place.width;
      const inside = measured ? (tracks[at] ?? even(at)) : even(at);
      return Math.min(Math.max(inside, place.x), place.x + place.width);
    };
    const x = edge(index);
    return { text, box: { ...place, x, width: Math.max(0, edge(index + 1) - x) } };
  });
}
