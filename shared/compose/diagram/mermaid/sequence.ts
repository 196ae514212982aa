/** Graph → Mermaid's sequence diagram: who speaks to whom, from top to bottom. */
import { nodesById } from '../../../diagram-check.ts';
import type { DiagramGraph, EdgeHead, GraphEdge, GraphNode } from '../../../diagram-graph.ts';
import { centreOf, routeOf } from '../route-points.ts';
import { encoded, indented, namesFor, quoted } from './text.ts';

/** Those who take part, from left to right: lifelines, else what stands in the first row. */
function participants(nodes: readonly GraphNode[]): readonly GraphNode[] {
  const lines = nodes.filter(({ shape }) => shape === 'lifeline');
  const others = nodes.filter(({ shape }) => shape !== 'text' && shape !== 'note');
  const first = Math.min(...others.map(({ box }) => box.y + box.height));
  const all = lines.length > 0 ? lines : others.filter(({ box }) => box.y < first);
  return all.toSorted((a, b) => centreOf(a.box).x - centreOf(b.box).x);
}

const arrows: Readonly<Partial<Record<EdgeHead, string>>> = { none: '>', open: ')', cross: 'x' };

/** @returns undefined where nobody speaks. @param graph sound, as `repairGraph` gives it. */
export function sequence(graph: DiagramGraph): string[] | undefined {
  const people = participants(graph.nodes);
  const nodes = nodesById(graph.nodes);
  const names = namesFor(people);
  const nearest = (x: number): GraphNode | undefined =>
    people.toSorted((a, b) => Math.abs(centreOf(a.box).x - x) - Math.abs(centreOf(b.box).x - x))[0];
  const nameOf = (edge: GraphEdge, end: 'from' | 'to'): string => {
    const own = names.get(edge[end] ?? '');
    if (own !== undefined) return own;
    const route = routeOf(edge, nodes);
    const at = end === 'from' ? route[0] : route.at(-1);
    return names.get(nearest(at?.x ?? 0)?.id ?? '') ?? '';
  };
  const steps = [
    ...graph.edges.map((edge) => ({
      y: routeOf(edge, nodes)[0]?.y ?? 0,
      line: message(edge, nameOf(edge, 'from'), nameOf(edge, 'to')),
    })),
    ...graph.nodes
      .filter(({ shape }) => shape === 'note')
      .map(({ box, label }) => ({
        y: box.y + box.height / 2,
        line: `note over ${names.get(nearest(centreOf(box).x)?.id ?? '')}: ${encoded(label)}`,
      })),
  ].toSorted((a, b) => a.y - b.y);
  if (people.length === 0 || graph.edges.length === 0) return undefined;
  const lines = people.map(({ id, label, shape }) => {
    const kind = shape === 'actor' ? 'actor' : 'participant';
    const name = names.get(id);
    return name === label ? `${kind} ${name}` : `${kind} ${name} as ${quoted(label).slice(1, -1)}`;
  });
  return ['sequenceDiagram', ...indented([...lines, ...steps.map(({ line }) => line)])];
}

function message({ label, dashed, fromHead, toHead }: GraphEdge, from: string, to: string): string {
  const backwards = toHead === 'none' && fromHead !== 'none';
  const [first, last] = backwards ? [to, from] : [from, to];
  const line = dashed === true ? '--' : '-';
  const head = arrows[backwards ? fromHead : toHead] ?? '>>';
  return `${first}${line}${head}${last}: ${label.trim() === '' ? '#8203;' : encoded(label)}`;
}
