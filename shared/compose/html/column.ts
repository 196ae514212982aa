/** Things below each other: padding, gaps and margins from their boxes. */
import { bottom, type Rect, right } from '../../geometry.ts';
import { childrenOf, type UiNode } from '../../ui-tree.ts';
import type { CompileContext } from './context.ts';
import { type HtmlElement, hasSpring } from './element.ts';
import { hugs, isBlock, isControl, isOneLine, isPicture, isText, leftToRight, paints } from './traits.ts';
import { borderEdges, neat, px, sides } from './values.ts';

/** How one child stands in its column. */
interface Place {
  readonly node: UiNode;
  /** The box that the child is laid out in. */
  readonly box: Rect;
  readonly align: 'fill' | 'left' | 'center' | 'right';
  /** Distance from the column's content edge, where it is not the same for all. */
  readonly indent: number;
  /** Room at either side of what is centred. */
  readonly inset: number;
  /** Room that the node leaves in the column, in pixels. */
  readonly room: number;
}

export interface ColumnOptions {
  /** Less room below than measured, where a taller neighbour stretched this one. */
  readonly paddingBottom?: number | undefined;
  readonly compile: (node: UiNode, box: Rect) => HtmlElement;
}

const slack = 2.5;
/** Largest difference of the room left and right of what stands in the middle, in pixels. */
const mostAskew = 6;
/** Room that it gets at either side beyond its own width, for lines in a wider font. */
const leeway = 8;

/** Rows that are tracks keep their width; rows of a line may spread over the whole column. */
function isTracks(node: UiNode): boolean {
  if (node.flow === 'grid' || node.kind === 'table') return true;
  return (
    node.flow === 'row' && childrenOf(node).filter((child) => isBlock(child, node.box.width)).length >= 2
  );
}

function sharesLeft(node: UiNode): boolean {
  if (node.flow === 'row') return false;
  const lefts = childrenOf(node).map((child) => child.box.x);
  return (
    Math.max(...lefts) - Math.min(...lefts) <= 3 &&
    childrenOf(node).some((child) => child.box.x - node.box.x <= 3)
  );
}

function place(node: UiNode, from: number, to: number): Place {
  const left = node.box.x - from;
  const rest = to - right(node.box);
  const inset = (left + rest) / 2;
  const room = left + rest;
  const centred = Math.abs(left - rest) <= Math.max(3, 0.012 * (to - from)) && left > slack;
  const fills = left <= slack && rest <= slack;
  const whole = { ...node.box, x: from, width: to - from };
  if (isText(node)) {
    const align = node.style?.align;
    if (fills && align !== 'center') return { node, box: whole, align: 'left', indent: 0, inset, room };
    if (centred && node.wrap !== undefined && align === 'left')
      return { node, box: whole, align: 'center', indent: 0, inset, room };
    if (centred || align === 'center') return { node, box: whole, align: 'center', indent: 0, inset, room };
    if (rest <= slack && left > 12) return { node, box: whole, align: 'right', indent: 0, inset, room };
    return { node, box: node.box, align: 'left', indent: Math.abs(left) <= 1.25 ? 0 : left, inset, room };
  }
  if (fills) return { node, box: whole, align: 'fill', indent: 0, inset, room };
  if (paints(node) || isControl(node) || isPicture(node) || isTracks(node) || node.kind === 'divider') {
    if (centred) return { node, box: node.box, align: 'center', indent: 0, inset, room };
    if (rest <= slack && left > 12) return { node, box: node.box, align: 'right', indent: 0, inset, room };
    return { node, box: node.box, align: 'left', indent: Math.abs(left) <= 1.25 ? 0 : left, inset, room };
  }
  if (centred) {
    // Things that share a left edge are a column of its own; things that share a middle are centred one by one.
    return sharesLeft(node)
      ? { node, box: node.box, align: 'center', indent: 0, inset, room }
      : { node, box: whole, align: 'fill', indent: 0, inset, room };
  }
  const indented = Math.abs(left) <= 1.25 ? 0 : left;
  if (rest <= slack && left > 12 && node.flow === 'row')
    return { node, box: whole, align: 'fill', indent: 0, inset, room };
  return {
    node,
    box: { ...node.box, x: from + indented, width: to - from - indented },
    align: 'fill',
    indent: indented,
    inset,
    room,
  };
}

/** A container of other things, not a control or link with its caption. */
const isGroup = (node: UiNode): boolean =>
  childrenOf(node).length > 1 && !isControl(node) && !['link', 'label', 'badge'].includes(node.kind);

