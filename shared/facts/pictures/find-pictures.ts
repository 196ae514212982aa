/** Finds what has to be cropped out: photos, drawings and charts, as large blobs of ink. */
import type { Raster } from '../../image/picture.ts';
import type { RawBox } from '../boxes/raw-box.ts';
import { at, packedAt, packedDistance } from '../pixels.ts';
import type { Blob } from '../text/ink.ts';
import { isDisc } from './disc.ts';
import { takeSlivers } from './slivers.ts';
import { splitOverhang } from './split-picture.ts';

export interface RawPicture {
  left: number;
  top: number;
  /** Inclusive. */
  right: number;
  bottom: number;
  kind: 'photo' | 'drawing' | 'icon';
  radius: number;
  background: number;
  surface: number;
}

/** CSS pixels: what no letter is. */
const tall = 90;
const wide = 260;
const blockSide = 40;

/** A photo has a thousand exact colours among 4,000 pixels; a chart with a gradient a few hundred. */
const photoColors = 700;

export interface PictureOptions {
  readonly scale: number;
  readonly isInk: (index: number) => boolean;
  /** Region of each pixel, and blob of each ink pixel. */
  readonly regionLabels: Int32Array;
  readonly labels: Int32Array;
  /** Photos known by their texture (index −1) keep their bounds; what lies across their edge is a thing of its own. */
  readonly photosAreExact: boolean;
}

/** @returns pictures, and the blobs that are none and lie in none. */
export function findPictures(
  raster: Raster,
  blobs: readonly Blob[],
  boxes: readonly RawBox[],
  options: PictureOptions,
): { pictures: RawPicture[]; rest: Blob[] } {
  const { scale } = options;
  const seeds = blobs.filter(
    (blob) =>
      (isLarge(blob, scale) && !isHeadlineLetter(blob, blobs, scale)) ||
      (isSmallPhoto(raster, blob, scale) && (options.photosAreExact || !isMottledLetter(blob, blobs, scale))),
  );
  const edges = new Set(seeds.filter((blob) => isEdge(blob, boxes, scale)));
  const areas = mergeNear(
    seeds.filter((blob) => !edges.has(blob)).map((blob) => ({ ...boundsOf(blob), blobs: [blob] })),
    3 * scale,
    options.photosAreExact,
  );
  for (const area of areas.filter((one) => one.blobs.some(({ index }) => index < 0)))
    area.blobs.push(...takeSlivers(area, blobs, scale));
  const pictures = areas.flatMap((area) => {
    const largest = area.blobs.reduce((a, b) => (b.area > a.area ? b : a));
    const own = new Set(area.blobs.map((blob) => blob.index));
    const isOwn = (index: number): boolean => own.has(at(options.labels, index));
    const parts = largest.index < 0 ? [area] : splitOverhang(area, raster.width, isOwn, scale);
    return parts.map(
      ({ left, top, right, bottom }): RawPicture => ({
        left,
        top,
        right,
        bottom,
        background: largest.background,
        surface: largest.surface,
        kind: colorCount(raster, { left, top, right, bottom }, 0xffffff) >= photoColors ? 'photo' : 'drawing',
        radius:
          largest.index < 0 && isDisc(raster, { left, top, right, bottom }, largest.background)
            ? (right - left + bottom - top + 2) / 4
            : cornerRadius(raster.width, { left, top, right, bottom }, options.isInk),
      }),
    );
  });
  for (const box of boxes.filter((candidate) => isPhotoGround(candidate, pictures, boxes, blobs, scale))) {
    const parts = pictures.filter((picture) => liesIn(picture, box));
    for (const part of parts) pictures.splice(pictures.indexOf(part), 1);
    const { radius, outside, surface, region } = box;
    const isOwn = (index: number): boolean => at(options.regionLabels, index) === region;
    for (const part of splitOverhang(box, raster.width, isOwn, scale)) {
      const { left, top, right, bottom } = part;
      pictures.push({ left, top, right, bottom, radius, background: outside, surface, kind: 'photo' });
    }
  }
  const rest = blobs.filter((blob) => !edges.has(blob) && !pictures.some((picture) => liesIn(blob, picture)));
  return { pictures, rest };
}

