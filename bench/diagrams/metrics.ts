/** Compares a graph with the one that was drawn: nodes by label and place, edges by their ends and direction. */
import { distance } from 'fastest-levenshtein';
import munkres from 'munkres';
import { ancestorsOf, nodesById } from '../../shared/diagram-check.ts';
import type { DiagramGraph, EdgeHead, GraphEdge, GraphNode, GraphPoint } from '../../shared/diagram-graph.ts';
import { overlapArea, type Rect } from '../../shared/geometry.ts';

export interface DiagramScore {
  /** 0..1. */
  readonly nodeF1: number;
  readonly edgeF1: number;
  /** Of matched nodes, how many have the true shape, 0..1. */
  readonly shapes: number;
  /** Edits per character of the true labels of nodes and edges, 0 and up. */
  readonly labelErrors: number;
  /** Pairs of nodes that overlap and do not hold each other. */
  readonly overlaps: number;
  /** Edges that run through a node that is none of their ends. */
  readonly edgesThroughNodes: number;
}

/**
 * A pair of nodes counts from here on: by its IoU alone, as object detectors are measured (what its label says is a
 * figure of its own), or, for texts and small marks, by the mean of IoU and likeness of labels.
 */
const leastLikeness = 0.5;

export function scoreDiagram(found: DiagramGraph, truth: DiagramGraph): DiagramScore {
  const pairs = matchNodes(found.nodes, truth.nodes);
  const truthOf = new Map(pairs.map(([own, other]) => [own.id, other.id]));
  const edges = matchEdges(found.edges, truth.edges, truthOf);
  const labels: [string, string][] = [
    ...truth.nodes.map((node): [string, string] => [
      textOf(node),
      textOf(pairs.find(([, other]) => other === node)?.[0]),
    ]),
    ...truth.edges.map((edge): [string, string] => [
      plain(edge.label),
      plain(edges.find(([, other]) => other === edge)?.[0].label ?? ''),
    ]),
  ];
  const wrong = labels.reduce((sum, [is, was]) => sum + Math.min(distance(is, was), is.length), 0);
  const all = labels.reduce((sum, [is]) => sum + is.length, 0);
  return {
    nodeF1: f1(pairs.length, found.nodes.length, truth.nodes.length),
    edgeF1: f1(edges.length, found.edges.length, truth.edges.length),
    shapes:
      pairs.length === 0
        ? 0
        : pairs.filter(([own, other]) => own.shape === other.shape).length / pairs.length,
    labelErrors: all === 0 ? 0 : wrong / all,
    overlaps: overlapsOf(found),
    edgesThroughNodes: found.edges.filter((edge) => runsThrough(edge, found)).length,
  };
}

/** 1 where nothing was to be found and nothing was. */
const f1 = (hits: number, found: number, truth: number): number =>
  found + truth === 0 ? 1 : (2 * hits) / (found + truth);

const plain = (text: string): string => text.replace(/\s+/g, ' ').trim();

const textOf = (node: GraphNode | undefined): string =>
  node ? plain([node.label, ...(node.rows ?? []).flatMap((row) => row.cells)].join(' ')) : '';

const likenessOf = (a: string, b: string): number => {
  const longer = Math.max(a.length, b.length);
  return longer === 0 ? 1 : 1 - distance(a.toLowerCase(), b.toLowerCase()) / longer;
};

function iou(a: Rect, b: Rect): number {
  const both = overlapArea(a, b);
  return both / (a.width * a.height + b.width * b.height - both);
}

