/** Tidies a diagram: the user's layout, made neat, or a fresh one. */
import { nodesById, repairGraph } from '../../../diagram-check.ts';
import type { DiagramGraph, GraphEdge, GraphNode, GraphPoint } from '../../../diagram-graph.ts';
import { bottom, right } from '../../../geometry.ts';
import type { DiagramLayout } from '../../../tasks/image-to-diagram.ts';
import { radiusIn } from './boxes.ts';
import { withEvenColours } from './colours.ts';
import { followed } from './follow.ts';
import { freshLayout } from './fresh.ts';
import { withLabels } from './labels.ts';
import { withFittingLetters } from './letters.ts';
import { nested } from './nest.ts';
import { routed } from './route.ts';
import { scaled, scaleFor } from './scale.ts';
import { separated } from './separate.ts';
import { snapped } from './snap.ts';

export interface TidyOptions {
  readonly layout: DiagramLayout;
  readonly signal: AbortSignal;
}

/** Where a point of the picture lies in the diagram: (x · scale + left, y · scale + top), before anything was tidied. */
export interface Placement {
  /** Units of the diagram per pixel of the picture. */
  readonly scale: number;
  readonly left: number;
  readonly top: number;
}

export interface TidyDiagram {
  readonly graph: DiagramGraph;
  readonly placement: Placement;
}

/** Space round the whole diagram that is left where it would run off the page, in pixels. */
const margin = 20;

/**
 * A sound graph on the grid, in a usual size: near-equal rows, columns and sizes are equal, siblings do not overlap,
 * containers hold their children, edges go around nodes.
 * @throws what `signal` fires with.
 */
export async function tidyGraph(graph: DiagramGraph, { layout, signal }: TidyOptions): Promise<TidyDiagram> {
  const { graph: sound } = repairGraph(graph);
  const scale = scaleFor(sound);
  const sized = scaled(sound, scale);
  const nodesThere = nested(sized.nodes).map(withoutThread);
  const whole = withEvenColours({ ...sized, nodes: nodesThere, edges: sized.edges.map(forwards) });
  signal.throwIfAborted();
  // A screen's shapes lie where its design has them, upon each other too.
  if (whole.nodes.length === 0 || whole.kind === 'wireframe')
    return { graph: sound, placement: { scale: 1, left: 0, top: 0 } };
  if (layout === 'auto' && whole.kind !== 'sequence' && whole.kind !== 'swimlane') {
    const sizes = snapped(whole.nodes);
    const graph = await freshLayout({
      ...whole,
      nodes: whole.nodes.map((node) => at(node, sizes.get(node.id) ?? node.box)),
    });
    const nodes = withFittingLetters(graph.nodes);
    return { graph: { ...graph, nodes }, placement: { scale, left: 0, top: 0 } };
  }
  const neat = separated(whole.nodes, snapped(whole.nodes));
  const before = nodesById(whole.nodes);
  const nodes = whole.nodes.map((node): GraphNode => at(node, neat.get(node.id) ?? node.box));
  const after = nodesById(nodes);
  const edges = routed(
    whole.edges.map((edge) => followed(edge, before, after)),
    after,
    signal,
  );
  return onPage({ ...whole, nodes: withFittingLetters(nodes), edges: withLabels(edges, after) }, scale);
}

/** An arrow at the beginning alone is one at the end, the other way round. */
function forwards(edge: GraphEdge): GraphEdge {
  if (edge.toHead !== 'none' || !['arrow', 'open'].includes(edge.fromHead)) return edge;
  const { from, to, fromPoint, toPoint, fromLabel, toLabel, fromHead, waypoints, ...rest } = edge;
  return {
    ...rest,
    fromHead: 'none',
    toHead: fromHead,
    ...(to === undefined ? {} : { from: to }),
    ...(from === undefined ? {} : { to: from }),
    ...(toPoint === undefined ? {} : { fromPoint: toPoint }),
    ...(fromPoint === undefined ? {} : { toPoint: fromPoint }),
    ...(toLabel === undefined ? {} : { fromLabel: toLabel }),
    ...(fromLabel === undefined ? {} : { toLabel: fromLabel }),
    ...(waypoints === undefined ? {} : { waypoints: waypoints.toReversed() }),
  };
}

/** A node of no width or height cannot be seen. */
function withoutThread(node: GraphNode): GraphNode {
  const { width, height } = node.box;
  return { ...node, box: { ...node.box, width: Math.max(4, width), height: Math.max(4, height) } };
}

/** Its columns and rows grow with it. */
function at(node: GraphNode, box: GraphNode['box']): GraphNode {
  const by = box.width / node.box.width;
  const { tracks } = node;
  return {
    ...node,
    box,
    ...(tracks === undefined ? {} : { tracks: tracks.map((x) => box.x + (x - node.box.x) * by) }),
    ...radiusIn(node, box),
  };
}

/** Everything at positive places, and the page around it. */
function onPage(graph: DiagramGraph, scale: number): TidyDiagram {
  const points = graph.edges.flatMap(({ fromPoint, toPoint, waypoints = [] }) =>
    [fromPoint, toPoint, ...waypoints].filter((point): point is GraphPoint => point !== undefined),
  );
  const boxes = graph.nodes.map(({ box }) => box);
  const left = Math.min(...boxes.map(({ x }) => x), ...points.map(({ x }) => x));
  const top = Math.min(...boxes.map(({ y }) => y), ...points.map(({ y }) => y));
  const dx = left < 0 ? Math.ceil((margin - left) / 10) * 10 : 0;
  const dy = top < 0 ? Math.ceil((margin - top) / 10) * 10 : 0;
  const moved = dx === 0 && dy === 0 ? graph : shifted(graph, dx, dy);
  const width =
    Math.max(...moved.nodes.map(({ box }) => right(box)), ...points.map(({ x }) => x + dx)) + margin;
  const height =
    Math.max(...moved.nodes.map(({ box }) => bottom(box)), ...points.map(({ y }) => y + dy)) + margin;
  return {
    graph: {
      ...moved,
      width: Math.max(moved.width + dx, width),
      height: Math.max(moved.height + dy, height),
    },
    placement: { scale, left: dx, top: dy },
  };
}

function shifted(graph: DiagramGraph, dx: number, dy: number): DiagramGraph {
  const point = ({ x, y }: GraphPoint): GraphPoint => ({ x: x + dx, y: y + dy });
  return {
    ...graph,
    nodes: graph.nodes.map((node) => ({
      ...node,
      box: { ...node.box, ...point(node.box) },
      ...(node.tracks === undefined ? {} : { tracks: node.tracks.map((x) => x + dx) }),
    })),
    edges: graph.edges.map((edge) => ({
      ...edge,
      ...(edge.fromPoint === undefined ? {} : { fromPoint: point(edge.fromPoint) }),
      ...(edge.toPoint === undefined ? {} : { toPoint: point(edge.toPoint) }),
      ...(edge.waypoints === undefined ? {} : { waypoints: edge.waypoints.map(point) }),
      ...(edge.labelAt === undefined ? {} : { labelAt: point(edge.labelAt) }),
    })),
  };
}
