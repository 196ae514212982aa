/**
 * Puts an outline into nested containers: what it holds together gets a container of its own, without an edge,
 * or takes the visible box that holds just that. Where outline and geometry disagree, geometry stands:
 *
 * - A container that holds a few things of somewhere else loses those; its other things stay together.
 * - A container whose things lie scattered over several visible boxes is dropped, and what is in it moves up.
 * - A container that other things run through is dropped too, unless they are nobody's: then they come into it.
 * - Nothing is moved, lost or doubled: each thing stays in the visible box that it lies in.
 */
import { bottom, type Rect, right, unionOf } from '../../geometry.ts';
import type { PageFacts } from '../page-facts.ts';
import { insideShare } from './clean.ts';
import { cutSurface, isFlat } from './cut-surface.ts';
import { gathered } from './gather.ts';
import { createNest, type Nest } from './nest.ts';
import { type Atom, atomOf, atomsOf, type Outline, type OutlineNode } from './outline.ts';
import { standIns } from './stand-ins.ts';

/** Share of a container's things that must stand in one place for the others to be given up. */
const mainShare = 0.75;
/** Overlap, as a share of the smaller side, from which two things cannot be cut apart. */
const crossingShare = 0.5;

/** Something that stands directly in a nest. */
interface Item {
  readonly box: Rect;
  readonly atoms: ReadonlySet<Atom>;
  readonly nest?: Nest;
  readonly text?: boolean;
  /** Moves it from its nest into another. */
  moveTo(other: Nest): void;
}

interface Work {
  readonly atoms: Map<Nest, ReadonlySet<Atom>>;
  readonly claimed: Set<Atom>;
}

function atomsIn(nest: Nest, work: Work): ReadonlySet<Atom> {
  const known = work.atoms.get(nest);
  if (known !== undefined) return known;
  const found = new Set<Atom>();
  if (nest.surface) found.add(atomOf('boxes', nest.surface.at));
  if (nest.backdrop) found.add(atomOf('pictures', nest.backdrop.at));
  for (const item of itemsOf(nest, work)) for (const atom of item.atoms) found.add(atom);
  work.atoms.set(nest, found);
  return found;
}

const without = <T>(list: readonly T[], thing: T): T[] => list.filter((other) => other !== thing);

function itemsOf(nest: Nest, work: Work): Item[] {
  return [
    ...nest.nests.map(
      (inner): Item => ({
        box: inner.box,
        atoms: atomsIn(inner, work),
        nest: inner,
        moveTo(other) {
          nest.nests = without(nest.nests, inner);
          other.nests.push(inner);
        },
      }),
    ),
    ...nest.lines.map(
      (line): Item => ({
        box: line.box,
        atoms: new Set([atomOf('lines', line.at)]),
        text: true,
        moveTo(other) {
          nest.lines = without(nest.lines, line);
          other.lines.push(line);
        },
      }),
    ),
    ...nest.pictures.map(
      (picture): Item => ({
        box: picture.box,
        atoms: new Set([atomOf('pictures', picture.at)]),
        moveTo(other) {
          nest.pictures = without(nest.pictures, picture);
          other.pictures.push(picture);
        },
      }),
    ),
    ...nest.separators.map(
      (rule): Item => ({
        box: rule.box,
        atoms: new Set([atomOf('separators', rule.at)]),
        moveTo(other) {
          nest.separators = without(nest.separators, rule);
          other.separators.push(rule);
        },
      }),
    ),
  ];
}

const intersects = (a: ReadonlySet<Atom>, b: ReadonlySet<Atom>): boolean =>
  a.size < b.size ? [...a].some((atom) => b.has(atom)) : [...b].some((atom) => a.has(atom));

const common = (a: ReadonlySet<Atom>, b: ReadonlySet<Atom>): number =>
  [...a].filter((atom) => b.has(atom)).length;

/** The node without those of its parts that have nothing among `kept`, and these parts. */
function trimmed(node: OutlineNode, kept: ReadonlySet<Atom>): { node: OutlineNode; rest: OutlineNode[] } {
  const stays = (child: OutlineNode): boolean => atomsOf(child, kept).size > 0;
  return {
    node: {
      ...node,
      things: node.things.filter((thing) => kept.has(atomOf(thing.list, thing.index))),
      children: node.children.filter(stays).map((child) => trimmed(child, kept).node),
    },
    rest: node.children.filter((child) => !stays(child)),
  };
}

