/** An outline: containers and texts that somebody perceived, by the measured things that they hold. */

/** A measured thing: the list of `PageFacts` that it stands in, and its place there. */
export interface Thing {
  readonly list: 'lines' | 'boxes' | 'pictures' | 'separators';
  readonly index: number;
}

export interface OutlineNode {
  /** What the nodes of the layout tree are marked with; its own. */
  readonly mark: number;
  /** Things of its own, not those of its children. */
  readonly things: readonly Thing[];
  readonly children: readonly OutlineNode[];
  /** How likely it has a visible edge of its own, 0..3: a text hardly, a button or a card surely. */
  readonly solidity: number;
  /**
   * Its children are entries: marks beside one of them belong to it, areas under several are parted. `false`: areas
   * under several are not parted.
   */
  readonly gathers?: boolean | undefined;
}

export type Outline = readonly OutlineNode[];

/** A thing as a key of sets and maps. */
export type Atom = string;

export const atomOf = (list: Thing['list'], at: number): Atom => `${list} ${at}`;

/** All things of a node and of what is in it, as far as `present`. */
export function atomsOf(node: OutlineNode, present: ReadonlySet<Atom>): Set<Atom> {
  const found = new Set<Atom>();
  const visit = (each: OutlineNode): void => {
    for (const thing of each.things) {
      const atom = atomOf(thing.list, thing.index);
      if (present.has(atom)) found.add(atom);
    }
    each.children.forEach(visit);
  };
  visit(node);
  return found;
}
