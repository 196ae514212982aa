/** The ways of all edges: as drawn where that leads around every node, else the cheapest way around them. */
import { ancestorsOf } from '../../../diagram-check.ts';
import type { GraphEdge, GraphNode, GraphPoint } from '../../../diagram-graph.ts';
import { centreOf, leavingPoint, lengthOf } from '../route-points.ts';
import { containersOf, expanded } from './boxes.ts';
import { drawnRoute, type LineEnd } from './drawn-route.ts';
import { obstaclesOf, routeCrosses, solidBox } from './obstacles.ts';
import { meetsInMiddle, type Port, portsOf, sideOf } from './ports.ts';
import { isOrthogonal, type Piece, piecesOf, searchRoute } from './search.ts';

type Nodes = ReadonlyMap<string, GraphNode>;

interface Routing {
  readonly nodes: Nodes;
  readonly containers: ReadonlySet<string>;
  readonly taken: Piece[];
}

/** Edges with ends and bends, in their order. @param nodes by id, at their last places; edges have moved with them. */
export function routed(edges: readonly GraphEdge[], nodes: Nodes, signal: AbortSignal): readonly GraphEdge[] {
  const routing: Routing = { nodes, containers: containersOf([...nodes.values()]), taken: [] };
  const done = new Map<string, GraphEdge>();
  // Short lines have the fewest ways to go, so that they choose first.
  for (const edge of edges.toSorted((a, b) => spanOf(a, nodes) - spanOf(b, nodes))) {
    signal.throwIfAborted();
    const result = routeOne(edge, routing);
    done.set(edge.id, result);
    if (result.fromPoint !== undefined && result.toPoint !== undefined) {
      const route = [result.fromPoint, ...(result.waypoints ?? []), result.toPoint];
      if (isOrthogonal(route)) routing.taken.push(...piecesOf(route));
    }
  }
  return edges.map((edge) => done.get(edge.id) ?? edge);
}

const nodeOf = (id: string | undefined, nodes: Nodes): GraphNode | undefined =>
  id === undefined ? undefined : nodes.get(id);

function spanOf(edge: GraphEdge, nodes: Nodes): number {
  const from = endOf(nodeOf(edge.from, nodes), edge.fromPoint);
  const to = endOf(nodeOf(edge.to, nodes), edge.toPoint);
  return lengthOf([from.point, to.point]);
}

const endOf = (node: GraphNode | undefined, drawn: GraphPoint | undefined): LineEnd => ({
  node,
  point: drawn ?? (node === undefined ? { x: 0, y: 0 } : centreOf(solidBox(node))),
});

/** What an edge must keep clear of, from what it must not cross to what it need not. */
function blocksOf(edge: GraphEdge, { nodes, containers }: Routing) {
  const others = obstaclesOf(edge, nodes);
  const solid = others.filter(({ id, shape }) => shape !== 'text' && !containers.has(id)).map(solidBox);
  return { solid, all: others.map(solidBox) };
}

function routeOne(edge: GraphEdge, routing: Routing): GraphEdge {
  const { nodes } = routing;
  const from = endOf(nodeOf(edge.from, nodes), edge.fromPoint);
  const to = endOf(nodeOf(edge.to, nodes), edge.toPoint);
  const { solid, all } = blocksOf(edge, routing);
  // Lines between participants cross the others' lines by their nature.
  const clear = (route: readonly GraphPoint[]): boolean =>
    !solid.some((box) => routeCrosses(route, box)) && staysOutside(route, edge, nodes);
  const bends = edge.waypoints ?? [];
  const isDrawn = edge.fromPoint !== undefined && edge.toPoint !== undefined;
  if (edge.line === 'curved' && bends.length > 0 && clear([from.point, ...bends, to.point])) return edge;
  const along = isDrawn ? drawnRoute(from, to, bends) : undefined;
  if (along !== undefined && clear(along)) return withRoute(edge, along);
  if (edge.line === 'straight' && bends.length === 0) {
    const direct = directRoute(from, to);
    if (clear(direct)) return { ...withRoute(edge, direct), line: 'straight' };
  }
  const found = searched(from, to, isDrawn, { solid, all, own: ownBoxes(edge, nodes) }, routing.taken);
  if (found !== undefined) return withRoute(edge, found);
  return { ...withRoute(edge, directRoute(from, to)), line: 'straight' };
}

