/** Boxes while they are tidied: rounding to the grid, clusters of near-equal values, subtrees that move together. */
import { childrenOf } from '../../../diagram-check.ts';
import type { GraphNode } from '../../../diagram-graph.ts';
import { bottom, type Rect, right } from '../../../geometry.ts';

/** Pixels of draw.io's grid. */
export const grid = 10;

export const toGrid = (value: number, step = grid): number => Math.round(value / step) * step;

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] ?? 0;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? upper) + upper) / 2;
}

/**
 * Groups items whose values lie close together.
 * @param reach how far a value may be from its neighbour; a whole group spans at most one and a half times that.
 */
export function clustersOf<Item>(
  items: readonly Item[],
  measure: (item: Item) => number,
  reach: (item: Item) => number,
): Item[][] {
  const groups: Item[][] = [];
  for (const item of items.toSorted((a, b) => measure(a) - measure(b))) {
    const group = groups.at(-1);
    const [first] = group ?? [];
    const last = group?.at(-1);
    const near =
      first !== undefined &&
      last !== undefined &&
      measure(item) - measure(last) <= Math.min(reach(item), reach(last)) &&
      measure(item) - measure(first) <= 1.5 * Math.min(reach(item), reach(first));
    if (group !== undefined && near) group.push(item);
    else groups.push([item]);
  }
  return groups;
}

/** Inside edges touch without counting: `slack` pixels of overlap are none. */
export function intersect(a: Rect, b: Rect, slack = 0.5): boolean {
  return (
    a.x < right(b) - slack && b.x < right(a) - slack && a.y < bottom(b) - slack && b.y < bottom(a) - slack
  );
}

export const expanded = ({ x, y, width, height }: Rect, by: number): Rect => ({
  x: x - by,
  y: y - by,
  width: Math.max(0, width + 2 * by),
  height: Math.max(0, height + 2 * by),
});

/** Ids of a node and of everything in it. */
export function subtreeOf(id: string, nodes: readonly GraphNode[]): string[] {
  return [id, ...childrenOf(id, nodes).flatMap((child) => subtreeOf(child.id, nodes))];
}

/** Ids of the nodes that others stand in. */
export const containersOf = (nodes: readonly GraphNode[]): ReadonlySet<string> =>
  new Set(nodes.flatMap(({ parent }) => parent ?? []));

/** Items by a key, in order of their first appearance. */
export function groupedBy<Item, Key>(items: readonly Item[], keyOf: (item: Item) => Key): Map<Key, Item[]> {
  const groups = new Map<Key, Item[]>();
  for (const item of items) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [item]);
    else group.push(item);
  }
  return groups;
}

/** The radius of a node's corners in a new box: a pill stays a pill. */
export function radiusIn({ radius, box }: GraphNode, to: Rect): { radius?: number } {
  const side = Math.min(box.width, box.height);
  if (radius === undefined || side === 0) return {};
  return { radius: (radius * Math.min(to.width, to.height)) / side };
}
