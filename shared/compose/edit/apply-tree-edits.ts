/** Applies edits to a UI tree; the tree that is given stays as it is. */
import { parse, rgb } from 'culori';
import type { TreeEdit } from '../../tasks/edit/tree-edits.ts';
import { childrenOf, type UiNode, type UiStyle, type UiTree } from '../../ui-tree.ts';

export interface EditedTree {
  readonly tree: UiTree;
  /** Edits that changed something. */
  readonly applied: readonly TreeEdit[];
  /** Sentences about those that did not. */
  readonly warnings: readonly string[];
}

type Change = (node: UiNode) => UiNode | undefined;

/** Edits are applied in turn; one with a value that its property cannot have, or that nothing fits, is left out. */
export function applyTreeEdits(tree: UiTree, edits: readonly TreeEdit[]): EditedTree {
  let root = tree.root;
  const applied: TreeEdit[] = [];
  const warnings: string[] = [];
  for (const edit of edits) {
    const change = changeOf(edit);
    if (change === undefined) {
      warnings.push(`"${edit.set}" cannot be "${edit.to}": that change was left out.`);
      continue;
    }
    let count = 0;
    const counted: Change = (node) => {
      count += 1;
      return change(node);
    };
    const changed = changeAll(root, edit, counted);
    if (count === 0 || changed === undefined) {
      const words = edit.containing === '' ? '' : ` with "${edit.containing}"`;
      warnings.push(`There is no ${edit.of}${words} to change.`);
      continue;
    }
    root = changed;
    applied.push(edit);
  }
  return { tree: { ...tree, root }, applied, warnings };
}

/** @returns undefined if the node itself is removed. */
function changeAll(node: UiNode, edit: TreeEdit, change: Change): UiNode | undefined {
  if (node.kind === edit.of && holds(node, edit.containing.trim().toLowerCase())) {
    // The page itself cannot be removed.
    if (edit.set === 'hidden' && node.kind === 'page') return node;
    return change(node);
  }
  if (node.children === undefined) return node;
  const children = node.children.flatMap((child) => changeAll(child, edit, change) ?? []);
  return { ...node, children };
}

function holds(node: UiNode, words: string): boolean {
  return (
    words === '' ||
    (node.text ?? '').toLowerCase().includes(words) ||
    childrenOf(node).some((child) => holds(child, words))
  );
}

function changeOf({ set, to }: TreeEdit): Change | undefined {
  const value = to.trim();
  if (set === 'hidden') return () => undefined;
  if (set === 'text') return (node) => withText(node, to);
  if (set === 'size' || set === 'weight') {
    const number = numberIn(value, set === 'size' ? [6, 200] : [100, 900]);
    return number === undefined ? undefined : (node) => withFont(node, { [set]: number });
  }
  const style = styleOf(set, value);
  if (style === undefined) return undefined;
  // Colour and alignment of text belong to the leaves that hold it.
  if (set === 'color') return (node) => onTexts(node, (leaf) => recolored(leaf, style));
  if (set === 'align') return (node) => onTexts(node, (leaf) => styled(leaf, style));
  return (node) => styled(node, style);
}

/** What a value sets, and what it takes away. */
interface StyleChange {
  readonly put?: UiStyle;
  readonly drop?: readonly (keyof UiStyle)[];
}

type StyleProperty = 'fill' | 'color' | 'border' | 'radius' | 'shadow' | 'align';

function styleOf(set: StyleProperty, value: string): StyleChange | undefined {
  if (set === 'radius') {
    const radius = value === 'none' ? 0 : numberIn(value, [0, 999]);
    return radius === undefined ? undefined : { put: { radius }, drop: ['radii'] };
  }
  if (set === 'align')
    return value === 'left' || value === 'center' || value === 'right'
      ? { put: { align: value } }
      : undefined;
  if (value === 'none' && set !== 'color') return { drop: set === 'fill' ? ['fill', 'gradient'] : [set] };
  if (set === 'shadow') {
    const shadow = shadows[value];
    return shadow === undefined ? undefined : { put: { shadow } };
  }
  const color = colorIn(value);
  if (color === undefined) return undefined;
  if (set === 'fill') return { put: { fill: color }, drop: ['gradient'] };
  if (set === 'color') return { put: { color } };
  const side = { width: 1, color };
  return { put: { border: { top: side, right: side, bottom: side, left: side } } };
}

const black: [number, number, number] = [0, 0, 0];
const shadows: Readonly<Record<string, UiStyle['shadow']>> = {
  small: { offsetY: 1, blur: 3, color: black, alpha: 0.15 },
  large: { offsetY: 8, blur: 24, color: black, alpha: 0.18 },
};

/** The first number of a value such as `12px`, if it lies in the range. */
function numberIn(value: string, [least, most]: readonly [number, number]): number | undefined {
  const number = Number(/^-?\d+(?:\.\d+)?/.exec(value)?.[0] ?? Number.NaN);
  return number >= least && number <= most ? number : undefined;
}

/** Any colour of CSS. */
function colorIn(value: string): [number, number, number] | undefined {
  const parsed = rgb(parse(value.toLowerCase()));
  if (parsed === undefined) return undefined;
  const channel = (share: number): number => Math.round(Math.min(1, Math.max(0, share)) * 255);
  return [channel(parsed.r), channel(parsed.g), channel(parsed.b)];
}

function styled(node: UiNode, { put = {}, drop = [] }: StyleChange): UiNode {
  const kept = Object.entries(node.style ?? {}).filter(([name]) => !drop.some((one) => one === name));
  return { ...node, style: { ...Object.fromEntries(kept), ...put } };
}

/** A stretch of text with a colour of its own would keep it. */
function recolored(leaf: UiNode, style: StyleChange): UiNode {
  const runs = leaf.runs?.map((run) => {
    if (run.style === undefined) return run;
    const { color: _color, ...rest } = run.style;
    return { ...run, style: rest };
  });
  return styled(runs === undefined ? leaf : { ...leaf, runs }, style);
}

function onTexts(node: UiNode, change: (leaf: UiNode) => UiNode): UiNode {
  const children = node.children?.map((child) => onTexts(child, change));
  const own = children === undefined ? node : { ...node, children };
  return own.text === undefined ? own : change(own);
}

function withFont(node: UiNode, parts: { size?: number; weight?: number }): UiNode {
  return onTexts(node, (leaf) => {
    const font = leaf.style?.font;
    if (font === undefined) return leaf;
    const { size = font.size } = parts;
    const lineHeight = (font.lineHeight * size) / font.size;
    return styled(leaf, { put: { font: { ...font, ...parts, lineHeight } } });
  });
}

/** New words wrap as they will: what was measured of the old ones is gone. */
function withText(node: UiNode, text: string): UiNode {
  const holder = node.text !== undefined || childrenOf(node).length === 0 ? node : undefined;
  if (holder === undefined) {
    const index = childrenOf(node).findIndex((child) => holdsText(child));
    if (index < 0) return { ...node, text };
    const children = childrenOf(node).map((child, at) => (at === index ? withText(child, text) : child));
    return { ...node, children };
  }
  const { runs: _runs, lines: _lines, wrap: _wrap, ...rest } = holder;
  return { ...rest, text };
}

const holdsText = (node: UiNode): boolean => node.text !== undefined || childrenOf(node).some(holdsText);