function withRoute(edge: GraphEdge, route: readonly GraphPoint[]): GraphEdge {
  const { waypoints: _, fromPoint = undefined, toPoint = undefined, ...rest } = edge;
  const bends = route.slice(1, -1);
  const [first = fromPoint, last = toPoint] = [route[0], route.at(-1)];
  return {
    ...rest,
    ...(first === undefined ? {} : { fromPoint: first }),
    ...(last === undefined ? {} : { toPoint: last }),
    ...(bends.length === 0 ? {} : { waypoints: bends }),
    line: 'orthogonal',
  };
}

/** One straight line from outline to outline, between the middles. */
function directRoute(from: LineEnd, to: LineEnd): GraphPoint[] {
  const [a, b] = [from, to].map(({ node, point }) => (node === undefined ? point : centreOf(solidBox(node))));
  const start = a ?? from.point;
  const end = b ?? to.point;
  const leave = ({ node }: LineEnd, own: GraphPoint, other: GraphPoint): GraphPoint =>
    node === undefined ? own : leavingPoint({ shape: node.shape, box: solidBox(node) }, other);
  return [leave(from, start, end), leave(to, end, start)];
}

/** The ends themselves, unless one stands in the other, or the line begins and ends at one. */
function ownBoxes({ from, to }: GraphEdge, nodes: Nodes) {
  const held = new Set([...ancestorsOf(from, nodes), ...ancestorsOf(to, nodes)]);
  return [...new Set([from, to])].flatMap((id) => {
    const node = nodeOf(id, nodes);
    return node === undefined || held.has(node.id) ? [] : [solidBox(node)];
  });
}

/** A way does not run through its own ends; round and pointed ones are met inside of their boxes. */
const staysOutside = (route: readonly GraphPoint[], edge: GraphEdge, nodes: Nodes): boolean =>
  [edge.from, edge.to].some((id) => meetsInMiddle(nodeOf(id, nodes))) ||
  !ownBoxes(edge, nodes).some((box) => routeCrosses(route, expanded(box, -1)));

interface Blocks {
  readonly solid: readonly ReturnType<typeof solidBox>[];
  readonly all: Blocks['solid'];
  readonly own: Blocks['solid'];
}

/** Far from everything if there is room, else closer, else through frames and free text. */
function searched(
  from: LineEnd,
  to: LineEnd,
  isDrawn: boolean,
  { solid, all, own }: Blocks,
  taken: readonly Piece[],
): readonly GraphPoint[] | undefined {
  const ports = ({ node, point }: LineEnd): Port[] =>
    node === undefined
      ? (['left', 'right', 'top', 'bottom'] as const).map((side) => ({ side, point, cost: 0 }))
      : portsOf(node, isDrawn ? point : undefined);
  const task = { ...loopPorts(from, to, isDrawn, ports(from), ports(to)), taken };
  const tries = [
    [all, 8],
    [all, 3],
    [solid, 8],
    [solid, 3],
    [solid, 0],
  ] as const;
  for (const [obstacles, clearance] of tries) {
    const route = searchRoute({ ...task, obstacles: [...obstacles, ...own], clearance });
    if (route !== undefined) return route;
  }
  return undefined;
}

/** A line back to its own node leaves and enters by different sides: those drawn, else right and below. */
function loopPorts(
  from: LineEnd,
  to: LineEnd,
  isDrawn: boolean,
  starts: readonly Port[],
  goals: readonly Port[],
): { readonly from: readonly Port[]; readonly to: readonly Port[] } {
  const { node } = from;
  if (node === undefined || node !== to.node) return { from: starts, to: goals };
  const box = solidBox(node);
  const drawn = isDrawn ? ([sideOf(box, from.point), sideOf(box, to.point)] as const) : undefined;
  const [leaving, entering] = drawn === undefined || drawn[0] === drawn[1] ? ['right', 'bottom'] : drawn;
  return {
    from: starts.filter(({ side }) => side === leaving),
    to: goals.filter(({ side }) => side === entering),
  };
}
