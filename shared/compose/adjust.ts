/** Small corrections of a UI tree after it was seen rendered: where things stand is moved, what they are stays. */
import { bottom, type Rect, right, unionOf } from '../geometry.ts';
import { childrenOf, type UiNode, type UiTree } from '../ui-tree.ts';
import { paints } from './html/traits.ts';

/** CSS pixels to the right and down. */
export interface Move {
  readonly x: number;
  readonly y: number;
}

/** A node with what it is alike by: the kinds above it, and its type. */
interface Placed {
  readonly node: UiNode;
  readonly key: string;
}

function* placedNodes(node: UiNode, path: string): Generator<Placed> {
  const { font } = node.style ?? {};
  const key = `${path}/${node.kind}`;
  yield { node, key: `${key}|${font?.size ?? ''}|${font?.weight ?? ''}` };
  for (const child of childrenOf(node)) yield* placedNodes(child, key);
}

const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;

/**
 * Things of one kind in one place of the page move alike: a move that differs from its group's by a pixel is a
 * measuring error. A node without a move of its own goes with its group.
 */
export function settleMoves(tree: UiTree, moves: ReadonlyMap<UiNode, Move>): Map<UiNode, Move> {
  const groups = new Map<string, UiNode[]>();
  for (const { node, key } of placedNodes(tree.root, ''))
    if (moves.has(node)) groups.set(key, [...(groups.get(key) ?? []), node]);
  const settled = new Map(moves);
  for (const nodes of groups.values()) {
    if (nodes.length < 3) continue;
    for (const axis of ['x', 'y'] as const) {
      const middle = median(nodes.map((node) => moves.get(node)?.[axis] ?? 0));
      for (const node of nodes) {
        const move = settled.get(node);
        if (move !== undefined && Math.abs(move[axis] - middle) <= 1)
          settled.set(node, { ...move, [axis]: middle });
      }
    }
  }
  return settled;
}

/** An edge of what holds others keeps its distance from them. */
function follow(box: Rect, before: Rect, after: Rect): Rect {
  const x = box.x + after.x - before.x;
  const y = box.y + after.y - before.y;
  return {
    x,
    y,
    width: Math.max(0, right(box) + right(after) - right(before) - x),
    height: Math.max(0, bottom(box) + bottom(after) - bottom(before) - y),
  };
}

/** Their edges are lines of the table: what moves in a cell moves nothing else. */
const gridded = new Set<UiNode['kind']>(['table', 'table-row', 'cell']);

function moveNode(node: UiNode, moves: ReadonlyMap<UiNode, Move>): UiNode {
  const move = moves.get(node) ?? { x: 0, y: 0 };
  const children = childrenOf(node);
  const moved = children.map((child) => moveNode(child, moves));
  const shifted = { ...node.box, x: node.box.x + move.x, y: node.box.y + move.y };
  if (children.length === 0) return { ...node, box: shifted };
  const still = moved.every((child, index) => child === children[index]);
  const box =
    paints(node) || moves.has(node) || still || gridded.has(node.kind)
      ? shifted
      : follow(
          node.box,
          unionOf(children.map((child) => child.box)),
          unionOf(moved.map((child) => child.box)),
        );
  return { ...node, box, children: moved };
}

/** The tree with some nodes moved; what holds them, and has no look of its own, goes with them. */
export function moveNodes(tree: UiTree, moves: ReadonlyMap<UiNode, Move>): UiTree {
  const root = moveNode(tree.root, moves);
  return { ...tree, root: { ...root, box: tree.root.box } };
}
