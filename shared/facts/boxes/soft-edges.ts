/** Where edges are soft, a box leaves a thin frame or pieces of one, which are neither text nor icon. */
import { at } from '../pixels.ts';
import type { Blob, InkMap } from '../text/ink.ts';
import type { RawBox } from './raw-box.ts';

/** CSS pixels: letters are smaller than what this is asked of, and edges no wider. */
const leastLength = 12;
const edge = 3.5;
/** Share of its bounds that a frame fills, at most, and of its pixels that lie on outlines, at least. */
const mostFilled = 0.3;
const leastOnOutlines = 0.85;

/** True for a thin blob all of which runs along the outlines of boxes. */
export function liesOnOutlines(
  blob: Blob,
  { labels }: InkMap,
  width: number,
  boxes: readonly RawBox[],
  scale: number,
): boolean {
  const [across, down] = [blob.right - blob.left + 1, blob.bottom - blob.top + 1];
  if (Math.max(across, down) < leastLength * scale || blob.area > mostFilled * across * down) return false;
  const near = edge * scale;
  const beside = boxes.filter(
    (box) =>
      blob.left <= box.right + near &&
      blob.right >= box.left - near &&
      blob.top <= box.bottom + near &&
      blob.bottom >= box.top - near,
  );
  let [own, hits] = [0, 0];
  for (let y = blob.top; y <= blob.bottom; y++) {
    for (let x = blob.left; x <= blob.right; x++) {
      if (at(labels, y * width + x) !== blob.index) continue;
      own++;
      if (beside.some((box) => Math.abs(distanceTo(box, x, y)) <= near)) hits++;
    }
  }
  return hits >= leastOnOutlines * own;
}

/** Signed distance to a rounded rectangle, negative inside. Source: https://iquilezles.org/articles/distfunctions2d */
function distanceTo({ left, top, right, bottom, radius }: RawBox, x: number, y: number): number {
  const dx = Math.abs(x - (left + right) / 2) - (right - left) / 2 + radius;
  const dy = Math.abs(y - (top + bottom) / 2) - (bottom - top) / 2 + radius;
  return Math.hypot(Math.max(dx, 0), Math.max(dy, 0)) + Math.min(Math.max(dx, dy), 0) - radius;
}
