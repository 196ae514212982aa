/** Projections of boxes on an axis: where they fall apart, and how far. */
import type { Rect } from '../../geometry.ts';

export type Axis = 'x' | 'y';

export interface Boxed {
  readonly box: Rect;
}

export const start = (rect: Rect, axis: Axis): number => (axis === 'x' ? rect.x : rect.y);
export const length = (rect: Rect, axis: Axis): number => (axis === 'x' ? rect.width : rect.height);
export const end = (rect: Rect, axis: Axis): number => start(rect, axis) + length(rect, axis);

export interface Band<T> {
  readonly items: T[];
  readonly start: number;
  readonly end: number;
}

/** Overlap that is still taken for a measuring error, in pixels. */
const tolerance = 2.5;

/** Groups of items whose projections on the axis overlap, in order. */
export function bandsOf<T extends Boxed>(items: readonly T[], axis: Axis): Band<T>[] {
  const sorted = [...items].sort((a, b) => start(a.box, axis) - start(b.box, axis));
  const bands: { items: T[]; start: number; end: number }[] = [];
  for (const item of sorted) {
    const from = start(item.box, axis);
    const to = end(item.box, axis);
    const band = bands[bands.length - 1];
    const slack = Math.min(
      tolerance,
      0.3 * length(item.box, axis),
      band === undefined ? 0 : 0.3 * (band.end - band.start),
    );
    if (band === undefined || from >= band.end - slack) bands.push({ items: [item], start: from, end: to });
    else {
      band.items.push(item);
      band.end = Math.max(band.end, to);
    }
  }
  return bands;
}

/** Distances between successive bands; slightly negative ones are measuring errors. */
export function gapsOf<T>(bands: readonly Band<T>[]): number[] {
  return bands.slice(1).map((band, index) => band.start - (bands[index]?.end ?? band.start));
}

/** Merges bands whose distance is under the threshold. */
export function mergeBands<T>(bands: readonly Band<T>[], threshold: number): Band<T>[] {
  const merged: { items: T[]; start: number; end: number }[] = [];
  for (const band of bands) {
    const last = merged[merged.length - 1];
    if (last === undefined || band.start - last.end >= threshold)
      merged.push({ items: [...band.items], start: band.start, end: band.end });
    else {
      last.items.push(...band.items);
      last.end = Math.max(last.end, band.end);
    }
  }
  return merged;
}
