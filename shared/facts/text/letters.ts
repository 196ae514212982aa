/** Gives back to the text what looked like a box or a rule and is a letter: a bold D, the stem of an l, a dash. */
import type { Raster } from '../../image/picture.ts';
import type { RawBox } from '../boxes/raw-box.ts';
import { at, packedDistance } from '../pixels.ts';
import type { FlatRegions } from '../regions/flat-regions.ts';
import type { Segment } from '../regions/lines.ts';
import type { InkLine } from './group-lines.ts';
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
function isLetterBox(box: RawBox, blobs: readonly Blob[], scale: number): boolean {
  const height = box.bottom - box.top + 1;
  const width = box.right - box.left + 1;
  if (Math.max(height, width) > largestLetter * scale || box.gradient || box.shadow) return false;
  // One side may look like a border: the soft edge of a stem.
  if (box.fill === undefined || Object.keys(box.border).length > 1) return false;
  const fill = box.fill;
  return blobs.some(
    (blob) => isNeighbour(box, fill, blob, height, 0.3 * height) || standsInLine(box, fill, blob, height),
  );
}

/** A letter that is a word of its own, as the a in a headline: a word's gap away, of the same colour, on one baseline. */
function standsInLine(box: RawBox, fill: number, blob: Blob, height: number): boolean {
  const other = blob.bottom - blob.top + 1;
  if (other < 0.7 * height || other > 1.6 * height || packedDistance(blob.color, fill) > 30) return false;
  return (
    isNeighbour(box, fill, blob, height, 0.8 * height) && Math.abs(blob.bottom - box.bottom) <= 0.45 * height
  );
}

/** True for a short rule that stands in a row of letters. */
export function isLetterSegment(segment: Segment, blobs: readonly Blob[], scale: number): boolean {
  const width = segment.right - segment.left + 1;
  const height = segment.bottom - segment.top + 1;
  if (segment.orientation === 'vertical') {
    if (height > largestLetter * scale) return false;
    return blobs.some(
      (blob) =>
        isNeighbour(segment, segment.color, blob, height, 0.35 * height) ||
        // Right beside a letter, the antialiased edge of its stem has a colour of its own.
        isNeighbour(segment, undefined, blob, height, 1),
    );
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

/** @param color undefined where the colour does not matter. */
function isNeighbour(
  own: Bounds,
  color: number | undefined,
  blob: Blob,
  height: number,
  reach: number,
): boolean {
  if (color !== undefined && packedDistance(blob.color, color) > 60) return false;
  const other = blob.bottom - blob.top + 1;
  if (other < 0.45 * height || other > 2 * height) return false;
  const overlap = Math.min(own.bottom, blob.bottom) - Math.max(own.top, blob.top) + 1;
  if (overlap < 0.6 * Math.min(height, other)) return false;
  const gap = gapBetween(own, blob);
  return gap >= -2 && gap <= reach;
}

const gapBetween = (a: Bounds, b: Bounds): number =>
  Math.max(a.left, b.left) - Math.min(a.right, b.right) - 1;

/** Letters found as boxes; one that is known makes its neighbours known. */
export function letterBoxes(boxes: readonly RawBox[], blobs: readonly Blob[], scale: number): RawBox[] {
  const found: RawBox[] = [];
  let letters = blobs;
  for (;;) {
    const more = boxes.filter((box) => !found.includes(box) && isLetterBox(box, letters, scale));
    if (more.length === 0) return found;
    found.push(...more);
    letters = more.map(
      (box, index): Blob => ({
        ...box,
        index,
        area: 1,
        surface: -1,
        purity: 1,
        background: box.outside,
        color: box.fill ?? 0,
      }),
    );
  }
}

/** The inside of an o: small, without a border, and what surrounds it is ink. */
export function isCounter(
  box: RawBox,
  raster: Raster,
  regions: FlatRegions,
  surfaceOf: Int32Array,
  scale: number,
): boolean {
  if (Math.max(box.right - box.left, box.bottom - box.top) > 60 * scale || Object.keys(box.border).length > 0)
    return false;
  const beyond = Math.round(2 * scale);
  const middle = { x: (box.left + box.right) >> 1, y: (box.top + box.bottom) >> 1 };
  const around = [
    [box.left - beyond, middle.y],
    [box.right + beyond, middle.y],
    [middle.x, box.top - beyond],
    [middle.x, box.bottom + beyond],
  ];
  return (
    around.filter(([x = 0, y = 0]) => {
      if (x < 0 || y < 0 || x >= raster.width || y >= raster.height) return false;
      return at(surfaceOf, at(regions.labels, y * raster.width + x)) < 0;
    }).length >= 3
  );
}

/** What is left of a letter's stem inside a line of text. */
export function isStemIn(rule: Segment, line: InkLine): boolean {
  if (rule.orientation !== 'vertical' || line.blobs.length < 2) return false;
  return (
    rule.left >= line.left - 2 &&
    rule.right <= line.right + 2 &&
    rule.top >= line.top - 2 &&
    rule.bottom <= line.bottom + 2
  );
}
