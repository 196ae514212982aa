/** The way in which a diagram is read, and its nodes and edges in that order. */
import { nodesById } from '../../diagram-check.ts';
import type { DiagramGraph, GraphEdge, GraphNode } from '../../diagram-graph.ts';
import { centreOf } from './route-points.ts';

export type Direction = 'TB' | 'LR' | 'BT' | 'RL';

/** The way that most edges go; lines without heads go neither up nor to the left. */
export function directionOf({ nodes, edges }: DiagramGraph): Direction {
  const known = nodesById(nodes);
  let across = 0;
  let down = 0;
  let right = 0;
  let below = 0;
  for (const edge of edges) {
    const [a, b] = [known.get(edge.from ?? ''), known.get(edge.to ?? '')];
    if (a === undefined || b === undefined) continue;
    const [start, end] = [centreOf(a.box), centreOf(b.box)];
    across += Math.abs(end.x - start.x);
    down += Math.abs(end.y - start.y);
    const way = wayOf(edge);
    right += way * Math.sign(end.x - start.x);
    below += way * Math.sign(end.y - start.y);
  }
  if (across > down) return right < 0 ? 'RL' : 'LR';
  return below < 0 ? 'BT' : 'TB';
}

/** 1 from its first end to its last, -1 back, 0 neither. */
function wayOf({ fromHead, toHead }: GraphEdge): -1 | 0 | 1 {
  if ((fromHead === 'none') === (toHead === 'none')) return 0;
  return toHead === 'none' ? -1 : 1;
}

/** The same graph, its nodes along a direction, row by row, and its edges in the order of the nodes they leave. */
export function inReadingOrder(graph: DiagramGraph, direction: Direction): DiagramGraph {
  const upright = direction === 'TB' || direction === 'BT';
  const sign = direction === 'BT' || direction === 'RL' ? -1 : 1;
  const along = ({ box }: GraphNode): number => sign * (upright ? centreOf(box).y : centreOf(box).x);
  const across = ({ box }: GraphNode): number => (upright ? centreOf(box).x : centreOf(box).y);
  const nodes = rowsOf(graph.nodes, along, ({ box }) => (upright ? box.height : box.width)).flatMap((row) =>
    row.toSorted((a, b) => across(a) - across(b)),
  );
  const places = new Map(nodes.map(({ id }, index) => [id, index]));
  const place = (id: string | undefined): number => places.get(id ?? '') ?? nodes.length;
  const ends = ({ from, to, ...edge }: GraphEdge): [number, number] =>
    wayOf({ from, to, ...edge }) < 0 ? [place(to), place(from)] : [place(from), place(to)];
  const edges = graph.edges.toSorted((a, b) => {
    const [[fromA, toA], [fromB, toB]] = [ends(a), ends(b)];
    return fromA - fromB || toA - toB;
  });
  return { ...graph, nodes, edges };
}

/** What begins before the first of a row is half over stands in that row. */
function rowsOf(
  nodes: readonly GraphNode[],
  along: (node: GraphNode) => number,
  sizeOf: (node: GraphNode) => number,
): GraphNode[][] {
  const rows: GraphNode[][] = [];
  for (const node of nodes.toSorted((a, b) => along(a) - along(b))) {
    const row = rows.at(-1);
    const first = row?.[0];
    if (row !== undefined && first !== undefined && along(node) - along(first) < sizeOf(first) / 2)
      row.push(node);
    else rows.push([node]);
  }
  return rows;
}

/** The same edge from the node that is read first to the other, heads and words with it. */
export function readForwards(
  edge: GraphEdge,
  direction: Direction,
  nodes: ReadonlyMap<string, GraphNode>,
): GraphEdge {
  const [a, b] = [nodes.get(edge.from ?? ''), nodes.get(edge.to ?? '')];
  if (a === undefined || b === undefined) return edge;
  const [start, end] = [centreOf(a.box), centreOf(b.box)];
  const [dx, dy] = [end.x - start.x, end.y - start.y];
  // Those of one row are read across it, those of one column down it.
  const isApart = Math.abs(dy) >= Math.min(a.box.height, b.box.height) / 2;
  const isAside = Math.abs(dx) >= Math.min(a.box.width, b.box.width) / 2;
  const steps = {
    TB: isApart ? dy : dx,
    BT: isApart ? -dy : dx,
    LR: isAside ? dx : dy,
    RL: isAside ? -dx : dy,
  };
  if (steps[direction] >= 0) return edge;
  const { from, to, fromHead, toHead, fromLabel, toLabel, ...rest } = edge;
  return {
    ...rest,
    fromHead: toHead,
    toHead: fromHead,
    ...(to === undefined ? {} : { from: to }),
    ...(from === undefined ? {} : { to: from }),
    ...(toLabel === undefined ? {} : { fromLabel: toLabel }),
    ...(fromLabel === undefined ? {} : { toLabel: fromLabel }),
  };
}
