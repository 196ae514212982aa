/** Moves the sides of a quadrilateral onto the edge between page and table, and tells how well they lie on it. */
import { type Plane, type Point, sample } from './plane.ts';
import { intersection, isPlausible, type Quadrilateral } from './quadrilateral.ts';

export interface RefinedPage {
  readonly corners: Quadrilateral;
  /** Share of the points of each side that lie on a clear edge, 0..1. */
  readonly support: readonly number[];
}

interface Line {
  readonly from: Point;
  readonly to: Point;
}

const samplesPerSide = 80;
/** A clear edge of a page: grey levels that the inside is brighter than the outside. */
const clearStep = 10;
/** Of a screen, whose dark parts differ little from a black frame. */
const faintStep = 5;
/** Pixels from the fitted line within which a point counts. */
const inlierDistance = 1.6;

/** How clearly an edge parts two points, in grey levels, and from where on it counts. */
interface Edge {
  readonly step: (inside: Point, outside: Point) => number;
  readonly least: number;
}

/**
 * Fits a line to each side of a page, which is brighter than what it lies on, and takes the crossings.
 * @param reach how far from the proposed side the edge is looked for, in pixels.
 * @returns undefined if a side has too few edge points.
 */
export function refine(plane: Plane, quad: Quadrilateral, reach: number): RefinedPage | undefined {
  const value = ({ x, y }: Point): number => sample(plane, x, y);
  return fitted({ step: (inside, outside) => value(inside) - value(outside), least: clearStep }, quad, reach);
}

/** The same for a screen, each part of which may be brighter or darker than its frame, in any channel. */
export function refineScreen(
  channels: readonly Plane[],
  quad: Quadrilateral,
  reach: number,
): RefinedPage | undefined {
  const step = (a: Point, b: Point): number =>
    Math.max(...channels.map((plane) => Math.abs(sample(plane, a.x, a.y) - sample(plane, b.x, b.y))));
  return fitted({ step, least: faintStep }, quad, reach);
}

function fitted(edge: Edge, quad: Quadrilateral, reach: number): RefinedPage | undefined {
  const lines: Line[] = [];
  const support: number[] = [];
  for (const [index, from] of quad.entries()) {
    const to = quad[(index + 1) % 4] ?? from;
    const points = edgePoints(edge, from, to, reach);
    const fit = fitLine(points);
    if (fit === undefined) return undefined;
    lines.push(fit);
    support.push(points.filter((point) => distance(point, fit) < inlierDistance).length / samplesPerSide);
  }
  const meet = (a: number, b: number): Point | undefined => {
    const [p, q] = [lines[a], lines[b]];
    return p && q ? intersection(p.from, p.to, q.from, q.to) : undefined;
  };
  const [a, b, c, d] = [meet(3, 0), meet(0, 1), meet(1, 2), meet(2, 3)];
  if (!a || !b || !c || !d) return undefined;
  const corners: Quadrilateral = [a, b, c, d];
  return isPlausible(corners) ? { corners, support } : undefined;
}

/** For points along the side, the clearest edge near it. */
function edgePoints(edge: Edge, from: Point, to: Point, reach: number): Point[] {
  const length = Math.hypot(to.x - from.x, to.y - from.y);
  if (length < 8) return [];
  // The corners run clockwise, so this normal points out of the page.
  const normal = { x: (to.y - from.y) / length, y: -(to.x - from.x) / length };
  const points: Point[] = [];
  for (let index = 0; index < samplesPerSide; index++) {
    const t = 0.04 + (0.92 * (index + 0.5)) / samplesPerSide;
    const base = { x: from.x + (to.x - from.x) * t, y: from.y + (to.y - from.y) * t };
    const offset = steepest(edge, base, normal, reach);
    if (offset !== undefined) points.push({ x: base.x + normal.x * offset, y: base.y + normal.y * offset });
  }
  return points;
}

function steepest(edge: Edge, base: Point, normal: Point, reach: number): number | undefined {
  const at = (offset: number): Point => ({ x: base.x + normal.x * offset, y: base.y + normal.y * offset });
  const fall = (offset: number): number => edge.step(at(offset - 1.5), at(offset + 1.5));
  let best = 0;
  let bestFall = 0;
  for (let offset = -reach; offset <= reach; offset += 0.5) {
    const current = fall(offset);
    if (current > bestFall) [best, bestFall] = [offset, current];
  }
  if (bestFall < edge.least) return undefined;
  const [before, after] = [fall(best - 0.5), fall(best + 0.5)];
  const bend = before - 2 * bestFall + after;
  return bend < -1e-6 ? best + (0.25 * (before - after)) / bend : best;
}

/** Least squares after the best of many lines through two points has told which points belong. */
function fitLine(points: readonly Point[]): Line | undefined {
  if (points.length < samplesPerSide / 4) return undefined;
  let inliers: readonly Point[] = [];
  for (let step = 1; step < points.length; step = Math.ceil(step * 1.6)) {
    for (let index = 0; index + step < points.length; index += 2) {
      const [from, to] = [points[index], points[index + step]];
      if (!from || !to) continue;
      const near = points.filter((point) => distance(point, { from, to }) < inlierDistance);
      if (near.length > inliers.length) inliers = near;
    }
  }
  return inliers.length < 2 ? undefined : leastSquares(inliers);
}

/** The main axis through the points' centre. */
function leastSquares(points: readonly Point[]): Line {
  const n = points.length;
  const cx = points.reduce((sum, p) => sum + p.x, 0) / n;
  const cy = points.reduce((sum, p) => sum + p.y, 0) / n;
  let [xx, xy, yy] = [0, 0, 0];
  for (const { x, y } of points) {
    xx += (x - cx) ** 2;
    xy += (x - cx) * (y - cy);
    yy += (y - cy) ** 2;
  }
  const angle = Math.atan2(2 * xy, xx - yy) / 2;
  return { from: { x: cx, y: cy }, to: { x: cx + 100 * Math.cos(angle), y: cy + 100 * Math.sin(angle) } };
}

function distance(point: Point, { from, to }: Line): number {
  const length = Math.hypot(to.x - from.x, to.y - from.y) || 1;
  return Math.abs((to.x - from.x) * (from.y - point.y) - (from.x - point.x) * (to.y - from.y)) / length;
}