/** Hungarian matching on the mean of IoU and likeness of labels. */
function matchNodes(found: readonly GraphNode[], truth: readonly GraphNode[]): [GraphNode, GraphNode][] {
  const size = Math.max(found.length, truth.length);
  if (size === 0) return [];
  const likeness = (own: GraphNode | undefined, other: GraphNode | undefined): number =>
    own && other && overlapArea(own.box, other.box) > 0
      ? (iou(own.box, other.box) + likenessOf(textOf(own), textOf(other))) / 2
      : 0;
  const costs = Array.from({ length: size }, (_, row) =>
    Array.from({ length: size }, (_, column) => 1 - likeness(found[row], truth[column])),
  );
  return munkres(costs).flatMap(([row, column]): [GraphNode, GraphNode][] => {
    const [own, other] = [found[row], truth[column]];
    if (!own || !other) return [];
    return Math.max(iou(own.box, other.box), likeness(own, other)) >= leastLikeness ? [[own, other]] : [];
  });
}

/** How many there may be at an end is no direction. */
const points = (head: EdgeHead): boolean =>
  !['none', 'one', 'many', 'zero-or-one', 'one-or-many', 'zero-or-many'].includes(head);

/** The same ends, and the same heads at them: which end is written first does not matter. */
function matchEdges(
  found: readonly GraphEdge[],
  truth: readonly GraphEdge[],
  truthOf: ReadonlyMap<string, string>,
): [GraphEdge, GraphEdge][] {
  const keyOf = (from: string | undefined, to: string | undefined, edge: GraphEdge): string =>
    [`${from} ${points(edge.fromHead)}`, `${to} ${points(edge.toHead)}`].sort().join(' | ');
  const open = [...truth];
  return found.flatMap((edge): [GraphEdge, GraphEdge][] => {
    const [from, to] = [edge.from, edge.to].map((id) => (id === undefined ? undefined : truthOf.get(id)));
    if (from === undefined || to === undefined) return [];
    const same = open.filter((other) => keyOf(other.from, other.to, other) === keyOf(from, to, edge));
    // Of several messages between the same two, the one with the likest label.
    const match = same.toSorted(
      (a, b) => likenessOf(plain(b.label), plain(edge.label)) - likenessOf(plain(a.label), plain(edge.label)),
    )[0];
    if (!match) return [];
    open.splice(open.indexOf(match), 1);
    return [[edge, match]];
  });
}

function overlapsOf({ nodes }: DiagramGraph): number {
  const byId = nodesById(nodes);
  const holds = (outer: GraphNode, inner: GraphNode): boolean =>
    ancestorsOf(inner.id, byId).includes(outer.id);
  let count = 0;
  for (const [index, a] of nodes.entries())
    for (const b of nodes.slice(index + 1)) {
      if (a.shape === 'lifeline' || b.shape === 'lifeline' || holds(a, b) || holds(b, a)) continue;
      if (overlapArea(a.box, b.box) > 0.02 * Math.min(a.box.width * a.box.height, b.box.width * b.box.height))
        count++;
    }
  return count;
}

function runsThrough(edge: GraphEdge, { nodes }: DiagramGraph): boolean {
  if (!edge.fromPoint || !edge.toPoint) return false;
  const byId = nodesById(nodes);
  const own = new Set([edge.from, edge.to, ...ancestorsOf(edge.from, byId), ...ancestorsOf(edge.to, byId)]);
  const way = [edge.fromPoint, ...(edge.waypoints ?? []), edge.toPoint];
  return nodes.some(
    (node) =>
      !own.has(node.id) &&
      node.shape !== 'text' &&
      node.shape !== 'lifeline' &&
      node.shape !== 'swimlane' &&
      crosses(way, node.box),
  );
}

/** Whether a way leads through the inside of a box. */
function crosses(way: readonly GraphPoint[], box: Rect): boolean {
  return way.slice(1).some((b, index) => {
    const a = way[index] ?? b;
    const steps = Math.ceil(Math.hypot(b.x - a.x, b.y - a.y) / 2);
    for (let step = 0; step <= steps; step++) {
      const [x, y] = [a.x + ((b.x - a.x) * step) / steps, a.y + ((b.y - a.y) * step) / steps];
      if (x > box.x + 4 && y > box.y + 4 && x < box.x + box.width - 4 && y < box.y + box.height - 4)
        return true;
    }
    return false;
  });
}
