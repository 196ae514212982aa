/** Letters of a lossy picture whose ground is tinted around them: chroma is stored at half the resolution. */
import { at, packedDistance } from '../pixels.ts';
import type { FlatRegions } from '../regions/flat-regions.ts';
import type { SurfaceMap } from '../regions/surfaces.ts';
import type { Blob, InkMap } from './ink.ts';

/** CSS pixels from a letter to where its ground has its own colour again: a block of chroma, and what smears over it. */
const reach = 10;
/** Largest channel difference between the tinted and the full colour, 0..255. */
const mostTint = 40;
/** Least share of the pixels around that show the ground, and of those that show any; the others are tinted, or letters. */
const leastShare = 0.1;
const leastPurity = 0.8;
/** A dot in a zero, which stands in a hole, is this many times lower than the letter at least. */
const leastHole = 2;

/** @returns the same ink, where letters without a surface stand on the one that begins right around them. */
export function onTintedGround(
  ink: InkMap,
  regions: FlatRegions,
  { surfaces, surfaceOf }: SurfaceMap,
  photoMask: Uint8Array,
  scale: number,
): InkMap {
  const blobs = ink.blobs.map((blob) => {
    if (blob.surface >= 0 || ink.blobs.some((other) => isHoleOf(other, blob))) return blob;
    for (let distance = 2 * scale; distance <= reach * scale; distance += scale) {
      const found = groundAt(blob, Math.round(distance), regions, surfaceOf, photoMask);
      const color = found === undefined ? undefined : surfaces[found.surface]?.color;
      if (found === undefined || color === undefined || found.share < leastShare) continue;
      const isIt = found.purity >= leastPurity && packedDistance(color, blob.background) <= mostTint;
      return isIt ? { ...blob, surface: found.surface, purity: found.purity } : blob;
    }
    return blob;
  });
  return { ...ink, blobs };
}

const heightOf = ({ top, bottom }: Blob): number => bottom - top + 1;

const isHoleOf = (outer: Blob, inner: Blob): boolean =>
  outer.left < inner.left &&
  outer.right > inner.right &&
  outer.top < inner.top &&
  outer.bottom > inner.bottom &&
  heightOf(outer) > leastHole * heightOf(inner);

/** The surface that most pixels on a frame around the letter show, their share of all, and of those on any surface. */
function groundAt(
  { left, top, right, bottom }: Blob,
  distance: number,
  regions: FlatRegions,
  surfaceOf: Int32Array,
  photoMask: Uint8Array,
): { readonly surface: number; readonly share: number; readonly purity: number } | undefined {
  const counts = new Map<number, number>();
  let [all, known] = [0, 0];
  const look = (x: number, y: number): void => {
    if (x < 0 || y < 0 || x >= regions.width || y >= regions.height) return;
    const index = y * regions.width + x;
    all++;
    if (at(photoMask, index) === 1) return;
    const surface = at(surfaceOf, at(regions.labels, index));
    if (surface < 0) return;
    known++;
    counts.set(surface, (counts.get(surface) ?? 0) + 1);
  };
  for (let x = left - distance; x <= right + distance; x++) {
    look(x, top - distance);
    look(x, bottom + distance);
  }
  for (let y = top - distance + 1; y < bottom + distance; y++) {
    look(left - distance, y);
    look(right + distance, y);
  }
  const [first] = [...counts].sort((a, b) => b[1] - a[1]);
  return first && { surface: first[0], share: first[1] / all, purity: first[1] / known };
}
