/** In lossy pictures: finds buttons and badges whose fill fell apart into many regions, as blobs of one colour. */
import type { Raster } from '../../image/picture.ts';
import { at, packedAt, packedDistance } from '../pixels.ts';
import type { Blob, InkMap } from '../text/ink.ts';
import type { FlatRegions } from './flat-regions.ts';
import { cornerOf, drift, hasOneInk, isPlate } from './plate-shape.ts';
import { withoutLines } from './plates-on-lines.ts';
import type { Surface, SurfaceMap } from './surfaces.ts';

/** Share of a blob's bounds that must have its main colour, give or take what compression does to it. */
const leastShare = 0.42;
/** The same in a straightened photo, where half of a small plate is the soft edges of its letters. */
const leastOfPhoto = 0.37;
/** A pale badge's pixels are nearer to its colour than to that around it. */
const paleShare = 0.45;
/** Largest pale badge, CSS pixels. */
const mostPale = { width: 240, height: 48 };
const minWidth = 24;
const minHeight = 14;
/** Smallest pale badge, and the contrast from which on it might be a letter. */
const minPale = 16;
const minFlat = 11;
const inkContrast = 90;
const mostOblong = 0.2;

/** Adds a surface for each plate to `map`, and gives it the regions that are its fill. @returns the new surfaces. */
export function rescuePlates(
  raster: Raster,
  regions: FlatRegions,
  map: SurfaceMap,
  ink: InkMap,
  scale: number,
  isPale = false,
): Surface[] {
  const found: Surface[] = [];
  for (const whole of ink.blobs) {
    const blob = withoutLines(whole, ink, raster.width, scale);
    const width = blob.right - blob.left + 1;
    const height = blob.bottom - blob.top + 1;
    const isSmall = width < minWidth * scale || height < minHeight * scale;
    const leastHeight = (width < minWidth * scale ? minPale : minFlat) * scale;
    if (isSmall && (!isPale || width < minPale * scale || height < leastHeight)) continue;
    if (isPale && (width > mostPale.width * scale || height > mostPale.height * scale)) continue;
    const { color, share, alike } = mainColor(raster, blob, isPale);
    const contrast = packedDistance(color, blob.background);
    const least = raster.resampled === true ? leastOfPhoto : leastShare;
    if ((isPale || raster.resampled === true ? alike : share) < least || contrast < 16) continue;
    if (isPale && contrast > inkContrast && !isPlate(raster, blob, color)) continue;
    if (!hasOneInk(raster, blob, color)) continue;
    // Of the letters an 8 has all that a disc has, but for its sides.
    const isNarrow = width < minWidth * scale;
    if (isNarrow && contrast > inkContrast && Math.abs(width - height) > mostOblong * height) continue;
    const radius = cornerOf(raster, blob, color, isPale && contrast <= inkContrast);
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
      color,
    };
    claim(regions, map, surface, color, isPale ? Math.min(2 * drift, paleShare * contrast) : drift);
    map.surfaces.push(surface);
    found.push(surface);
  }
  return found;
}

/** @returns the most frequent colour, and the shares of the bounds in its bin and within the drift from it. */
function mainColor(
  raster: Raster,
  blob: Blob,
  isPale: boolean,
): { color: number; share: number; alike: number } {
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
  const near = isPale ? Math.min(drift, paleShare * packedDistance(color, blob.background)) : drift;
  let alike = 0;
  for (let y = blob.top; y <= blob.bottom; y++) {
    for (let x = blob.left; x <= blob.right; x++)
      if (packedDistance(packedAt(raster.data, y * raster.width + x), color) <= near) alike++;
  }
  // In a photo of a screen, and on a pale badge, a fill's colours lie in several bins.
  return { color, share: best.count / Math.max(1, total), alike: alike / Math.max(1, total) };
}

function claim(regions: FlatRegions, map: SurfaceMap, surface: Surface, fill: number, near: number): void {
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
    if (packedDistance(at(regions.color, region), fill) <= near) map.surfaceOf[region] = index;
  }
}
