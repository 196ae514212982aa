/** Which parts of two pages of one picture show the same things: the perceived page and the measured one. */
import { area, overlapArea } from '../../geometry.ts';
import { childrenOf, type UiNode, walk } from '../../ui-tree.ts';

/** Share of the smaller of two leaves from which both show the same. */
const same = 0.5;

/** What a node shows, as numbers that both pages share. */
export interface Shown {
  /** Undefined where it shows only a part of something, so that nothing can stand for it alone. */
  readonly of: ReadonlyMap<UiNode, ReadonlySet<number> | undefined>;
  /** Leaves by what they show, of each page. */
  readonly perceived: ReadonlyMap<number, readonly UiNode[]>;
  readonly measured: ReadonlyMap<number, readonly UiNode[]>;
}

export const isWritten = (node: UiNode): boolean => node.text !== undefined && node.text.trim() !== '';

const leavesOf = (root: UiNode): UiNode[] => [...walk(root)].filter((node) => childrenOf(node).length === 0);

function overlaps(a: UiNode, b: UiNode): boolean {
  const least = Math.min(area(a.box), area(b.box));
  return least > 0 && overlapArea(a.box, b.box) >= same * least;
}

/** Joins whatever overlaps: a line that is two texts on the other page makes one thing of all three. */
class Things {
  readonly #above = new Map<UiNode, UiNode>();

  of(node: UiNode): UiNode {
    const above = this.#above.get(node);
    return above === undefined ? node : this.of(above);
  }

  join(a: UiNode, b: UiNode): void {
    const [one, other] = [this.of(a), this.of(b)];
    if (one !== other) this.#above.set(one, other);
  }
}

function joined(perceived: readonly UiNode[], measured: readonly UiNode[]): Things {
  const things = new Things();
  const paired = new Set<UiNode>();
  const pair = (mayBe: (a: UiNode, b: UiNode) => boolean): void => {
    for (const a of perceived)
      for (const b of measured)
        if (mayBe(a, b) && overlaps(a, b)) {
          things.join(a, b);
          paired.add(a).add(b);
        }
  };
  pair((a, b) => isWritten(a) && isWritten(b));
  const alone = (a: UiNode): boolean => !paired.has(a);
  // A line that is a picture on the other page, or two pictures. What is large lies behind others.
  pair((a, b) => isWritten(a) !== isWritten(b) && alone(a) && alone(b));
  pair((a, b) => {
    const [small, large] = [area(a.box), area(b.box)].sort((one, other) => one - other);
    return !(isWritten(a) || isWritten(b)) && (small ?? 0) >= same * (large ?? 0);
  });
  return things;
}

/** @returns for every node of both pages what it shows, as far as both show it. */
export function shownBy(perceived: UiNode, measured: UiNode): Shown {
  const [mine, other] = [leavesOf(perceived), leavesOf(measured)];
  const things = joined(mine, other);
  const byThing = (leaves: readonly UiNode[]): Map<UiNode, UiNode[]> => {
    const found = new Map<UiNode, UiNode[]>();
    for (const leaf of leaves) found.set(things.of(leaf), [...(found.get(things.of(leaf)) ?? []), leaf]);
    return found;
  };
  const [own, others] = [byThing(mine), byThing(other)];
  const common = [...own.keys()].filter((thing) => others.has(thing));
  const numbers = new Map(common.map((thing, index) => [thing, index]));
  const of = new Map<UiNode, ReadonlySet<number> | undefined>();
  const visit = (node: UiNode, leaves: ReadonlyMap<UiNode, readonly UiNode[]>): UiNode[] => {
    const inside =
      childrenOf(node).length === 0 ? [node] : childrenOf(node).flatMap((child) => visit(child, leaves));
    const held = new Map<UiNode, number>();
    for (const leaf of inside) held.set(things.of(leaf), (held.get(things.of(leaf)) ?? 0) + 1);
    const shown = [...held].filter(([thing]) => numbers.has(thing));
    const whole = shown.every(([thing, count]) => leaves.get(thing)?.length === count);
    of.set(node, whole ? new Set(shown.flatMap(([thing]) => numbers.get(thing) ?? [])) : undefined);
    return inside;
  };
  visit(perceived, own);
  visit(measured, others);
  const numbered = (leaves: ReadonlyMap<UiNode, readonly UiNode[]>): Map<number, readonly UiNode[]> =>
    new Map([...numbers].map(([thing, index]) => [index, leaves.get(thing) ?? []]));
  return { of, perceived: numbered(own), measured: numbered(others) };
}
