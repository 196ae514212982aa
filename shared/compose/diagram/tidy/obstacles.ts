/** What a line must not cross, and whether it does. */
import { ancestorsOf } from '../../../diagram-check.ts';
import type { DiagramGraph, GraphEdge, GraphNode, GraphPoint } from '../../../diagram-graph.ts';
import type { Rect } from '../../../geometry.ts';
import { routeOf } from '../route-points.ts';
import { headerSize } from '../rows.ts';
import { containersOf, expanded, intersect } from './boxes.ts';

/** The part of a node that a line must not cross: the line below a participant may be crossed by all. */
export function solidBox(node: GraphNode): Rect {
  return node.shape === 'lifeline' ? { ...node.box, height: headerSize(node) } : node.box;
}

/** What of two siblings must not overlap: frames of alternatives, and notes, may lie upon the line below a participant. */
export const solidBoxes = (a: GraphNode, b: GraphNode): readonly [Rect, Rect] =>
  a.shape === 'lifeline' && b.shape === 'lifeline' ? [a.box, b.box] : [solidBox(a), solidBox(b)];

/** A straight piece meets the inside of a box; touching its edge does not count. */
export function crosses(a: GraphPoint, b: GraphPoint, box: Rect): boolean {
  const { x, y, width, height } = expanded(box, -0.5);
  if (width <= 0 || height <= 0) return false;
  // Liang and Barsky's clipping: the piece is cut by one side after the other.
  let from = 0;
  let to = 1;
  const sides = [
    [a.x - b.x, a.x - x],
    [b.x - a.x, x + width - a.x],
    [a.y - b.y, a.y - y],
    [b.y - a.y, y + height - a.y],
  ] as const;
  for (const [speed, room] of sides) {
    if (speed === 0) {
      if (room <= 0) return false;
      continue;
    }
    const at = room / speed;
    if (speed < 0) from = Math.max(from, at);
    else to = Math.min(to, at);
  }
  return to - from > 1e-9;
}

export const routeCrosses = (route: readonly GraphPoint[], box: Rect): boolean =>
  route.slice(1).some((point, index) => crosses(route[index] ?? point, point, box));

/** Nodes that an edge may not cross: neither its ends nor what they stand in or hold. */
export function obstaclesOf(
  { from, to }: GraphEdge,
  nodes: ReadonlyMap<string, GraphNode>,
): readonly GraphNode[] {
  const near = new Set([from, to].flatMap((id) => (id === undefined ? [] : [id, ...ancestorsOf(id, nodes)])));
  return [...nodes.values()].filter(
    ({ id }) => !near.has(id) && !ancestorsOf(id, nodes).some((around) => around === from || around === to),
  );
}

/** Pairs of siblings whose boxes overlap. */
export function overlapsIn({ nodes }: DiagramGraph): readonly (readonly [string, string])[] {
  return nodes.flatMap((a, index) =>
    nodes
      .slice(index + 1)
      .filter((b) => a.parent === b.parent && intersect(...solidBoxes(a, b)))
      .map((b) => [a.id, b.id] as const),
  );
}

/** Edges with the nodes that they run through; containers and free text are no obstacles here. */
export function crossingsIn(graph: DiagramGraph): readonly (readonly [edge: string, node: string])[] {
  const nodes = new Map(graph.nodes.map((node) => [node.id, node]));
  const containers = containersOf(graph.nodes);
  return graph.edges.flatMap((edge) => {
    const route = routeOf(edge, nodes);
    return obstaclesOf(edge, nodes)
      .filter(
        (node) => node.shape !== 'text' && !containers.has(node.id) && routeCrosses(route, solidBox(node)),
      )
      .map((node) => [edge.id, node.id] as const);
  });
}
