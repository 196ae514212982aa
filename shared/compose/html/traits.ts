/** What the layout needs to know of a node: is it text, does it paint, how wide would it be by itself. */
import { right } from '../../geometry.ts';
import { childrenOf, type UiNode } from '../../ui-tree.ts';

const textKinds = new Set([
  'text',
  'heading',
  'link',
  'label',
  'quote',
  'badge',
  'legend',
  'term',
  'description',
  'item',
]);
const controls = new Set([
  'button',
  'input',
  'textarea',
  'select',
  'checkbox',
  'radio',
  'switch',
  'badge',
  'avatar',
]);
const fields = new Set(['input', 'textarea', 'select']);
const pictures = new Set(['image', 'icon', 'chart', 'avatar', 'video', 'map']);

/** A leaf of text without a box of its own. */
export const isText = (node: UiNode): boolean =>
  node.text !== undefined && textKinds.has(node.kind) && childrenOf(node).length === 0 && !paints(node);

/** A text that stood in one line, so that a font a little wider must not break it; rows of code are their own lines. */
export const isOneLine = (node: UiNode): boolean =>
  node.wrap === undefined && node.guessed !== true && node.preformatted !== true;

export const isPicture = (node: UiNode): boolean => pictures.has(node.kind) && childrenOf(node).length === 0;

export const isControl = (node: UiNode): boolean => controls.has(node.kind);

/** It has a visible edge that must stay where it was. */
export function paints(node: UiNode): boolean {
  const style = node.style;
  if (node.asset !== undefined) return true;
  return (
    style !== undefined &&
    (style.fill !== undefined ||
      style.gradient !== undefined ||
      style.shadow !== undefined ||
      (style.border !== undefined && Object.keys(style.border).length > 0))
  );
}

export const wraps = (node: UiNode): boolean => node.wrap !== undefined;

export function anyWraps(node: UiNode): boolean {
  return wraps(node) || childrenOf(node).some(anyWraps);
}

/** Things as wide as their content: they need no width in a row. */
export function hugs(node: UiNode): boolean {
  if (isText(node)) return !wraps(node);
  if (node.kind === 'label') return !childrenOf(node).some((child) => fields.has(child.kind));
  if (node.kind === 'button' || node.kind === 'badge' || node.kind === 'link') return true;
  if (
    isPicture(node) ||
    node.kind === 'checkbox' ||
    node.kind === 'radio' ||
    node.kind === 'shape' ||
    node.kind === 'divider'
  )
    return false;
  if (
    paints(node) ||
    isControl(node) ||
    node.kind === 'table' ||
    node.flow === 'grid' ||
    node.flow === 'overlay'
  )
    return false;
  return (
    !anyWraps(node) &&
    childrenOf(node).every(
      (child) =>
        hugs(child) ||
        isPicture(child) ||
        child.kind === 'avatar' ||
        child.kind === 'checkbox' ||
        child.kind === 'radio',
    )
  );
}

/** A part of a page rather than of a line: it takes a track of a grid. */
export function isBlock(node: UiNode, rowWidth: number): boolean {
  if (isText(node) || isControl(node) || node.kind === 'divider' || node.kind === 'icon') return false;
  if (node.kind === 'image' || node.kind === 'chart' || node.kind === 'map' || node.kind === 'video')
    return node.box.width >= 0.2 * rowWidth && node.box.width >= 140;
  const tall = node.box.height >= 240 && node.box.width >= 80;
  if (!tall && (node.box.width < 0.16 * rowWidth || node.box.width < 110)) return false;
  return node.box.height >= 72 && (paints(node) || childrenOf(node).length >= 2);
}

/** Children that stand apart from left to right, in that order. */
export function leftToRight(node: UiNode): UiNode[] {
  return [...childrenOf(node)].sort((a, b) => a.box.x - b.box.x || a.box.y - b.box.y);
}

export const gapsAcross = (children: readonly UiNode[]): number[] =>
  children.slice(1).map((child, index) => child.box.x - right(children[index]?.box ?? child.box));

/** A width inside the wrapping bounds, a little more than the least. */
export function wrapWidth(wrap: readonly [number, number]): number | undefined {
  const [least, most] = wrap;
  if (most - least < 1) return undefined;
  return Math.ceil(Math.min(least + 10, (least + most) / 2) * 2) / 2;
}
