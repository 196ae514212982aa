/** Finds text that stands on a photo: pixels of one exact colour, which photos hardly have, in the shape of letters. */
import type { Raster } from '../../image/picture.ts';
import type { RawPicture } from '../pictures/find-pictures.ts';
import { at, packedAt, packedDistance } from '../pixels.ts';
import { groupLines, type InkLine } from './group-lines.ts';
import type { Blob } from './ink.ts';
import { splitByStyle } from './split-lines.ts';

/** Colours that may be text: at most this many a photo, each on at least this share of its pixels. */
const candidateColors = 4;
const leastShare = 0.0008;
/** Antialiased pixels of a letter: within this channel distance of the text's colour. */
const reach = 80;
/** Those in the middle of its strokes. */
const core = 12;
const lossyCore = 48;
const tallest = 110;

interface TextColor {
  /** Packed. */
  readonly color: number;
  /** Largest channel difference of pixels that are sure to be letters. */
  readonly core: number;
}

/**
 * @param surface index given to the blobs of this picture, so that lines do not leave it.
 * @param lossy the picture was compressed or scaled: thin strokes are paler than their colour.
 */
export function findLinesOnPicture(
  raster: Raster,
  picture: RawPicture,
  surface: number,
  scale: number,
  lossy = false,
): InkLine[] {
  const found: InkLine[] = [];
  for (const color of frequentColors(raster, picture)) {
    const all = blobsOf(raster, picture, { color, core: lossy ? lossyCore : core }, surface);
    const blobs = all.filter((blob) => isLetterSized(blob, scale));
    for (const line of groupLines(blobs, scale).flatMap(splitByStyle)) {
      if (!isTextLike(line, scale)) continue;
      if (found.some((other) => overlaps(other, line))) continue;
      found.push(line);
    }
  }
  return found;
}

function frequentColors(raster: Raster, picture: RawPicture): number[] {
  const counts = new Map<number, number>();
  for (let y = picture.top; y <= picture.bottom; y++) {
    for (let x = picture.left; x <= picture.right; x++) {
      const color = packedAt(raster.data, y * raster.width + x);
      counts.set(color, (counts.get(color) ?? 0) + 1);
    }
  }
  const area = (picture.right - picture.left + 1) * (picture.bottom - picture.top + 1);
  const frequent = [...counts]
    .filter(([, count]) => count >= Math.max(60, leastShare * area))
    .sort((a, b) => b[1] - a[1]);
  const chosen: number[] = [];
  for (const [color] of frequent) {
    if (chosen.length === candidateColors) break;
    if (chosen.every((other) => packedDistance(other, color) > 40)) chosen.push(color);
  }
  return chosen;
}

function blobsOf(raster: Raster, picture: RawPicture, { color, core }: TextColor, surface: number): Blob[] {
  const width = picture.right - picture.left + 1;
  const height = picture.bottom - picture.top + 1;
  const mask = new Uint8Array(width * height);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const pixel = packedAt(raster.data, (picture.top + y) * raster.width + picture.left + x);
      if (packedDistance(pixel, color) <= reach) mask[y * width + x] = 1;
    }
  }
  const blobs: Blob[] = [];
  const stack: number[] = [];
  for (let seed = 0; seed < mask.length; seed++) {
    if (at(mask, seed) !== 1) continue;
    let left = width,
      top = height,
      right = -1,
      bottom = -1,
      area = 0,
      exact = 0;
    mask[seed] = 2;
    stack.push(seed);
    while (stack.length > 0) {
      const pixel = stack.pop() ?? 0;
      const x = pixel % width;
      const y = (pixel - x) / width;
      area++;
      const color2 = packedAt(raster.data, (picture.top + y) * raster.width + picture.left + x);
      if (packedDistance(color2, color) <= core) exact++;
      if (x < left) left = x;
      if (x > right) right = x;
      if (y < top) top = y;
      if (y > bottom) bottom = y;
      for (let ny = Math.max(0, y - 1); ny <= Math.min(height - 1, y + 1); ny++) {
        for (let nx = Math.max(0, x - 1); nx <= Math.min(width - 1, x + 1); nx++) {
          const next = ny * width + nx;
          if (at(mask, next) === 1) {
            mask[next] = 2;
            stack.push(next);
          }
        }
      }
    }
    // A letter has a core of its colour; a cloud of similar colours has not.
    if (exact < 0.06 * area && Math.min(right - left, bottom - top) > 2) continue;
    blobs.push({
      index: blobs.length,
      area,
      surface,
      purity: 1,
      background: picture.background,
      color,
      left: picture.left + left,
      right: picture.left + right,
      top: picture.top + top,
      bottom: picture.top + bottom,
    });
  }
  return blobs;
}

function isLetterSized(blob: Blob, scale: number): boolean {
  const height = blob.bottom - blob.top + 1;
  const width = blob.right - blob.left + 1;
  return (
    height <= tallest * scale && width <= 3 * tallest * scale && (height >= 3 * scale || width >= 2 * scale)
  );
}

function isTextLike(line: InkLine, scale: number): boolean {
  const width = line.right - line.left + 1;
  return line.blobs.length >= 3 && line.tall >= 6 * scale && width >= 1.2 * line.tall;
}

const overlaps = (a: InkLine, b: InkLine): boolean =>
  a.left <= b.right && b.left <= a.right && a.top <= b.bottom && b.top <= a.bottom;
