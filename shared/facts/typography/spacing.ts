/** Letter-spacing: what is left of the width after family, weight and size, equal for lines of equal style. */
import { type FaceFit, type InkedLine, inkWidth, styleOf } from './fit-line.ts';

export interface PlacedLine {
  readonly line: InkedLine;
  readonly fit: FaceFit;
  /** CSS pixels. */
  readonly size: number;
}

/** Less than this share of the width is no spacing. */
const least = 0.01;
/** Nothing is stretched further than this share of the width: 6 % for a stand-in font, the rest for a rounded size. */
const most = 0.14;
/** Spacings closer than this, in ems, are one. */
const step = 0.012;

/** @returns CSS pixels, one a line. */
export function spacings(lines: readonly PlacedLine[], pixelRatio: number): number[] {
  const wanted = lines.map((one) => wantedEms(one, pixelRatio));
  const groups = new Map<string, number[]>();
  for (const [index, { fit, size }] of lines.entries()) {
    const key = `${styleOf(fit.face)} ${size}`;
    groups.set(key, [...(groups.get(key) ?? []), index]);
  }
  const result = lines.map(() => 0);
  for (const group of groups.values()) {
    for (const cluster of clusters(
      group.filter((index) => wanted[index] !== 0),
      (index) => wanted[index] ?? 0,
    )) {
      const middle = wanted[cluster[Math.floor(cluster.length / 2)] ?? 0] ?? 0;
      for (const index of cluster) result[index] = Number((middle * (lines[index]?.size ?? 0)).toFixed(2));
    }
  }
  return result;
}

function wantedEms({ line, fit, size }: PlacedLine, pixelRatio: number): number {
  if (line.characters < 3) return 0;
  const width = inkWidth(line);
  const natural = (size * pixelRatio * width) / fit.sizeByWidth;
  const missing = width - natural;
  if (Math.abs(missing) < Math.max(least * width, 0.75)) return 0;
  const bounded = Math.max(-most * width, Math.min(most * width, missing));
  return bounded / (line.characters - 1) / (size * pixelRatio);
}

/** Sorted runs without a step between neighbours. */
function clusters(indices: readonly number[], emsOf: (index: number) => number): number[][] {
  const result: number[][] = [];
  for (const index of indices.toSorted((a, b) => emsOf(a) - emsOf(b))) {
    const last = result.at(-1);
    const first = last?.[0];
    if (last !== undefined && first !== undefined && emsOf(index) - emsOf(first) <= step) last.push(index);
    else result.push([index]);
  }
  return result;
}
