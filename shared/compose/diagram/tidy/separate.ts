/** Pushes overlaps apart and grows containers around what stands in them, from the inside out. */
import { childrenOf } from '../../../diagram-check.ts';
import type { GraphNode } from '../../../diagram-graph.ts';
import { area, bottom, type Rect, right, unionOf } from '../../../geometry.ts';
import { headerSize } from '../rows.ts';
import { containersOf, expanded, grid, groupedBy, intersect, subtreeOf, toGrid } from './boxes.ts';
import { solidBoxes } from './obstacles.ts';

/** Rounds in which both of a pair may give way; after that everything goes right or down, which ends. */
const rounds = 40;

type Boxes = Map<string, Rect>;

/** Boxes by id in which no two siblings overlap and every child lies in its parent. */
export function separated(
  nodes: readonly GraphNode[],
  boxes: ReadonlyMap<string, Rect>,
): ReadonlyMap<string, Rect> {
  const placed: Boxes = new Map(boxes);
  const containers = containersOf(nodes);
  arrange(undefined, nodes, containers, placed);
  return placed;
}

function arrange(
  parent: GraphNode | undefined,
  nodes: readonly GraphNode[],
  containers: ReadonlySet<string>,
  boxes: Boxes,
): void {
  const children = childrenOf(parent?.id, nodes);
  const lanes = lanesOf(children, boxes);
  for (const child of children) if (containers.has(child.id)) arrange(child, nodes, containers, boxes);
  levelLanes(lanes, boxes);
  pushApart(children, nodes, boxes);
  if (parent !== undefined) grow(parent, children, boxes);
}

const boxOf = (id: string, boxes: Boxes): Rect => boxes.get(id) ?? { x: 0, y: 0, width: 0, height: 0 };

function move(id: string, dx: number, dy: number, nodes: readonly GraphNode[], boxes: Boxes): void {
  for (const one of subtreeOf(id, nodes)) {
    const box = boxOf(one, boxes);
    boxes.set(one, { ...box, x: box.x + dx, y: box.y + dy });
  }
}

/** Space that two nodes keep where they have to be pushed apart. */
const gapOf = (a: GraphNode, b: GraphNode): number =>
  a.shape === 'swimlane' && b.shape === 'swimlane'
    ? 0
    : a.shape === 'text' || b.shape === 'text'
      ? grid / 2
      : grid;

const solidAt = (a: GraphNode, b: GraphNode, boxes: Boxes): readonly [Rect, Rect] =>
  solidBoxes({ ...a, box: boxOf(a.id, boxes) }, { ...b, box: boxOf(b.id, boxes) });

function pushApart(siblings: readonly GraphNode[], nodes: readonly GraphNode[], boxes: Boxes): void {
  for (let round = 0; round < rounds; round += 1) {
    let clean = true;
    for (const [index, a] of siblings.entries()) {
      for (const b of siblings.slice(index + 1)) {
        const [boxA, boxB] = solidAt(a, b, boxes);
        if (!intersect(boxA, boxB)) continue;
        clean = false;
        // The smaller gives way, free text before anything else.
        const aGives = a.shape === 'text' || (b.shape !== 'text' && weight(a, boxes) < weight(b, boxes));
        const [dx, dy] = aGives ? wayOut(boxA, boxB, gapOf(a, b)) : wayOut(boxB, boxA, gapOf(a, b));
        move((aGives ? a : b).id, dx, dy, nodes, boxes);
      }
    }
    if (clean) return;
  }
  sweep(siblings, nodes, boxes);
}

const weight = ({ id }: GraphNode, boxes: Boxes): number => area(boxOf(id, boxes));

