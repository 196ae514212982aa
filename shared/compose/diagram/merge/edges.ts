/** One edge of two: the way, dashes and heads from the pixels; words from the model, and its ends where one was lost. */
import type { DiagramKind, GraphEdge, GraphNode } from '../../../diagram-graph.ts';
import { expanded } from '../tidy/boxes.ts';
import { likeness } from './match.ts';

/** How far from a node a line may end that leads to it, in shares of the node's longer side. */
const reach = 0.6;

/** Kinds in which an arrow says something of its own, so that a missing one is a fault of the tracing. */
const directed: readonly DiagramKind[] = ['flowchart', 'swimlane', 'state', 'sequence'];

/** @param edges with ids of nodes as they are in `nodes`. */
export function mergedEdges(
  measured: readonly GraphEdge[],
  perceived: readonly GraphEdge[],
  nodes: ReadonlyMap<string, GraphNode>,
  kind: DiagramKind,
): GraphEdge[] {
  const used = new Set<string>();
  const told = perceived.flatMap((edge): GraphEdge[] => {
    const found = best(
      edge,
      measured.filter(({ id }) => !used.has(id)),
      nodes,
    );
    if (found === undefined) return measured.some((one) => joins(one, edge)) ? [] : [edge];
    used.add(found.id);
    return [merged(found, edge, kind)];
  });
  const rest = measured.filter(({ id }) => !used.has(id));
  return [...told, ...rest];
}

const joins = (a: GraphEdge, b: GraphEdge): boolean =>
  (a.from === b.from && a.to === b.to) || (a.from === b.to && a.to === b.from);

/** The measured line for an edge: between the same nodes, of several the one with its words; else one that ends near. */
function best(
  edge: GraphEdge,
  measured: readonly GraphEdge[],
  nodes: ReadonlyMap<string, GraphNode>,
): GraphEdge | undefined {
  const between = measured.filter((one) => joins(one, edge));
  const candidates = between.length > 0 ? between : measured.filter((one) => endsNear(one, edge, nodes));
  const worth = (one: GraphEdge): number =>
    likeness(one.label, edge.label) + (one.from === edge.from && one.from !== undefined ? 0.5 : 0);
  return candidates.toSorted((a, b) => worth(b) - worth(a))[0];
}

/** One end is at a node of the edge, and the other lies free beside the other node. */
function endsNear(line: GraphEdge, edge: GraphEdge, nodes: ReadonlyMap<string, GraphNode>): boolean {
  const fits = (a: string | undefined, b: string | undefined): boolean =>
    meets(line.from, line.fromPoint, a, nodes) && meets(line.to, line.toPoint, b, nodes);
  const isFree = line.from === undefined || line.to === undefined;
  return isFree && (fits(edge.from, edge.to) || fits(edge.to, edge.from));
}

function meets(
  end: string | undefined,
  point: GraphEdge['fromPoint'],
  id: string | undefined,
  nodes: ReadonlyMap<string, GraphNode>,
): boolean {
  if (end !== undefined) return end === id;
  const node = nodes.get(id ?? '');
  if (node === undefined || point === undefined) return false;
  const around = expanded(node.box, Math.max(node.box.width, node.box.height) * reach);
  return (
    point.x >= around.x &&
    point.x <= around.x + around.width &&
    point.y >= around.y &&
    point.y <= around.y + around.height
  );
}

function merged(line: GraphEdge, edge: GraphEdge, kind: DiagramKind): GraphEdge {
  const backwards =
    line.from === undefined && line.to === undefined ? false : line.from === edge.to || line.to === edge.from;
  const whole = {
    ...line,
    ...(backwards ? { from: edge.to, to: edge.from } : { from: edge.from, to: edge.to }),
  };
  const headless = line.fromHead === 'none' && line.toHead === 'none';
  const label = edge.label === '' ? line.label : edge.label;
  const { from, to, ...rest } = headless && directed.includes(kind) ? pointed(whole, backwards) : whole;
  return { ...rest, ...(from === undefined ? {} : { from }), ...(to === undefined ? {} : { to }), label };
}

type LooseEdge = Omit<GraphEdge, 'from' | 'to'> & {
  readonly from: string | undefined;
  readonly to: string | undefined;
};

/** An arrow that the tracing lost, at the end where the model saw it. */
const pointed = (edge: LooseEdge, backwards: boolean): LooseEdge =>
  backwards ? { ...edge, fromHead: 'arrow' } : { ...edge, toHead: 'arrow' };
