/** The colour that a soft line had before it was spread over its neighbours. */
import type { Raster } from '../../image/picture.ts';
import { at, median } from '../pixels.ts';
import type { Hairline } from './hairlines.ts';

export type Color = readonly [number, number, number];

/** Source pixels from a soft line's middle to where it no longer shows. */
export const softReach = 3;

/** Source pixels from a sharp line's edge over which compression spreads its hue. */
const hueReach = 4;
/** 0..255: hues that differ by more are spread visibly; share of a line's contrast within which its twin has its lightness. */
const leastHue = 24;
const twinShare = 0.3;
/** Contrast below which one row of noise looks like another: such lines are taken as one pixel wide. */
const leastTwin = 24;

/** Rows, or columns, that a line is drawn in. */
export const rowsOf = ({ row, twin }: Hairline): readonly number[] =>
  twin === undefined ? [row] : [row, row + twin];

/** A line of a compressed picture with its second row, and the hue that it had before that was spread. */
export function withItsColor(raster: Raster, line: Hairline): Hairline {
  const { axis, row } = line;
  if (row <= hueReach || row + hueReach + 2 >= axis.count) return line;
  const across = [-1, 0, 1].map((off) => colorAt(raster, line, off));
  const [before, own, after] = across.map(lightnessOfColor) as [number, number, number];
  const grounds = [-hueReach - 1, hueReach + 2].map((off) => colorAt(raster, line, off));
  const ground = grounds.map(lightnessOfColor);
  const contrast = Math.min(...ground.map((value) => Math.abs(value - own)));
  const isTwin = (value: number): boolean => Math.abs(value - own) <= twinShare * contrast;
  const twin: Hairline['twin'] =
    contrast < leastTwin ? undefined : isTwin(after) ? 1 : isTwin(before) ? -1 : undefined;
  const wide: Hairline = twin === undefined ? line : { ...line, twin };
  const hue = Math.max(...grounds.map((one) => distanceOfHues(one, line.color)));
  if (hue < leastHue) return line;
  const [low, high] = twin === -1 ? [row - 1, row] : [row, row + (twin ?? 0)];
  const color = overChannels((channel) => {
    const at0 = grounds.map((one) => one[channel]);
    let sum = 0;
    for (let off = low - hueReach; off <= high + hueReach; off++) {
      const base =
        off < low ? (at0[0] ?? 0) : off > high ? (at0[1] ?? 0) : ((at0[0] ?? 0) + (at0[1] ?? 0)) / 2;
      sum += colorAt(raster, line, off - row)[channel] - base;
    }
    return ((at0[0] ?? 0) + (at0[1] ?? 0)) / 2 + sum / (high - low + 1);
  });
  // Lightness is kept at every pixel: only the hue is taken from what was spread.
  const shift = own - lightnessOfColor(color);
  const clamp = (value: number): number => Math.min(255, Math.max(0, Math.round(value + shift)));
  return { ...wide, colored: true, color: [clamp(color[0]), clamp(color[1]), clamp(color[2])] };
}

const lightnessOfColor = ([red, green, blue]: Color): number => (red + 2 * green + blue) / 4;

/** Largest difference of two colours' channels beyond that of their lightness, 0..255. */
function distanceOfHues(a: Color, b: Color): number {
  const light = lightnessOfColor(a) - lightnessOfColor(b);
  return Math.max(...a.map((value, channel) => Math.abs(value - (b[channel] ?? 0) - light)));
}

const colorAt = ({ data }: Raster, line: Hairline, off: number): Color =>
  overChannels((channel) => median(alongside(data, line, off, channel)));

/** Median colour of the areas on both sides, taken together. */
export function groundOf({ data }: Raster, line: Hairline): Color {
  return overChannels((channel) => {
    const sides = [-1, 1].map((side) => median(alongside(data, line, side * (softReach + 1), channel)));
    return ((sides[0] ?? 0) + (sides[1] ?? 0)) / 2;
  });
}

/** What all pixels across a line differ from the areas beside it, as one pixel would have it. */
export function fullColor(raster: Raster, line: Hairline): Color {
  const ground = groundOf(raster, line);
  return overChannels((channel) => {
    const far = softReach + 1;
    const [before, after] = [-far, far].map((off) => alongside(raster.data, line, off, channel));
    const spread = new Float64Array(before?.length ?? 0);
    for (let off = -softReach; off <= softReach; off++) {
      const values = alongside(raster.data, line, off, channel);
      for (const [i, value] of values.entries()) {
        const [a, b] = [at(before ?? [], i), at(after ?? [], i)];
        const base = off < 0 ? a : off > 0 ? b : (a + b) / 2;
        spread[i] = at(spread, i) + base - value;
      }
    }
    return Math.min(255, Math.max(0, (ground[channel] ?? 0) - median([...spread])));
  });
}

function alongside(
  data: Uint8Array,
  { axis, row, from, to }: Hairline,
  off: number,
  channel: number,
): number[] {
  const values: number[] = [];
  for (let i = from; i <= to; i++)
    values.push(at(data, 3 * (i * axis.along + (row + off) * axis.across) + channel));
  return values;
}

const overChannels = (of: (channel: 0 | 1 | 2) => number): Color => [
  Math.round(of(0)),
  Math.round(of(1)),
  Math.round(of(2)),
];
