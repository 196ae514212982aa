/** Things beside each other: tracks of a grid for parts of a page, a flex line for parts of a line. */
import { type Rect, right } from '../../geometry.ts';
import { childrenOf, type UiNode } from '../../ui-tree.ts';
import type { CompileContext } from './context.ts';
import type { HtmlElement } from './element.ts';
import {
  alignment,
  commonGap,
  correct,
  type Inner,
  innerOf,
  type RowOptions,
  setPadding,
  sizeInLine,
  stretchBox,
} from './row-parts.ts';
import { layTracks } from './tracks.ts';
import {
  anyWraps,
  gapsAcross,
  hugs,
  isBlock,
  isControl,
  isOneLine,
  isText,
  leftToRight,
  paints,
} from './traits.ts';
import { px } from './values.ts';

const slack = 2.5;

/** Writes a row's own layout into `element` and compiles its children. */
export function layRow(
  element: HtmlElement,
  node: UiNode,
  box: Rect,
  context: CompileContext,
  options: RowOptions,
): void {
  const children = leftToRight(node);
  if (children.length === 0) return;
  const inner = innerOf(node, box);
  const blocks = children.filter((child) => isBlock(child, inner.right - inner.x));
  const dividers = children.filter((child) => child.kind === 'divider').length;
  const parts = blocks.length >= 2 && blocks.length >= children.length - dividers - 1;
  if (parts || (node.kind === 'page' && children.length > 1))
    layTracks(element, node, children, inner, context, options);
  else layLine(element, node, children, inner, context, options);
}

/** The one wide thing among small ones, which gives way instead of going to a line of its own; -1 if there is none. */
function mediaObject(children: readonly UiNode[], gaps: readonly number[]): number {
  const widths = children.map((child) => child.box.width);
  const widest = Math.max(...widths);
  const rest = [...widths, ...gaps.map((gap) => Math.min(24, Math.max(0, gap)))].reduce(
    (sum, width) => sum + width,
    -widest,
  );
  const at = widths.indexOf(widest);
  const child = children[at];
  const gives =
    child !== undefined &&
    !isControl(child) &&
    child.kind !== 'link' &&
    (anyWraps(child) || isText(child) || childrenOf(child).length > 0);
  return gives && rest <= 132 && widest > 140 ? at : -1;
}

function layLine(
  element: HtmlElement,
  node: UiNode,
  children: readonly UiNode[],
  inner: Inner,
  context: CompileContext,
  options: RowOptions,
): void {
  const base = element.styles.base;
  const { align, top, height } = alignment(children);
  const gaps = gapsAcross(children);
  const first = children[0];
  const last = children[children.length - 1];
  if (first === undefined || last === undefined) return;
  const lead = first.box.x - inner.x;
  const trail = inner.right - right(last.box);
  Object.assign(base, { display: 'flex', 'align-items': align === 'stretch' ? 'stretch' : align });
  const below = inner.bottom - top - height;
  const solid = paints(node);
  const centred =
    Math.abs(lead - trail) <= 4 &&
    lead > Math.max(12, 1.2 * Math.max(0, ...gaps)) &&
    !children.some((child) => anyWraps(child) && !hugs(child));
  const stretchy = children.map(
    (child) =>
      (child.kind === 'input' || anyWraps(child)) &&
      !isText(child) &&
      child.box.width > 0.34 * (inner.right - inner.x),
  );
  const reaches = trail <= Math.max(children.length > 2 ? 6 : slack, solid ? lead + 4 : slack);
  const common = commonGap(gaps);
  const [spring, springGap] = gaps.reduce<[number, number]>(
    (best, gap, index) => (gap > best[1] ? [index, gap] : best),
    [-1, 0],
  );
  const hasFluid = reaches && stretchy.some(Boolean);
  const spread = reaches && !hasFluid && springGap > 24 && !centred;
  const even = spread && gaps.length > 1 && springGap - Math.min(...gaps) <= 3;
  const end = !reaches ? false : !spread && !hasFluid && lead > 12 && trail <= slack;
  const pad = {
    top: top - inner.y,
    bottom: solid ? Math.min(below, options.paddingBottom ?? below) : 0,
    left: centred || end ? 0 : lead,
    right: centred ? 0 : reaches ? trail : solid ? Math.min(lead, trail) : 0,
  };
  setPadding(
    element,
    { ...node, kind: 'row', ...(solid && { style: { ...node.style } }) },
    pad,
    inner,
    context,
  );
  if (centred) base['justify-content'] = 'center';
  if (end) base['justify-content'] = 'flex-end';
  const single = even || (children.length === 2 && spread);
  if (single) base['justify-content'] = 'space-between';
  if (common > 0.4 && children.length > 1) base['gap'] = px(single && !even ? Math.min(common, 16) : common);
  const fixed =
    children.reduce((sum, child, index) => sum + (stretchy[index] ? 0 : child.box.width), 0) +
    gaps.reduce((sum, gap) => sum + Math.max(0, gap), 0);
  const total = right(last.box) - first.box.x;
  const free = centred
    ? lead + trail
    : spread
      ? springGap - common
      : end
        ? lead
        : inner.right - right(last.box) - pad.right;
  const loose = !hasFluid && free >= 24 && children.length > 1;
  if (loose) base['flex-wrap'] = 'wrap';
  const tight = !hasFluid && !loose;
  const media = mediaObject(children, gaps);
  if (media >= 0) element.styles.relaxed['flex-wrap'] = 'nowrap';
  else if (!loose && children.length > 1 && !(hasFluid && fixed < 220) && total > 180)
    element.styles.relaxed['flex-wrap'] = 'wrap';
  if (single && common > 16) element.styles.relaxed['gap'] = '12px 16px';
  else if (common > 24) element.styles.relaxed['gap'] = `12px min(${px(common)}, 4vw)`;
  element.children = children.map((child, index) => {
    const compiled = options.compile(child, stretchBox(child, align, top, height), true);
    if (hasFluid && isText(child) && isOneLine(child)) compiled.styles.wide['flex-shrink'] = '0';
    if (tight && isText(child) && isOneLine(child)) compiled.styles.wide['white-space'] = 'nowrap';
    sizeInLine(compiled, child, hasFluid && stretchy[index] === true);
    correct(compiled, child, align, top, height);
    if (index === media) Object.assign(compiled.styles.relaxed, { flex: '1 1 0', 'min-width': 0 });
    if (total > 360 && isWideField(child))
      Object.assign(compiled.styles.phone, { flex: '1 1 200px', 'margin-left': '0' });
    const gap = gaps[index - 1];
    if (gap === undefined || single) return compiled;
    if (spread && index - 1 === spring) {
      compiled.styles.base['margin-left'] = 'auto';
      compiled.styles.relaxed['margin-left'] = 'auto';
      // Alone on a line it would stand at the far end.
      if (child.box.width > 200 && media < 0) compiled.styles.phone['margin-left'] = '0';
    } else if (Math.abs(gap - common) > 1.2) compiled.styles.base['margin-left'] = px(gap - common);
    if (
      typeof compiled.styles.base['margin-left'] === 'string' &&
      compiled.styles.base['margin-left'] !== 'auto'
    )
      compiled.styles.relaxed['margin-left'] = '0';
    return compiled;
  });
}

const isWideField = (node: UiNode): boolean =>
  (node.kind === 'input' || node.kind === 'select') && node.box.width >= 140;
