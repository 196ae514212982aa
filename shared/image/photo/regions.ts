/** Proposes where a page may lie: large connected areas, each with the quadrilateral around it. */
import { giveWay } from '../turn.ts';
import { gradient, type Plane, type Point, quantile } from './plane.ts';
import {
  convexHull,
  enclosingQuadrilateral,
  isPlausible,
  polygonArea,
  type Quadrilateral,
} from './quadrilateral.ts';

/** Share of the picture that a page must fill. */
export const smallestShare = 0.12;
/** A hull that fills less of its quadrilateral is no page. */
const fullness = 0.86;
const whitenessLevels = 18;
const gradientLevels = [1.5, 2.5, 4, 6, 9];

/** Quadrilaterals around bright areas at many thresholds, and around areas that edges enclose. */
export async function proposePages(plane: Plane, signal: AbortSignal): Promise<Quadrilateral[]> {
  const found: Quadrilateral[] = [];
  const low = quantile(plane, 0.02);
  const high = quantile(plane, 0.98);
  for (let level = 1; level < whitenessLevels; level++) {
    const threshold = low + ((high - low) * level) / whitenessLevels;
    await giveWay(signal);
    found.push(...quadrilaterals(plane, (at) => (plane.data[at] ?? 0) > threshold));
  }
  // Where the light falls off, one threshold does not part page and table; the edge between them does.
  const slope = gradient(plane);
  for (const threshold of gradientLevels) {
    await giveWay(signal);
    found.push(...quadrilaterals(plane, (at) => (slope.data[at] ?? 0) < threshold));
  }
  return found;
}

function quadrilaterals(plane: Plane, isIn: (at: number) => boolean): Quadrilateral[] {
  const smallest = smallestShare * plane.width * plane.height;
  const result: Quadrilateral[] = [];
  for (const { points, size } of areas(plane, isIn, smallest * 0.5)) {
    const hull = convexHull(points);
    const hullArea = polygonArea(hull);
    if (hullArea < smallest || size < hullArea * 0.4) continue;
    const quad = enclosingQuadrilateral(hull);
    if (quad && isPlausible(quad) && hullArea > fullness * polygonArea(quad) && isInside(quad, plane))
      result.push(quad);
  }
  return result;
}

/** A page that runs out of the picture has no corner to be found there. */
function isInside(quad: Quadrilateral, { width, height }: Plane): boolean {
  const slack = 0.02 * Math.max(width, height);
  return quad.every(({ x, y }) => x > -slack && y > -slack && x < width + slack && y < height + slack);
}

interface Area {
  /** The ends of every row of the area, sorted by y, then x. */
  readonly points: readonly Point[];
  readonly size: number;
}

/** Connected areas (4 neighbours) of at least `smallest` pixels. */
function areas({ width, height }: Plane, isIn: (at: number) => boolean, smallest: number): Area[] {
  const seen = new Uint8Array(width * height);
  const stack = new Int32Array(width * height);
  const result: Area[] = [];
  for (let start = 0; start < seen.length; start++) {
    if (seen[start] || !isIn(start)) continue;
    const first = new Int32Array(height).fill(width);
    const last = new Int32Array(height).fill(-1);
    let size = 0;
    let top = 0;
    const push = (at: number): void => {
      if (seen[at] || !isIn(at)) return;
      seen[at] = 1;
      stack[top++] = at;
    };
    push(start);
    while (top > 0) {
      const at = stack[--top] ?? 0;
      const y = Math.floor(at / width);
      const x = at - y * width;
      size += 1;
      if (x < (first[y] ?? 0)) first[y] = x;
      if (x > (last[y] ?? 0)) last[y] = x;
      if (x > 0) push(at - 1);
      if (x < width - 1) push(at + 1);
      if (y > 0) push(at - width);
      if (y < height - 1) push(at + width);
    }
    if (size >= smallest) result.push({ points: rowEnds(first, last), size });
  }
  return result;
}

function rowEnds(first: Int32Array, last: Int32Array): Point[] {
  const points: Point[] = [];
  for (let y = 0; y < first.length; y++) {
    const [from = 0, to = -1] = [first[y], last[y]];
    if (to < from) continue;
    points.push({ x: from, y });
    if (to > from) points.push({ x: to, y });
  }
  return points;
}
