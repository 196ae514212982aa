/** In lossy pictures: finds buttons and badges whose fill fell apart into many regions, as blobs of one colour. */
import type { Raster } from '../../image/picture.ts';
import { at, packedAt, packedDistance } from '../pixels.ts';
import type { Blob } from '../text/ink.ts';
import type { FlatRegions } from './flat-regions.ts';
import type { Surface, SurfaceMap } from './surfaces.ts';

/** Share of a blob's bounds that must have its main colour, give or take what compression does to it. */
const leastShare = 0.42;
/** The same in a straightened photo, where half of a small plate is the soft edges of its letters. */
const leastOfPhoto = 0.37;
/** Compression moves a fill by up to this much in a channel. */
const drift = 22;
const minWidth = 24;
const minHeight = 14;

/** Adds a surface for each plate to `map`, and gives it the regions that are its fill. @returns the new surfaces. */
export function rescuePlates(
  raster: Raster,
  regions: FlatRegions,
  map: SurfaceMap,
  blobs: readonly Blob[],
  scale: number,
): Surface[] {
  const found: Surface[] = [];
  for (const blob of blobs) {
    const width = blob.right - blob.left + 1;
    const height = blob.bottom - blob.top + 1;
    if (width < minWidth * scale || height < minHeight * scale) continue;
    const fill = mainColor(raster, blob);
    if (
      fill.share < (raster.resampled === true ? leastOfPhoto : leastShare) ||
      packedDistance(fill.color, blob.background) < 16
    )
      continue;
    const radius = cornerOf(raster, blob, fill.color);
    if (radius === undefined) continue;
    const { left, top, right, bottom } = blob;
    const surface: Surface = {
      region: -1,
      kind: 'box',
      left,
      top,
      right,
      bottom,
      radii: [radius, radius, radius, radius],
      color: fill.color,
    };
    claim(regions, map, surface, fill.color);
    map.surfaces.push(surface);
    found.push(surface);
  }
  return found;
}

function mainColor(raster: Raster, blob: Blob): { color: number; share: number } {
  const bins = new Map<number, { count: number; sum: [number, number, number] }>();
  let total = 0;
  for (let y = blob.top; y <= blob.bottom; y++) {
    for (let x = blob.left; x <= blob.right; x++) {
      const color = packedAt(raster.data, y * raster.width + x);
      const key = (color + 0x040404) & 0xf0f0f0;
      const bin = bins.get(key) ?? { count: 0, sum: [0, 0, 0] };
      bin.count++;
      bin.sum[0] += (color >> 16) & 255;
      bin.sum[1] += (color >> 8) & 255;
      bin.sum[2] += color & 255;
      bins.set(key, bin);
      total++;
    }
  }
  let best = { count: 0, sum: [0, 0, 0] as [number, number, number] };
  for (const bin of bins.values()) if (bin.count > best.count) best = bin;
  const [red, green, blue] = best.sum.map((value) => Math.round(value / Math.max(1, best.count)));
  const color = ((red ?? 0) << 16) | ((green ?? 0) << 8) | (blue ?? 0);
  if (raster.resampled !== true) return { color, share: best.count / Math.max(1, total) };
  // In a photo of a screen a fill's colours lie in several bins.
  let alike = 0;
  for (let y = blob.top; y <= blob.bottom; y++) {
    for (let x = blob.left; x <= blob.right; x++)
      if (packedDistance(packedAt(raster.data, y * raster.width + x), color) <= drift) alike++;
  }
  return { color, share: alike / Math.max(1, total) };
}

/** Radius from the four diagonals; undefined unless the middle of each side has the fill's colour. */
function cornerOf(raster: Raster, blob: Blob, fill: number): number | undefined {
  const isFill = (x: number, y: number): boolean =>
    packedDistance(packedAt(raster.data, y * raster.width + x), fill) <= 2 * drift;
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
  const steps = [
    [blob.left, blob.top, 1, 1],
    [blob.right, blob.top, -1, 1],
    [blob.right, blob.bottom, -1, -1],
    [blob.left, blob.bottom, 1, -1],
  ]
    .map(([x = 0, y = 0, dx = 0, dy = 0]) => {
      let step = 0;
      while (step < limit && !isFill(x + step * dx, y + step * dy)) step++;
      return step;
    })
    .sort((a, b) => a - b);
  // The first pixel inward is the blurred edge, also of a square corner.
  return Math.min(limit, Math.max(0, at(steps, 1) - 1) / (1 - Math.SQRT1_2));
}

function claim(regions: FlatRegions, map: SurfaceMap, surface: Surface, fill: number): void {
  const index = map.surfaces.length;
  const seen = new Set<number>();
  for (let y = surface.top; y <= surface.bottom; y++) {
    for (let x = surface.left; x <= surface.right; x++) seen.add(at(regions.labels, y * regions.width + x));
  }
  for (const region of seen) {
    if (at(map.surfaceOf, region) >= 0) continue;
    if (at(regions.left, region) < surface.left - 1 || at(regions.right, region) > surface.right + 1)
      continue;
    if (at(regions.top, region) < surface.top - 1 || at(regions.bottom, region) > surface.bottom + 1)
      continue;
    if (packedDistance(at(regions.color, region), fill) <= drift) map.surfaceOf[region] = index;
  }
}
