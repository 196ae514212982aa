/** Lengths on Tailwind's scale: 0.25 rem a step, quarters of a step included, which is every whole pixel. */
import { neat } from '../html/values.ts';

/** Pixels per rem that sizes are written for; the scale is in rem. */
export const rootSize = 16;
const pixelsPerStep = 4;

/** An even number of pixels is preferred where it is hardly farther than the nearest whole one. */
const evenWithin = 0.65;

/** A percentage is written as a fraction of twelve or fewer where that is as good, in per cent. */
const fractionWithin = 0.1;

/** Pixels of a plain length; undefined for anything else. */
export function pixelsOf(value: string): number | undefined {
  const match = /^(-?\d*\.?\d+)(px)?$/.exec(value);
  if (match === null || (match[2] === undefined && Number(match[1]) !== 0)) return undefined;
  return Number(match[1]);
}

/** Rounded so that it can be told in quarters of a step. */
export function onScale(pixels: number): number {
  const whole = Math.round(pixels);
  const even = 2 * Math.round(pixels / 2);
  return Math.abs(pixels - even) <= evenWithin ? even : whole;
}

/** A line that fits must still fit: such bounds are rounded up. */
export const upward = (pixels: number): number => {
  const rounded = onScale(pixels);
  return rounded < pixels - 0.1 ? Math.ceil(pixels) : rounded;
};

/** `13` → `3.25`. */
export const stepsOf = (pixels: number): string =>
  pixels === 1 ? 'px' : `${Math.round((pixels / pixelsPerStep) * 4) / 4}`;

/** A length that stands in the theme under a name, as the value of a declaration. */
export const named = (name: string): string => `theme(${name})`;

/** A value as Tailwind wants it between square brackets. */
export function arbitrary(value: string): string {
  const spaced = value
    .replace(/-?\d*\.\d+(?=px)/g, (number) => `${neat(Number(number))}`)
    .replace(/_/g, '\\_')
    .replace(/\s*([,/*])\s*/g, '$1')
    .replace(/\s+/g, '_');
  return `[${spaced}]`;
}

/** `50%` → `1/2`, `51.7%` → `[51.7%]`. */
function shareOf(percent: number, fractions: boolean): string {
  if (percent === 100) return 'full';
  for (const whole of fractions ? [2, 3, 4, 5, 6, 12] : []) {
    const part = Math.round((percent / 100) * whole);
    if (part > 0 && part < whole && Math.abs((100 * part) / whole - percent) <= fractionWithin)
      return `${part}/${whole}`;
  }
  return `[${Math.round(100 * percent) / 100}%]`;
}

const keywords: Readonly<Record<string, string>> = {
  auto: 'auto',
  'fit-content': 'fit',
  'min-content': 'min',
  'max-content': 'max',
  none: 'none',
};

/** Families that take fractions of the room; that may be negative. */
const sizes = /^(size|(min-|max-)?[wh]|basis|inset(-[xy])?|top|right|bottom|left)$/;
const signed = /^(m[xytrbl]?|inset(-[xy])?|top|right|bottom|left|indent|scroll-mt)?$/;

/**
 * A class of the families that take lengths: `p-4`, `-mt-0.5`, `w-1/2`, `max-w-[calc(100%-3rem)]`; none for a
 * negative length that CSS would not take.
 */
export function lengthClass(root: string, value: string, round = onScale): string[] {
  const [, name] = /^theme\((.+)\)$/.exec(value) ?? [];
  if (name !== undefined) return [`${root}-${name}`];
  const pixels = pixelsOf(value);
  const [, percent] = /^(-?\d*\.?\d+)%$/.exec(value) ?? [];
  const size = pixels ?? (percent === undefined ? undefined : Number(percent));
  if (size === undefined) return [`${root}-${keywords[value] ?? arbitrary(value)}`];
  if (size < 0 && !signed.test(root)) return [];
  const steps =
    pixels === undefined ? shareOf(Math.abs(size), sizes.test(root)) : stepsOf(round(Math.abs(size)));
  return [`${size < 0 && steps !== '0' ? '-' : ''}${root}-${steps}`];
}
