/** Lays swimlanes out: a lane a role, a column a step. */
import type { DiagramGraph, GraphNode, GraphPoint } from '../../shared/diagram-graph.ts';
import { edgeOf, margin, nodeOf, sizeOf } from './layout.ts';
import type { Plan } from './plans/plan.ts';
import type { Random } from './random.ts';
import type { Style } from './style.ts';

const header = 34;

export function placeLanes(plan: Plan, style: Style, random: Random): DiagramGraph {
  const lanes = plan.nodes.filter((node) => node.shape === 'swimlane');
  const steps = plan.nodes.filter((node) => node.shape !== 'swimlane');
  const gap = random.between(30, 50);
  const laneHeight = random.between(110, 140) + style.fontSize;
  let x = margin + header + gap;
  const placed = new Map<string, GraphNode>();
  for (const step of steps) {
    const size = sizeOf(step, style);
    const lane = lanes.findIndex(({ id }) => id === step.parent);
    const y = margin + lane * laneHeight + (laneHeight - size.height) / 2;
    placed.set(step.id, nodeOf(step, { x, y, ...size }, style));
    x += size.width + gap;
  }
  const width = x - margin;
  const frames = lanes.map(
    (lane, index): GraphNode => ({
      ...nodeOf(
        { ...lane, tint: 0 },
        { x: margin, y: margin + index * laneHeight, width, height: laneHeight },
        style,
      ),
      header: { side: 'left', size: header },
    }),
  );
  const nodes = [...frames, ...placed.values()];
  const edges = plan.edges.map((edge, index) => {
    const [from, to] = [placed.get(edge.from), placed.get(edge.to)];
    if (!from || !to) throw new RangeError(`The edge ${edge.from} → ${edge.to} lacks a node.`);
    return edgeOf(plan, edge, index, nodes, wayBetween(from, to), style);
  });
  return { kind: plan.kind, width: x + margin, height: 2 * margin + lanes.length * laneHeight, nodes, edges };
}

function wayBetween(from: GraphNode, to: GraphNode): GraphPoint[] {
  const [a, b] = [from.box, to.box];
  const start = { x: a.x + a.width, y: a.y + a.height / 2 };
  const target = { x: b.x + b.width / 2, y: b.y + b.height / 2 };
  if (from.parent === to.parent) return [start, { x: b.x, y: target.y }];
  const end = { x: target.x, y: target.y > start.y ? b.y : b.y + b.height };
  return [start, { x: target.x, y: start.y }, end];
}
