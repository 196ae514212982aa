/** Measured shapes that are pieces of one shape of the model: strokes of a hatching, cells, letters taken for shapes. */
import type { GraphEdge, GraphNode } from '../../../diagram-graph.ts';
import { area, overlapArea, type Rect } from '../../../geometry.ts';

/** Share of a piece that lies in its shape; and of the shape that a piece fills at most. */
const inside = 0.8;
const most = 0.7;

const holds = (outer: Rect, inner: Rect): boolean =>
  overlapArea(outer, inner) >= inside * area(inner) && area(inner) < most * area(outer);

/**
 * @param measured nodes that the model did not name.
 * @returns ids of those that lie in a node of the model that holds no other, and that node's id.
 */
export function piecesIn(
  measured: readonly GraphNode[],
  perceived: readonly GraphNode[],
): ReadonlyMap<string, string> {
  const whole = perceived.filter(
    (node) =>
      node.shape !== 'swimlane' &&
      node.shape !== 'text' &&
      !perceived.some((other) => other !== node && (other.parent === node.id || holds(node.box, other.box))),
  );
  return new Map(
    measured.flatMap((node): [string, string][] => {
      const found = whole.find(({ box }) => holds(box, node.box));
      return found === undefined ? [] : [[node.id, found.id]];
    }),
  );
}

/**
 * Lines that end at a piece end at the whole; those within one are gone.
 * @param wholes by the id of a piece, its whole in the merged graph, if it is there.
 */
export function withoutPieces(
  edges: readonly GraphEdge[],
  wholes: ReadonlyMap<string, string | undefined>,
): GraphEdge[] {
  const isPiece = (id: string | undefined): boolean => id !== undefined && wholes.has(id);
  return edges.flatMap((edge): GraphEdge[] => {
    if (!isPiece(edge.from) && !isPiece(edge.to)) return [edge];
    const { from, to, ...rest } = edge;
    const ends = [from, to].map((id) => (id !== undefined && wholes.has(id) ? wholes.get(id) : id));
    const [start, end] = ends;
    if (start === end || (isPiece(from) && to === undefined) || (isPiece(to) && from === undefined))
      return [];
    return [
      { ...rest, ...(start === undefined ? {} : { from: start }), ...(end === undefined ? {} : { to: end }) },
    ];
  });
}
