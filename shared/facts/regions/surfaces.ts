/** Sorts flat regions into surfaces (things that text stands on), thin lines, and the rest (ink, pictures). */
import { at, packedAt, packedDistance, unpack } from '../pixels.ts';
import type { FlatRegions } from './flat-regions.ts';
import { edgesOf, edgesWithoutBurrs, fitRoundedRect } from './rounded-rect.ts';

export interface Surface {
  /** −1 where it was put together from several. */
  readonly region: number;
  /** `box`: a rounded rectangle; `field`: any other large flat area, such as the page between its cards. */
  readonly kind: 'box' | 'field';
  readonly left: number;
  readonly top: number;
  /** Inclusive. */
  readonly right: number;
  readonly bottom: number;
  readonly radii: readonly [number, number, number, number];
  readonly color: number;
}

export interface SurfaceMap {
  readonly surfaces: Surface[];
  /** Surface index of each region, or −1. */
  readonly surfaceOf: Int32Array;
  /** Regions that are nothing but thin lines. */
  readonly lineRegions: readonly number[];
}

export interface SurfaceOptions {
  readonly data: Uint8Array;
  /** Source pixels per CSS pixel. */
  readonly scale: number;
  /** Largest channel difference of two pixels of one colour: 2 for clean pictures, more for lossy ones. */
  readonly tolerance: number;
  /** Areas known to be photos; only flat plates are surfaces in them. */
  readonly photos: readonly { left: number; top: number; right: number; bottom: number }[];
}

/** Boxes from 10×8 CSS pixels; the largest line width of a rule or border is 5. */
const minWidth = 10;
const minHeight = 7;
export const maxLineWidth = 5;
/** An outline this exact is a box's, though another stands before more of it. */
const sureFit = 0.95;
/** Regions of clean pictures have no burrs. */
export const cleanTolerance = 2;
/** Width of a letter in units of its height; a switch, whose knob looks like a counter, is wider. */
const widestLetter = 1.4;

/** @returns every surface, largest first. */
export function findSurfaces(regions: FlatRegions, options: SurfaceOptions): SurfaceMap {
  const { scale } = options;
  const surfaceOf = new Int32Array(regions.count).fill(-1);
  const surfaces: Surface[] = [];
  const lineRegions: number[] = [];
  const irregular: number[] = [];
  const order = largeRegions(regions, 24 * scale);
  for (const region of order) {
    const shape = shapeOf(regions, region);
    if (shape.width >= 20 * scale || shape.height >= 20 * scale) {
      if (isThin(regions, region, Math.round(maxLineWidth * scale))) {
        lineRegions.push(region);
        continue;
      }
    }
    if (shape.width < minWidth * scale || shape.height < minHeight * scale) continue;
    if (options.photos.some((photo) => liesWithin(shape, photo)) && !isWhollyFlat(regions, region)) continue;
    const edges = (options.tolerance > cleanTolerance ? edgesWithoutBurrs : edgesOf)(regions, region);
    const fit = fitRoundedRect(regions, region, edges);
    const dense = at(regions.area, region) / at(regions.extentArea, region);
    const small = Math.max(shape.width, shape.height) < 110 * scale;
    const isBox =
      fit.fit >= 0.8 &&
      fit.sides >= (small ? 0.8 : fit.fit >= sureFit ? 0.6 : 0.7) &&
      (small ? dense >= 0.45 : dense > 0.03);
    const letterLike = small && shape.width < widestLetter * shape.height;
    if (isBox && !(letterLike && hasLetterHole(regions, region, options))) {
      surfaceOf[region] = surfaces.length;
      surfaces.push({
        region,
        kind: 'box',
        ...edges,
        radii: fit.radii,
        color: dominantColor(regions, region, options.data),
      });
    } else if (at(regions.area, region) >= 400 * scale * scale) {
      irregular.push(region);
    }
  }
  for (const region of irregular) {
    if (!isField(regions, region, surfaces, options)) continue;
    const color = at(regions.color, region);
    const shape = shapeOf(regions, region);
    if (options.tolerance > cleanTolerance) {
      const whole = surfaces.findLastIndex((one) => isPieceOf({ ...shape, color }, one, options));
      const box = surfaces[whole];
      if (box) {
        surfaceOf[region] = whole;
        surfaces[whole] = grownBy(shape, box, scale);
        continue;
      }
    }
    surfaceOf[region] = surfaces.length;
    surfaces.push({ region, kind: 'field', ...shape, radii: [0, 0, 0, 0], color });
  }
  return { surfaces, surfaceOf, lineRegions };
}

const pieceSlack = 2;

/** What ripples of compression cut off from a box: of its colour, and inside it, or a strip along one of its sides. */
function isPieceOf(
  piece: Bounds & { readonly color: number },
  box: Surface,
  { scale, tolerance }: SurfaceOptions,
): boolean {
  if (box.kind !== 'box' || packedDistance(piece.color, box.color) > tolerance) return false;
  if (liesWithin(piece, box)) return true;
  const slack = pieceSlack * scale;
  const touches =
    piece.left <= box.right + slack &&
    piece.right >= box.left - slack &&
    piece.top <= box.bottom + slack &&
    piece.bottom >= box.top - slack;
  const isLower = piece.bottom - piece.top < box.bottom - box.top;
  return touches && (isLower ? isAsWide(piece, box, slack) : isAsHigh(piece, box, slack));
}

const isAsWide = (a: Bounds, b: Bounds, slack: number): boolean =>
  Math.abs(a.left - b.left) <= slack && Math.abs(a.right - b.right) <= slack;

const isAsHigh = (a: Bounds, b: Bounds, slack: number): boolean =>
  Math.abs(a.top - b.top) <= slack && Math.abs(a.bottom - b.bottom) <= slack;

