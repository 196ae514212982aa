/** A fresh layout by ELK's layered algorithm, for diagrams whose own places are not wanted. */
import type { ElkExtendedEdge, ElkNode } from 'elkjs';
import { childrenOf, nodesById } from '../../../diagram-check.ts';
import type { DiagramGraph, GraphEdge, GraphNode, GraphPoint } from '../../../diagram-graph.ts';
import { directionOf, readForwards } from '../reading-order.ts';
import { headerSize } from '../rows.ts';
import { textSize } from '../text-size.ts';
import { radiusIn, toGrid } from './boxes.ts';
import { isUpright, meetsInMiddle, pointOn, sideOf } from './ports.ts';

const directions = { TB: 'DOWN', BT: 'UP', LR: 'RIGHT', RL: 'LEFT' } as const;

/** Nodes and edges at new places; sizes are kept, at least as large as their words. @param graph sound. */
export async function freshLayout(given: DiagramGraph): Promise<DiagramGraph> {
  const direction = directionOf(given);
  const before = nodesById(given.nodes);
  // A line without a head has no first end of its own, and layers are made from the first to the last.
  const edges = given.edges.map((edge) =>
    edge.fromHead === edge.toHead ? readForwards(edge, direction, before) : edge,
  );
  const graph = { ...given, edges };
  // Its library is large, and few want it.
  const { default: elk } = await import('elkjs/lib/elk.bundled.js');
  const laid = await new elk.default().layout(elkGraph(graph));
  const boxes = new Map<string, ElkNode>();
  const visit = (node: ElkNode): void => {
    boxes.set(node.id, node);
    for (const child of node.children ?? []) visit(child);
  };
  visit(laid);
  const sections = new Map((laid.edges ?? []).map((edge) => [edge.id, edge]));
  const nodes = graph.nodes.map((node): GraphNode => {
    const {
      x = 0,
      y = 0,
      width = node.box.width,
      height = node.box.height,
    } = boxes.get(nodeKey(node.id)) ?? {};
    const { tracks: _, ...rest } = node;
    const box = { x, y, width, height };
    return { ...rest, box, ...radiusIn(node, box) };
  });
  const places = nodesById(nodes);
  return {
    ...graph,
    width: Math.ceil(laid.width ?? graph.width),
    height: Math.ceil(laid.height ?? graph.height),
    nodes,
    edges: graph.edges.flatMap((edge) => laidEdge(edge, sections.get(edgeKey(edge.id)), places)),
  };
}

/** ELK knows one set of names for nodes and edges. */
const nodeKey = (id: string): string => `node ${id}`;
const edgeKey = (id: string): string => `edge ${id}`;

function elkGraph(graph: DiagramGraph): ElkNode {
  return {
    id: 'page',
    layoutOptions: {
      'elk.algorithm': 'layered',
      'elk.direction': directions[directionOf(graph)],
      'elk.edgeRouting': 'ORTHOGONAL',
      'elk.hierarchyHandling': 'INCLUDE_CHILDREN',
      'elk.json.shapeCoords': 'ROOT',
      'elk.json.edgeCoords': 'ROOT',
      'elk.spacing.nodeNode': '40',
      'elk.layered.spacing.nodeNodeBetweenLayers': '60',
      'elk.padding': '[top=40,left=40,bottom=40,right=40]',
      'elk.layered.nodePlacement.bk.fixedAlignment': 'BALANCED',
      // Of equal choices the picture's order is taken.
      'elk.layered.considerModelOrder.strategy': 'NODES_AND_EDGES',
      // What goes back in the picture goes back here, so that a loop begins where it began.
      'elk.layered.cycleBreaking.strategy': 'MODEL_ORDER',
    },
    children: elkNodes(undefined, graph.nodes, directionOf(graph)),
    edges: graph.edges.flatMap((edge): ElkExtendedEdge[] => {
      const { id, from, to, label, fontSize = 11 } = edge;
      if (from === undefined || to === undefined) return [];
      const labels = label === '' ? [] : [{ id: `label ${id}`, text: label, ...textSize(label, fontSize) }];
      return [{ id: edgeKey(id), sources: [nodeKey(from)], targets: [nodeKey(to)], labels }];
    }),
  };
}

function elkNodes(
  parent: string | undefined,
  nodes: readonly GraphNode[],
  direction: keyof typeof directions,
): ElkNode[] {
  const sign = direction === 'TB' || direction === 'LR' ? 1 : -1;
  const [along, across] =
    direction === 'TB' || direction === 'BT' ? (['y', 'x'] as const) : (['x', 'y'] as const);
  const inOrder = childrenOf(parent, nodes).toSorted(
    (a, b) => sign * (a.box[along] - b.box[along]) || a.box[across] - b.box[across],
  );
  return inOrder.map((node) => {
    const children = elkNodes(node.id, nodes, direction);
    const id = nodeKey(node.id);
    if (children.length > 0) {
      const title = headerSize(node);
      const room =
        node.header?.side === 'left'
          ? `[top=20,left=${20 + title},bottom=20,right=20]`
          : `[top=${20 + Math.max(title, 20)},left=20,bottom=20,right=20]`;
      return { id, children, layoutOptions: { 'elk.padding': room } };
    }
    const step = 20;
    const width = Math.max(step, toGrid(node.box.width, step));
    const height = Math.max(step, toGrid(node.box.height, step));
    return { id, width, height };
  });
}

/** Ends that lie free have no place in a layout of nodes. */
function laidEdge(
  edge: GraphEdge,
  laid: ElkExtendedEdge | undefined,
  places: ReadonlyMap<string, GraphNode>,
): GraphEdge[] {
  if (edge.from === undefined || edge.to === undefined) return [];
  const { waypoints: _, fromPoint: __, toPoint: ___, labelAt: ____, ...rest } = edge;
  const section = laid?.sections?.[0];
  if (section === undefined) return [rest];
  const { startPoint, endPoint, bendPoints = [] } = section;
  const [label] = laid?.labels ?? [];
  const middle: GraphPoint | undefined =
    label?.x === undefined || label.y === undefined
      ? undefined
      : { x: label.x + (label.width ?? 0) / 2, y: label.y + (label.height ?? 0) / 2 };
  return [
    {
      ...rest,
      line: 'orthogonal',
      fromPoint: onOutline(places.get(edge.from), startPoint),
      toPoint: onOutline(places.get(edge.to), endPoint),
      ...(bendPoints.length === 0 ? {} : { waypoints: bendPoints }),
      ...(middle === undefined ? {} : { labelAt: middle }),
    },
  ];
}

/** ELK's nodes are rectangles: the line goes on to the outline of a round or pointed one. */
function onOutline(node: GraphNode | undefined, point: GraphPoint): GraphPoint {
  if (node === undefined || !meetsInMiddle(node)) return point;
  const side = sideOf(node.box, point);
  return pointOn(node, side, isUpright(side) ? point.x : point.y);
}
