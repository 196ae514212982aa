/** Separates a diagram's ink from the paper and the fills that it stands on. */
import type { Raster } from '../../image/picture.ts';
import { at, pack, packedAt, packedDistance, unpack } from '../pixels.ts';
import { cutArms } from './arms.ts';
import { componentsOf } from './components.ts';
import { distanceTo } from './distance.ts';
import { letteredParts } from './lettered.ts';
import { shadowsIn } from './shadows.ts';
import { bridgeSteps } from './surface-steps.ts';

export interface Ground {
  readonly width: number;
  readonly height: number;
  readonly raster: Raster;
  /** 1 where a stroke or a letter is. */
  readonly ink: Uint8Array;
  /** Surface of each pixel, −1 under ink. */
  readonly surfaceOf: Int32Array;
  readonly surfaces: readonly Surface[];
  /** The commonest colour of what reaches the picture's edge; packed. */
  readonly background: number;
  /** Least difference of ink from what it stands on, 0..255. */
  readonly contrast: number;
}

/** An evenly coloured area: paper, or a fill. */
export interface Surface {
  /** Packed. */
  readonly color: number;
  readonly area: number;
}

/** Of a flat area, half its width at its widest; thinner ones are strokes. Pixels. */
const leastReach = 3.3;
/** Up to this half width an area that is long for it is a stroke all the same. */
const strokeReach = 7;

/** Smaller areas in another colour than most of the picture are ink: dots, heads of arrows. Pixels. */
const leastArea = 700;

/** @param noise standard deviation of the noise, grey levels. */
export function findGround(raster: Raster, noise: number): Ground {
  const { width, height, data } = raster;
  const step = Math.max(noise > 0 ? 11 : 7, 4 * noise);
  const contrast = Math.max(16, 7 * noise);
  const flat = flatPixels(raster, step);
  const parts = componentsOf(flat, width, height, false);
  const inner = distanceTo(inverted(flat), width, height);
  const reach = new Float64Array(parts.list.length);
  for (let index = 0; index < flat.length; index++) {
    const label = at(parts.labels, index);
    if (label >= 0) reach[label] = Math.max(at(reach, label), at(inner, index) / 3);
  }
  const surfaces: Surface[] = [];
  const page = parts.list.reduce((a, b) => (b.area > a.area ? b : a), { area: 0, seed: 0 });
  const pageColor = packedAt(data, page.seed);
  const usual = inkDifference(raster, flat, pageColor);
  const faint = faintShare * usual;
  const lettered = letteredParts(raster, flat, parts, pageColor);
  const surfaceOfPart = parts.list.map(({ area, index, seed }) => {
    const half = at(reach, index);
    // Patches behind labels, however little of them is left between letters, are no ink.
    if (area >= leastPatch && packedDistance(packedAt(data, seed), pageColor) < faint) {
      surfaces.push({ color: 0, area });
      return surfaces.length - 1;
    }
    const isStroke = half < leastReach || (half < strokeReach && area > 26 * half * half);
    if (isStroke && !(lettered[index] === 1 && area >= leastPatch)) return -1;
    // Heads of arrows and dots are ink; what they enclose, and what letters stand on, is paper.
    const isInk = area < leastArea && packedDistance(packedAt(data, seed), pageColor) > contrast;
    if (isInk && lettered[index] !== 1) return -1;
    surfaces.push({ color: 0, area });
    return surfaces.length - 1;
  });
  const surfaceOf = new Int32Array(flat.length).fill(-1);
  const sums = new Float64Array(surfaces.length * 4);
  for (let index = 0; index < flat.length; index++) {
    const label = at(parts.labels, index);
    const surface = label < 0 ? -1 : at(surfaceOfPart, label);
    if (surface < 0) continue;
    surfaceOf[index] = surface;
    for (let channel = 0; channel < 3; channel++)
      sums[surface * 4 + channel] = at(sums, surface * 4 + channel) + at(data, index * 3 + channel);
    sums[surface * 4 + 3] = at(sums, surface * 4 + 3) + 1;
  }
  const colored = surfaces.map(({ area }, index): Surface => {
    const mean = (channel: number): number =>
      Math.round(at(sums, index * 4 + channel) / at(sums, index * 4 + 3));
    return { area, color: pack(mean(0), mean(1), mean(2)) };
  });
  const { differs, nearest } = spread(raster, surfaceOf, contrast);
  bridgeSteps(raster, surfaceOf, colored);
  const background = backgroundOf(surfaceOf, colored, width, height);
  cutArms({ width, height, surfaceOf }, (surface) => colored[surface]?.color === background);
  const ink = new Uint8Array(flat.length);
  for (let index = 0; index < ink.length; index++) ink[index] = at(surfaceOf, index) < 0 ? 1 : 0;
  const shadows = shadowsIn(ink, differs, usual, width, height);
  for (let index = 0; index < ink.length; index++) {
    if (at(shadows, index) === 0 || at(nearest, index) < 0) continue;
    ink[index] = 0;
    surfaceOf[index] = at(nearest, index);
  }
  return { width, height, raster, ink, surfaceOf, surfaces: colored, background, contrast };
}