const grownBy = (piece: Bounds, box: Surface, scale: number): Surface =>
  liesWithin(piece, box)
    ? box
    : isAsWide(piece, box, pieceSlack * scale)
      ? { ...box, top: Math.min(box.top, piece.top), bottom: Math.max(box.bottom, piece.bottom) }
      : { ...box, left: Math.min(box.left, piece.left), right: Math.max(box.right, piece.right) };

/** The most frequent colour on a grid of about 2,000 points: a shadow that runs into a region does not change it. */
function dominantColor(regions: FlatRegions, region: number, data: Uint8Array): number {
  const { left, right, top, bottom, width, height } = shapeOf(regions, region);
  const step = Math.max(1, Math.floor(Math.sqrt((width * height) / 2000)));
  const counts = new Map<number, number>();
  let best = { color: at(regions.color, region), count: 0 };
  for (let y = top + (step >> 1); y <= bottom; y += step) {
    for (let x = left + (step >> 1); x <= right; x += step) {
      const index = y * regions.width + x;
      if (at(regions.labels, index) !== region) continue;
      const color = packedAt(data, index);
      const count = (counts.get(color) ?? 0) + 1;
      counts.set(color, count);
      if (count > best.count) best = { color, count };
    }
  }
  return best.color;
}

type Bounds = SurfaceOptions['photos'][number];

const liesWithin = (inner: Bounds, outer: Bounds): boolean =>
  inner.left >= outer.left - 1 &&
  inner.right <= outer.right + 1 &&
  inner.top >= outer.top - 1 &&
  inner.bottom <= outer.bottom + 1;

/** One exact colour all over, which no part of a photo of that size is: a button or a badge on it. */
export function isWhollyFlat(regions: FlatRegions, region: number): boolean {
  const [red, green, blue] = unpack(at(regions.color, region));
  const drift = Math.max(
    Math.abs(at(regions.mean, region * 3) - red),
    Math.abs(at(regions.mean, region * 3 + 1) - green),
    Math.abs(at(regions.mean, region * 3 + 2) - blue),
  );
  return drift < 0.5;
}

function largeRegions(regions: FlatRegions, minArea: number): number[] {
  const found: number[] = [];
  for (let region = 0; region < regions.count; region++)
    if (at(regions.area, region) >= minArea) found.push(region);
  return found.sort((a, b) => at(regions.extentArea, b) - at(regions.extentArea, a));
}

function shapeOf(regions: FlatRegions, region: number) {
  const left = at(regions.left, region);
  const right = at(regions.right, region);
  const top = at(regions.top, region);
  const bottom = at(regions.bottom, region);
  return { left, right, top, bottom, width: right - left + 1, height: bottom - top + 1 };
}

/** True if no square of `limit`+1 pixels fits into the region (tested at its corners, which suffices for lines). */
function isThin(regions: FlatRegions, region: number, limit: number): boolean {
  const { left, right, top, bottom, width, height } = shapeOf(regions, region);
  if (Math.min(width, height) <= limit) return true;
  const cells = width * height;
  if (at(regions.area, region) > 0.35 * cells) return false;
  const { labels, width: stride } = regions;
  for (let y = top; y + limit <= bottom; y++) {
    for (let x = left; x + limit <= right; x++) {
      const index = y * stride + x;
      if (at(labels, index) !== region) continue;
      const down = index + limit * stride;
      if (
        at(labels, index + limit) === region &&
        at(labels, down) === region &&
        at(labels, down + limit) === region
      ) {
        const middle = index + (limit >> 1) * (stride + 1);
        if (at(labels, middle) === region) return false;
      }
    }
  }
  return true;
}

/** A counter, as in D or O: one hole of the outside colour that takes more than a tenth of the shape. */
function hasLetterHole(regions: FlatRegions, region: number, options: SurfaceOptions): boolean {
  const { left, right, top, bottom } = shapeOf(regions, region);
  const { labels, width } = regions;
  const outside = packedAt(options.data, Math.max(0, top - 2) * width + ((left + right) >> 1));
  const holes = new Map<number, number>();
  for (let y = top; y <= bottom; y++) {
    for (let x = left; x <= right; x++) {
      const label = at(labels, y * width + x);
      if (label === region) continue;
      if (at(regions.left, label) < left || at(regions.right, label) > right) continue;
      if (at(regions.top, label) < top || at(regions.bottom, label) > bottom) continue;
      holes.set(label, (holes.get(label) ?? 0) + 1);
    }
  }
  let largest = 0;
  for (const [label, count] of holes) {
    if (packedDistance(at(regions.color, label), outside) <= 24) largest = Math.max(largest, count);
  }
  return largest > 0.1 * at(regions.extentArea, region);
}

/** A large area that is no rectangle: kept as background if it is smooth-edged and of a known background colour. */
function isField(
  regions: FlatRegions,
  region: number,
  surfaces: readonly Surface[],
  options: SurfaceOptions,
): boolean {
  const { scale, tolerance } = options;
  const meanRun = at(regions.area, region) / at(regions.runs, region);
  if (meanRun < 14 * scale) return false;
  const shape = shapeOf(regions, region);
  const touches =
    shape.left === 0 ||
    shape.top === 0 ||
    shape.right === regions.width - 1 ||
    shape.bottom === regions.height - 1;
  if (touches && at(regions.area, region) > 3000 * scale * scale && meanRun > 40 * scale) return true;
  const color = at(regions.color, region);
  return surfaces.some(
    (surface) =>
      packedDistance(surface.color, color) <= tolerance &&
      surface.left <= shape.right &&
      shape.left <= surface.right + 1 &&
      surface.top <= shape.bottom &&
      shape.top <= surface.bottom + 1,
  );
}
