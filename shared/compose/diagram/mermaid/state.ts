/** Graph → Mermaid's state diagram. */
import { childrenOf, nodesById } from '../../../diagram-check.ts';
import type { DiagramGraph, GraphEdge, GraphNode } from '../../../diagram-graph.ts';
import { directionOf } from '../reading-order.ts';
import { encoded, indented, namesFor, quoted } from './text.ts';

/** @param graph sound, as `repairGraph` gives it. */
export function stateDiagram(graph: DiagramGraph): string[] {
  const nodes = nodesById(graph.nodes);
  const names = namesFor(graph.nodes);
  const nameOf = (id: string | undefined): string | undefined => {
    const node = id === undefined ? undefined : nodes.get(id);
    if (node === undefined || node.shape === 'text' || node.shape === 'note') return undefined;
    return node.shape === 'start' || node.shape === 'end' ? '[*]' : names.get(node.id);
  };
  // A dot means the state around it, so its edges stand inside of that.
  const scopeOf = ({ from, to }: GraphEdge): string | undefined => {
    const dot = [from, to].map((id) => nodes.get(id ?? '')).find((node) => isDot(node));
    return dot?.parent;
  };
  const inside = (parent: string | undefined): string[] => [
    ...childrenOf(parent, graph.nodes).flatMap((node) => stateLines(node, names, inside(node.id))),
    ...graph.edges
      .filter((edge) => scopeOf(edge) === parent)
      .flatMap((edge) => transition(edge, nameOf(edge.from), nameOf(edge.to))),
  ];
  return ['stateDiagram-v2', ...indented([`direction ${directionOf(graph)}`, ...inside(undefined)])];
}

const isDot = (node: GraphNode | undefined): boolean => node?.shape === 'start' || node?.shape === 'end';

function stateLines(
  node: GraphNode,
  names: ReadonlyMap<string, string>,
  inside: readonly string[],
): string[] {
  const name = names.get(node.id);
  if (isDot(node) || node.shape === 'text' || node.shape === 'note') return [];
  if (node.shape === 'diamond' && node.label.trim() === '') return [`state ${name} <<choice>>`];
  const declared = name === node.label ? `state ${name}` : `state ${quoted(node.label)} as ${name}`;
  return inside.length === 0 ? [declared] : [`${declared} {`, ...indented(inside), '}'];
}

function transition(edge: GraphEdge, from: string | undefined, to: string | undefined): string[] {
  if (from === undefined || to === undefined || (from === '[*]' && to === '[*]')) return [];
  const backwards = edge.toHead === 'none' && edge.fromHead !== 'none';
  const [first, last] = backwards ? [to, from] : [from, to];
  return [`${first} --> ${last}${edge.label.trim() === '' ? '' : `: ${encoded(edge.label)}`}`];
}
