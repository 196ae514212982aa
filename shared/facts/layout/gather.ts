/** Bullets, avatars and marks that nobody named beside the entries of a list: each belongs to its entry. */
import { bottom, type Rect, right, unionOf } from '../../geometry.ts';
import type { PageFacts } from '../page-facts.ts';
import { type Atom, atomOf, type Outline, type OutlineNode, type Thing } from './outline.ts';

/** Largest mark, in pixels. */
const largest = 56;
/** Farthest that a mark stands beside its list, in pixels. */
const reach = 40;

interface Entry {
  readonly node: OutlineNode;
  readonly box: Rect;
}

function boxesOf(node: OutlineNode, facts: PageFacts): Rect[] {
  const own = node.things.flatMap(({ list, index }) => facts[list][index]?.box ?? []);
  return [...own, ...node.children.flatMap((child) => boxesOf(child, facts))];
}

/** Entries below each other, none beside another. */
function columnOf(node: OutlineNode, facts: PageFacts): Entry[] | undefined {
  const entries = node.children
    .flatMap((child): Entry[] => {
      const boxes = boxesOf(child, facts);
      return boxes.length === 0 ? [] : [{ node: child, box: unionOf(boxes) }];
    })
    .sort((a, b) => a.box.y - b.box.y);
  const apart = entries.every(
    ({ box }, index) => index === 0 || box.y >= bottom(entries[index - 1]?.box ?? box) - 2,
  );
  return entries.length >= 2 && apart ? entries : undefined;
}

/** A leaf that has marks now holds its text as a part. */
function withMarks(node: OutlineNode, marks: readonly Thing[]): OutlineNode {
  if (marks.length === 0) return node;
  if (node.children.length > 0) return { ...node, things: [...node.things, ...marks] };
  return { ...node, things: marks, children: [{ ...node, solidity: 0 }] };
}

/** @param present what is left of the facts. */
export function gathered(outline: Outline, facts: PageFacts, present: ReadonlySet<Atom>): Outline {
  const claimed = new Set<Atom>();
  const claim = (node: OutlineNode): void => {
    for (const { list, index } of node.things) claimed.add(atomOf(list, index));
    node.children.forEach(claim);
  };
  outline.forEach(claim);
  const free = (['pictures', 'boxes'] as const).flatMap((list) =>
    facts[list].flatMap(({ box }, index) => {
      const atom = atomOf(list, index);
      const small = box.width <= largest && box.height <= largest;
      return small && present.has(atom) && !claimed.has(atom) ? [{ thing: { list, index }, box }] : [];
    }),
  );
  const visit = (node: OutlineNode): OutlineNode => {
    const children = node.children.map(visit);
    const entries = node.gathers === true ? columnOf({ ...node, children }, facts) : undefined;
    if (entries === undefined || free.length === 0) return { ...node, children };
    const hull = unionOf(entries.map((entry) => entry.box));
    return {
      ...node,
      children: children.map((child) => {
        const entry = entries.find((each) => each.node === child);
        if (entry === undefined) return child;
        const marks: Thing[] = [];
        for (let at = free.length - 1; at >= 0; at -= 1) {
          const mark = free[at];
          if (mark === undefined) continue;
          const middle = mark.box.y + mark.box.height / 2;
          const beside =
            mark.box.x >= hull.x - reach - mark.box.width && right(mark.box) <= right(hull) + reach;
          const tall = mark.box.height <= Math.max(32, 1.6 * entry.box.height);
          if (beside && tall && middle > entry.box.y - 3 && middle < bottom(entry.box) + 3) {
            marks.push(mark.thing);
            free.splice(at, 1);
          }
        }
        return withMarks(child, marks);
      }),
    };
  };
  return outline.map(visit);
}
