/** Measures a linear gradient across a box from the pixels of its own region. */
import type { Rgb } from '../../geometry.ts';
import type { Raster } from '../../image/picture.ts';
import type { Gradient, GradientStop } from '../page-facts.ts';
import { at, modeOf, pack, packedDistance } from '../pixels.ts';
import type { FlatRegions } from '../regions/flat-regions.ts';
import { fitPlane, type Sample } from './plane.ts';

export interface GradientArea {
  readonly left: number;
  readonly top: number;
  /** Inclusive. */
  readonly right: number;
  readonly bottom: number;
}

/** Largest change of a channel across a box that still counts as one colour. */
const flatRange = 5;
/** Root mean square distance, 0..255, from the best linear gradient above which a smooth area is a photo. */
const textureResidual = 3.5;
/** A stop is kept if leaving it out moves a colour by more than this. */
const stopTolerance = 2.5;
const bins = 24;
/** Degrees around the slope of all pixels that are tried, from the nearest on. */
const nearby = [0, -5, 5, -10, 10] as const;

interface Profile {
  readonly angle: number;
  /** Colours along the gradient line, one a bin; undefined where no sample fell. */
  readonly colors: readonly (Rgb | undefined)[];
  readonly residual: number;
}

/** @returns undefined for a flat area, `textured` for one whose colours do not change along one direction only. */
export function measureGradient(
  raster: Raster,
  regions: FlatRegions,
  region: number,
  area: GradientArea,
): Gradient | 'textured' | undefined {
  const points = samples(raster, regions, region, area);
  if (points.length < 24) return undefined;
  const ranges = [2, 3, 4].map((i) => rangeOf(points.map((point) => at(point, i))));
  if (Math.max(...ranges) < flatRange || isMostlyOneColor(points)) return undefined;
  const width = area.right - area.left + 1;
  const height = area.bottom - area.top + 1;
  const planes = [0, 1, 2].map((channel) => fitPlane(points, channel));
  const lead = planes.reduce((a, b) =>
    Math.hypot(b.slopeX, b.slopeY) > Math.hypot(a.slopeX, a.slopeY) ? b : a,
  );
  const angle = angleOf(lead.slopeX / width, lead.slopeY / height);
  // A plane through a gradient of several stops leans a little otherwise than the gradient does.
  const near = angle % 45 === 0 ? [] : nearby.map((step) => Math.round(angle / 5) * 5 + step);
  const angles = new Set([angle, 180, 90, ...near]);
  const profiles = [...angles].map((one) => profileAt(points, one, width, height));
  const best = profiles.reduce((a, b) => (b.residual < a.residual - 0.05 ? b : a));
  if (best.residual > textureResidual) return 'textured';
  return toGradient(best);
}

/** A flat area into which a shadow runs. */
function isMostlyOneColor(points: readonly Sample[]): boolean {
  const mode = modeOf(points.map((point) => pack(point[2], point[3], point[4]))).value;
  const near = points.filter((point) => packedDistance(mode, pack(point[2], point[3], point[4])) <= 2).length;
  return near >= 0.7 * points.length;
}

function rangeOf(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  // A few samples may be antialiased.
  return at(sorted, Math.floor(sorted.length * 0.98)) - at(sorted, Math.floor(sorted.length * 0.02));
}

/** CSS angle in degrees of the direction (x right, y down), snapped to 45° where it is within 8°. */
function angleOf(x: number, y: number): number {
  const raw = ((Math.atan2(x, -y) * 180) / Math.PI + 360) % 360;
  const snapped = Math.round(raw / 45) * 45;
  return Math.abs(raw - snapped) <= 8 ? snapped % 360 : Math.round(raw);
}

