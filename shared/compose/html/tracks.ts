/** Parts of a page side by side: a grid of tracks that becomes fewer where there is no room. */
import { bottom, type Rect, right } from '../../geometry.ts';
import type { UiNode } from '../../ui-tree.ts';
import type { CompileContext } from './context.ts';
import type { HtmlElement } from './element.ts';
import { alignment, correct, type Inner, type RowOptions, setPadding } from './row-parts.ts';
import { foldSideBar, isSideBar } from './sidebar.ts';
import { gapsAcross, isPicture, paints } from './traits.ts';
import { px } from './values.ts';

/** Writes the tracks into `element` and compiles the children. @param inner inside of the row's border. */
export function layTracks(
  element: HtmlElement,
  node: UiNode,
  children: readonly UiNode[],
  inner: Inner,
  context: CompileContext,
  options: RowOptions,
): void {
  const base = element.styles.base;
  const page = node.kind === 'page';
  const gaps = gapsAcross(children);
  const boxes = children.map((child): Rect => {
    if (!page || (paints(child) && child.kind !== 'main')) return child.box;
    const before = Math.max(
      inner.x,
      ...children.filter((other) => other.box.x < child.box.x).map((other) => right(other.box)),
    );
    const after = Math.min(
      inner.right,
      ...children.filter((other) => other.box.x > child.box.x).map((other) => other.box.x),
    );
    return { x: before, y: inner.y, width: after - before, height: inner.bottom - inner.y };
  });
  const least = Math.min(...gaps);
  const uneven = !page && gaps.some((gap) => gap - least > 1.5);
  /** What a gap is wider than the least is a margin inside its track. */
  const extras = boxes.map((_, index) => (uneven && index > 0 ? (gaps[index - 1] ?? 0) - least : 0));
  const widths = boxes.map((box, index) => box.width + (extras[index] ?? 0));
  const widest = Math.max(...widths);
  const equal = widths.every((width) => Math.abs(width - widest) <= 0.02 * widest + 1);
  const bars = children.map(
    (child) => child.box.width < 0.6 * widest && isSideBar(child, inner.right - inner.x),
  );
  const side = page || children.some((child) => child.kind === 'aside');
  const track = (width: number): string =>
    side && width < widest ? px(width) : side ? 'minmax(0, 1fr)' : `minmax(0, ${Math.round(width)}fr)`;
  Object.assign(base, {
    display: 'grid',
    'grid-template-columns': equal
      ? `repeat(${children.length}, minmax(0, 1fr))`
      : widths.map(track).join(' '),
  });
  const gap = page ? 0 : gaps.reduce((sum, value) => sum + value, 0) / Math.max(1, gaps.length);
  if (gap > 0.5) base['gap'] = px(uneven ? Math.max(0, least) : gap);
  const top = Math.min(...boxes.map((box) => box.y));
  const below = inner.bottom - Math.max(...boxes.map(bottom));
  const lefts = (boxes[0]?.x ?? inner.x) - inner.x;
  const rights = inner.right - right(boxes[boxes.length - 1] ?? { x: inner.x, y: 0, width: 0, height: 0 });
  setPadding(
    element,
    node,
    {
      top: top - inner.y,
      right: rights,
      bottom: Math.min(below, options.paddingBottom ?? below),
      left: lefts,
    },
    inner,
    context,
  );
  const placed = boxes.map((box, index) => ({ ...(children[index] ?? node), box }));
  const { align, height } = alignment(placed);
  const cross = page ? 'stretch' : align === 'flex-start' ? 'start' : align === 'flex-end' ? 'end' : align;
  if (cross !== 'stretch') base['align-items'] = cross;
  const total = inner.right - inner.x;
  if (side || bars.includes(true)) element.styles.collapsed['grid-template-columns'] = 'minmax(0, 1fr)';
  else if (total > 320) {
    const narrowest = Math.round(Math.min(360, Math.max(140, 0.8 * widest)));
    element.styles.collapsed['grid-template-columns'] =
      `repeat(auto-fit, minmax(min(100%, ${narrowest}px), 1fr))`;
  }
  if (gap < 24 && !page) element.styles.collapsed['gap'] = '24px';
  element.children = placed.map((child, index) => {
    const box = boxes[index] ?? child.box;
    const compiled = options.compile(child, box, false);
    if (!page)
      correct(
        compiled,
        child,
        align === 'flex-end'
          ? 'flex-end'
          : align === 'center'
            ? 'center'
            : align === 'stretch'
              ? 'stretch'
              : 'flex-start',
        top,
        height,
      );
    if (bars[index] === true) foldSideBar(compiled);
    else if (child.kind === 'divider')
      Object.assign(compiled.styles.collapsed, { width: '100%', height: '1px', margin: '0' });
    const extra = extras[index] ?? 0;
    if (extra > 1) {
      compiled.styles.base['margin-left'] = px(extra);
      compiled.styles.collapsed['margin-left'] = '0';
    }
    if (isPicture(child) && child.kind !== 'icon' && child.kind !== 'avatar')
      compiled.styles.base['width'] = '100%';
    return compiled;
  });
}
