/** The measured layout of a perceived element's place, under the names that were perceived. */
import { unionOf } from '../../geometry.ts';
import { childrenOf, type UiKind, type UiNode, walk } from '../../ui-tree.ts';
import { paints } from '../html/traits.ts';
import { isWritten, type Shown, shownBy } from './counterparts.ts';

/** Groups that are laid out alike, whatever they are called. */
const named = new Set<UiKind>([
  'header',
  'nav',
  'main',
  'section',
  'aside',
  'footer',
  'article',
  'card',
  'row',
  'column',
  'list',
  'item',
  'form',
  'field',
  'quote',
  'fieldset',
  'link',
  'label',
]);
const bare = new Set<UiKind>(['card', 'row', 'column', 'grid', 'overlay']);
const words = new Set<UiKind>([
  'text',
  'heading',
  'link',
  'label',
  'quote',
  'legend',
  'term',
  'description',
  'item',
]);
const pictures = new Set<UiKind>(['image', 'icon', 'chart', 'avatar', 'video', 'map']);

const squeeze = (text: string | undefined): string => (text ?? '').replace(/\s+/g, '');
const leavesOf = (node: UiNode): UiNode[] => [...walk(node)].filter((each) => childrenOf(each).length === 0);
const keyOf = (shown: ReadonlySet<number>): string => [...shown].sort((a, b) => a - b).join(' ');

const namesOf = ({ role, state, level }: UiNode): Pick<UiNode, 'role' | 'state' | 'level'> => ({
  ...(role !== undefined && { role }),
  ...(state !== undefined && { state }),
  ...(level !== undefined && { level }),
});

/** Nodes that show the same things, outermost first. */
function chains(root: UiNode, shown: Shown): Map<string, UiNode[]> {
  const found = new Map<string, UiNode[]>();
  for (const node of walk(root)) {
    const own = shown.of.get(node);
    if (own === undefined || own.size === 0) continue;
    found.set(keyOf(own), [...(found.get(keyOf(own)) ?? []), node]);
  }
  return found;
}

class StandIns {
  readonly #shown: Shown;
  readonly #perceived: ReadonlyMap<string, readonly UiNode[]>;
  readonly #measured: ReadonlyMap<string, readonly UiNode[]>;
  readonly #groups: readonly UiNode[];
  /** By a leaf of the measured page, the one text of several lines that it is a piece of. */
  readonly #pieceOf = new Map<UiNode, { readonly text: UiNode; readonly pieces: number }>();
  #isSplit = false;

  /** @param areKept pieces of one text stay as they were measured, instead of becoming that text. */
  constructor(perceived: UiNode, measured: UiNode, areKept: boolean) {
    this.#shown = shownBy(perceived, measured);
    this.#perceived = chains(perceived, this.#shown);
    this.#measured = chains(measured, this.#shown);
    this.#groups = [...walk(measured)].filter((node) => childrenOf(node).length > 0);
    for (const [thing, pieces] of areKept ? [] : this.#shown.measured) {
      const [text, ...more] = this.#shown.perceived.get(thing) ?? [];
      if (text === undefined || more.length > 0 || !isWritten(text) || pieces.length < 2) continue;
      for (const piece of pieces) this.#pieceOf.set(piece, { text, pieces: pieces.length });
    }
  }

  /** @returns undefined too where a text that was perceived as one would come to stand in several elements. */
  whole(node: UiNode): UiNode | undefined {
    this.#isSplit = false;
    const found = this.of(node);
    return this.#isSplit ? undefined : found;
  }

  of(node: UiNode): UiNode | undefined {
    const own = this.#shown.of.get(node);
    if (own === undefined || own.size === 0) return undefined;
    const key = keyOf(own);
    const chain = this.#measured.get(key);
    if (chain === undefined) return this.#among(node, own);
    if (childrenOf(node).length === 0)
      return chain.length === 1 && chain[0] ? this.#leaf(chain[0], own) : undefined;
    const painted = this.#perceived.get(key)?.some(paints) === true;
    if (paints(node) || !painted) {
      const whole = chain.find(paints) ?? chain[0];
      if (whole === undefined || childrenOf(whole).length === 0) return undefined;
      return paints(node) && !paints(whole) ? this.#within(node, whole) : this.#named(whole, node);
    }
    // The visible box of the same things stands around it, or in it.
    const after = chain.slice(chain.findLastIndex(paints) + 1)[0] ?? chain.at(-1);
    return after === undefined || childrenOf(after).length === 0 ? undefined : this.#within(node, after);
  }

