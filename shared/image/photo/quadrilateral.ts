/** Convex hulls, and the quadrilateral that fits around one most closely. */
import type { Point } from './plane.ts';

/** Corners clockwise from the upper left. */
export type Quadrilateral = readonly [topLeft: Point, topRight: Point, bottomRight: Point, bottomLeft: Point];

/** Convex hull by Andrew's monotone chain. @param points sorted by y, then x. */
export function convexHull(points: readonly Point[]): Point[] {
  const lower = halfHull(points);
  const upper = halfHull([...points].reverse());
  return [...lower.slice(0, -1), ...upper.slice(0, -1)];
}

function halfHull(points: readonly Point[]): Point[] {
  const hull: Point[] = [];
  for (const point of points) {
    for (;;) {
      const [a, b] = [hull.at(-2), hull.at(-1)];
      if (a === undefined || b === undefined || cross(a, b, point) > 0) break;
      hull.pop();
    }
    hull.push(point);
  }
  return hull;
}

function cross(o: Point, a: Point, b: Point): number {
  return (a.x - o.x) * (b.y - o.y) - (a.y - o.y) * (b.x - o.x);
}

/** Area of a polygon, in square pixels. */
export function polygonArea(points: readonly Point[]): number {
  let sum = 0;
  for (const [index, a] of points.entries()) {
    const b = points[(index + 1) % points.length] ?? a;
    sum += a.x * b.y - b.x * a.y;
  }
  return Math.abs(sum) / 2;
}

/**
 * Drops the side whose neighbours, drawn out until they meet, add the least area, until four are left.
 * @returns undefined if that is not possible.
 */
export function enclosingQuadrilateral(hull: readonly Point[]): Quadrilateral | undefined {
  const points = [...hull];
  while (points.length > 4) {
    let best: { index: number; meet: Point; added: number } | undefined;
    for (let index = 0; index < points.length; index++) {
      const [before, a, b, after] = [-1, 0, 1, 2].map((k) => points.at((index + k) % points.length));
      if (!before || !a || !b || !after) continue;
      const meet = intersection(before, a, b, after);
      if (meet === undefined) continue;
      const added = polygonArea([a, meet, b]);
      // Beyond a straight angle the neighbours meet on the wrong side.
      const isOutside = (meet.x - a.x) * (a.x - before.x) + (meet.y - a.y) * (a.y - before.y) >= 0;
      if (isOutside && (best === undefined || added < best.added)) best = { index, meet, added };
    }
    if (best === undefined) return undefined;
    points[best.index] = best.meet;
    points.splice((best.index + 1) % points.length, 1);
  }
  return ordered(points);
}

/** Where the line through a and b crosses the line through c and d. */
export function intersection(a: Point, b: Point, c: Point, d: Point): Point | undefined {
  const [ux, uy, vx, vy] = [b.x - a.x, b.y - a.y, d.x - c.x, d.y - c.y];
  const denominator = ux * vy - uy * vx;
  if (Math.abs(denominator) < 1e-9) return undefined;
  const t = ((c.x - a.x) * vy - (c.y - a.y) * vx) / denominator;
  return { x: a.x + t * ux, y: a.y + t * uy };
}

/** Clockwise from the corner that is nearest to the upper left of the four. */
function ordered(points: readonly Point[]): Quadrilateral | undefined {
  if (points.length !== 4) return undefined;
  const cx = points.reduce((sum, p) => sum + p.x, 0) / 4;
  const cy = points.reduce((sum, p) => sum + p.y, 0) / 4;
  const around = [...points].sort((a, b) => Math.atan2(a.y - cy, a.x - cx) - Math.atan2(b.y - cy, b.x - cx));
  const first = around.reduce((best, p, i) => (p.x + p.y < sumAt(around, best) ? i : best), 0);
  const [a, b, c, d] = [0, 1, 2, 3].map((k) => around[(first + k) % 4]);
  return a && b && c && d ? [a, b, c, d] : undefined;
}

function sumAt(points: readonly Point[], index: number): number {
  const point = points[index];
  return point ? point.x + point.y : 0;
}

/** Convex, with every angle between 35° and 145°, as a page seen by a camera has. */
export function isPlausible(quad: Quadrilateral): boolean {
  return quad.every((corner, index) => {
    const before = quad[(index + 3) % 4] ?? corner;
    const after = quad[(index + 1) % 4] ?? corner;
    const lengths =
      Math.hypot(before.x - corner.x, before.y - corner.y) *
      Math.hypot(after.x - corner.x, after.y - corner.y);
    const turn = cross(corner, after, before) / lengths;
    return turn > Math.sin((35 * Math.PI) / 180);
  });
}

export function scaled(quad: Quadrilateral, factor: number): Quadrilateral {
  // Pixel centres: the middle of pixel 0 of a small picture lies at (factor - 1) / 2 of the large one.
  const map = ({ x, y }: Point): Point => ({ x: (x + 0.5) * factor - 0.5, y: (y + 0.5) * factor - 0.5 });
  return [map(quad[0]), map(quad[1]), map(quad[2]), map(quad[3])];
}
