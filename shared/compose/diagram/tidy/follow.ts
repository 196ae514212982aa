/** Lines and labels go along with the nodes that they belong to. */
import type { GraphEdge, GraphNode, GraphPoint } from '../../../diagram-graph.ts';
import type { Rect } from '../../../geometry.ts';
import { nearestPlace, routeOf } from '../route-points.ts';

type Nodes = ReadonlyMap<string, GraphNode>;

/** An edge after its nodes moved: its ends keep their places on them, its bends move by what lies nearer. */
export function followed(drawn: GraphEdge, before: Nodes, after: Nodes): GraphEdge {
  const edge = withoutKinks(drawn);
  const route = routeOf(edge, before);
  const end = (id: string | undefined, point: GraphPoint): GraphPoint => {
    const [old, now] = [before.get(id ?? ''), after.get(id ?? '')];
    return old === undefined || now === undefined ? point : sameShare(point, old.box, now.box);
  };
  const shift = (id: string | undefined, point: GraphPoint | undefined): GraphPoint => {
    if (point === undefined) return { x: 0, y: 0 };
    const moved = end(id, point);
    return { x: moved.x - point.x, y: moved.y - point.y };
  };
  const [first, last] = [shift(edge.from, route[0]), shift(edge.to, route.at(-1))];
  const moved = (point: GraphPoint): GraphPoint => {
    const { share } = nearestPlace(route, point);
    return {
      x: point.x + first.x * (1 - share) + last.x * share,
      y: point.y + first.y * (1 - share) + last.y * share,
    };
  };
  const { fromPoint, toPoint, waypoints, labelAt } = edge;
  const ends = {
    ...(fromPoint === undefined ? {} : { fromPoint: end(edge.from, fromPoint) }),
    ...(toPoint === undefined ? {} : { toPoint: end(edge.to, toPoint) }),
  };
  const isStraight = (waypoints ?? []).length === 0 && edge.from !== edge.to;
  return {
    ...edge,
    ...(isStraight ? alongAxis(fromPoint, toPoint, ends) : ends),
    ...(waypoints === undefined ? {} : { waypoints: waypoints.map(moved) }),
    ...(labelAt === undefined ? {} : { labelAt: moved(labelAt) }),
  };
}

/** The point at the same shares of the width and the height; one beside the box is brought to its edge. */
function sameShare({ x, y }: GraphPoint, old: Rect, now: Rect): GraphPoint {
  const share = (value: number, start: number, size: number): number =>
    size === 0 ? 0.5 : Math.min(1, Math.max(0, (value - start) / size));
  return {
    x: now.x + share(x, old.x, old.width) * now.width,
    y: now.y + share(y, old.y, old.height) * now.height,
  };
}

interface Ends {
  readonly fromPoint?: GraphPoint;
  readonly toPoint?: GraphPoint;
}

/** A straight line that was drawn along an axis stays there when its nodes move by different amounts. */
function alongAxis(from: GraphPoint | undefined, to: GraphPoint | undefined, ends: Ends): Ends {
  const { fromPoint, toPoint } = ends;
  if (!from || !to || !fromPoint || !toPoint) return ends;
  const [dx, dy] = [Math.abs(to.x - from.x), Math.abs(to.y - from.y)];
  const [x, y] = [(fromPoint.x + toPoint.x) / 2, (fromPoint.y + toPoint.y) / 2];
  if (dy <= level * dx) return { fromPoint: { ...fromPoint, y }, toPoint: { ...toPoint, y } };
  if (dx <= level * dy) return { fromPoint: { ...fromPoint, x }, toPoint: { ...toPoint, x } };
  return ends;
}

/** Pixels across per pixel along, of a line that is meant to be upright or level. */
const level = 0.06;

/** Pixels of a leg that the prongs of a crow's foot or a trembling hand leave before an end. */
const kink = 10;

/** Without a short leg before an end of a line that comes along an axis: it meets the node where the line points. */
function withoutKinks(edge: GraphEdge): GraphEdge {
  const { fromPoint, toPoint, waypoints = [] } = edge;
  if (!fromPoint || !toPoint || waypoints.length === 0 || edge.line === 'curved') return edge;
  const first = unkinked([fromPoint, ...waypoints, toPoint]);
  const [start = fromPoint, ...rest] = unkinked(first.toReversed()).toReversed();
  const { waypoints: _, ...others } = edge;
  const bends = rest.slice(0, -1);
  return {
    ...others,
    fromPoint: start,
    toPoint: rest.at(-1) ?? toPoint,
    ...(bends.length === 0 ? {} : { waypoints: bends }),
  };
}

/** The way from its first point on, of which a short first leg is left out. */
function unkinked(way: readonly GraphPoint[]): readonly GraphPoint[] {
  const [end, bend, next, ...rest] = way;
  if (!end || !bend || !next) return way;
  const [leg, long] = [
    Math.hypot(bend.x - end.x, bend.y - end.y),
    Math.hypot(next.x - bend.x, next.y - bend.y),
  ];
  if (leg > kink || long < 4 * leg) return way;
  const [dx, dy] = [Math.abs(next.x - bend.x), Math.abs(next.y - bend.y)];
  if (dy <= level * dx) return [{ x: end.x, y: bend.y }, next, ...rest];
  return dx <= level * dy ? [{ x: bend.x, y: end.y }, next, ...rest] : way;
}
