/** Empty checkboxes, whose border is one blob that would be read as an O or a D. */
import { at } from '../pixels.ts';
import type { Blob, InkMap } from '../text/ink.ts';
import type { RawBox, RawSide } from './raw-box.ts';

/** CSS pixels: browsers draw checkboxes 13 high, and round letters of text are lower. */
const smallest = 12.5;
const largest = 32;
/** Largest difference of its sides. */
const mostAskew = 2;
/** How far from the bounds a border's pixels lie. */
const edge = 2.5;
/** Share of a side's length, without the corners, that has ink beside it: an O touches its bounds in the middle only. */
const leastCovered = 0.8;
/** Corners may be round by this share of a side. */
const corner = 0.22;
/** Free space to either side, by its width: characters such as \u53e3 stand closer to each other. */
const leastGap = 0.35;

/** @returns a frame for each blob that runs along the four sides of a square, and nothing else. */
export function findHollow(ink: InkMap, width: number, scale: number): Map<Blob, RawBox> {
  const found = new Map<Blob, RawBox>();
  for (const blob of ink.blobs) {
    const [across, down] = [blob.right - blob.left + 1, blob.bottom - blob.top + 1];
    if (Math.min(across, down) < smallest * scale || Math.max(across, down) > largest * scale) continue;
    if (Math.abs(across - down) > mostAskew * scale || !isFrame(blob, ink, width, scale)) continue;
    if (!standsAlone(blob, ink.blobs)) continue;
    const thick = Math.max(1, Math.round(blob.area / (2 * (across + down))));
    const side: RawSide = { width: thick, color: blob.color };
    found.set(blob, {
      left: blob.left,
      top: blob.top,
      right: blob.right,
      bottom: blob.bottom,
      fill: undefined,
      outside: blob.background,
      radius: Math.round(cornerOf(blob, ink, width)),
      border: { top: side, right: side, bottom: side, left: side },
      surface: -1,
      region: -1,
    });
  }
  return found;
}

function isFrame(blob: Blob, { labels }: InkMap, width: number, scale: number): boolean {
  const { left, top, right, bottom } = blob;
  const near = edge * scale;
  const rows = { top: new Set<number>(), bottom: new Set<number>() };
  const columns = { left: new Set<number>(), right: new Set<number>() };
  for (let y = top; y <= bottom; y++) {
    for (let x = left; x <= right; x++) {
      if (at(labels, y * width + x) !== blob.index) continue;
      const [onTop, onBottom] = [y - top < near, bottom - y < near];
      const [onLeft, onRight] = [x - left < near, right - x < near];
      if (!onTop && !onBottom && !onLeft && !onRight) return false;
      if (onTop) rows.top.add(x);
      if (onBottom) rows.bottom.add(x);
      if (onLeft) columns.left.add(y);
      if (onRight) columns.right.add(y);
    }
  }
  // An O's arcs come this near to its bounds over their middle only.
  return [rows.top, rows.bottom, columns.left, columns.right].every(
    (side, index) => side.size >= leastCovered * (index < 2 ? right - left + 1 : bottom - top + 1),
  );
}

function standsAlone(blob: Blob, blobs: readonly Blob[]): boolean {
  const reach = leastGap * (blob.right - blob.left + 1);
  return !blobs.some(
    (one) =>
      one !== blob &&
      one.top <= blob.bottom &&
      one.bottom >= blob.top &&
      one.left <= blob.right + reach &&
      one.right >= blob.left - reach,
  );
}

/** Radius: pixels from the upper left corner to the ink along the diagonal, as a circle's arc has them. */
function cornerOf({ index, left, top, right }: Blob, { labels }: InkMap, width: number): number {
  const limit = corner * (right - left + 1);
  let step = 0;
  while (step < limit && at(labels, (top + step) * width + left + step) !== index) step++;
  return Math.min(limit, step / (1 - Math.SQRT1_2));
}

/** True for a box with the frame's bounds, give or take its border and a pixel. */
export function coversSame(box: RawBox, frame: RawBox, scale: number): boolean {
  const near = (frame.border.top?.width ?? 0) + scale;
  return (['left', 'top', 'right', 'bottom'] as const).every(
    (side) => Math.abs(box[side] - frame[side]) <= near,
  );
}

/** Gives what was found inside of a frame the frame's bounds and border. */
export function frameWith(box: RawBox, { left, top, right, bottom, radius, border }: RawBox): void {
  Object.assign(box, { left, top, right, bottom, radius, border });
}