/** Of a picture, how much a sheet in it covers at least. */
const sheetShare = 0.45;
const leastChannel = (packed: number): number => Math.min(...unpack(packed));

/** Flat areas that differ less from the page than this share of what ink does are paper. */
const faintShare = 0.37;
/** Pixels. */
const leastPatch = 16;

/** How far ink differs from the page: nine tenths of what is not flat differ less; 0..255. */
function inkDifference({ data }: Raster, flat: Uint8Array, page: number): number {
  const counts = new Uint32Array(256);
  let total = 0;
  for (let index = 0; index < flat.length; index++) {
    if (at(flat, index) === 1) continue;
    const difference = packedDistance(packedAt(data, index), page);
    counts[difference] = at(counts, difference) + 1;
    total++;
  }
  let seen = 0;
  for (const [difference, count] of counts.entries()) {
    seen += count;
    if (seen >= 0.9 * total) return difference;
  }
  return 255;
}

const inverted = (mask: Uint8Array): Uint8Array => mask.map((value) => 1 - value);

/** 1 where no channel varies by more than `step` over the pixel and its eight neighbours. */
function flatPixels({ width, height, data }: Raster, step: number): Uint8Array {
  const flat = new Uint8Array(width * height).fill(1);
  const stride = width * 3;
  const low = new Uint8Array(data.length);
  const high = new Uint8Array(data.length);
  for (let y = 0; y < height; y++) {
    const row = y * stride;
    const last = row + stride - 3;
    for (let index = row; index < row + stride; index++) {
      const a = at(data, index - 3 < row ? index : index - 3);
      const b = at(data, index);
      const c = at(data, index >= last ? index : index + 3);
      low[index] = a < b ? (a < c ? a : c) : b < c ? b : c;
      high[index] = a > b ? (a > c ? a : c) : b > c ? b : c;
    }
  }
  for (let index = 0; index < data.length; index++) {
    const above = index < stride ? index : index - stride;
    const below = index + stride >= data.length ? index : index + stride;
    let least = at(low, index);
    if (at(low, above) < least) least = at(low, above);
    if (at(low, below) < least) least = at(low, below);
    let most = at(high, index);
    if (at(high, above) > most) most = at(high, above);
    if (at(high, below) > most) most = at(high, below);
    if (most - least > step) flat[(index / 3) | 0] = 0;
  }
  return flat;
}

/**
 * Surfaces take the pixels beside them that look more like them than like the ink there: on the blurred edge of a
 * stroke the border lies at half its height.
 */
