/** Finds ink: connected groups of pixels that stand out from the surface around them. */
import type { Raster } from '../../image/picture.ts';
import { at, median, pack, packedAt, packedDistance, unpack } from '../pixels.ts';
import type { FlatRegions } from '../regions/flat-regions.ts';

/** One connected group of ink pixels; inclusive source pixels. */
export interface Blob {
  readonly index: number;
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
  /** Ink pixels. */
  readonly area: number;
  /** The surface that it stands on, or −1. */
  readonly surface: number;
  /** Share of its neighbouring surface pixels that belong to `surface`, 0..1. */
  readonly purity: number;
  /** Colour of the surface beside it, and its own colour where it differs most from it; packed. */
  readonly background: number;
  readonly color: number;
}

export interface InkMap {
  /** 1 where there is ink. */
  readonly mask: Uint8Array;
  /** Blob index of an ink pixel, −1 elsewhere. */
  readonly labels: Int32Array;
  readonly blobs: readonly Blob[];
}

export interface InkOptions {
  /** Surface index of each region, −1 for none. */
  readonly surfaceOf: Int32Array;
  /** Regions that are lines, and not ink. */
  readonly ignored: Uint8Array;
  /** 1 where a photo is, whose own pixels are no ink. */
  readonly photoMask: Uint8Array;
  /** Pixels of ignored regions that are ink all the same. */
  readonly bridges?: ReadonlySet<number>;
  /** Least channel difference between ink and its surface. */
  readonly contrast: number;
}

/** Linear in pixels. */
export function findInk(raster: Raster, regions: FlatRegions, options: InkOptions): InkMap {
  const mask = maskOf(raster, regions, options);
  const labels = new Int32Array(mask.length).fill(-1);
  const blobs: Blob[] = [];
  const stack: number[] = [];
  for (let index = 0; index < mask.length; index++) {
    if (at(mask, index) === 0 || at(labels, index) >= 0) continue;
    blobs.push(grow(raster, regions, options, { mask, labels, stack }, index, blobs.length));
  }
  return { mask, labels, blobs };
}

function maskOf(raster: Raster, regions: FlatRegions, options: InkOptions): Uint8Array {
  const { width, height, data } = raster;
  const { surfaceOf, ignored, contrast } = options;
  const mask = new Uint8Array(width * height);
  for (let y = 0; y < height; y++) {
    const row = y * width;
    let x = 0;
    let before = -1;
    while (x < width) {
      const region = at(regions.labels, row + x);
      if (at(surfaceOf, region) >= 0) {
        before = packedAt(data, row + x);
        x++;
        continue;
      }
      let end = x;
      while (end < width && at(surfaceOf, at(regions.labels, row + end)) < 0) end++;
      const after = end < width ? packedAt(data, row + end) : before;
      const start = before >= 0 ? before : after;
      for (; x < end; x++) {
        if (at(options.photoMask, row + x) === 1) continue;
        if (at(ignored, at(regions.labels, row + x)) === 1 && options.bridges?.has(row + x) !== true)
          continue;
        const color = packedAt(data, row + x);
        if (
          start < 0 ||
          (packedDistance(color, start) > contrast && packedDistance(color, after) > contrast)
        ) {
          mask[row + x] = 1;
        }
      }
    }
  }
  return mask;
}

/** Channel-wise median: where no surface is known, most of what is around ink is still what it stands on. */
function middleOf(colors: readonly number[], otherwise: number): number {
  if (colors.length === 0) return otherwise;
  const channels = colors.map(unpack);
  return pack(
    median(channels.map((color) => color[0])),
    median(channels.map((color) => color[1])),
    median(channels.map((color) => color[2])),
  );
}

interface Growth {
  readonly mask: Uint8Array;
  readonly labels: Int32Array;
  readonly stack: number[];
}

function grow(
  raster: Raster,
  regions: FlatRegions,
  options: InkOptions,
  growth: Growth,
  seed: number,
  index: number,
): Blob {
  const { width, height, data } = raster;
  const { mask, labels, stack } = growth;
  const surfaces = new Map<number, { count: number; sample: number }>();
  const around: number[] = [];
  let left = width,
    top = height,
    right = -1,
    bottom = -1,
    area = 0;
  const pixels: number[] = [];
  labels[seed] = index;
  stack.push(seed);
  while (stack.length > 0) {
    const pixel = stack.pop() ?? 0;
    const x = pixel % width;
    const y = (pixel - x) / width;
    area++;
    if (x < left) left = x;
    if (x > right) right = x;
    if (y < top) top = y;
    if (y > bottom) bottom = y;
    if (pixels.length < 4096) pixels.push(pixel);
    for (let dy = -1; dy <= 1; dy++) {
      const ny = y + dy;
      if (ny < 0 || ny >= height) continue;
      for (let dx = -1; dx <= 1; dx++) {
        const nx = x + dx;
        if (nx < 0 || nx >= width || (dx === 0 && dy === 0)) continue;
        const next = ny * width + nx;
        if (at(mask, next) === 1) {
          if (at(labels, next) < 0) {
            labels[next] = index;
            stack.push(next);
          }
          continue;
        }
        // The pixel two steps out is past the antialiased edge.
        const far =
          Math.min(height - 1, Math.max(0, ny + dy)) * width + Math.min(width - 1, Math.max(0, nx + dx));
        const surface = at(options.surfaceOf, at(regions.labels, far));
        if (surface < 0) {
          if (at(mask, far) === 0) around.push(packedAt(data, far));
          continue;
        }
        const entry = surfaces.get(surface);
        if (entry) entry.count++;
        else surfaces.set(surface, { count: 1, sample: far });
      }
    }
  }
  let surface = -1,
    best = 0,
    total = 0,
    sample = -1;
  for (const [key, entry] of surfaces) {
    total += entry.count;
    if (entry.count > best) {
      best = entry.count;
      surface = key;
      sample = entry.sample;
    }
  }
  const background = sample < 0 ? middleOf(around, packedAt(data, seed)) : packedAt(data, sample);
  let color = background;
  for (const pixel of pixels) {
    const candidate = packedAt(data, pixel);
    if (packedDistance(candidate, background) > packedDistance(color, background)) color = candidate;
  }
  return {
    index,
    left,
    top,
    right,
    bottom,
    area,
    surface,
    purity: total === 0 ? 0 : best / total,
    background,
    color,
  };
}
