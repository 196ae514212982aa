/** Near-equal becomes equal: sizes, rows, columns, and the edges of containers; all on the grid. */
import type { GraphNode } from '../../../diagram-graph.ts';
import { bottom, type Rect, right } from '../../../geometry.ts';
import { clustersOf, containersOf, grid, groupedBy, median, toGrid } from './boxes.ts';

type Axis = 'x' | 'y';
type Placed = { readonly node: GraphNode; box: Rect };

/** Twice the grid, so that a middle lies on the grid where a corner does. */
const sizeStep = 2 * grid;

/** Boxes by id; free text keeps its size, and containers only their edges are rounded. */
export function snapped(nodes: readonly GraphNode[]): ReadonlyMap<string, Rect> {
  const containers = containersOf(nodes);
  const placed = nodes.map((node): Placed => ({ node, box: node.box }));
  const shapes = placed.filter(({ node }) => node.shape !== 'text' && !containers.has(node.id));
  for (const axis of ['x', 'y'] as const) {
    equaliseSizes(shapes, axis);
    alignMiddles(shapes, axis);
    alignEdges(
      placed.filter(({ node }) => containers.has(node.id)),
      axis,
    );
  }
  for (const text of placed.filter(({ node }) => node.shape === 'text' && !containers.has(node.id))) {
    text.box = { ...text.box, x: toGrid(text.box.x), y: toGrid(text.box.y) };
  }
  return new Map(placed.map(({ node, box }) => [node.id, box]));
}

const sizeOf = (box: Rect, axis: Axis): number => (axis === 'x' ? box.width : box.height);
const middleOf = (box: Rect, axis: Axis): number => box[axis] + sizeOf(box, axis) / 2;

const resized = (box: Rect, axis: Axis, start: number, size: number): Rect =>
  axis === 'x' ? { ...box, x: start, width: size } : { ...box, y: start, height: size };

/** Nodes of a shape whose sizes differ by an eighth or less get one size; middles stay. */
function equaliseSizes(placed: readonly Placed[], axis: Axis): void {
  const kinds = groupedBy(placed, ({ node }) => node.shape);
  for (const alike of kinds.values()) {
    const groups = clustersOf(
      alike,
      ({ box }) => sizeOf(box, axis),
      ({ box }) => 4 + sizeOf(box, axis) / 8,
    );
    for (const group of groups) {
      const wanted = median(group.map(({ box }) => sizeOf(box, axis)));
      const size = Math.max(sizeStep, toGrid(wanted, sizeStep));
      for (const one of group) one.box = resized(one.box, axis, middleOf(one.box, axis) - size / 2, size);
    }
  }
}

/** Rows and columns: near-equal middles become one; a node that is in none is aligned by its left or upper edge. */
function alignMiddles(placed: readonly Placed[], axis: Axis): void {
  const usual = median(placed.map(({ box }) => Math.min(box.width, box.height)));
  const reach = Math.min(24, Math.max(6, usual * 0.3));
  const alone: Placed[] = [];
  for (const group of clustersOf(
    placed,
    ({ box }) => middleOf(box, axis),
    () => reach,
  )) {
    const middle = toGrid(median(group.map(({ box }) => middleOf(box, axis))));
    if (group.length === 1) alone.push(...group);
    else for (const one of group) moveMiddle(one, axis, middle);
  }
  for (const group of clustersOf(
    alone,
    ({ box }) => box[axis],
    () => 6,
  )) {
    const start = toGrid(median(group.map(({ box }) => box[axis])));
    for (const one of group) one.box = resized(one.box, axis, start, sizeOf(one.box, axis));
  }
}

function moveMiddle(one: Placed, axis: Axis, middle: number): void {
  one.box = resized(one.box, axis, middle - sizeOf(one.box, axis) / 2, sizeOf(one.box, axis));
}

/** Lanes that lie side by side share an edge, and those in a row begin and end together. */
function alignEdges(containers: readonly Placed[], axis: Axis): void {
  const ends = axis === 'x' ? right : bottom;
  const edges = containers.flatMap((one) => [
    { one, value: one.box[axis] },
    { one, value: ends(one.box) },
  ]);
  const agreed = new Map<number, number>();
  for (const group of clustersOf(
    edges,
    ({ value }) => value,
    () => grid,
  )) {
    const at = toGrid(median(group.map(({ value }) => value)));
    for (const { value } of group) agreed.set(value, at);
  }
  for (const one of containers) {
    const start = agreed.get(one.box[axis]) ?? one.box[axis];
    const end = agreed.get(ends(one.box)) ?? ends(one.box);
    one.box = resized(one.box, axis, start, Math.max(sizeStep, end - start));
  }
}
