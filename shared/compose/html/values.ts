/** Numbers and looks as CSS values. */
import { type Rgb, toHex } from '../../geometry.ts';
import type { UiFont, UiStyle } from '../../ui-tree.ts';
import type { Declarations } from './element.ts';

/** Whole pixels where nothing is lost, else tenths. */
export function neat(value: number): number {
  const whole = Math.round(value);
  return Math.abs(value - whole) <= 0.06 ? whole : Math.round(value * 10) / 10;
}

export const px = (value: number): string => (neat(value) === 0 ? '0' : `${neat(value)}px`);

/** `padding` from top, right, bottom, left; shortened as people write it. */
export function sides(top: number, right: number, bottom: number, left: number): string {
  const [t, r, b, l] = [
    px(Math.max(0, top)),
    px(Math.max(0, right)),
    px(Math.max(0, bottom)),
    px(Math.max(0, left)),
  ];
  if (r === l) return t === b ? (t === r ? `${t}` : `${t} ${r}`) : `${t} ${r} ${b}`;
  return `${t} ${r} ${b} ${l}`;
}

const generic = { sans: 'sans-serif', serif: 'serif', mono: 'monospace' } as const;

export function fontStack(font: Pick<UiFont, 'family' | 'kind'>): string {
  const middle = font.kind === 'sans' ? ', system-ui' : font.kind === 'mono' ? ', ui-monospace' : '';
  return `"${font.family.replace(/["\\<>{};]/g, '')}"${middle}, ${generic[font.kind]}`;
}

export interface TextDefaults {
  readonly family: string;
  readonly size: number;
  readonly lineHeight: number;
  readonly color: string;
}

export const colorOf = (color: Rgb): string => toHex(color);

export const ratio = (font: UiFont): number => Math.round((font.lineHeight / font.size) * 1000) / 1000;

/** Declarations of a text, without what the page's defaults say already. */
export function textDeclarations(style: UiStyle, defaults: TextDefaults): Declarations {
  const { font, color } = style;
  const result: Declarations = {};
  if (font !== undefined) {
    if (fontStack(font) !== defaults.family) result['font-family'] = fontStack(font);
    if (Math.abs(font.size - defaults.size) > 0.05) result['font-size'] = px(font.size);
    if (Math.round(font.weight) !== 400) result['font-weight'] = `${Math.round(font.weight)}`;
    if (font.italic) result['font-style'] = 'italic';
    if (Math.abs(ratio(font) - defaults.lineHeight) > 0.002) result['line-height'] = `${ratio(font)}`;
    if (Math.abs(font.letterSpacing) >= 0.02)
      result['letter-spacing'] = `${Math.round(font.letterSpacing * 100) / 100}px`;
  }
  if (color !== undefined && colorOf(color) !== defaults.color) result['color'] = colorOf(color);
  const lines = [style.underline && 'underline', style.strike && 'line-through'].filter(Boolean);
  if (lines.length > 0) result['text-decoration'] = lines.join(' ');
  return result;
}

function gradientText({ angle, from, to, stops = [] }: NonNullable<UiStyle['gradient']>): string {
  const between = stops.map(({ offset, color }) => `${colorOf(color)} ${Math.round(offset * 100)}%`);
  return `linear-gradient(${[`${Math.round(angle)}deg`, colorOf(from), ...between, colorOf(to)].join(', ')})`;
}

/** Fill, borders, corners and shadow. */
export function surfaceDeclarations(style: UiStyle | undefined): Declarations {
  const result: Declarations = {};
  if (style === undefined) return result;
  if (style.fill) result['background'] = colorOf(style.fill);
  if (style.gradient) result['background'] = gradientText(style.gradient);
  const border = style.border ?? {};
  const text = (side: { width: number; color: Rgb } | undefined): string | undefined =>
    side && `${px(Math.max(1, side.width))} solid ${colorOf(side.color)}`;
  const all = [text(border.top), text(border.right), text(border.bottom), text(border.left)];
  if (all.every((side) => side !== undefined && side === all[0])) result['border'] = all[0] ?? 'none';
  else {
    for (const side of ['top', 'right', 'bottom', 'left'] as const) {
      const value = text(border[side]);
      if (value !== undefined) result[`border-${side}`] = value;
    }
  }
  if (style.radii !== undefined) result['border-radius'] = style.radii.map(px).join(' ');
  else if (style.radius !== undefined && style.radius >= 0.5) result['border-radius'] = px(style.radius);
  const shadow = style.shadow;
  if (shadow !== undefined) {
    const [red, green, blue] = shadow.color.map(Math.round);
    result['box-shadow'] =
      `0 ${px(shadow.offsetY)} ${px(shadow.blur)} rgb(${red} ${green} ${blue} / ${Math.round(shadow.alpha * 100)}%)`;
  }
  return result;
}

export interface Edges {
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
  readonly left: number;
}

/** Border widths as they will be drawn. */
export function borderEdges(style: UiStyle | undefined): Edges {
  const width = (side: { width: number } | undefined): number =>
    side === undefined ? 0 : Math.max(1, neat(side.width));
  const border = style?.border;
  return {
    top: width(border?.top),
    right: width(border?.right),
    bottom: width(border?.bottom),
    left: width(border?.left),
  };
}