function spread({ width, height, data }: Raster, surfaceOf: Int32Array, contrast: number): Spread {
  const paper = new Int32Array(surfaceOf.length);
  const nearest = surfaceOf.slice();
  let front: number[] = [];
  for (let index = 0; index < surfaceOf.length; index++) {
    if (at(surfaceOf, index) < 0) continue;
    paper[index] = packedAt(data, index);
    const isRim =
      at(surfaceOf, index - 1) < 0 ||
      at(surfaceOf, index + 1) < 0 ||
      at(surfaceOf, index - width) < 0 ||
      at(surfaceOf, index + width) < 0;
    if (isRim) front.push(index);
  }
  const differs = new Uint8Array(surfaceOf.length);
  while (front.length > 0) {
    const next: number[] = [];
    for (const pixel of front) {
      const x = pixel % width;
      const y = (pixel - x) / width;
      for (const [dx, dy] of sides) {
        if (x + dx < 0 || x + dx >= width || y + dy < 0 || y + dy >= height) continue;
        const other = pixel + dy * width + dx;
        if (at(nearest, other) >= 0) continue;
        nearest[other] = at(nearest, pixel);
        paper[other] = at(paper, pixel);
        differs[other] = packedDistance(packedAt(data, other), at(paper, pixel));
        next.push(other);
      }
    }
    front = next;
  }
  const strongest = largestAround(differs, width, height, coreReach);
  for (let index = 0; index < surfaceOf.length; index++) {
    if (at(surfaceOf, index) >= 0 || at(nearest, index) < 0) continue;
    const own = at(differs, index);
    if (own <= contrast || own < inkShare * at(strongest, index)) surfaceOf[index] = at(nearest, index);
  }
  return { nearest, differs };
}

interface Spread {
  /** The surface nearest to each pixel, −1 where there is none. */
  readonly nearest: Int32Array;
  /** How far each pixel that was no surface's differs from that, 0..255. */
  readonly differs: Uint8Array;
}

/** Pixels from a stroke's edge within which its core is looked for. */
const coreReach = 3;
const inkShare = 0.45;

/** The largest value within `reach` pixels across and down. */
function largestAround(values: Uint8Array, width: number, height: number, reach: number): Uint8Array {
  const rows = new Uint8Array(values.length);
  const result = new Uint8Array(values.length);
  for (let index = 0; index < values.length; index++) {
    const value = at(values, index);
    if (value === 0) continue;
    const x = index % width;
    const [from, to] = [index - Math.min(reach, x), index + Math.min(reach, width - 1 - x)];
    for (let other = from; other <= to; other++) if (at(rows, other) < value) rows[other] = value;
  }
  for (let index = 0; index < values.length; index++) {
    const value = at(rows, index);
    if (value === 0) continue;
    const y = Math.floor(index / width);
    const [from, to] = [Math.max(0, y - reach), Math.min(height - 1, y + reach)];
    for (let other = from; other <= to; other++) {
      const below = index + (other - y) * width;
      if (at(result, below) < value) result[below] = value;
    }
  }
  return result;
}

const sides = [
  [1, 0],
  [-1, 0],
  [0, 1],
  [0, -1],
] as const;

/** The colour of most of the picture's rim; packed. */
function backgroundOf(
  surfaceOf: Int32Array,
  surfaces: readonly Surface[],
  width: number,
  height: number,
): number {
  const counts = new Map<number, number>();
  const count = (pixel: number): void => {
    const surface = at(surfaceOf, pixel);
    if (surface >= 0) counts.set(surface, (counts.get(surface) ?? 0) + 1);
  };
  for (let x = 0; x < width; x++) {
    count(x);
    count((height - 1) * width + x);
  }
  for (let y = 0; y < height; y++) {
    count(y * width);
    count(y * width + width - 1);
  }
  // Its area counts too: a dark rim that a photo has left is no background.
  let best = -1;
  let most = -1;
  for (const [surface, seen] of counts) {
    const weight = seen * Math.sqrt(surfaces[surface]?.area ?? 0);
    if (weight <= most) continue;
    most = weight;
    best = surface;
  }
  const largest = surfaces.reduce((a, b) => (b.area > a.area ? b : a), { color: 0xffffff, area: 0 });
  const found = surfaces[best]?.color ?? largest.color;
  // A white sheet, photographed with what it lies on: the sheet is what is drawn on.
  const isSheet = largest.area > sheetShare * width * height && leastChannel(largest.color) >= 235;
  return isSheet && leastChannel(found) < 215 ? largest.color : found;
}