/** A box that is the smooth part of a photo: textured, or a gradient behind a photographed thing. */
function isPhotoGround(
  box: RawBox,
  pictures: readonly RawPicture[],
  boxes: readonly RawBox[],
  blobs: readonly Blob[],
  scale: number,
): boolean {
  const width = box.right - box.left + 1;
  const height = box.bottom - box.top + 1;
  if (Math.min(width, height) < blockSide * scale) return false;
  if (box.textured) {
    // A card with its text and fields is never a photo, however uneven compression left it.
    const letters = blobs.filter((blob) => liesIn(blob, box) && !isLarge(blob, scale)).length;
    return (
      letters <= 12 &&
      !boxes.some((other) => other !== box && liesIn(other, box) && other.surface !== box.surface)
    );
  }
  if (!box.gradient) return false;
  return pictures.some(
    (picture) =>
      picture.kind === 'photo' &&
      isWithin(picture, box, 4 * scale) &&
      (picture.right - picture.left) * (picture.bottom - picture.top) > 0.12 * width * height,
  );
}

/** An avatar that hangs over the edge of a cover is no part of it. */
const isWithin = (inner: Bounds, outer: Bounds, slack: number): boolean =>
  inner.left >= outer.left - slack &&
  inner.right <= outer.right + slack &&
  inner.top >= outer.top - slack &&
  inner.bottom <= outer.bottom + slack;

interface Bounds {
  left: number;
  top: number;
  right: number;
  bottom: number;
}

const boundsOf = ({ left, top, right, bottom }: Bounds): Bounds => ({ left, top, right, bottom });

function isLarge(blob: Blob, scale: number): boolean {
  const width = blob.right - blob.left + 1;
  const height = blob.bottom - blob.top + 1;
  if (height > tall * scale || (width > wide * scale && height > 6 * scale)) return true;
  return width > blockSide * scale && height > blockSide * scale;
}

/** A letter of a very large headline: another of its colour and height stands right beside it. */
function isHeadlineLetter(
  blob: Blob,
  blobs: readonly Blob[],
  scale: number,
  likeness = 40,
  widest = 1.5,
): boolean {
  const height = blob.bottom - blob.top + 1;
  if (blob.index < 0 || height > 1.4 * tall * scale || blob.right - blob.left + 1 > widest * height)
    return false;
  return blobs.some((other) => {
    const otherHeight = other.bottom - other.top + 1;
    if (other === blob || otherHeight < 0.55 * height || otherHeight > 1.8 * height) return false;
    if (packedDistance(other.color, blob.color) > likeness) return false;
    const overlap = Math.min(blob.bottom, other.bottom) - Math.max(blob.top, other.top) + 1;
    const gap = Math.max(blob.left, other.left) - Math.min(blob.right, other.right) - 1;
    return overlap >= 0.6 * Math.min(height, otherHeight) && gap >= -2 && gap <= 0.35 * height;
  });
}

/** An avatar or thumbnail: more colours than antialiased text has. */
function isSmallPhoto(raster: Raster, blob: Blob, scale: number): boolean {
  const width = blob.right - blob.left + 1;
  const height = blob.bottom - blob.top + 1;
  if (Math.min(width, height) < 18 * scale || blob.area < 0.5 * width * height) return false;
  return colorCount(raster, blob) >= 64;
}

/** A letter that compression gave many colours: unlike a thumbnail, a round one too, it leaves much of its bounds free. */
function isMottledLetter(blob: Blob, blobs: readonly Blob[], scale: number): boolean {
  const width = blob.right - blob.left + 1;
  const height = blob.bottom - blob.top + 1;
  return blob.area < 0.72 * width * height && isHeadlineLetter(blob, blobs, scale, 64, 3);
}

/** What is left of a shadow or an antialiased outline: it hugs a box and fills little of its own bounds. */
function isEdge(blob: Blob, boxes: readonly RawBox[], scale: number): boolean {
  const width = blob.right - blob.left + 1;
  const height = blob.bottom - blob.top + 1;
  if (blob.area > 0.25 * width * height && Math.min(width, height) > 12 * scale) return false;
  const reach = 40 * scale;
  const thin = Math.min(width, height) <= 12 * scale;
  return boxes.some((box) => {
    if (blob.left < box.left - reach || blob.right > box.right + reach) return false;
    if (blob.top < box.top - reach || blob.bottom > box.bottom + reach) return false;
    const around = width >= 0.7 * (box.right - box.left) && height >= 0.7 * (box.bottom - box.top);
    const beside = thin && distanceToOutline(blob, box) <= 4 * scale;
    return (around || beside) && outlineShare(blob, box) > 0.8;
  });
}

/** From the blob's nearest side to the same side of the box. */
function distanceToOutline(blob: Blob, box: RawBox): number {
  return Math.min(
    Math.abs(blob.left - box.left),
    Math.abs(blob.right - box.right),
    Math.abs(blob.top - box.top),
    Math.abs(blob.bottom - box.bottom),
  );
}