/** Along both axes more than a little: no cut parts them. */
function crosses(a: Rect, b: Rect): boolean {
  const across = Math.min(right(a), right(b)) - Math.max(a.x, b.x);
  const down = Math.min(bottom(a), bottom(b)) - Math.max(a.y, b.y);
  return (
    across > Math.max(2.5, crossingShare * Math.min(a.width, b.width)) &&
    down > Math.max(1, crossingShare * Math.min(a.height, b.height))
  );
}

/** The one of a chain of nodes around the same things that a visible box around just these belongs to. */
function owner(node: OutlineNode, nest: Nest, atoms: ReadonlySet<Atom>): OutlineNode {
  const chain = [node];
  for (let last = node; last.children.length === 1 && last.things.length === 0; ) {
    const [only] = last.children;
    if (only === undefined || atomsOf(only, atoms).size < atoms.size) break;
    chain.push(only);
    last = only;
  }
  const own = nest.surface && atomOf('boxes', nest.surface.at);
  const named = chain.find((each) => each.things.some((thing) => atomOf(thing.list, thing.index) === own));
  return named ?? chain.reduce((best, each) => (each.solidity > best.solidity ? each : best), node);
}

/**
 * Flat areas that hold some of the nodes and parts of others, or some of the entries of a list and not all, are
 * areas of each: two rows of a table in one colour, for example.
 */
function cutShared(nest: Nest, nodes: Outline, work: Work, gathers: boolean | undefined): void {
  if (gathers === false) return;
  for (const inner of [...nest.nests]) {
    const own = inner.surface && atomOf('boxes', inner.surface.at);
    if (!isFlat(inner) || own === undefined || work.claimed.has(own)) continue;
    const atoms = atomsIn(inner, work);
    const inside = nodes.filter((node) => atomsOf(node, atoms).size > 0);
    const partly = inside.some((node) => atomsOf(node, atoms).size < atomsOf(node, work.claimed).size);
    if (inside.length < 2 || !(partly || (gathers === true && inside.length < nodes.length))) continue;
    const stands = inside.map((node) => {
      const held = atomsOf(node, atoms);
      const items = itemsOf(inner, work).filter((item) => intersects(item.atoms, held));
      const solid = items.length === 1 && items[0]?.nest?.surface !== undefined;
      return { box: unionOf(items.map((item) => item.box)), solid };
    });
    if (cutSurface(nest, inner, stands) !== undefined) work.atoms.delete(nest);
  }
}