/** Where samples lie on the gradient line; its length is |w·sin| + |h·cos| (CSS Images 3). */
function profileAt(points: readonly Sample[], angle: number, width: number, height: number): Profile {
  const radians = (angle * Math.PI) / 180;
  const [dx, dy] = [Math.sin(radians), -Math.cos(radians)];
  const length = Math.abs(width * dx) + Math.abs(height * dy);
  const binOf = ([x, y]: Sample): number => {
    const t = 0.5 + (x * width * dx + y * height * dy) / length;
    return Math.max(0, Math.min(bins - 1, Math.floor(t * bins)));
  };
  const sums = Array.from({ length: bins }, () => [0, 0, 0, 0] as [number, number, number, number]);
  for (const point of points) {
    const sum = sums[binOf(point)];
    if (!sum) continue;
    sum[0]++;
    sum[1] += point[2];
    sum[2] += point[3];
    sum[3] += point[4];
  }
  const colors = sums.map(([n, r, g, b]): Rgb | undefined => (n === 0 ? undefined : [r / n, g / n, b / n]));
  let squares = 0;
  for (const point of points) {
    const color = colors[binOf(point)] ?? [0, 0, 0];
    // Half the step to the next bin is the gradient's own change inside this one.
    const next = colors[Math.min(bins - 1, binOf(point) + 1)] ?? color;
    for (let i = 0; i < 3; i++) {
      const slack = Math.abs(at(next, i) - at(color, i)) / 2;
      squares += Math.max(0, Math.abs(at(point, i + 2) - at(color, i)) - slack) ** 2;
    }
  }
  return { angle, colors, residual: Math.sqrt(squares / (3 * points.length)) };
}

function toGradient({ angle, colors }: Profile): Gradient | undefined {
  const known = colors.flatMap((color, i): GradientStop[] =>
    color ? [{ offset: (i + 0.5) / bins, color }] : [],
  );
  const [first, last] = [known[0], known.at(-1)];
  if (!first || !last || known.length < 3) return undefined;
  // The outermost bins stand half a bin inside; the line goes on beyond them.
  const from = extend(first, known[1] ?? first, 0);
  const to = extend(last, known.at(-2) ?? last, 1);
  const line = [{ offset: 0, color: from }, ...known, { offset: 1, color: to }];
  const stops = simplify(line)
    .slice(1, -1)
    .map(({ offset, color }) => ({ offset: Math.round(offset * 100) / 100, color: round(color) }));
  return { angle, from: round(from), to: round(to), ...(stops.length > 0 ? { stops } : {}) };
}

const round = (color: Rgb): Rgb => [clamp(color[0]), clamp(color[1]), clamp(color[2])];
const clamp = (value: number): number => Math.max(0, Math.min(255, Math.round(value)));

function extend(end: GradientStop, inner: GradientStop, offset: number): Rgb {
  const t = (offset - inner.offset) / (end.offset - inner.offset || 1);
  const value = (i: 0 | 1 | 2): number => inner.color[i] + t * (end.color[i] - inner.color[i]);
  return [value(0), value(1), value(2)];
}

/** Ramer–Douglas–Peucker over colours. */
function simplify(line: readonly GradientStop[]): GradientStop[] {
  const [first, last] = [line[0], line.at(-1)];
  if (!first || !last || line.length <= 2) return [...line];
  let worst = 0;
  let index = 0;
  for (const [i, stop] of line.entries()) {
    const t = (stop.offset - first.offset) / (last.offset - first.offset || 1);
    for (const c of [0, 1, 2] as const) {
      const off = Math.abs(first.color[c] + t * (last.color[c] - first.color[c]) - stop.color[c]);
      if (off > worst) [worst, index] = [off, i];
    }
  }
  if (worst <= stopTolerance) return [first, last];
  return [...simplify(line.slice(0, index + 1)).slice(0, -1), ...simplify(line.slice(index))];
}

function samples(raster: Raster, regions: FlatRegions, region: number, area: GradientArea): Sample[] {
  const points: Sample[] = [];
  const width = area.right - area.left + 1;
  const height = area.bottom - area.top + 1;
  const stepX = Math.max(1, width / 40);
  const stepY = Math.max(1, height / 48);
  for (let v = stepY / 2; v < height; v += stepY) {
    for (let u = stepX / 2; u < width; u += stepX) {
      const index = (area.top + Math.floor(v)) * raster.width + area.left + Math.floor(u);
      if (at(regions.labels, index) !== region) continue;
      const byte = index * 3;
      points.push([
        u / width - 0.5,
        v / height - 0.5,
        at(raster.data, byte),
        at(raster.data, byte + 1),
        at(raster.data, byte + 2),
      ]);
    }
  }
  return points;
}
