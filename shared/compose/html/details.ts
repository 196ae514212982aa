/** Names and values in two columns: a description list on a grid. */
import { bottom } from '../../geometry.ts';
import { childrenOf, type UiNode } from '../../ui-tree.ts';
import type { HtmlElement } from './element.ts';
import { px } from './values.ts';

/** @param node its children are terms and descriptions in turn. */
export function layDetails(element: HtmlElement, node: UiNode, compile: (node: UiNode) => HtmlElement): void {
  const children = childrenOf(node);
  const terms = children.filter((_, index) => index % 2 === 0);
  const values = children.filter((_, index) => index % 2 === 1);
  if (values.length === 0) {
    element.children = children.map(compile);
    return;
  }
  const left = Math.min(...terms.map((term) => term.box.x));
  const start = Math.min(...values.map((value) => value.box.x));
  const rows = terms.map((term, index) => {
    const value = values[index] ?? term;
    const top = Math.min(term.box.y, value.box.y);
    return { top, height: Math.max(bottom(term.box), bottom(value.box)) - top };
  });
  const gaps = rows
    .slice(1)
    .map((row, index) => row.top - (rows[index]?.top ?? 0) - (rows[index]?.height ?? 0));
  const gap = gaps.reduce((sum, value) => sum + value, 0) / Math.max(1, gaps.length);
  Object.assign(element.styles.base, {
    display: 'grid',
    'grid-template-columns': `${px(start - left)} minmax(0, 1fr)`,
    'align-items': 'start',
    'row-gap': px(Math.max(0, gap)),
  });
  element.children = children.map((child, index) => {
    const compiled = compile(child);
    const off = child.box.y - (rows[Math.floor(index / 2)]?.top ?? child.box.y);
    if (off > 0.7) compiled.styles.base['margin-top'] = px(off);
    return compiled;
  });
}