/** Inserts nodes into one nest, and what is in them into theirs. */
function insert(nest: Nest, nodes: Outline, work: Work, gathers?: boolean): void {
  cutShared(nest, nodes, work, gathers);
  const inside = new Map<Nest, OutlineNode[]>();
  const gathering = new Map<Nest, boolean | undefined>();
  const enter = (inner: Nest, node: OutlineNode): void => {
    inside.set(inner, [...(inside.get(inner) ?? []), node]);
  };
  // Containers first: what they enclose is then looked for in them.
  const containers: OutlineNode[] = [];
  const leaves: OutlineNode[] = [];
  const ask = (...more: readonly OutlineNode[]): void => {
    for (const node of more) (node.children.length > 0 ? containers : leaves).push(node);
  };
  ask(...nodes);
  for (;;) {
    const node = containers.shift() ?? leaves.shift();
    if (node === undefined) break;
    const atoms = atomsOf(node, atomsIn(nest, work));
    const items = itemsOf(nest, work);
    const touched = items.filter((item) => intersects(item.atoms, atoms));
    if (touched.length === 0) continue;
    const foreign = (item: Item): boolean =>
      [...item.atoms].some((atom) => work.claimed.has(atom) && !atoms.has(atom));
    const split = touched.filter(foreign);
    const [first] = touched;
    if (touched.length === 1 && first?.nest !== undefined) {
      const own = owner(node, first.nest, atoms);
      const free = split.length === 0 && first.nest.mark === undefined;
      if (free && own === node && (own.solidity > 0 || node.children.length > 0)) {
        first.nest.mark = node.mark;
        gathering.set(first.nest, node.gathers);
        for (const child of node.children) enter(first.nest, child);
      } else if (free && node.children.length > 0) enclose(touched, node, items);
      else enter(first.nest, node);
    } else if (split.length === 0) {
      if (node.children.length > 0 || !markItems(nest, node, touched)) enclose(touched, node, items);
    } else giveUp(node, atoms, touched, split);
  }
  for (const [inner, list] of inside) insert(inner, list, work, gathering.get(inner));

  /** Puts items into a new nest. */
  function enclose(touched: readonly Item[], node: OutlineNode, items: readonly Item[]): void {
    const taken = new Set(touched);
    const others = items.filter((item) => !taken.has(item));
    let hull = unionOf(touched.map((item) => item.box));
    for (let grew = true; grew; ) {
      grew = false;
      for (const item of others) {
        if (taken.has(item)) continue;
        const free = !intersects(item.atoms, work.claimed);
        const within = insideShare(item.box, hull);
        if (within >= 0.8 || (free && (within >= 0.5 || crosses(item.box, hull)))) {
          taken.add(item);
          hull = unionOf([hull, item.box]);
          grew = true;
        } else if (crosses(item.box, hull)) {
          // Something of somebody else runs through it.
          ask(...node.children);
          return;
        }
      }
    }
    const inner = createNest({ box: hull, mark: node.mark });
    for (const item of taken) item.moveTo(inner);
    nest.nests.push(inner);
    gathering.set(inner, node.gathers);
    for (const child of node.children) enter(inner, child);
  }

  /** Some of the node's things lie with others' in boxes that it does not hold. */
  function giveUp(
    node: OutlineNode,
    atoms: ReadonlySet<Atom>,
    touched: readonly Item[],
    split: readonly Item[],
  ): void {
    if (node.children.length === 0) {
      for (const item of touched) ask(trimmed(node, item.atoms).node);
      return;
    }
    const [main] = [...split].sort((a, b) => common(b.atoms, atoms) - common(a.atoms, atoms));
    const lost = split.reduce((sum, item) => sum + common(item.atoms, atoms), 0);
    const held = main === undefined ? 0 : common(main.atoms, atoms);
    const kept =
      held >= mainShare * atoms.size && main !== undefined
        ? new Set([...atoms].filter((atom) => main.atoms.has(atom)))
        : lost <= (1 - mainShare) * atoms.size
          ? new Set([...atoms].filter((atom) => !split.some((item) => item.atoms.has(atom))))
          : undefined;
    if (kept === undefined || kept.size === atoms.size) {
      ask(...node.children);
      return;
    }
    const parts = trimmed(node, kept);
    ask(parts.node, ...parts.rest);
  }
}

/** Marks a text, a picture or a rule. @returns false where the things of the leaf are of several sorts. */
function markItems(nest: Nest, node: OutlineNode, items: readonly Item[]): boolean {
  const wanted = new Set(items.flatMap((item) => [...item.atoms]));
  if (items.every((item) => item.text === true)) {
    const lines = nest.lines.filter((line) => wanted.has(atomOf('lines', line.at)));
    nest.lines = nest.lines.filter((line) => !lines.includes(line));
    nest.texts.push({ mark: node.mark, lines });
    return true;
  }
  if (items.length > 1 || items[0]?.nest !== undefined) return false;
  for (const picture of nest.pictures)
    if (wanted.has(atomOf('pictures', picture.at))) nest.marks.set(picture, node.mark);
  for (const rule of nest.separators)
    if (wanted.has(atomOf('separators', rule.at))) nest.marks.set(rule, node.mark);
  return true;
}

/**
 * Marks the nests, texts, pictures and rules of a page with the nodes of an outline; changes the nests in place.
 *
 * @param outline names things of `facts`, which are in the nests as far as they were kept.
 */
export function nestOutline(root: Nest, outline: Outline, facts: PageFacts): void {
  const work: Work = { atoms: new Map(), claimed: new Set() };
  const present = atomsIn(root, work);
  const kept = gathered(standIns(outline, facts, present), facts, present);
  for (const node of kept) for (const atom of atomsOf(node, present)) work.claimed.add(atom);
  insert(root, kept, work);
}
