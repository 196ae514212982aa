/** Places a plan: elkjs where it can, by hand for lanes and sequences; the true graph comes out. */
import elk, { type ElkExtendedEdge, type ElkNode } from 'elkjs/lib/elk.bundled.js';
import type { DiagramGraph, GraphEdge, GraphNode, GraphPoint } from '../../shared/diagram-graph.ts';
import { meet, polygonOf } from './borders.ts';
import { rgbOf } from './colors.ts';
import { placeLanes } from './lanes.ts';
import type { Plan, PlanEdge, PlanNode } from './plans/plan.ts';
import type { Random } from './random.ts';
import { placeSequence } from './sequence.ts';
import type { Style } from './style.ts';

export const margin = 30;

/** The size that a label needs, with room around it. */
export function sizeOf(node: PlanNode, style: Style): { width: number; height: number } {
  const lines = [...node.label.split('\n'), ...(node.rows ?? []).map((row) => row.cells.join('    '))];
  const longest = Math.max(...lines.map((line) => line.length));
  const text = {
    width: longest * 0.58 * style.fontSize,
    height: node.label.split('\n').length * 1.25 * style.fontSize,
  };
  const line = rowHeight(style);
  if (node.rows) return { width: Math.max(110, text.width + 30), height: line * (1 + node.rows.length) + 6 };
  const base = { width: Math.max(70, text.width + 36), height: Math.max(36, text.height + 24) };
  if (node.shape === 'diamond') return { width: base.width * 1.45, height: base.height * 1.7 };
  if (node.shape === 'ellipse') return { width: base.width * 1.15, height: base.height * 1.15 };
  if (node.shape === 'cloud') return { width: base.width * 1.5, height: base.height * 1.9 };
  if (node.shape === 'hexagon' || node.shape === 'parallelogram')
    return { width: base.width + 30, height: base.height };
  if (node.shape === 'cylinder' || node.shape === 'document')
    return { width: base.width, height: base.height + 24 };
  if (node.shape === 'actor') return { width: 40, height: 76 };
  if (node.shape === 'start' || node.shape === 'end') return { width: 26, height: 26 };
  return base;
}

export const rowHeight = (style: Style): number => 1.9 * style.fontSize;

const algorithms = {
  down: 'layered',
  right: 'layered',
  tree: 'layered',
  radial: 'radial',
  stress: 'stress',
} as const;

export async function layOut(plan: Plan, style: Style, random: Random): Promise<DiagramGraph> {
  if (plan.layout === 'lanes') return placeLanes(plan, style, random);
  if (plan.layout === 'sequence') return placeSequence(plan, style, random);
  const gap = random.between(34, 60);
  const isSpread = plan.layout === 'radial' || plan.layout === 'stress';
  const options: Record<string, string> = {
    'elk.algorithm': algorithms[plan.layout],
    'elk.direction': plan.layout === 'right' ? 'RIGHT' : 'DOWN',
    'elk.edgeRouting': 'ORTHOGONAL',
    'elk.hierarchyHandling': 'INCLUDE_CHILDREN',
    'elk.spacing.nodeNode': `${gap}`,
    'elk.spacing.edgeNode': '22',
    'elk.spacing.edgeEdge': '18',
    'elk.layered.spacing.nodeNodeBetweenLayers': `${gap + 20}`,
    'elk.layered.spacing.edgeNodeBetweenLayers': '20',
    'elk.layered.spacing.edgeEdgeBetweenLayers': '18',
    'elk.stress.desiredEdgeLength': '170',
    'elk.padding': `[left=${margin},top=${margin + (plan.title ? 36 : 0)},right=${margin},bottom=${margin}]`,
    ...(plan.layout === 'tree'
      ? { 'elk.layered.mergeEdges': 'true', 'elk.layered.nodePlacement.strategy': 'BRANDES_KOEPF' }
      : {}),
    ...(isSpread ? { 'elk.spacing.nodeNode': '45' } : {}),
  };
  const toElk = (node: PlanNode): ElkNode => {
    const children = plan.nodes.filter((child) => child.parent === node.id);
    if (children.length === 0) return { id: node.id, ...sizeOf(node, style) };
    return {
      id: node.id,
      children: children.map(toElk),
      layoutOptions: { 'elk.padding': '[left=24,top=54,right=24,bottom=24]' },
    };
  };
  const edges = plan.edges.map(
    (edge, index): ElkExtendedEdge => ({
      id: `edge${index}`,
      sources: [edge.from],
      targets: [edge.to],
      ...(edge.label && !isSpread
        ? {
            labels: [
              {
                id: `label${index}`,
                text: edge.label,
                width: edge.label.length * 0.6 * style.fontSize + 8,
                height: 1.4 * style.fontSize,
              },
            ],
          }
        : {}),
    }),
  );
  const placer = new elk.default();
  const placed = await placer.layout({
    id: 'root',
    layoutOptions: options,
    children: plan.nodes.filter((node) => node.parent === undefined).map(toElk),
    edges,
  });
  return graphOf(plan, style, placed);
}

