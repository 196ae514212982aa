/** Which measured pictures, boxes and rules are which perceived elements. */
import type { PageFacts } from '../../facts/page-facts.ts';
import type { Rect } from '../../geometry.ts';
import type { MeasuredReference } from '../../tasks/perceive/perception.ts';
import { placeLikeness } from './match-affinity.ts';
import { type Affinity, assignBest } from './match-assign.ts';
import { hasWords, isFramedKind, isPictureKind, keyOf, type Leaf } from './match-leaves.ts';

/** Places less alike than this are no match. */
const leastLikeness = 0.35;

type ThingList = Exclude<MeasuredReference['list'], 'lines'>;

/** Where things of a kind are looked for, the likeliest list first. */
function listsFor({ node }: Leaf): readonly ThingList[] {
  if (node.kind === 'divider') return ['separators', 'boxes'];
  if (node.kind === 'avatar') return hasWords(node) ? ['boxes'] : ['pictures', 'boxes'];
  if (isPictureKind(node.kind)) return hasWords(node) ? [] : ['pictures', 'boxes'];
  if (isFramedKind(node.kind)) return hasWords(node) ? ['boxes'] : ['boxes', 'pictures', 'separators'];
  return hasWords(node) ? [] : ['boxes', 'pictures', 'separators'];
}

/** @returns by leaf, what it names and what was found for it; nothing stands at two leaves. */
export function matchThings(leaves: readonly Leaf[], facts: PageFacts): MeasuredReference[][] {
  const found = leaves.map(({ references }) => references.filter(({ list }) => list !== 'lines'));
  const taken = new Set(found.flat().map(keyOf));
  const lists: readonly ThingList[] = ['pictures', 'boxes', 'separators'];
  for (const rank of [0, 1, 2]) {
    for (const list of lists) {
      const affinities: Affinity[] = [];
      for (const [row, leaf] of leaves.entries()) {
        const { box } = leaf.node;
        if (box === undefined || (found[row]?.length ?? 0) > 0 || listsFor(leaf)[rank] !== list) continue;
        for (const [column, thing] of facts[list].entries()) {
          if (taken.has(keyOf({ list, index: column }))) continue;
          affinities.push({ row, column, score: likeness(box, thing.box) });
        }
      }
      for (const { row, column } of assignBest(affinities, leastLikeness)) {
        found[row]?.push({ list, index: column });
        taken.add(keyOf({ list, index: column }));
      }
    }
  }
  return found;
}

/** Far apart boxes need no closer look. */
function likeness(a: Rect, b: Rect): number {
  const reach = 40 + 0.5 * Math.max(a.width, a.height, b.width, b.height);
  const apart = Math.hypot(a.x + a.width / 2 - b.x - b.width / 2, a.y + a.height / 2 - b.y - b.height / 2);
  return apart > reach ? 0 : placeLikeness(a, b);
}
