/** Checks a diagram graph for what its schema cannot say, and repairs it: ids, ends, parents. */
import type { DiagramGraph, GraphEdge, GraphNode } from './diagram-graph.ts';

export interface RepairedGraph {
  readonly graph: DiagramGraph;
  /** What was wrong, in words; empty for a sound graph. */
  readonly repairs: readonly string[];
}

/** What is wrong with a graph, in words; empty for a sound one. */
export const faultsOf = (graph: DiagramGraph): readonly string[] => repairGraph(graph).repairs;

/**
 * Makes a graph sound: ids are unique over nodes and edges (a second use is renamed), an edge whose node is missing
 * ends free where its point is known and else is dropped, parents exist and form no cycle.
 */
export function repairGraph(graph: DiagramGraph): RepairedGraph {
  const repairs: string[] = [];
  const taken = new Set<string>();
  const nodes = breakCycles(
    graph.nodes.map((node) => ({ ...node, id: freshId(node.id, taken, repairs) })),
    repairs,
  );
  const known = new Set(nodes.map((node) => node.id));
  const edges = graph.edges.flatMap((edge): GraphEdge[] => {
    const repaired = withSoundEnds(edge, known, repairs);
    return repaired === undefined ? [] : [{ ...repaired, id: freshId(edge.id, taken, repairs) }];
  });
  return { graph: repairs.length === 0 ? graph : { ...graph, nodes, edges }, repairs };
}

function freshId(wanted: string, taken: Set<string>, repairs: string[]): string {
  let name = wanted;
  for (let count = 2; taken.has(name); count += 1) name = `${wanted}-${count}`;
  taken.add(name);
  if (name !== wanted) repairs.push(`The id "${wanted}" is used twice.`);
  return name;
}

/** Also removes parents that do not exist; of a cycle the first node becomes a root. */
function breakCycles(nodes: readonly GraphNode[], repairs: string[]): GraphNode[] {
  const parents = new Map(nodes.map((node) => [node.id, node.parent]));
  return nodes.map((node) => {
    const fault = faultOfParent(node, parents);
    if (fault === undefined) return node;
    repairs.push(fault);
    parents.set(node.id, undefined);
    const { parent: _, ...root } = node;
    return root;
  });
}

function faultOfParent(
  node: GraphNode,
  parents: ReadonlyMap<string, string | undefined>,
): string | undefined {
  if (node.parent === undefined) return undefined;
  if (!parents.has(node.parent))
    return `The node "${node.id}" has the parent "${node.parent}", which is missing.`;
  const seen = new Set<string>();
  for (let at = parents.get(node.id); at !== undefined && !seen.has(at); at = parents.get(at)) {
    if (at === node.id) return `The node "${node.id}" stands in itself.`;
    seen.add(at);
  }
  return undefined;
}

function withSoundEnds(
  edge: GraphEdge,
  known: ReadonlySet<string>,
  repairs: string[],
): GraphEdge | undefined {
  let { from, to, ...rest } = edge;
  if (from !== undefined && !known.has(from)) {
    repairs.push(`The edge "${edge.id}" begins at "${from}", which is missing.`);
    from = undefined;
  }
  if (to !== undefined && !known.has(to)) {
    repairs.push(`The edge "${edge.id}" ends at "${to}", which is missing.`);
    to = undefined;
  }
  if ((from === undefined && !edge.fromPoint) || (to === undefined && !edge.toPoint)) {
    repairs.push(`The edge "${edge.id}" has an end that is nowhere.`);
    return undefined;
  }
  return { ...rest, ...(from === undefined ? {} : { from }), ...(to === undefined ? {} : { to }) };
}

/** Nodes by id. */
export const nodesById = (nodes: readonly GraphNode[]): ReadonlyMap<string, GraphNode> =>
  new Map(nodes.map((node) => [node.id, node]));

/** Ids of the nodes around one, nearest first; of a sound graph. */
export function ancestorsOf(id: string | undefined, nodes: ReadonlyMap<string, GraphNode>): string[] {
  const ancestors: string[] = [];
  for (let at = id === undefined ? undefined : nodes.get(id)?.parent; at !== undefined; ) {
    ancestors.push(at);
    at = nodes.get(at)?.parent;
  }
  return ancestors;
}

/** The nodes that stand directly in one; those of the page for undefined. */
export const childrenOf = (id: string | undefined, nodes: readonly GraphNode[]): readonly GraphNode[] =>
  nodes.filter((node) => node.parent === id);