  /** A run of things that stand in one group of the measured page. */
  #among(node: UiNode, own: ReadonlySet<number>): UiNode | undefined {
    if (childrenOf(node).length === 0) return undefined;
    const group = this.#groups.findLast((each) => {
      const shown = this.#shown.of.get(each);
      return shown !== undefined && [...own].every((thing) => shown.has(thing));
    });
    if (
      group === undefined ||
      (group.flow !== 'column' && group.flow !== 'row') ||
      group.kind === 'table-row'
    )
      return undefined;
    const children = childrenOf(group);
    const isOwn = (child: UiNode): boolean => {
      const shown = this.#shown.of.get(child);
      return shown !== undefined && shown.size > 0 && [...shown].every((thing) => own.has(thing));
    };
    const first = children.findIndex(isOwn);
    const run = children.slice(first, children.findLastIndex(isOwn) + 1);
    // What both pages do not have, a rule for example, may stand between.
    if (first < 0 || !run.every((child) => isOwn(child) || this.#shown.of.get(child)?.size === 0))
      return undefined;
    const held = new Set(run.flatMap((child) => [...(this.#shown.of.get(child) ?? [])]));
    if (held.size < own.size) return undefined;
    return this.#within(node, { ...group, children: run });
  }

  /** The perceived shell around the measured inside. */
  #within(node: UiNode, inside: UiNode): UiNode {
    const { columns: _columns, tracks: _tracks, flow: _flow, kind, ...shell } = node;
    const { flow, columns, tracks } = inside;
    const isGroup = named.has(kind) || bare.has(kind) || kind === 'page';
    const children = this.#renamedAll(childrenOf(inside));
    // Only a table has rows, and what holds them has to be one.
    if (inside.kind === 'table' || inside.kind === 'details')
      return {
        ...shell,
        kind: isGroup ? kind : 'column',
        flow: 'column',
        children: [{ ...inside, style: undefined, children }],
      };
    return {
      ...shell,
      kind: isGroup ? kind : flow === 'row' ? 'row' : 'column',
      ...(flow !== undefined && { flow }),
      ...(columns !== undefined && { columns }),
      ...(tracks !== undefined && { tracks }),
      children,
    };
  }

  #named(whole: UiNode, node: UiNode): UiNode {
    const renamed = this.renamed(whole);
    return isNameable(renamed) && isNameable(node)
      ? { ...renamed, kind: node.kind, ...namesOf(node) }
      : renamed;
  }

  /** A measured part with the names that were perceived for the same things. */
  renamed(node: UiNode): UiNode {
    const own = this.#shown.of.get(node);
    if (childrenOf(node).length === 0) return own === undefined ? node : this.#leaf(node, own);
    const children = this.#renamedAll(childrenOf(node));
    const names =
      own === undefined || own.size === 0 || !isNameable(node) ? [] : (this.#perceived.get(keyOf(own)) ?? []);
    const told = names.find(
      (each) => isNameable(each) && !bare.has(each.kind) && childrenOf(each).length > 0,
    );
    return told === undefined || !bare.has(node.kind)
      ? { ...node, children }
      : { ...node, kind: told.kind, ...namesOf(told), children };
  }

  /** Pieces side by side of what was perceived as one text become that text. */
  #renamedAll(nodes: readonly UiNode[]): UiNode[] {
    const found: UiNode[] = [];
    const held = new Map<UiNode, number>();
    for (const node of nodes) {
      const leaves = leavesOf(node);
      const [first] = leaves;
      const one = first && this.#pieceOf.get(first);
      if (one === undefined || !leaves.every((leaf) => this.#pieceOf.get(leaf)?.text === one.text)) {
        found.push(this.renamed(node));
        continue;
      }
      if (!held.has(one.text)) found.push(one.text);
      held.set(one.text, (held.get(one.text) ?? 0) + leaves.length);
      if (found.at(-1) !== one.text) this.#isSplit = true;
    }
    for (const [text, count] of held)
      if ([...this.#pieceOf.values()].some((piece) => piece.text === text && piece.pieces !== count))
        this.#isSplit = true;
    return found;
  }

  #leaf(node: UiNode, own: ReadonlySet<number>): UiNode {
    const [thing] = own;
    if (thing === undefined || this.#shown.measured.get(thing)?.length !== 1) return node;
    const [leaf, ...more] = this.#shown.perceived.get(thing) ?? [];
    if (leaf === undefined || more.length > 0) return node;
    if (isWritten(node) !== isWritten(leaf)) return node;
    if (isWritten(leaf) && squeeze(leaf.text) !== squeeze(node.text)) {
      if (paints(leaf) !== paints(node)) return node;
      return isPlainLine(leaf) && isPlainLine(node)
        ? { ...node, ...namedLike(node, leaf), text: leaf.text }
        : leaf;
    }
    return { ...node, ...namedLike(node, leaf) };
  }
}

/** Its words can be others without more. */
const isPlainLine = ({ runs, lines, wrap }: UiNode): boolean =>
  runs === undefined && lines === undefined && wrap === undefined;

/** Kind and names of a perceived leaf, where the measured one is laid out like it. */
function namedLike(node: UiNode, leaf: UiNode): Pick<UiNode, 'kind' | 'role' | 'state' | 'level'> {
  const alike = [words, pictures].some((kinds) => kinds.has(node.kind) && kinds.has(leaf.kind));
  return alike ? { kind: leaf.kind, ...namesOf(leaf) } : { kind: node.kind };
}

const isNameable = ({ kind, flow }: UiNode): boolean => named.has(kind) && flow !== 'grid';

/**
 * For every node of the perceived page, as far as there is one, a node that has the measured layout of the same
 * things and the perceived names: it can be put in its place.
 * @param measured another page of the same picture.
 * @param areKept pieces of what was perceived as one text stay apart: it is laid out exactly as it was measured.
 */
export function standInsOf(perceived: UiNode, measured: UiNode, areKept = false): Map<UiNode, UiNode> {
  const standIns = new StandIns(perceived, measured, areKept);
  return new Map(
    [...walk(perceived)].flatMap((node) => {
      const one = node.kind === 'table-row' || node.kind === 'cell' ? undefined : standIns.whole(node);
      return one === undefined ? [] : [[node, one] as const];
    }),
  );
}

/** @param grafts what is put in whose place. */
export function grafted(root: UiNode, grafts: ReadonlyMap<UiNode, UiNode>): UiNode {
  const own = grafts.get(root);
  if (own !== undefined) return own;
  if (root.children === undefined) return root;
  return { ...root, children: root.children.map((child) => grafted(child, grafts)) };
}

/** Everything that a graft touches. */
export const placeOf = (node: UiNode, standIn: UiNode) => unionOf([node.box, standIn.box]);
