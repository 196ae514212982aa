/** Names what is left of things that were measured twice, as a picture and as a box. */
import type { PageFacts } from '../page-facts.ts';
import { insideShare, intersectionOverUnion } from './clean.ts';
import { type Atom, atomOf, type Outline, type OutlineNode, type Thing } from './outline.ts';

/** Overlap from which a box and a picture are one thing. */
const sameShare = 0.6;

/** The outline with the picture named in place of a box that was the same thing, and the other way round. */
export function standIns(outline: Outline, facts: PageFacts, present: ReadonlySet<Atom>): Outline {
  const claimed = new Set<Atom>();
  const claim = (node: OutlineNode): void => {
    for (const { list, index } of node.things) claimed.add(atomOf(list, index));
    node.children.forEach(claim);
  };
  outline.forEach(claim);
  const free = (['pictures', 'boxes'] as const).flatMap((list) =>
    facts[list].flatMap(({ box }, index) => {
      const atom = atomOf(list, index);
      return present.has(atom) && !claimed.has(atom) ? [{ thing: { list, index }, box }] : [];
    }),
  );
  const standIn = (thing: Thing): Thing => {
    const box = facts[thing.list][thing.index]?.box;
    if (box === undefined || present.has(atomOf(thing.list, thing.index))) return thing;
    const at = free.findIndex(
      (other) => intersectionOverUnion(other.box, box) > sameShare || insideShare(box, other.box) > 0.95,
    );
    return at < 0 ? thing : (free.splice(at, 1)[0]?.thing ?? thing);
  };
  const renamed = (node: OutlineNode): OutlineNode => ({
    ...node,
    things: node.things.map(standIn),
    children: node.children.map(renamed),
  });
  return outline.map(renamed);
}
