/** The projective map between a rectangle and a page seen at an angle. */
import type { Point } from './plane.ts';
import type { Quadrilateral } from './quadrilateral.ts';

/** Row by row; the last of the nine numbers is 1. */
export type Homography = readonly number[];

/**
 * Maps the corners of `from` to those of `to`.
 * @throws RangeError if three corners lie on a line.
 */
export function homographyBetween(from: Quadrilateral, to: Quadrilateral): Homography {
  const rows: number[][] = [];
  for (const [index, { x, y }] of from.entries()) {
    const { x: u, y: v } = to[index] ?? { x: 0, y: 0 };
    rows.push([x, y, 1, 0, 0, 0, -x * u, -y * u, u], [0, 0, 0, x, y, 1, -x * v, -y * v, v]);
  }
  return [...solve(rows), 1];
}

export function project(h: Homography, { x, y }: Point): Point {
  const at = (index: number): number => h[index] ?? 0;
  const w = at(6) * x + at(7) * y + at(8);
  return { x: (at(0) * x + at(1) * y + at(2)) / w, y: (at(3) * x + at(4) * y + at(5)) / w };
}

/**
 * Gaussian elimination with pivoting; each row ends with its right-hand side, and is changed.
 * @throws RangeError if the rows depend on each other.
 */
export function solve(rows: number[][]): number[] {
  const n = rows.length;
  for (let column = 0; column < n; column++) {
    let pivot = column;
    for (let row = column; row < n; row++) {
      if (Math.abs(rows[row]?.[column] ?? 0) > Math.abs(rows[pivot]?.[column] ?? 0)) pivot = row;
    }
    const [upper, lower] = [rows[column] ?? [], rows[pivot] ?? []];
    [rows[column], rows[pivot]] = [lower, upper];
    const head = lower[column] ?? 0;
    if (Math.abs(head) < 1e-12)
      throw new RangeError('Expected four corners of which no three lie on a line.');
    for (let row = 0; row < n; row++) {
      const current = rows[row];
      if (row === column || current === undefined) continue;
      const factor = (current[column] ?? 0) / head;
      for (let k = column; k <= n; k++) current[k] = (current[k] ?? 0) - factor * (lower[k] ?? 0);
    }
  }
  return rows.map((row, index) => (row[n] ?? 0) / (row[index] ?? 1));
}

/**
 * Width divided by height of the real page, from the vanishing points of its sides and a camera whose axis meets
 * the middle of the picture (Zhang and He, "Whiteboard scanning and image enhancement", 2007, equations 11 to 20).
 * Where the sides are nearly parallel it is the ratio of their lengths.
 */
export function aspectOf(quad: Quadrilateral, pictureWidth: number, pictureHeight: number): number {
  const [m1, m2, m4, m3] = quad.map(({ x, y }): Vector => [x - pictureWidth / 2, y - pictureHeight / 2, 1]);
  const byLength = sideRatio(quad);
  if (!m1 || !m2 || !m3 || !m4) return byLength;
  const k2 = dot(crossOf(m1, m4), m3) / dot(crossOf(m2, m4), m3);
  const k3 = dot(crossOf(m1, m4), m2) / dot(crossOf(m3, m4), m2);
  const n2 = minus(times(m2, k2), m1);
  const n3 = minus(times(m3, k3), m1);
  const focalSquared = -(n2[0] * n3[0] + n2[1] * n3[1]) / (n2[2] * n3[2]);
  const isNearlyParallel = Math.abs(n2[2]) < 0.02 || Math.abs(n3[2]) < 0.02;
  const longest = Math.max(pictureWidth, pictureHeight);
  // Lenses of cameras see from 20° to 120°; anything else is noise of nearly parallel sides.
  if (isNearlyParallel || !(focalSquared > (0.28 * longest) ** 2 && focalSquared < (2.9 * longest) ** 2))
    return byLength;
  const length = (n: Vector): number => Math.sqrt((n[0] ** 2 + n[1] ** 2) / focalSquared + n[2] ** 2);
  const ratio = length(n2) / length(n3);
  return ratio > byLength / 2 && ratio < byLength * 2 ? ratio : byLength;
}

/** Mean width by mean height. */
function sideRatio(quad: Quadrilateral): number {
  const [a, b, c, d] = quad;
  const length = (p: Point, q: Point): number => Math.hypot(p.x - q.x, p.y - q.y);
  return (length(a, b) + length(d, c)) / (length(a, d) + length(b, c));
}

type Vector = readonly [number, number, number];
const dot = (a: Vector, b: Vector): number => a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
const times = (a: Vector, k: number): Vector => [a[0] * k, a[1] * k, a[2] * k];
const minus = (a: Vector, b: Vector): Vector => [a[0] - b[0], a[1] - b[1], a[2] - b[2]];
const crossOf = (a: Vector, b: Vector): Vector => [
  a[1] * b[2] - a[2] * b[1],
  a[2] * b[0] - a[0] * b[2],
  a[0] * b[1] - a[1] * b[0],
];
