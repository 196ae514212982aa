/** Says of pixels that no measured thing explains how they differ. */
import type { Rect, Rgb } from '../../geometry.ts';
import type { Raster } from '../../image/picture.ts';
import { type Change, colorNote } from './changes.ts';

/** Spread of the values in an area, 0..255, that has one colour. */
const flatSpread = 4;
/** Correlation from which two areas show the same in other colours. */
const sameShape = 0.9;

interface Look {
  readonly mean: Rgb;
  /** Standard deviation of the luminance. */
  readonly spread: number;
}

/** One change for one area. @param box inside of both pictures. */
export function leftoverChange(box: Rect, expected: Raster, actual: Raster): Change {
  const [before, after] = [lookOf(expected, box), lookOf(actual, box)];
  const [wasFlat, isFlat] = [before.spread < flatSpread, after.spread < flatSpread];
  const boxes = { expected: box, actual: box };
  if (wasFlat && !isFlat) return { kind: 'added', actual: box, note: 'something was added on an empty area' };
  if (!wasFlat && isFlat)
    return { kind: 'missing', expected: box, note: 'something is missing; the area is empty' };
  const colored = colorNote(before.mean, after.mean);
  const alike = wasFlat || correlation(expected, actual, box, before, after) >= sameShape;
  if (alike && colored !== undefined) return { kind: 'colour', ...boxes, note: `the area is ${colored}` };
  return { kind: 'changed', ...boxes, note: 'the area looks different' };
}

function lookOf(raster: Raster, box: Rect): Look {
  const sums = [0, 0, 0];
  let squares = 0;
  let total = 0;
  let count = 0;
  for (const at of pixelsOf(raster, box)) {
    for (let channel = 0; channel < 3; channel++)
      sums[channel] = (sums[channel] ?? 0) + (raster.data[at + channel] ?? 0);
    const light = luminance(raster, at);
    total += light;
    squares += light * light;
    count++;
  }
  const mean = (index: number): number => Math.round((sums[index] ?? 0) / Math.max(1, count));
  const variance = squares / Math.max(1, count) - (total / Math.max(1, count)) ** 2;
  return { mean: [mean(0), mean(1), mean(2)], spread: Math.sqrt(Math.max(0, variance)) };
}

/** -1..1 of the luminances. */
function correlation(
  a: Raster,
  b: Raster,
  box: Rect,
  { spread: one }: Look,
  { spread: other }: Look,
): number {
  const [left, right] = [[...pixelsOf(a, box)], [...pixelsOf(b, box)]];
  const values = left.map((at, index) => [luminance(a, at), luminance(b, right[index] ?? at)] as const);
  const mean = (side: 0 | 1): number =>
    values.reduce((sum, pair) => sum + pair[side], 0) / Math.max(1, values.length);
  const [meanA, meanB] = [mean(0), mean(1)];
  const product =
    values.reduce((sum, [x, y]) => sum + (x - meanA) * (y - meanB), 0) / Math.max(1, values.length);
  return product / Math.max(1e-6, one * other);
}

/** At most a few thousand, evenly spread: enough for a mean. */
function* pixelsOf(raster: Raster, { x, y, width, height }: Rect): Generator<number> {
  const step = Math.max(1, Math.floor(Math.sqrt((width * height) / 4000)));
  for (let row = y; row < y + height; row += step) {
    for (let column = x; column < x + width; column += step) yield (row * raster.width + column) * 3;
  }
}

function luminance({ data }: Raster, at: number): number {
  return 0.299 * (data[at] ?? 0) + 0.587 * (data[at + 1] ?? 0) + 0.114 * (data[at + 2] ?? 0);
}