function graphOf(plan: Plan, style: Style, root: ElkNode): DiagramGraph {
  const boxes = new Map<string, { x: number; y: number; width: number; height: number }>();
  const visit = (node: ElkNode, dx: number, dy: number): void => {
    const [x, y] = [dx + (node.x ?? 0), dy + (node.y ?? 0)];
    if (node.id !== 'root') boxes.set(node.id, { x, y, width: node.width ?? 0, height: node.height ?? 0 });
    for (const child of node.children ?? []) visit(child, x, y);
  };
  visit(root, 0, 0);
  const nodes = plan.nodes.map((node) =>
    nodeOf(node, boxes.get(node.id) ?? { x: 0, y: 0, width: 1, height: 1 }, style),
  );
  const elkEdges = new Map((root.edges ?? []).map((edge) => [edge.id, edge]));
  const edges = plan.edges.map((edge, index) => {
    const section = elkEdges.get(`edge${index}`)?.sections?.[0];
    const container = (elkEdges.get(`edge${index}`) as { container?: string } | undefined)?.container;
    const base = container === undefined || container === 'root' ? undefined : boxes.get(container);
    const shift = (point: GraphPoint): GraphPoint => ({
      x: point.x + (base?.x ?? 0),
      y: point.y + (base?.y ?? 0),
    });
    const way = section
      ? [section.startPoint, ...(section.bendPoints ?? []), section.endPoint].map(shift)
      : [];
    const label = elkEdges.get(`edge${index}`)?.labels?.[0];
    const at =
      label?.x === undefined
        ? undefined
        : shift({ x: label.x + (label.width ?? 0) / 2, y: (label.y ?? 0) + (label.height ?? 0) / 2 });
    return edgeOf(plan, edge, index, nodes, way, style, at);
  });
  const [width, height] = [root.width ?? 1, root.height ?? 1];
  const title: GraphNode[] = plan.title
    ? [
        {
          id: 'title',
          label: plan.title,
          shape: 'text',
          box: {
            x: margin,
            y: margin - 8,
            width: plan.title.length * 0.56 * (style.fontSize + 8),
            height: style.fontSize + 8,
          },
          fontSize: style.fontSize + 8,
        },
      ]
    : [];
  return { kind: plan.kind, width, height, nodes: [...nodes, ...title], edges };
}

/** A node in its style's colours. */
export function nodeOf(node: PlanNode, box: GraphNode['box'], style: Style): GraphNode {
  const tint = node.tint ?? 0;
  const pick = (list: readonly string[]): string => list[tint % list.length] ?? '#000000';
  const isMark = node.shape === 'start' || node.shape === 'end' || node.shape === 'actor';
  const fill = isMark ? 'none' : pick(style.fills);
  const stroke = isMark ? style.ink : pick(style.strokes);
  return {
    id: node.id,
    label: node.label,
    shape: node.shape,
    box,
    ...(node.parent ? { parent: node.parent } : {}),
    ...(node.rows ? { rows: [...node.rows] } : {}),
    ...(fill === 'none' ? {} : { fill: rgbOf(fill) }),
    ...(stroke === 'none' ? {} : { stroke: rgbOf(stroke) }),
    textColor: rgbOf(isMark || fill === 'none' ? style.ink : pick(style.inks)),
    fontSize: style.fontSize,
  };
}

