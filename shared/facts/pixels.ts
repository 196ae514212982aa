/** Small helpers over pixel arrays: reads that need no bounds test, packed colours, distances. */
import type { Rgb } from '../geometry.ts';

/** `array[index]`, or 0 outside, so that pixel loops type-check without assertions. */
export const at = (array: ArrayLike<number>, index: number): number => array[index] ?? 0;

export const unpack = (packed: number): Rgb => [(packed >> 16) & 255, (packed >> 8) & 255, packed & 255];

export const pack = (red: number, green: number, blue: number): number => (red << 16) | (green << 8) | blue;

/** Largest channel difference of two packed colours, 0..255. */
export function packedDistance(a: number, b: number): number {
  return Math.max(
    Math.abs(((a >> 16) & 255) - ((b >> 16) & 255)),
    Math.abs(((a >> 8) & 255) - ((b >> 8) & 255)),
    Math.abs((a & 255) - (b & 255)),
  );
}

/** Largest channel difference of two colours, 0..255. */
export function colorDistance(a: Rgb, b: Rgb): number {
  return Math.max(Math.abs(a[0] - b[0]), Math.abs(a[1] - b[1]), Math.abs(a[2] - b[2]));
}

/** The packed colour of pixel `index` (not byte) of RGB data. */
export const packedAt = (data: ArrayLike<number>, index: number): number =>
  (at(data, index * 3) << 16) | (at(data, index * 3 + 1) << 8) | at(data, index * 3 + 2);

/** The most frequent value, and its count. */
export function modeOf(values: Iterable<number>): { value: number; count: number; total: number } {
  const counts = new Map<number, number>();
  let best = { value: 0, count: 0 };
  let total = 0;
  for (const value of values) {
    const count = (counts.get(value) ?? 0) + 1;
    counts.set(value, count);
    total++;
    if (count > best.count) best = { value, count };
  }
  return { ...best, total };
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[sorted.length >> 1] ?? 0;
}
