/** Graph → Mermaid's mind map, where it is a tree. */
import type { DiagramGraph, GraphNode } from '../../../diagram-graph.ts';
import { namesFor, quoted, wholeLabel } from './text.ts';

/** @returns undefined for a graph that is no tree. @param graph sound, as `repairGraph` gives it. */
export function mindmap({ nodes, edges }: DiagramGraph): string[] | undefined {
  const linked = new Set(edges.flatMap(({ from, to }) => [from ?? '', to ?? '']));
  const members = nodes.filter(({ id, shape }) => linked.has(id) || shape !== 'text');
  const neighbours = (id: string): string[] =>
    edges.flatMap(({ from, to }) => (from === id ? (to ?? []) : to === id ? (from ?? []) : []));
  const root = rootOf(members, neighbours);
  if (root === undefined || edges.length !== members.length - 1) return undefined;
  const known = new Map(members.map((node) => [node.id, node]));
  const names = namesFor(members);
  const seen = new Set<string>();
  const branch = (node: GraphNode, indent: string): string[] => {
    seen.add(node.id);
    const label = quoted(wholeLabel(node));
    const text = `${indent}${names.get(node.id)}${node === root ? `((${label}))` : `[${label}]`}`;
    const below = neighbours(node.id).flatMap((id) => {
      const next = known.get(id);
      return next === undefined || seen.has(id) ? [] : branch(next, `${indent}  `);
    });
    return [text, ...below];
  };
  const lines = branch(root, '  ');
  return seen.size === members.length ? ['mindmap', ...lines] : undefined;
}

/** The one with most branches; the largest of several. */
function rootOf(nodes: readonly GraphNode[], neighbours: (id: string) => string[]): GraphNode | undefined {
  const weight = (node: GraphNode): number =>
    neighbours(node.id).length + Math.min(0.9, (node.box.width * node.box.height) / 1e6);
  return nodes.toSorted((a, b) => weight(b) - weight(a))[0];
}
