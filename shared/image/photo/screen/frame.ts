/** Tells the frame of a screen from the page that it shows: a plain band, about as wide on either hand. */
import { type Plane, type Point, sample } from '../plane.ts';
import type { Quadrilateral } from '../quadrilateral.ts';
import { type LevelLine, leastEdge } from './lines.ts';
import type { Sides, Size } from './quadrilaterals.ts';

/** Widths of a frame's sides, of the mean side of what it surrounds; the lower one may bear keys or a name. */
const thinnest = 0.004;
const widest = 0.08;
const widestChin = 0.16;
/** Share of a band's middle in which nothing is to be seen. */
const plain = 0.85;
const samples = 60;
/** Brightness of a dark frame as a share of the page's. */
const darkFrame = 0.4;
/** Grey levels by which a frame differs from what it surrounds; a line drawn around a page parts nothing. */
const leastContrast = 4;

/** The lines that run near the sides of `outer`, inside of it. */
export function linesWithin(
  outer: Quadrilateral,
  level: readonly LevelLine[],
  upright: readonly LevelLine[],
  { width, height }: Size,
): Sides {
  const size = (length(outer[0], outer[1]) + length(outer[1], outer[2])) / 2;
  const near =
    (from: Point, to: Point, most: number, isUpright: boolean) =>
    ({ middle, slope }: LevelLine): boolean => {
      const half = isUpright ? height / 2 : width / 2;
      return [from, to].every((corner) => {
        const along = isUpright ? corner.y : corner.x;
        const across = middle + slope * (along - half);
        const gap = inside(from, to, isUpright ? { x: across, y: along } : { x: along, y: across });
        return gap > -0.5 * thinnest * size && gap < 1.5 * most * size;
      });
    };
  return {
    tops: level.filter(near(outer[0], outer[1], widest, false)),
    rights: upright.filter(near(outer[1], outer[2], widest, true)),
    bottoms: level.filter(near(outer[2], outer[3], widestChin, false)),
    lefts: upright.filter(near(outer[3], outer[0], widest, true)),
  };
}

/**
 * Whether between the two there is nothing but a frame.
 * @param isOpen whether it may have no lower side, because an outer frame has been taken off down to there.
 */
export function isFrame(
  outer: Quadrilateral,
  inner: Quadrilateral,
  channels: readonly Plane[],
  isOpen: boolean,
): boolean {
  return isEven(outer, inner, isOpen) && isPlain(outer, inner, channels, isOpen);
}

interface Gap {
  readonly mean: number;
  readonly least: number;
}

/** How far each side of `inner` lies inside that of `outer`, from the upper one clockwise; 1 is a mean side. */
export function gapsBetween(outer: Quadrilateral, inner: Quadrilateral): readonly [Gap, Gap, Gap, Gap] {
  const size = (length(inner[0], inner[1]) + length(inner[1], inner[2])) / 2;
  const gap = (side: number): Gap => {
    const [corner, next] = [inner[side] ?? inner[0], inner[(side + 1) % 4] ?? inner[0]];
    const [from, to] = [outer[side] ?? outer[0], outer[(side + 1) % 4] ?? outer[0]];
    const [a, b] = [inside(from, to, corner), inside(from, to, next)];
    return { mean: (a + b) / 2 / size, least: Math.min(a, b) / size };
  };
  return [gap(0), gap(1), gap(2), gap(3)];
}

/** Whether the band between the two is as wide on all hands as a frame is. */
export function isEven(outer: Quadrilateral, inner: Quadrilateral, isOpen = false): boolean {
  const [top, right, bottom, left] = gapsBetween(outer, inner);
  if (Math.min(top.least, right.least, left.least) < thinnest) return false;
  if (Math.max(top.mean, right.mean, left.mean) > widest || bottom.mean > widestChin) return false;
  const alike = (a: number, b: number, most: number): boolean => Math.max(a, b) < most * Math.min(a, b);
  const sides = (left.mean + right.mean) / 2;
  return (
    alike(left.mean, right.mean, 2.2) && alike(top.mean, sides, 3) && (isOpen || bottom.mean > 0.4 * sides)
  );
}

/** Nothing is to be seen along the middle of the band, and what it surrounds has other colours. */
function isPlain(
  outer: Quadrilateral,
  inner: Quadrilateral,
  channels: readonly Plane[],
  isOpen: boolean,
): boolean {
  const sides = inner.map((corner, index) => {
    const next = (index + 1) % 4;
    const [other, outside, beyond] = [inner[next] ?? corner, outer[index] ?? corner, outer[next] ?? corner];
    const band = colorsAlong(between(corner, outside, 0.5), between(other, beyond, 0.5), channels);
    const page = colorsAlong(between(corner, outside, -1), between(other, beyond, -1), channels);
    const step = 1.5 * leastEdge * Math.max(2, length(corner, other) / samples);
    const calm = band.filter((color, k) => distance(color, band[Math.max(0, k - 1)]) < step);
    const parted = band.filter((color, k) => distance(color, page[k]) > leastContrast);
    return { isCalm: calm.length > plain * samples, isParted: parted.length > samples / 2 };
  });
  if (!sides.every(({ isCalm }, index) => isCalm || (isOpen && index === 2))) return false;
  // A dark part of the page may end at a dark frame.
  return sides.filter(({ isParted }) => isParted).length >= 3;
}

function colorsAlong(from: Point, to: Point, channels: readonly Plane[]): number[][] {
  return Array.from({ length: samples }, (_, k) => {
    const { x, y } = between(from, to, (k + 0.5) / samples);
    return channels.map((plane) => sample(plane, x, y));
  });
}

/** Largest difference of a channel, in grey levels. */
function distance(a: readonly number[], b: readonly number[] = a): number {
  return Math.max(...a.map((level, channel) => Math.abs(level - (b[channel] ?? 0))));
}

/** Whether a frame is much darker than the page in it, as round a screen, not round a whiteboard. */
export function isDarkFrame(outer: Quadrilateral, inner: Quadrilateral, channels: readonly Plane[]): boolean {
  const frame = inner.flatMap((corner, index) => {
    const next = (index + 1) % 4;
    const [other, outside, beyond] = [inner[next] ?? corner, outer[index] ?? corner, outer[next] ?? corner];
    return colorsAlong(between(corner, outside, 0.5), between(other, beyond, 0.5), channels);
  });
  const page = Array.from({ length: 20 }, (_, row) => {
    const t = (row + 0.5) / 20;
    return colorsAlong(between(inner[0], inner[3], t), between(inner[1], inner[2], t), channels);
  }).flat();
  return (
    median(frame.map((color) => Math.max(...color))) <
    darkFrame * median(page.map((color) => Math.max(...color)))
  );
}

function median(values: number[]): number {
  return values.sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}

/** How far a point lies inside a side whose quadrilateral runs clockwise; negative outside. */
function inside(from: Point, to: Point, point: Point): number {
  const cross = (to.x - from.x) * (point.y - from.y) - (point.x - from.x) * (to.y - from.y);
  return cross / (length(from, to) || 1);
}

function between(a: Point, b: Point, share: number): Point {
  return { x: a.x + (b.x - a.x) * share, y: a.y + (b.y - a.y) * share };
}

function length(a: Point, b: Point): number {
  return Math.hypot(a.x - b.x, a.y - b.y);
}
