/** Side bars where columns have no room side by side: a block above or below the rest, its short lines in rows. */
import { type UiNode, walk } from '../../ui-tree.ts';
import type { HtmlElement } from './element.ts';
import { isText, wraps } from './traits.ts';

/** A tall, narrow column of short lines beside something wider: a menu, filters, a list of places. */
export function isSideBar(node: UiNode, rowWidth: number): boolean {
  if (node.kind === 'aside') return true;
  if (node.box.width > 0.32 * rowWidth || node.box.height < 240) return false;
  const leaves = [...walk(node)].filter((part) => isText(part) || part.kind === 'icon');
  const texts = leaves.filter((part) => part.kind !== 'icon' || node.box.width < 80);
  const column = node.flow === 'column' && node.kind !== 'table';
  return column && texts.length >= 5 && texts.filter(wraps).length <= 0.1 * texts.length;
}

const isShort = (element: HtmlElement): boolean => {
  const words = element.children.map((child) => (typeof child === 'string' ? child : textOf(child))).join('');
  return words.length <= 36 && !hasParts(element);
};

const textOf = (element: HtmlElement): string =>
  element.children.map((child) => (typeof child === 'string' ? child : textOf(child))).join(' ');

/** Fields, tables, pictures and cards of several lines keep a row of their own. */
function hasParts(element: HtmlElement): boolean {
  if (['input', 'textarea', 'select', 'table'].includes(element.tag))
    return !['checkbox', 'radio'].includes(element.attributes['type'] ?? '');
  if (element.tag === 'img') return Number(element.attributes['width'] ?? 0) > 48;
  const parts = element.children.filter((child) => typeof child !== 'string');
  return parts.some(hasParts) || parts.filter((part) => textOf(part) !== '').length > 2;
}

const isHeading = (element: HtmlElement): boolean => /^h[1-6r]$/.test(element.tag);

/** Lays the short lines of a side bar in rows. Writes the layer `collapsed`. */
export function foldSideBar(element: HtmlElement): void {
  const children = element.children.filter((child) => typeof child !== 'string');
  if (children.length === 0 || element.tag === 'tr') return;
  const short = children.filter((child) => isShort(child) && !isHeading(child)).length;
  const { collapsed } = element.styles;
  if (element.styles.base['background'] !== undefined || short < children.length)
    collapsed['padding-bottom'] = '16px';
  if (short < 2) {
    for (const child of children) if (!isShort(child)) foldSideBar(child);
    return;
  }
  Object.assign(collapsed, {
    display: 'flex',
    'flex-flow': 'row wrap',
    'align-items': 'center',
    gap: '4px 12px',
  });
  for (const child of children) {
    const layer = child.styles.collapsed;
    Object.assign(layer, { 'margin-top': '0', 'margin-bottom': '0' });
    if (child.tag === 'img' || (child.tag !== 'hr' && child.children.length === 0)) continue;
    if (isHeading(child) || !isShort(child)) layer['flex'] = '1 1 100%';
    else {
      layer['width'] = 'auto';
      layer['margin-inline'] = '0';
    }
    const inner = child.children.filter((part) => typeof part !== 'string');
    if (!isShort(child) || inner.length > 2) foldSideBar(child);
    else
      for (const part of inner)
        Object.assign(part.styles.collapsed, {
          'margin-top': '0',
          ...(part.tag !== 'img' && { width: 'auto' }),
        });
  }
}
