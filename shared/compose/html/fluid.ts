/** Lengths that shrink with the viewport, and how lengths are read back from declarations. */
import type { Declarations } from './element.ts';
import { neat, px } from './values.ts';

/** Viewport at which a length has its least value, CSS pixels: an ordinary phone. */
const phone = 390;

/**
 * `value` at the picture's width, `least` on a phone, between them in proportion.
 *
 * @param width of the pictured page, CSS pixels.
 */
export function fluid(value: number, least: number, width: number): string {
  if (width <= phone + 90 || value <= least + 1)
    return px(Math.min(value, width <= phone + 90 ? value : least));
  const slope = (100 * (value - least)) / (width - phone);
  const offset = neat(least - (slope * phone) / 100);
  const share = `${Math.round(slope * 100) / 100}vw`;
  const middle = offset === 0 ? share : offset < 0 ? `${share} - ${-offset}px` : `${px(offset)} + ${share}`;
  return `clamp(${px(least)}, ${middle}, ${px(value)})`;
}

/** Pixels of a plain length; none of `auto`, of shares and of functions. */
export function pixelsOf(value: string | number | undefined): number | undefined {
  if (typeof value === 'number') return value;
  const found = /^(-?\d*\.?\d+)(?:px)?$/.exec(value ?? '');
  return found ? Number(found[1]) : undefined;
}

/** Top, right, bottom and left of a shorthand in pixels; zeros where it is missing or no list of lengths. */
export function sidesOf(value: Declarations[string] | undefined): [number, number, number, number] {
  const parts = String(value ?? '0')
    .split(/\s+/)
    .map(pixelsOf);
  const [top = 0, right = top, bottom = top, left = right] = parts.includes(undefined) ? [] : parts;
  return [top, right, bottom, left];
}
