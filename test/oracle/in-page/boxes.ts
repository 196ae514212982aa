/** Reads visible rectangles, rules and pictures from computed styles. */

import type {
  BorderSide,
  Borders,
  Gradient,
  PagePicture,
  Separator,
  Shadow,
} from '../../../shared/facts/page-facts.ts';
import type { Rect, Rgb } from '../../../shared/geometry.ts';
import { blend, parseColor, sameColor } from './color.ts';
import type { RawBox } from './types.ts';

export const toRect = (rect: DOMRect): Rect => ({
  x: rect.left + scrollX,
  y: rect.top + scrollY,
  width: rect.width,
  height: rect.height,
});

const colorPattern = /(rgba?\([^)]*\)|color\([^)]*\)|oklch\([^)]*\))/g;

function readShadow(style: CSSStyleDeclaration): Shadow | undefined {
  if (style.boxShadow === 'none' || style.boxShadow.includes('inset')) return undefined;
  const color = parseColor(style.boxShadow.match(colorPattern)?.[0] ?? 'black');
  const lengths = [...style.boxShadow.replace(colorPattern, '').matchAll(/-?[\d.]+px/g)].map((m) =>
    Number.parseFloat(m[0]),
  );
  if (color.alpha < 0.02 || (lengths[2] ?? 0) === 0) return undefined;
  return { offsetY: lengths[1] ?? 0, blur: lengths[2] ?? 0, color: color.rgb, alpha: color.alpha };
}

function readGradient(style: CSSStyleDeclaration, under: Rgb): Gradient | undefined {
  if (!style.backgroundImage.startsWith('linear-gradient')) return undefined;
  const colors = style.backgroundImage.match(colorPattern);
  const from = colors?.[0];
  const to = colors?.[colors.length - 1];
  if (from === undefined || to === undefined) return undefined;
  const named: Readonly<Record<string, number>> = {
    'to right': 90,
    'to left': 270,
    'to top': 0,
    'to bottom right': 135,
  };
  const direction = style.backgroundImage.match(/to (?:bottom )?(?:right|left|top)/)?.[0] ?? '';
  const angle = Number(style.backgroundImage.match(/([\d.]+)deg/)?.[1] ?? named[direction] ?? 180);
  return { angle, from: blend(parseColor(from), under), to: blend(parseColor(to), under) };
}

function readBorders(style: CSSStyleDeclaration, under: Rgb): Borders {
  const side = (name: 'Top' | 'Right' | 'Bottom' | 'Left'): BorderSide | undefined => {
    const width = Number.parseFloat(style[`border${name}Width`]);
    const color = parseColor(style[`border${name}Color`]);
    if (width < 0.5 || color.alpha < 0.02 || ['none', 'hidden'].includes(style[`border${name}Style`]))
      return undefined;
    return { width, color: blend(color, under) };
  };
  const [top, right, bottom, left] = [side('Top'), side('Right'), side('Bottom'), side('Left')];
  return { ...(top && { top }), ...(right && { right }), ...(bottom && { bottom }), ...(left && { left }) };
}

export interface BoxReading {
  readonly box?: RawBox;
  readonly separators: readonly Separator[];
  readonly picture?: PagePicture;
  /** The colour that the element's children stand on. */
  readonly background: Rgb;
}

function rules(rect: Rect, borders: Borders): Separator[] {
  const found: Separator[] = [];
  const { top, right, bottom, left } = borders;
  if (top) found.push({ box: { ...rect, height: top.width }, color: top.color, orientation: 'horizontal' });
  if (bottom)
    found.push({
      box: { ...rect, y: rect.y + rect.height - bottom.width, height: bottom.width },
      color: bottom.color,
      orientation: 'horizontal',
    });
  if (left) found.push({ box: { ...rect, width: left.width }, color: left.color, orientation: 'vertical' });
  if (right)
    found.push({
      box: { ...rect, x: rect.x + rect.width - right.width, width: right.width },
      color: right.color,
      orientation: 'vertical',
    });
  return found;
}

/** What one element paints behind its content, on `under`. */
export function readBox(element: Element, under: Rgb): BoxReading {
  const style = getComputedStyle(element);
  const rect = toRect(element.getBoundingClientRect());
  const fill = parseColor(style.backgroundColor);
  const gradient = readGradient(style, under);
  const background = gradient ? gradient.from : blend(fill, under);
  const radius = Math.min(
    Number.parseFloat(style.borderTopLeftRadius) *
      (style.borderTopLeftRadius.endsWith('%') ? Math.min(rect.width, rect.height) / 100 : 1),
    rect.height / 2,
  );
  if (
    rect.width >= 0.5 &&
    rect.width <= 3 &&
    rect.height > 12 &&
    fill.alpha > 0.01 &&
    !sameColor(background, under)
  ) {
    return { separators: [{ box: rect, color: background, orientation: 'vertical' }], background };
  }
  if (rect.width < 2 || rect.height < 1) return { separators: [], background };
  if (style.backgroundImage.includes('url(')) {
    return {
      separators: [],
      background,
      picture: { box: rect, kind: rect.width < 48 ? 'icon' : 'photo', radius, background: under },
    };
  }
  const border = readBorders(style, under);
  const shadow = readShadow(style);
  const filled = fill.alpha > 0.01 && !sameColor(background, under);
  if (filled && rect.height <= 3 && rect.width > 20) {
    return { separators: [{ box: rect, color: background, orientation: 'horizontal' }], background };
  }
  const sides = Object.keys(border).length;
  if (!filled && !gradient && !shadow && sides < 3) return { separators: rules(rect, border), background };
  const box: RawBox = {
    box: rect,
    border,
    radius,
    ...(filled && { fill: background }),
    ...(gradient && { gradient }),
    ...(shadow && { shadow }),
  };
  return { box, separators: [], background };
}

/** Joins rules that continue each other, as the cells of one table row do. */
export function joinSeparators(separators: readonly Separator[]): Separator[] {
  const joined: Separator[] = [];
  for (const next of separators) {
    const flat = next.orientation === 'horizontal';
    const index = joined.findIndex(
      (known) =>
        known.orientation === next.orientation &&
        sameColor(known.color, next.color) &&
        (flat
          ? Math.abs(known.box.y - next.box.y) <= 1 &&
            Math.abs(known.box.x + known.box.width - next.box.x) <= 1
          : Math.abs(known.box.x - next.box.x) <= 1 &&
            Math.abs(known.box.y + known.box.height - next.box.y) <= 1),
    );
    const known = joined[index];
    if (known === undefined) joined.push(next);
    else
      joined[index] = {
        ...known,
        box: flat
          ? { ...known.box, width: next.box.x + next.box.width - known.box.x }
          : { ...known.box, height: next.box.y + next.box.height - known.box.y },
      };
  }
  return joined;
}