function applyAlign(element: HtmlElement, at: Place): void {
  const base = element.styles.base;
  const { node } = at;
  if (isText(node)) {
    if (at.align === 'center') {
      if (node.wrap === undefined || node.style?.align === 'center') base['text-align'] = 'center';
      else base['max-width'] ??= px(node.wrap[0] + 2);
      if (base['max-width'] !== undefined) base['margin-inline'] = 'auto';
    }
    if (at.align === 'right') base['text-align'] = 'right';
    // Half a pixel must not break a line that just fits; one with room may break in a wider font.
    if (isOneLine(node) && at.room < 4 + 0.03 * node.box.width) element.styles.wide['white-space'] = 'nowrap';
  } else if (at.align === 'center' && at.inset <= 64 && (!hugs(node) || isGroup(node)) && !isPicture(node)) {
    if (isControl(node) || base['width'] !== undefined) base['width'] = `calc(100% - ${px(2 * at.inset)})`;
    base['margin-inline'] = px(at.inset);
    return;
  } else if (at.align !== 'fill') {
    if (base['width'] === undefined) {
      if (hugs(node) && node.kind !== 'label' && !hasSpring(element)) base['width'] = 'fit-content';
      else Object.assign(base, { width: px(node.box.width), 'max-width': '100%' });
    }
    if (at.align === 'center') base['margin-inline'] = 'auto';
    if (at.align === 'right') base['margin-left'] = 'auto';
  } else if (isPicture(node) && node.kind !== 'icon' && node.kind !== 'avatar') base['width'] = '100%';
  else if (base['width'] !== undefined || isControl(node)) base['width'] = '100%';
  if (node.kind === 'button' && at.align === 'fill') base['text-align'] = 'center';
  if (at.indent !== 0) base['margin-left'] = px(at.indent);
}

/** One gap that puts everything where it was, to half a pixel; whole pixels where they do. */
function sharedGap(gaps: readonly number[]): number | undefined {
  if (gaps.length === 0) return undefined;
  const mean = gaps.reduce((sum, gap) => sum + gap, 0) / gaps.length;
  return [Math.round(mean), neat(mean)].find((gap) => {
    let off = 0;
    return gaps.every((measured) => {
      off += measured - gap;
      return Math.abs(measured - gap) <= 1 && Math.abs(off) <= 0.3;
    });
  });
}

/** True for things of several widths, or centred text, that all stand in the middle: there is room on both sides. */
function shareMiddle(
  children: readonly UiNode[],
  inner: { readonly x: number; readonly right: number },
): boolean {
  const widths = children.map((child) => child.box.width);
  const differ = Math.max(...widths) - Math.min(...widths) > 2 * mostAskew;
  return (
    (differ || children.some((child) => child.style?.align === 'center')) &&
    children.every((child) => Math.abs(child.box.x - inner.x - (inner.right - right(child.box))) <= mostAskew)
  );
}

/** Writes a column's own layout into `element` and compiles its children. */
export function layColumn(
  element: HtmlElement,
  node: UiNode,
  box: Rect,
  context: CompileContext,
  options: ColumnOptions,
): void {
  const children = [...childrenOf(node)].sort((a, b) => a.box.y - b.box.y || a.box.x - b.box.x);
  const edge = borderEdges(node.style);
  const inner = {
    x: box.x + edge.left,
    y: box.y + edge.top,
    right: right(box) - edge.right,
    bottom: bottom(box) - edge.bottom,
  };
  const first = children[0];
  const last = children[children.length - 1];
  if (first === undefined || last === undefined) return;
  const lefts = Math.min(...children.map((child) => child.box.x)) - inner.x;
  const rights = inner.right - Math.max(...children.map((child) => right(child.box)));
  const base = element.styles.base;
  const wide = box.width >= 0.85 * context.width && context.width >= 480;
  const even = Math.abs(lefts - rights) <= 4 && lefts >= 40;
  const solid = paints(node);
  let [padLeft, padRight] = [
    Math.max(0, lefts),
    Math.max(0, solid || wide ? Math.min(Math.max(rights, 0), lefts + 4) : 0),
  ];
  if (Math.abs(padLeft - padRight) <= 4) padRight = padLeft = (padLeft + padRight) / 2;
  if (!solid && !wide && Math.abs(lefts - rights) <= mostAskew && shareMiddle(children, inner))
    padLeft = padRight = Math.max(0, (lefts + rights) / 2 - leeway);
  const top = first.box.y - inner.y;
  const below = Math.min(inner.bottom - bottom(last.box), options.paddingBottom ?? Number.POSITIVE_INFINITY);
  const centred = wide && even && !children.every((child) => isText(child) && child.wrap === undefined);
  if (wide && even && !centred) padLeft = padRight = Math.min(24, lefts);
  const padding = sides(top, padRight, below, padLeft);
  if (padding !== '0') base['padding'] = padding;
  if (centred) {
    const width = inner.right - inner.x - 2 * lefts;
    base['padding'] = sides(top, 0, below, 0);
    base['padding-inline'] = `max(${px(Math.min(24, lefts))}, (100% - ${px(width)}) / 2)`;
    [padLeft, padRight] = [lefts, lefts];
  }
  const from = inner.x + padLeft;
  const to = inner.right - padRight;
  const places = children.map((child) => place(child, from, to));
  const gaps = children
    .slice(1)
    .map((child, index) => child.box.y - bottom(children[index]?.box ?? child.box));
  const meanGap = sharedGap(gaps);
  const evenGaps = meanGap !== undefined && meanGap >= 1;
  const flex = evenGaps || top < -0.5;
  if (flex) Object.assign(base, { display: 'flex', 'flex-direction': 'column' });
  if (evenGaps) base['gap'] = px(meanGap);
  element.children = places.map((at, index) => {
    const child = options.compile(at.node, at.box);
    applyAlign(child, at);
    const gap = index === 0 ? Math.min(0, top) : (gaps[index - 1] ?? 0);
    if ((index > 0 && !evenGaps && neat(gap) !== 0) || (index === 0 && gap < -0.5))
      child.styles.base['margin-top'] = px(gap);
    return child;
  });
}

export { leftToRight };
