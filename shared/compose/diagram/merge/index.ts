/**
 * Measured draft + model's graph → one graph.
 *
 * The rules: nodes are matched by place and words, each at most once. Of a pair the pixels give box, colours and
 * outline, the model words, meaning and what the outline does not tell. Shapes that only one of them knows stay, but
 * for loops of ink without words and lines, texts that stand elsewhere as labels, and pieces of what the model saw as
 * one shape. Lines come from the pixels,
 * words from the model; what only the model saw is drawn between its nodes.
 */
import { nodesById, repairGraph } from '../../../diagram-check.ts';
import type { DiagramGraph, GraphEdge, GraphNode } from '../../../diagram-graph.ts';
import { wholeLabel } from '../mermaid/text.ts';
import { mergedEdges } from './edges.ts';
import { matchedNodes, sharedArea } from './match.ts';
import { mergedNode, worthKeeping } from './nodes.ts';
import { piecesIn, withoutPieces } from './pieces.ts';

/** A node of the model alone that lies on a measured one this much is that one, said twice. */
const same = 0.4;

/** @param perceived in the same pixels. */
export function mergedGraph(measured: DiagramGraph, perceived: DiagramGraph): DiagramGraph {
  if (perceived.nodes.length === 0) return measured;
  const pairs = matchedNodes(measured.nodes, perceived.nodes);
  const byId = nodesById(perceived.nodes);
  const partners = new Map([...pairs].map(([model, pixels]) => [pixels, byId.get(model)]));
  const taken = new Set(measured.nodes.map(({ id }) => id));
  const alone = perceived.nodes
    .filter((node) => !pairs.has(node.id) && !measured.nodes.some((other) => sharedArea(node, other) > same))
    .map((node) => ({ node, id: freshId(`model-${node.id}`, taken) }));
  const names = new Map([...pairs, ...alone.map(({ node, id }) => [node.id, id] as const)]);
  const linked = new Set(measured.edges.flatMap(({ from, to }) => [from ?? '', to ?? '']));
  const told = [...perceived.edges.map(({ label }) => label), ...perceived.nodes.map(wholeLabel)].filter(
    (words) => words !== '',
  );
  const named = measured.nodes.filter(({ id, shape }) => partners.has(id) && shape !== 'text');
  const pieces = piecesIn(
    measured.nodes.filter(({ id }) => !partners.has(id)),
    perceived.nodes,
  );
  const seen = measured.nodes.flatMap((node): GraphNode[] => {
    const partner = partners.get(node.id);
    if (partner !== undefined) return [mergedNode(node, partner)];
    if (pieces.has(node.id)) return [];
    return worthKeeping(node, linked, named, told) ? [node] : [];
  });
  const added = alone.map(({ node, id }): GraphNode => {
    const { parent: _, ...free } = node;
    return { ...free, id };
  });
  const nodes = [...seen, ...added];
  const kind = perceived.kind === 'other' ? measured.kind : perceived.kind;
  const edges = perceived.edges.flatMap((edge): GraphEdge[] => {
    const [from, to] = [names.get(edge.from ?? ''), names.get(edge.to ?? '')];
    return from === undefined || to === undefined
      ? []
      : [{ ...edge, id: freshId(`model-${edge.id}`, taken), from, to }];
  });
  const whole = {
    ...measured,
    kind,
    nodes,
    edges: mergedEdges(
      withoutPieces(measured.edges, new Map([...pieces].map(([id, whole]) => [id, names.get(whole)]))),
      edges,
      nodesById(nodes),
      kind,
    ),
  };
  return repairGraph(whole).graph;
}

function freshId(wanted: string, taken: Set<string>): string {
  let id = wanted;
  for (let count = 2; taken.has(id); count += 1) id = `${wanted}-${count}`;
  taken.add(id);
  return id;
}
