/** The colour that a soft line had before it was spread over its neighbours. */
import type { Raster } from '../../image/picture.ts';
import { at, median } from '../pixels.ts';
import type { Hairline } from './hairlines.ts';

export type Color = readonly [number, number, number];

/** Source pixels from a soft line's middle to where it no longer shows. */
export const softReach = 3;

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
