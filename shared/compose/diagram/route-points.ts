/** Points along a route: lengths, places on it, and where a straight line leaves a box. */
import type { GraphEdge, GraphNode, GraphPoint } from '../../diagram-graph.ts';
import type { Rect } from '../../geometry.ts';

export const centreOf = ({ x, y, width, height }: Rect): GraphPoint => ({
  x: x + width / 2,
  y: y + height / 2,
});

export const distance = (a: GraphPoint, b: GraphPoint): number => Math.hypot(a.x - b.x, a.y - b.y);

/** Length in pixels. */
export const lengthOf = (points: readonly GraphPoint[]): number =>
  points.slice(1).reduce((sum, point, index) => sum + distance(points[index] ?? point, point), 0);

export interface PlaceOnRoute {
  readonly point: GraphPoint;
  /** 0 at the first point, 1 at the last. */
  readonly share: number;
  /** Unit vector along the route there. */
  readonly along: GraphPoint;
}

/** The place at a share of the length. */
export function placeAt(points: readonly GraphPoint[], share: number): PlaceOnRoute {
  const total = lengthOf(points);
  let left = total * share;
  for (const [index, to] of points.slice(1).entries()) {
    const from = points[index] ?? to;
    const length = distance(from, to);
    if (length > 0 && (left <= length || index === points.length - 2)) {
      const t = Math.min(1, left / length);
      const along = { x: (to.x - from.x) / length, y: (to.y - from.y) / length };
      return { point: { x: from.x + (to.x - from.x) * t, y: from.y + (to.y - from.y) * t }, share, along };
    }
    left -= length;
  }
  return { point: points[0] ?? { x: 0, y: 0 }, share, along: { x: 1, y: 0 } };
}

/** The place of a route that is nearest to a point. */
export function nearestPlace(points: readonly GraphPoint[], to: GraphPoint): PlaceOnRoute {
  const total = lengthOf(points);
  let best = placeAt(points, 0);
  let before = 0;
  for (const [index, end] of points.slice(1).entries()) {
    const start = points[index] ?? end;
    const length = distance(start, end);
    if (length === 0) continue;
    const along = { x: (end.x - start.x) / length, y: (end.y - start.y) / length };
    const t = Math.min(length, Math.max(0, (to.x - start.x) * along.x + (to.y - start.y) * along.y));
    const point = { x: start.x + along.x * t, y: start.y + along.y * t };
    if (index === 0 || distance(point, to) < distance(best.point, to)) {
      best = { point, share: total === 0 ? 0 : (before + t) / total, along };
    }
    before += length;
  }
  return best;
}

/** Where the line from the middle of a node to a point leaves its outline; the middle itself for a point at it. */
export function leavingPoint(
  { box, shape }: Pick<GraphNode, 'box' | 'shape'>,
  towards: GraphPoint,
): GraphPoint {
  const { x, y } = centreOf(box);
  const dx = Math.abs(towards.x - x) / Math.max(box.width / 2, 0.5);
  const dy = Math.abs(towards.y - y) / Math.max(box.height / 2, 0.5);
  const round = ['ellipse', 'start', 'end'].includes(shape);
  const reach = shape === 'diamond' ? dx + dy : round ? Math.hypot(dx, dy) : Math.max(dx, dy);
  if (reach === 0) return { x, y };
  return { x: x + (towards.x - x) / reach, y: y + (towards.y - y) / reach };
}

/** The whole way of an edge, from end to end; ends that were not measured lie on the outlines of their nodes. */
export function routeOf(edge: GraphEdge, nodes: ReadonlyMap<string, GraphNode>): readonly GraphPoint[] {
  const from = edge.from === undefined ? undefined : nodes.get(edge.from);
  const to = edge.to === undefined ? undefined : nodes.get(edge.to);
  const middle = edge.waypoints ?? [];
  const origin = { x: 0, y: 0 };
  const start = edge.fromPoint ?? (from === undefined ? origin : centreOf(from.box));
  const end = edge.toPoint ?? (to === undefined ? origin : centreOf(to.box));
  const first = edge.fromPoint ?? (from === undefined ? start : leavingPoint(from, middle[0] ?? end));
  const last = edge.toPoint ?? (to === undefined ? end : leavingPoint(to, middle.at(-1) ?? start));
  return [first, ...middle, last];
}
