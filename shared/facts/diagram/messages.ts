/** Messages of a sequence: those that pass participants are whole, those to oneself have the words beside them. */
import type { DiagramGraph, GraphEdge, GraphNode, GraphPoint } from '../../diagram-graph.ts';
import { right } from '../../geometry.ts';

/** Pixels by which the halves of one message may lie at different heights. */
const oneHeight = 6;
/** Heights of a line of text from a message to oneself to its words. */
const reach = 5;

/** @param graph of a sequence, as it was measured. */
export function withWholeMessages({ nodes, edges, ...graph }: DiagramGraph): DiagramGraph {
  const whole = joined(edges);
  const words = new Map<GraphEdge, GraphNode>();
  for (const edge of whole) {
    const text = wordsBeside(edge, nodes);
    if (text !== undefined && ![...words.values()].includes(text)) words.set(edge, text);
  }
  const used = new Set(words.values());
  return {
    ...graph,
    nodes: nodes.filter((node) => !used.has(node)),
    edges: whole.map((edge) => named(edge, words.get(edge))),
  };
}

/** A message that crosses the line of another participant was seen as two, of which neither has a head there. */
function joined(edges: readonly GraphEdge[]): GraphEdge[] {
  const list = edges.map(rightwards);
  for (let index = 0; index < list.length; index++) {
    const one = list[index];
    if (one === undefined) continue;
    const next = list.findIndex((other) => other !== one && continues(one, other));
    const other = list[next];
    if (other === undefined) continue;
    const { to: _, toPoint: __, ...rest } = one;
    list[index] = {
      ...rest,
      label: [one.label, other.label].filter((label) => label !== '').join('\n'),
      ...labelPlace(one.label === '' ? other : one),
      ...(other.to === undefined ? {} : { to: other.to }),
      ...(other.toPoint === undefined ? {} : { toPoint: other.toPoint }),
      toHead: other.toHead,
      line: 'straight',
    };
    list.splice(next, 1);
    // The same message may go on, and one before it may have waited for it.
    index = -1;
  }
  return list;
}

const labelPlace = ({ labelAt }: GraphEdge): { labelAt?: GraphPoint } =>
  labelAt === undefined ? {} : { labelAt };

function continues(one: GraphEdge, other: GraphEdge): boolean {
  const [end, start] = [one.toPoint, other.fromPoint];
  return (
    one.to !== undefined &&
    one.to === other.from &&
    one.from !== one.to &&
    other.from !== other.to &&
    one.toHead === 'none' &&
    other.fromHead === 'none' &&
    (one.dashed ?? false) === (other.dashed ?? false) &&
    end !== undefined &&
    start !== undefined &&
    Math.abs(end.y - start.y) <= oneHeight
  );
}

/** From its left end to its right one. */
function rightwards(edge: GraphEdge): GraphEdge {
  const { from, to, fromPoint, toPoint, fromHead, toHead, fromLabel, toLabel, waypoints, ...rest } = edge;
  if (!fromPoint || !toPoint || fromPoint.x <= toPoint.x || from === to) return edge;
  return {
    ...rest,
    ...(to === undefined ? {} : { from: to }),
    ...(from === undefined ? {} : { to: from }),
    fromPoint: toPoint,
    toPoint: fromPoint,
    fromHead: toHead,
    toHead: fromHead,
    ...(toLabel === undefined ? {} : { fromLabel: toLabel }),
    ...(fromLabel === undefined ? {} : { toLabel: fromLabel }),
    ...(waypoints === undefined ? {} : { waypoints: waypoints.toReversed() }),
  };
}

/** The nearest free text to the right of a message to oneself, at its height. */
function wordsBeside(edge: GraphEdge, nodes: readonly GraphNode[]): GraphNode | undefined {
  const points = [edge.fromPoint, ...(edge.waypoints ?? []), edge.toPoint].filter(
    (point) => point !== undefined,
  );
  if (edge.from === undefined || edge.from !== edge.to || edge.label !== '' || points.length < 3)
    return undefined;
  const far = Math.max(...points.map(({ x }) => x));
  const [top, low] = [Math.min(...points.map(({ y }) => y)), Math.max(...points.map(({ y }) => y))];
  const isNear = ({ shape, box }: GraphNode): boolean => {
    const middle = box.y + box.height / 2;
    const gap = box.x - far;
    const level = middle > top - box.height && middle < low + box.height;
    return shape === 'text' && level && gap > -box.height && gap < reach * box.height;
  };
  return nodes.filter(isNear).toSorted((a, b) => a.box.x - b.box.x)[0];
}

function named(edge: GraphEdge, text: GraphNode | undefined): GraphEdge {
  if (text === undefined) return edge;
  const { box, label, fontSize, textColor } = text;
  return {
    ...edge,
    label,
    labelAt: { x: (box.x + right(box)) / 2, y: box.y + box.height / 2 },
    ...(fontSize === undefined ? {} : { fontSize }),
    ...(textColor === undefined ? {} : { textColor }),
  };
}
