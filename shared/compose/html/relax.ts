/** Below the picture's width: large type, padding and margins shrink with the viewport. */
import { type Declarations, elementsOf, type HtmlElement } from './element.ts';
import { fluid, pixelsOf, sidesOf } from './fluid.ts';
import { px } from './values.ts';

/** Least sizes on a phone, in CSS pixels, as shares of the measured ones where that is more. */
const leastHeading = 24;
const headingShare = 0.62;
const leastGap = 24;

const put = (layer: Declarations, property: string, value: string): void => {
  layer[property] ??= value;
};

function relaxType({ styles }: HtmlElement, width: number): void {
  const size = pixelsOf(styles.base['font-size']);
  if (size === undefined || size < 28) return;
  put(
    styles.relaxed,
    'font-size',
    fluid(size, Math.min(size, Math.max(leastHeading, Math.round(headingShare * size))), width),
  );
}

/** Room that a taller neighbour or the viewport's height gave is not kept. */
function relaxPadding({ styles }: HtmlElement, width: number): void {
  const { base, relaxed, collapsed } = styles;
  const [top, right, bottom, left] = sidesOf(base['padding']);
  if (bottom > Math.max(64, 2 * top + 16)) {
    put(collapsed, 'padding-bottom', px(Math.max(16, Math.min(top, 32))));
  } else if (Math.max(top, bottom) > 48) {
    const [above, below] = [top, bottom].map((side) => fluid(side, Math.min(side, 40), width));
    put(relaxed, 'padding-block', above === below ? `${above}` : `${above} ${below}`);
  }
  if (Math.max(left, right) <= 32 || base['padding-inline'] !== undefined) return;
  const [before, after] = [left, right].map((side) => fluid(side, Math.min(side, 16), width));
  put(relaxed, 'padding-inline', before === after ? `${before}` : `${before} ${after}`);
}

function relaxMargins(element: HtmlElement, width: number): void {
  const { base, relaxed, collapsed } = element.styles;
  if (base['grid-area'] !== undefined) return;
  const top = pixelsOf(base['margin-top']) ?? 0;
  if (top < 0) put(collapsed, 'margin-top', '0');
  else if (top > 160) put(collapsed, 'margin-top', px(leastGap));
  else if (top > 48) put(relaxed, 'margin-top', fluid(top, leastGap, width));
  const left = pixelsOf(base['margin-left']) ?? 0;
  const indent = left > 16 ? fluid(left, 16, width) : px(left);
  if (left > 16) put(relaxed, 'margin-left', indent);
  if (left > 0 && base['max-width'] === '100%') put(relaxed, 'max-width', `calc(100% - ${indent})`);
  if (left < 0 && element.tag !== 'img') put(collapsed, 'margin-left', '0');
  const below = pixelsOf(base['margin-bottom']) ?? 0;
  if (below > 48) put(collapsed, 'margin-bottom', '0');
}

/** Fills in layers where the layout has said nothing itself. @param width of the pictured page, CSS pixels. */
export function relax(body: HtmlElement, width: number): void {
  // A phone's page has no room to lose.
  if (width <= 480) return;
  for (const element of elementsOf(body)) {
    relaxType(element, width);
    relaxPadding(element, width);
    relaxMargins(element, width);
    const gap = pixelsOf(element.styles.base['gap']) ?? 0;
    if (gap > 32) put(element.styles.relaxed, 'gap', fluid(gap, 16, width));
    const long = element.children.some((child) => typeof child === 'string' && child.length > 24);
    if (long && element.styles.base['white-space'] === 'nowrap')
      put(element.styles.relaxed, 'white-space', 'normal');
  }
}
