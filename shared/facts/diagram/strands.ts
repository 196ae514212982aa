/** Takes thinned lines for a graph: knots, where lines end or meet, and strands between them. */
import type { GraphPoint } from '../../diagram-graph.ts';
import { at } from '../pixels.ts';

export interface Strand {
  /** Pixel by pixel, from one knot to the other. */
  readonly points: readonly GraphPoint[];
  readonly from: number;
  readonly to: number;
}

export interface StrandGraph {
  /** Middles of the knots. */
  readonly knots: readonly GraphPoint[];
  readonly strands: readonly Strand[];
}

const around = (width: number): readonly number[] => [
  -width,
  1,
  width,
  -1,
  -width + 1,
  width + 1,
  width - 1,
  -width - 1,
];

export function strandsOf(line: Uint8Array, width: number): StrandGraph {
  const steps = around(width);
  const neighbours = (pixel: number): number[] =>
    steps.map((step) => pixel + step).filter((other) => at(line, other) === 1);
  const knotOf = new Map<number, number>();
  const knots: GraphPoint[] = [];
  const point = (pixel: number): GraphPoint => ({ x: pixel % width, y: Math.floor(pixel / width) });
  const pixels: number[] = [];
  for (let pixel = 0; pixel < line.length; pixel++) if (at(line, pixel) === 1) pixels.push(pixel);
  const isKnot = (pixel: number): boolean => neighbours(pixel).length !== 2;
  // Pixels of one crossing lie side by side: they are one knot.
  for (const pixel of pixels) {
    if (!isKnot(pixel) || knotOf.has(pixel)) continue;
    const group = [pixel];
    knotOf.set(pixel, knots.length);
    for (const one of group)
      for (const other of neighbours(one)) {
        if (knotOf.has(other) || !isKnot(other) || neighbours(other).length < 3 || neighbours(one).length < 3)
          continue;
        knotOf.set(other, knots.length);
        group.push(other);
      }
    const middle = group.map(point).reduce((a, b) => ({ x: a.x + b.x, y: a.y + b.y }), { x: 0, y: 0 });
    knots.push({ x: middle.x / group.length, y: middle.y / group.length });
  }
  const strands: Strand[] = [];
  const used = new Set<number>();
  const walk = (start: number, first: number): void => {
    const way = [start, first];
    let [before, here] = [start, first];
    while (!knotOf.has(here)) {
      used.add(here);
      const next = neighbours(here).find((other) => other !== before && !(way.length < 4 && other === start));
      if (next === undefined) break;
      before = here;
      here = next;
      way.push(here);
    }
    strands.push({ points: way.map(point), from: knotOf.get(start) ?? -1, to: knotOf.get(here) ?? -1 });
  };
  for (const [pixel, knot] of knotOf)
    for (const other of neighbours(pixel)) {
      const otherKnot = knotOf.get(other);
      if (otherKnot === undefined) {
        if (!used.has(other)) walk(pixel, other);
      } else if (otherKnot !== knot && pixel < other)
        strands.push({ points: [point(pixel), point(other)], from: knot, to: otherKnot });
    }
  return { knots, strands: strands.filter((strand) => strand.from >= 0 && strand.to >= 0) };
}

/** Length along the pixels. */
export function lengthOf(points: readonly GraphPoint[]): number {
  let sum = 0;
  for (const [index, point] of points.entries()) {
    const before = points[index - 1];
    if (before) sum += Math.hypot(point.x - before.x, point.y - before.y);
  }
  return sum;
}

/** Unit direction in which a way leaves its first point, measured over `reach` pixels. */
export function leaving(points: readonly GraphPoint[], reach: number): GraphPoint {
  const start = points[0] ?? { x: 0, y: 0 };
  let far = start;
  for (const point of points) {
    far = point;
    if (Math.hypot(point.x - start.x, point.y - start.y) >= reach) break;
  }
  const length = Math.hypot(far.x - start.x, far.y - start.y) || 1;
  return { x: (far.x - start.x) / length, y: (far.y - start.y) / length };
}

/** Keeps the corners of a way: Ramer–Douglas–Peucker. @param tolerance pixels that it may be off. */
export function simplified(points: readonly GraphPoint[], tolerance: number): GraphPoint[] {
  const [first, last] = [points[0], points.at(-1)];
  if (!first || !last || points.length < 3) return [...points];
  const [dx, dy] = [last.x - first.x, last.y - first.y];
  const length = Math.hypot(dx, dy);
  let [worst, at_] = [tolerance, -1];
  for (let index = 1; index < points.length - 1; index++) {
    const point = points[index] ?? first;
    const off =
      length < 1
        ? Math.hypot(point.x - first.x, point.y - first.y)
        : Math.abs(dx * (point.y - first.y) - dy * (point.x - first.x)) / length;
    if (off > worst) [worst, at_] = [off, index];
  }
  if (at_ < 0) return [first, last];
  return [
    ...simplified(points.slice(0, at_ + 1), tolerance).slice(0, -1),
    ...simplified(points.slice(at_), tolerance),
  ];
}