/** Rough share of a blob's bounds that is not the inside of the box. */
function outlineShare(blob: Blob, box: RawBox): number {
  const width = blob.right - blob.left + 1;
  const height = blob.bottom - blob.top + 1;
  const inside =
    Math.max(0, Math.min(blob.right, box.right) - Math.max(blob.left, box.left)) *
    Math.max(0, Math.min(blob.bottom, box.bottom) - Math.max(blob.top, box.top));
  return blob.area <= width * height - inside + 2 * (width + height) ? 1 : 0;
}

function mergeNear<T extends Bounds & { blobs: Blob[] }>(
  areas: T[],
  gap: number,
  photosAreExact: boolean,
): T[] {
  const merged = [...areas];
  for (let i = 0; i < merged.length; i++) {
    for (let j = i + 1; j < merged.length; j++) {
      const a = merged[i];
      const b = merged[j];
      if (!a || !b) continue;
      if (!a.blobs.some((p) => b.blobs.some((q) => touches(p, q, gap)))) continue;
      if (photosAreExact && !mayMerge(a, b)) continue;
      a.left = Math.min(a.left, b.left);
      a.top = Math.min(a.top, b.top);
      a.right = Math.max(a.right, b.right);
      a.bottom = Math.max(a.bottom, b.bottom);
      a.blobs.push(...b.blobs);
      merged.splice(j, 1);
      i = -1;
      break;
    }
  }
  return merged;
}

const touches = (a: Bounds, b: Bounds, gap: number): boolean =>
  a.left <= b.right + gap && b.left <= a.right + gap && a.top <= b.bottom + gap && b.top <= a.bottom + gap;

/** With a known photo on either side: only what lies in it, or overlaps it by most of its own area. */
function mayMerge(a: Bounds & { blobs: Blob[] }, b: Bounds & { blobs: Blob[] }): boolean {
  const isPhoto = (area: { blobs: Blob[] }): boolean => area.blobs.some((blob) => blob.index < 0);
  if (!isPhoto(a) && !isPhoto(b)) return true;
  const overlap =
    Math.max(0, Math.min(a.right, b.right) - Math.max(a.left, b.left) + 1) *
    Math.max(0, Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) + 1);
  const areaOf = (c: Bounds): number => (c.right - c.left + 1) * (c.bottom - c.top + 1);
  const [inA, inB] = [overlap / areaOf(a), overlap / areaOf(b)];
  return isPhoto(a) && isPhoto(b) ? Math.max(inA, inB) > 0.5 : (isPhoto(a) ? inB : inA) > 0.8;
}

export function liesIn(inner: Bounds, outer: Bounds): boolean {
  const x = (inner.left + inner.right) / 2;
  const y = (inner.top + inner.bottom) / 2;
  return x >= outer.left && x <= outer.right && y >= outer.top && y <= outer.bottom;
}

/** Distinct colours on a sample of about 4,000 pixels. @param bits what of a colour counts: by default 4 bits a channel. */
export function colorCount(raster: Raster, area: Bounds, bits = 0xf0f0f0): number {
  const colors = new Set<number>();
  const step = Math.max(
    1,
    Math.floor(Math.sqrt(((area.right - area.left) * (area.bottom - area.top)) / 4000)),
  );
  for (let y = area.top; y <= area.bottom; y += step) {
    for (let x = area.left; x <= area.right; x += step)
      colors.add(packedAt(raster.data, y * raster.width + x) & bits);
  }
  return colors.size;
}

/** From where a corner's diagonal first meets ink: a circle of radius r is met at r(1 − 1/√2). */
function cornerRadius(width: number, area: Bounds, isInk: (index: number) => boolean): number {
  const limit = Math.min(area.right - area.left, area.bottom - area.top) / 2;
  const found = [
    [area.left, area.top, 1, 1],
    [area.right, area.top, -1, 1],
    [area.right, area.bottom, -1, -1],
    [area.left, area.bottom, 1, -1],
  ]
    .map(([x = 0, y = 0, dx = 0, dy = 0]) => {
      let steps = 0;
      while (steps < limit && !isInk((y + steps * dy) * width + x + steps * dx)) steps++;
      return steps / (1 - Math.SQRT1_2);
    })
    .sort((a, b) => a - b);
  // Three of four corners must agree, or the thing is no rounded rectangle.
  const radius = at(found, 1);
  return at(found, 3) - at(found, 0) > 0.4 * Math.max(8, at(found, 3)) ? 0 : Math.min(limit, radius);
}