/** @param way from the layout, may be empty: then from middle to middle. */
export function edgeOf(
  plan: Plan,
  edge: PlanEdge,
  index: number,
  nodes: readonly GraphNode[],
  way: readonly GraphPoint[],
  style: Style,
  labelAt?: GraphPoint,
): GraphEdge {
  const [from, to] = [edge.from, edge.to].map((id) => nodes.find((node) => node.id === id));
  if (!from || !to) throw new RangeError(`The edge ${edge.from} → ${edge.to} lacks a node.`);
  const straight =
    style.line === 'straight' || plan.layout === 'radial' || plan.layout === 'stress' || way.length < 2;
  const ends = [middle(from), middle(to)] as const;
  const inner = straight ? [] : way.slice(1, -1);
  // Where the layout ends at a box, the drawn shape may lie further in.
  const first = inner[0] ?? (straight ? ends[1] : (way.at(-1) ?? ends[1]));
  const last = inner.at(-1) ?? (straight ? ends[0] : (way[0] ?? ends[0]));
  const start = straight
    ? meet(outlineOf(from, style), first, ends[0])
    : touch(from, way[0] ?? ends[0], first, style);
  const end = straight
    ? meet(outlineOf(to, style), last, ends[1])
    : touch(to, way.at(-1) ?? ends[1], last, style);
  const path = [start, ...inner, end];
  return {
    id: `edge${index}`,
    from: edge.from,
    to: edge.to,
    fromPoint: start,
    toPoint: end,
    ...(inner.length > 0 ? { waypoints: inner } : {}),
    label: edge.label ?? '',
    ...(edge.label ? { labelAt: (straight ? undefined : labelAt) ?? halfway(path) } : {}),
    fromHead: edge.fromHead ?? 'none',
    toHead: edge.toHead ?? style.arrow,
    line: plan.layout === 'radial' && style.line === 'curved' ? 'straight' : style.line,
    ...(edge.dashed ? { dashed: true } : {}),
    stroke: rgbOf(style.edgeColor),
    strokeWidth: style.edgeWidth,
  };
}

const middle = ({ box, shape }: GraphNode): GraphPoint => ({
  x: box.x + box.width / 2,
  y: box.y + (shape === 'actor' ? 0.4 : 0.5) * box.height,
});

const outlineOf = (node: GraphNode, style: Style): GraphPoint[] =>
  polygonOf(
    node.shape,
    node.shape === 'actor' ? { ...node.box, height: 0.78 * node.box.height } : node.box,
    style.radius,
  );

/** The layout's end is on the box; the line goes on in its direction until it meets the outline. */
function touch(node: GraphNode, end: GraphPoint, before: GraphPoint, style: Style): GraphPoint {
  const length = Math.hypot(end.x - before.x, end.y - before.y) || 1;
  const reach = Math.max(node.box.width, node.box.height) / 2;
  const beyond = {
    x: end.x + ((end.x - before.x) / length) * reach,
    y: end.y + ((end.y - before.y) / length) * reach,
  };
  const found = meet(outlineOf(node, style), end, beyond);
  return found === beyond ? end : found;
}

/** The point at half the length of a way. */
export function halfway(way: readonly GraphPoint[]): GraphPoint {
  const lengths = way
    .slice(1)
    .map((point, index) => Math.hypot(point.x - (way[index]?.x ?? 0), point.y - (way[index]?.y ?? 0)));
  let left = lengths.reduce((sum, length) => sum + length, 0) / 2;
  for (const [index, length] of lengths.entries()) {
    const [a, b] = [way[index], way[index + 1]];
    if (a && b && left <= length) {
      const share = length === 0 ? 0 : left / length;
      return { x: a.x + share * (b.x - a.x), y: a.y + share * (b.y - a.y) };
    }
    left -= length;
  }
  return way[0] ?? { x: 0, y: 0 };
}