/** The shortest way out of a box, on the grid. */
function wayOut(light: Rect, heavy: Rect, gap: number): readonly [dx: number, dy: number] {
  const ways = [
    [heavy.x - gap - right(light), 0],
    [right(heavy) + gap - light.x, 0],
    [0, heavy.y - gap - bottom(light)],
    [0, bottom(heavy) + gap - light.y],
  ] as const;
  const [dx, dy] = ways.toSorted((a, b) => Math.abs(a[0] + a[1]) - Math.abs(b[0] + b[1]))[0] ?? [0, 0];
  const away = (value: number): number => Math.sign(value) * Math.ceil(Math.abs(value) / grid) * grid;
  return [away(dx), away(dy)];
}

/** Each in reading order goes right or down until it is free: nothing is moved twice, so it ends. */
function sweep(siblings: readonly GraphNode[], nodes: readonly GraphNode[], boxes: Boxes): void {
  const settled: GraphNode[] = [];
  const inOrder = siblings.toSorted((a, b) => {
    const [p, q] = [boxOf(a.id, boxes), boxOf(b.id, boxes)];
    return p.y - q.y || p.x - q.x;
  });
  for (const node of inOrder) {
    for (;;) {
      const hit = settled
        .map((other) => ({ other, pair: solidAt(node, other, boxes) }))
        .find(({ pair }) => intersect(...pair));
      if (hit === undefined) break;
      const [box, other] = hit.pair;
      const gap = gapOf(node, hit.other);
      const across = right(other) + gap - box.x;
      const down = bottom(other) + gap - box.y;
      const step = (value: number): number => Math.max(1, Math.ceil(value / grid)) * grid;
      move(node.id, across < down ? step(across) : 0, across < down ? 0 : step(down), nodes, boxes);
    }
    settled.push(node);
  }
}

/** A container reaches round its children, below its title; it never shrinks. */
function grow(parent: GraphNode, children: readonly GraphNode[], boxes: Boxes): void {
  const box = boxOf(parent.id, boxes);
  const onlyLanes = children.every(({ shape }) => shape === 'swimlane');
  const inside = expanded(unionOf(children.map(({ id }) => boxOf(id, boxes))), onlyLanes ? 0 : grid);
  const title = headerSize({ ...parent, box });
  const left = parent.header?.side === 'left';
  const needed = left
    ? { ...inside, x: inside.x - title, width: inside.width + title }
    : { ...inside, y: inside.y - title, height: inside.height + title };
  const whole = unionOf([box, needed]);
  const x = Math.floor(whole.x / grid) * grid;
  const y = Math.floor(whole.y / grid) * grid;
  const far = (value: number): number => Math.ceil(value / grid) * grid;
  boxes.set(parent.id, { x, y, width: far(right(whole)) - x, height: far(bottom(whole)) - y });
}

interface Lanes {
  readonly ids: readonly string[];
  /** They begin and end together: side by side, or one upon the other. */
  readonly along: 'x' | 'y';
}

/** Swimlanes that begin and end together. */
function lanesOf(children: readonly GraphNode[], boxes: Boxes): Lanes[] {
  const lanes = children.filter(({ shape }) => shape === 'swimlane').map(({ id }) => id);
  const groups = (along: Lanes['along'], key: (box: Rect) => string): Lanes[] =>
    [...groupedBy(lanes, (id) => key(boxOf(id, boxes))).values()]
      .filter((ids) => ids.length > 1)
      .map((ids) => ({ ids, along }));
  return [
    ...groups('y', (box) => `${toGrid(box.y)} ${toGrid(bottom(box))}`),
    ...groups('x', (box) => `${toGrid(box.x)} ${toGrid(right(box))}`),
  ];
}

/** What began and ended together does so again, whichever of them grew. */
function levelLanes(lanes: readonly Lanes[], boxes: Boxes): void {
  for (const { ids, along } of lanes) {
    const all = unionOf(ids.map((id) => boxOf(id, boxes)));
    for (const id of ids) {
      const box = boxOf(id, boxes);
      boxes.set(
        id,
        along === 'y' ? { ...box, y: all.y, height: all.height } : { ...box, x: all.x, width: all.width },
      );
    }
  }
}
