/** Equal cells in rows, and things on top of each other. */
import { bottom, overlapArea, type Rect, right } from '../../geometry.ts';
import { childrenOf, type UiNode } from '../../ui-tree.ts';
import type { HtmlElement } from './element.ts';
import { anyWraps, isPicture } from './traits.ts';
import { borderEdges, px, sides } from './values.ts';

type Compile = (node: UiNode, box: Rect, paddingBottom?: number) => HtmlElement;

/** Room below the last thing in a cell. */
function roomBelow(cell: UiNode): number {
  const children = childrenOf(cell);
  if (children.length === 0) return Number.POSITIVE_INFINITY;
  return (
    bottom(cell.box) -
    borderEdges(cell.style).bottom -
    Math.max(...children.map((child) => bottom(child.box)))
  );
}

/** As many columns as have room: at the picture's width as many as measured. */
export function layGrid(element: HtmlElement, node: UiNode, box: Rect, compile: Compile): void {
  const cells = childrenOf(node);
  const columns = Math.max(1, node.columns ?? cells.length);
  const width = Math.max(...cells.map((cell) => cell.box.width));
  const first = cells[0];
  const second = cells[1];
  if (first === undefined) return;
  const gapX = second !== undefined && columns > 1 ? Math.max(0, second.box.x - right(first.box)) : 0;
  const below = cells[columns];
  const rowBottom = Math.max(...cells.slice(0, columns).map((cell) => bottom(cell.box)));
  const gapY = below === undefined ? gapX : Math.max(0, below.box.y - rowBottom);
  const total = columns * width + (columns - 1) * gapX;
  const oneMore = (total + gapX) / (columns + 1) - gapX;
  const least = Math.max(oneMore + 2, Math.min(0.82 * width, Math.max(oneMore + 8, 0.7 * width)));
  Object.assign(element.styles.base, {
    display: 'grid',
    'grid-template-columns': `repeat(auto-fit, minmax(min(100%, ${px(Math.floor(least))}), 1fr))`,
    gap: Math.abs(gapX - gapY) <= 1 ? px((gapX + gapY) / 2) : `${px(gapY)} ${px(gapX)}`,
  });
  const small = width < 150 && columns >= 3;
  if (small)
    element.styles.base['grid-template-columns'] =
      `repeat(auto-fit, minmax(min(100%, ${px(Math.floor(Math.max(oneMore + 2, 0.9 * width)))}), 1fr))`;
  const edge = borderEdges(node.style);
  const top = Math.min(...cells.map((cell) => cell.box.y)) - box.y - edge.top;
  const lefts = Math.min(...cells.map((cell) => cell.box.x)) - box.x - edge.left;
  const rights = right(box) - edge.right - Math.max(...cells.map((cell) => right(cell.box)));
  const foot = bottom(box) - edge.bottom - Math.max(...cells.map((cell) => bottom(cell.box)));
  if (Math.max(top, lefts, rights, foot) > 0.5)
    element.styles.base['padding'] = sides(top, rights, foot, lefts);
  const rows: UiNode[][] = [];
  cells.forEach((cell, index) => {
    const row = Math.floor(index / columns);
    const known = rows[row] ?? [];
    rows[row] = [...known, cell];
  });
  const uneven = rows.some(
    (row) =>
      Math.max(...row.map((cell) => bottom(cell.box))) - Math.min(...row.map((cell) => bottom(cell.box))) > 3,
  );
  if (uneven) element.styles.base['align-items'] = 'start';
  const heights = cells.map((cell) => cell.box.height);
  const tallest = Math.max(...heights);
  if (rows.length > 1 && tallest - Math.min(...heights) <= 3)
    element.styles.base['grid-auto-rows'] = `minmax(${px(tallest)}, auto)`;
  const cap = uneven ? Number.POSITIVE_INFINITY : Math.min(...cells.map(roomBelow));
  element.children = cells.map((cell) => {
    const child = compile(cell, cell.box, Number.isFinite(cap) ? cap : undefined);
    if (isPicture(cell)) child.styles.base['width'] = '100%';
    if (cell.kind === 'shape') Object.assign(child.styles.base, { width: '100%' });
    return child;
  });
}

/** All children share one grid cell; margins put them in place. */
export function layOverlay(element: HtmlElement, node: UiNode, box: Rect, compile: Compile): void {
  const edge = borderEdges(node.style);
  const children = childrenOf(node);
  Object.assign(element.styles.base, {
    display: 'grid',
    'grid-template-columns': 'minmax(0, 1fr)',
    'align-items': 'start',
    'justify-items': 'start',
  });
  element.styles.base['padding'] = sides(
    0,
    0,
    Math.max(0, bottom(box) - edge.bottom - Math.max(...children.map((child) => bottom(child.box)))),
    0,
  );
  const reflows = children.filter((child) => !isBackdrop(child, children)).length >= 2;
  // Text that wraps grows as soon as there is less room.
  const layer = children.some(anyWraps) ? 'relaxed' : 'collapsed';
  let row = 0;
  element.children = children.map((child) => {
    const compiled = compile(child, child.box);
    if (reflows && !isBackdrop(child, children)) {
      row += 1;
      Object.assign(compiled.styles[layer], {
        'grid-area': `${row} / 1`,
        margin: '0',
        'max-width': '100%',
      });
    } else if (reflows) compiled.styles[layer]['grid-area'] = `1 / 1 / span ${children.length} / auto`;
    const base = compiled.styles.base;
    const inside = box.width - edge.left - edge.right;
    // A bar in a bar grows with it.
    if (child.kind === 'shape' && child.box.width > 64 && inside > 0)
      base['width'] = `${Math.round((child.box.width / inside) * 1e4) / 100}%`;
    const left = child.box.x - box.x - edge.left;
    const top = child.box.y - box.y - edge.top;
    base['grid-area'] = '1 / 1';
    if (base['width'] === undefined && child.text === undefined && childrenOf(child).length > 0)
      base['width'] = px(child.box.width);
    const share = Math.max(0, Math.round((left / Math.max(1, box.width)) * 1e4) / 100);
    base['max-width'] ??= share > 0 ? `${100 - share}%` : '100%';
    if (left > 0.5) base['margin-left'] = `${share}%`;
    if (Math.abs(top) > 0.5) base['margin-top'] = px(top);
    return compiled;
  });
}

/** A picture or shape behind, beside or among other things: those may not cover each other, this one may stay. */
const isBackdrop = (node: UiNode, siblings: readonly UiNode[]): boolean =>
  (isPicture(node) || node.kind === 'shape' || node.kind === 'divider') &&
  (siblings.every((other) => isPicture(other)) ||
    siblings.some(
      (other) =>
        other !== node && overlapArea(other.box, node.box) > 0.5 * other.box.width * other.box.height,
    ));
