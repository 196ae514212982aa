/** Tells plates from letters by where their fill lies, and measures how round their corners are. */
import type { Rgb } from '../../geometry.ts';
import type { Raster } from '../../image/picture.ts';
import { at, median, packedAt, packedDistance, unpack } from '../pixels.ts';
import type { Blob } from '../text/ink.ts';

/** Compression moves a fill by up to this much in a channel. */
export const drift = 22;

/**
 * True if the fill runs along the middle of all four sides, lies in the middle too, and goes as far into each corner:
 * a letter has an open side, a counter, or corners of two kinds.
 */
export function isPlate(raster: Raster, blob: Blob, fill: number): boolean {
  const { left, top, right, bottom } = blob;
  const isFill = (x: number, y: number): boolean =>
    packedDistance(packedAt(raster.data, Math.round(y) * raster.width + Math.round(x)), fill) <= 2 * drift;
  const [width, height] = [right - left, bottom - top];
  const inset = Math.min(mostInset, Math.round(insetShare * height));
  const steps = Array.from({ length: sideSamples }, (_, index) => 0.25 + (0.5 * index) / (sideSamples - 1));
  const sides = steps.flatMap((share) => [
    isFill(left + share * width, top + inset),
    isFill(left + share * width, bottom - inset),
    isFill(left + inset, top + share * height),
    isFill(right - inset, top + share * height),
  ]);
  const middle = steps.flatMap((across) =>
    steps.map((down) => isFill(left + across * width, top + down * height)),
  );
  const limit = Math.floor(Math.min(width, height) / 2);
  const radii = cornersOf(blob).map((corner) => radiusByArea(isFill, corner, limit));
  return (
    shareOf(sides) >= leastFramed &&
    shareOf(middle) >= (width >= oblong * height ? leastOblong : leastMiddle) &&
    Math.max(...radii) - Math.min(...radii) <= mostUneven * limit
  );
}

/**
 * True if what is not fill has one other colour, that of letters, or is on the way to it or to the ground: a photo
 * has many.
 */
export function hasOneInk(
  raster: Raster,
  { left, top, right, bottom, background }: Blob,
  fill: number,
): boolean {
  const others: number[] = [];
  for (let y = top; y <= bottom; y++) {
    for (let x = left; x <= right; x++) {
      const color = packedAt(raster.data, y * raster.width + x);
      if (packedDistance(color, fill) > drift) others.push(color);
    }
  }
  const ways = [farthest(others, fill), background].map((end) => [unpack(fill), unpack(end)] as const);
  const fits = others.filter((color) =>
    ways.some(([from, to]) => distanceToWay(unpack(color), from, to) <= offWay),
  );
  return fits.length >= leastFitting * others.length;
}

/** A colour that is farther from the fill than nine in ten others: single pixels are overshoot. */
function farthest(colors: readonly number[], fill: number): number {
  const sorted = [...colors].sort((a, b) => packedDistance(a, fill) - packedDistance(b, fill));
  return sorted[Math.floor(0.9 * sorted.length)] ?? fill;
}

/** Euclidean, from a colour to the straight way between two others. */
function distanceToWay(color: Rgb, from: Rgb, to: Rgb): number {
  const way = to.map((value, i) => value - (from[i] ?? 0));
  const own = color.map((value, i) => value - (from[i] ?? 0));
  const length = way.reduce((sum, value) => sum + value * value, 0) || 1;
  const t = Math.min(1, Math.max(0, way.reduce((sum, value, i) => sum + value * (own[i] ?? 0), 0) / length));
  return Math.hypot(...own.map((value, i) => value - t * (way[i] ?? 0)));
}

/** How far compression moves a colour off that way; share of the pixels that are on it. */
const offWay = 48;
const leastFitting = 0.8;

const shareOf = (values: readonly boolean[]): number => values.filter(Boolean).length / values.length;

/** Source pixels from a plate's edge, where its fill is sure, and by its height: letters lie farther inside; samples along half of a side. */
const mostInset = 3;
const insetShare = 0.15;
const sideSamples = 12;
const leastFramed = 0.95;
const leastMiddle = 0.4;
/** A letter with a counter is no wider than this; the middle of a badge may be full of letters. */
const oblong = 1.6;
const leastOblong = 0.2;
/** Largest difference of two corners' radii, by the largest radius that there can be. */
const mostUneven = 0.4;

/** Share of half its height from which on a corner's radius makes a pill. */
const roundFrom = 0.72;

/** Radius from the four diagonals; undefined unless the middle of each side has the fill's colour. */
export function cornerOf(raster: Raster, blob: Blob, fill: number, isPale: boolean): number | undefined {
  const isFill = (x: number, y: number): boolean => {
    const color = packedAt(raster.data, y * raster.width + x);
    const distance = packedDistance(color, fill);
    return distance <= 2 * drift && (!isPale || distance < packedDistance(color, blob.background));
  };
  const cx = (blob.left + blob.right) >> 1;
  const cy = (blob.top + blob.bottom) >> 1;
  const edge = 3;
  const sides = [
    isFill(cx, blob.top + edge),
    isFill(cx, blob.bottom - edge),
    isFill(blob.left + edge, cy),
    isFill(blob.right - edge, cy),
  ];
  if (sides.filter(Boolean).length < 3) return undefined;
  const limit = Math.min(blob.right - blob.left, blob.bottom - blob.top) / 2;
  const corners = cornersOf(blob);
  if (isPale) {
    const radius = median(corners.map((corner) => radiusByArea(isFill, corner, Math.floor(limit))));
    return radius >= roundFrom * limit ? limit : radius;
  }
  const steps = corners
    .map(([x = 0, y = 0, dx = 0, dy = 0]) => {
      let step = 0;
      while (step < limit && !isFill(x + step * dx, y + step * dy)) step++;
      return step;
    })
    .sort((a, b) => a - b);
  // The first pixel inward is the blurred edge, also of a square corner.
  return Math.min(limit, Math.max(0, at(steps, 1) - 1) / (1 - Math.SQRT1_2));
}

/** Radius from the pixels outside the arc, of which there are (1 − π/4)·r² in the corner: steps are too coarse for badges. */
function radiusByArea(
  isFill: (x: number, y: number) => boolean,
  [x = 0, y = 0, dx = 0, dy = 0]: readonly number[],
  limit: number,
): number {
  let outside = 0;
  for (let j = 0; j < limit; j++) {
    // Letters lie farther inside than the arc: a row counts up to its first pixel of the fill.
    for (let i = 0; i < limit && !isFill(x + i * dx, y + j * dy); i++) outside++;
  }
  // A column and a row of soft edge.
  return Math.sqrt(Math.max(0, outside - 0.5 * limit) / (1 - Math.PI / 4));
}

/** Each corner's place, and the steps that lead inwards from it. */
const cornersOf = ({ left, top, right, bottom }: Blob): readonly (readonly number[])[] => [
  [left, top, 1, 1],
  [right, top, -1, 1],
  [right, bottom, -1, -1],
  [left, bottom, 1, -1],
];
