/** What rows are made of: their inside, alignment, padding, gaps, and how a child is sized in a line. */
import { bottom, type Rect, right } from '../../geometry.ts';
import type { UiNode } from '../../ui-tree.ts';
import type { CompileContext } from './context.ts';
import { type HtmlElement, hasSpring } from './element.ts';
import { hugs, isControl, isText, paints, wrapWidth } from './traits.ts';
import { borderEdges, px, sides } from './values.ts';

export interface RowOptions {
  readonly compile: (node: UiNode, box: Rect, inline: boolean) => HtmlElement;
  /** Less room below than measured, where a taller neighbour stretched this one. */
  readonly paddingBottom?: number | undefined;
}

/** Inside of a row's border. */
export interface Inner {
  readonly x: number;
  readonly y: number;
  readonly right: number;
  readonly bottom: number;
}

export function innerOf(node: UiNode, box: Rect): Inner {
  const edge = borderEdges(node.style);
  return {
    x: box.x + edge.left,
    y: box.y + edge.top,
    right: right(box) - edge.right,
    bottom: bottom(box) - edge.bottom,
  };
}

export function alignment(children: readonly UiNode[]): {
  align: 'center' | 'flex-start' | 'flex-end' | 'stretch';
  top: number;
  height: number;
} {
  const top = Math.min(...children.map((child) => child.box.y));
  const base = Math.max(...children.map((child) => bottom(child.box)));
  const middle = (top + base) / 2;
  const count = (test: (child: UiNode) => boolean): number => children.filter(test).length;
  const centre = count((child) => Math.abs(child.box.y + child.box.height / 2 - middle) <= 1.6);
  const start = count((child) => Math.abs(child.box.y - top) <= 1.6);
  const end = count((child) => Math.abs(bottom(child.box) - base) <= 1.6);
  if (start === children.length && end === children.length && children.some((child) => paints(child)))
    return { align: 'stretch', top, height: base - top };
  const offsets = (of: (child: UiNode) => number): number =>
    children.reduce((sum, child) => sum + Math.abs(of(child)), 0);
  // Of high parts of a page nothing but the highest tells: what moves the others least.
  const nearer =
    centre === start &&
    centre < children.length &&
    children.every((child) => child.box.height >= 96) &&
    offsets((child) => child.box.y - top) < offsets((child) => child.box.y + child.box.height / 2 - middle);
  if (centre >= start && centre >= end && !nearer) return { align: 'center', top, height: base - top };
  return { align: end > start ? 'flex-end' : 'flex-start', top, height: base - top };
}

/** A measured offset from where the alignment alone would put the child. */
export function correct(child: HtmlElement, node: UiNode, align: string, top: number, height: number): void {
  const base = child.styles.base;
  if (align === 'center') {
    const off = node.box.y + node.box.height / 2 - (top + height / 2);
    if (Math.abs(off) < 0.8) return;
    if (off > 0) base['margin-top'] = px(2 * off);
    else base['margin-bottom'] = px(-2 * off);
  } else if (align === 'flex-end') {
    const off = top + height - bottom(node.box);
    if (off >= 0.8) base['margin-bottom'] = px(off);
  } else if (align === 'flex-start' || align === 'start') {
    const off = node.box.y - top;
    if (off >= 0.8) {
      base['margin-top'] = px(off);
      if (off > 8) child.styles.collapsed['margin-top'] = '0';
    }
  }
}

export function setPadding(
  element: HtmlElement,
  node: UiNode,
  pad: { top: number; right: number; bottom: number; left: number },
  inner: Inner,
  context: CompileContext,
): void {
  const wide = inner.right - inner.x >= 0.85 * context.width && context.width >= 480;
  const even = Math.abs(pad.left - pad.right) <= 4 && pad.left >= 40;
  const below = paints(node) || node.kind === 'page' ? pad.bottom : 0;
  const base = element.styles.base;
  if (wide && even) {
    const width = inner.right - inner.x - pad.left - pad.right;
    base['padding'] = sides(pad.top, 0, below, 0);
    base['padding-inline'] = `max(24px, (100% - ${px(width)}) / 2)`;
    return;
  }
  const padding = sides(pad.top, pad.right, below, pad.left);
  if (padding !== '0') base['padding'] = padding;
}

/** The gap that most neighbours share. */
export function commonGap(gaps: readonly number[]): number {
  const usable = gaps.filter((gap) => gap >= 0);
  let best = 0;
  let count = 0;
  for (const gap of usable) {
    const near = usable.filter((other) => Math.abs(other - gap) <= 1.5);
    if (near.length > count || (near.length === count && gap < best)) {
      count = near.length;
      best = near.reduce((sum, value) => sum + value, 0) / near.length;
    }
  }
  return best;
}

export function sizeInLine(child: HtmlElement, node: UiNode, fluid: boolean): void {
  const base = child.styles.base;
  if (isText(node)) {
    if (node.wrap !== undefined) base['flex'] = `0 1 ${px(wrapWidth(node.wrap) ?? node.wrap[0] + 1)}`;
    return;
  }
  if (fluid) {
    Object.assign(base, { flex: '1 1 0', 'min-width': 0 });
    delete base['width'];
    return;
  }
  if (node.kind === 'button' || node.kind === 'badge' || node.kind === 'link') base['flex-shrink'] = '0';
  if (
    (hugs(node) && !hasSpring(child)) ||
    base['width'] !== undefined ||
    node.kind === 'icon' ||
    node.kind === 'avatar'
  )
    return;
  Object.assign(base, { flex: `0 1 ${px(node.box.width)}`, 'min-width': 0 });
}

export function stretchBox(child: UiNode, align: string, top: number, height: number): Rect {
  return align === 'stretch' && !isText(child) && !isControl(child)
    ? { ...child.box, y: top, height }
    : child.box;
}
