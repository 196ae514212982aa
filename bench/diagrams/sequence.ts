/** Lays a sequence out: participants side by side, messages one below the other. */
import type { DiagramGraph, GraphEdge, GraphNode } from '../../shared/diagram-graph.ts';
import { rgbOf } from './colors.ts';
import { margin, nodeOf, sizeOf } from './layout.ts';
import type { Plan } from './plans/plan.ts';
import type { Random } from './random.ts';
import type { Style } from './style.ts';

export function placeSequence(plan: Plan, style: Style, random: Random): DiagramGraph {
  const step = random.between(44, 58);
  const size = { width: Math.max(...plan.nodes.map((node) => sizeOf(node, style).width)), height: 40 };
  const gap = random.between(90, 130) + 3 * style.fontSize;
  const height = size.height + step * (plan.edges.length + 1);
  const nodes = plan.nodes.map(
    (node, index): GraphNode => ({
      ...nodeOf(
        node,
        { x: margin + index * (size.width + gap), y: margin, width: size.width, height },
        style,
      ),
      header: { side: 'top', size: size.height },
    }),
  );
  const axis = (id: string): number => {
    const box = nodes.find((node) => node.id === id)?.box;
    return box ? box.x + box.width / 2 : 0;
  };
  const edges = plan.edges.map((edge, index): GraphEdge => {
    const y = margin + size.height + step * (index + 1);
    const [fromX, toX] = [axis(edge.from), axis(edge.to)];
    return {
      id: `edge${index}`,
      from: edge.from,
      to: edge.to,
      fromPoint: { x: fromX, y },
      toPoint: { x: toX, y },
      label: edge.label ?? '',
      labelAt: { x: (fromX + toX) / 2, y: y - 0.8 * style.fontSize },
      fromHead: 'none',
      toHead: style.arrow,
      line: 'straight',
      ...(edge.dashed ? { dashed: true } : {}),
      stroke: rgbOf(style.edgeColor),
      strokeWidth: style.edgeWidth,
    };
  });
  const width = 2 * margin + nodes.length * size.width + (nodes.length - 1) * gap;
  return { kind: plan.kind, width, height: height + 2 * margin, nodes, edges };
}
