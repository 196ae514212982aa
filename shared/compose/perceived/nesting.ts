/** Puts right what HTML does not allow in each other: the inner, or the homeless, becomes a plain text or group. */
import { childrenOf, type UiKind, type UiNode } from '../../ui-tree.ts';

/** Kinds that must stand directly in another. */
const homes: Readonly<Partial<Record<UiKind, readonly UiKind[]>>> = {
  item: ['list'],
  'table-row': ['table'],
  cell: ['table-row'],
  term: ['details', 'row'],
  description: ['details', 'row'],
  legend: ['fieldset'],
};

/** Kinds that a parser takes out of, or closes for, one of their own around them. */
const once: Readonly<Partial<Record<UiKind, readonly UiKind[]>>> = {
  link: ['link', 'button'],
  button: ['link', 'button'],
  form: ['form'],
};

function plain(node: UiNode): UiNode {
  const { level: _level, ...rest } = node;
  if (childrenOf(node).length === 0) return { ...rest, kind: node.text === undefined ? 'shape' : 'text' };
  const solid = node.style !== undefined || node.asset !== undefined;
  return { ...rest, kind: solid ? 'card' : node.flow === 'row' ? 'row' : 'column' };
}

/** Whatever stands in a list is an item of it. */
function asItem(child: UiNode): UiNode {
  if (child.kind === 'item') return child;
  const bare =
    child.kind === 'text' || child.kind === 'row' || child.kind === 'column' || child.kind === 'card';
  const holdsItems = childrenOf(child).some((inner) => inner.kind === 'item');
  if (bare && !holdsItems) return { ...child, kind: 'item' };
  const inner: UiNode = holdsItems ? { ...child, kind: 'list' } : child;
  return { kind: 'item', box: child.box, flow: 'column', children: [inner] };
}

const pair = (node: UiNode): boolean => node.kind === 'term' || node.kind === 'description';

/** A list of names and values, each alone or in groups. */
function isDetails(node: UiNode): boolean {
  const children = childrenOf(node);
  const grouped = (child: UiNode): boolean =>
    childrenOf(child).length >= 2 && childrenOf(child).every(pair) && child.flow !== 'overlay';
  return node.kind === 'list' && children.length > 0 && (children.every(pair) || children.every(grouped));
}

/** The same with its groups as plain ones. */
const asDetails = (node: UiNode): UiNode => ({
  ...node,
  kind: 'details',
  children: childrenOf(node).map((child) => (pair(child) ? child : { ...child, kind: 'row' })),
});

function put(given: UiNode, parent: UiKind | undefined, around: ReadonlySet<UiKind>): UiNode {
  const node = isDetails(given) ? asDetails(given) : given;
  const home = homes[node.kind];
  const homeless = home !== undefined && (parent === undefined || !home.includes(parent));
  const nested = once[node.kind]?.some((kind) => around.has(kind)) === true;
  const own = homeless || nested ? plain(node) : node;
  const children = childrenOf(own);
  const runs =
    own.runs === undefined || !(around.has('link') || around.has('button') || own.kind === 'link')
      ? {}
      : { runs: own.runs.map((run) => (run.kind === 'link' ? { ...run, kind: 'span' as const } : run)) };
  if (own.children === undefined) return { ...own, ...runs };
  const inner = new Set([...around, own.kind]);
  const listed = own.kind === 'list' ? children.map(asItem) : children;
  return { ...own, ...runs, children: listed.map((child) => put(child, own.kind, inner)) };
}

/** The tree with every node where HTML has a place for it; words and boxes stay. */
export const wellNested = (root: UiNode): UiNode => put(root, undefined, new Set());
