/** Gives back to the text what looked like a box or a rule and is a letter: a bold D, the stem of an l, a dash. */
import type { RawBox } from '../boxes/raw-box.ts';
import { packedDistance } from '../pixels.ts';
import type { Segment } from '../regions/lines.ts';
import type { Blob } from './ink.ts';

interface Bounds {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** Largest letter, CSS pixels. */
const largestLetter = 110;

/** True for a small plain box that stands in a row of blobs of its own colour and height. */
export function isLetterBox(box: RawBox, blobs: readonly Blob[], scale: number): boolean {
  const height = box.bottom - box.top + 1;
  const width = box.right - box.left + 1;
  if (Math.max(height, width) > largestLetter * scale || box.gradient || box.shadow) return false;
  if (box.fill === undefined || Object.keys(box.border).length > 0) return false;
  const fill = box.fill;
  return blobs.some((blob) => isNeighbour(box, fill, blob, height, 0.3 * height));
}

/** True for a short rule that stands in a row of letters. */
export function isLetterSegment(segment: Segment, blobs: readonly Blob[], scale: number): boolean {
  const width = segment.right - segment.left + 1;
  const height = segment.bottom - segment.top + 1;
  if (segment.orientation === 'vertical') {
    if (height > largestLetter * scale) return false;
    return blobs.some((blob) => isNeighbour(segment, segment.color, blob, height, 0.35 * height));
  }
  if (width > 60 * scale) return false;
  return blobs.some(
    (blob) =>
      packedDistance(blob.color, segment.color) <= 60 &&
      blob.top < segment.top &&
      blob.bottom > segment.bottom &&
      gapBetween(blob, segment) <= 14 * scale &&
      gapBetween(blob, segment) >= -2 &&
      blob.bottom - blob.top + 1 <= 1.6 * width,
  );
}

function isNeighbour(own: Bounds, color: number, blob: Blob, height: number, reach: number): boolean {
  // Right beside a letter, the antialiased edge of its stem has a colour of its own.
  if (gapBetween(own, blob) > 1 && packedDistance(blob.color, color) > 60) return false;
  const other = blob.bottom - blob.top + 1;
  if (other < 0.45 * height || other > 2 * height) return false;
  const overlap = Math.min(own.bottom, blob.bottom) - Math.max(own.top, blob.top) + 1;
  if (overlap < 0.6 * Math.min(height, other)) return false;
  const gap = gapBetween(own, blob);
  return gap >= -2 && gap <= reach;
}

const gapBetween = (a: Bounds, b: Bounds): number =>
  Math.max(a.left, b.left) - Math.min(a.right, b.right) - 1;
