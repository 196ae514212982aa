/** What is left over at the edges of a photo whose area is known by its texture: the rims of a round one, rows of sky. */
import type { Blob } from '../text/ink.ts';

interface Bounds {
  left: number;
  top: number;
  /** Inclusive. */
  right: number;
  bottom: number;
}

/** CSS pixels: how thick such a sliver is, and how far from the photo it begins. */
const thickest = 8;
const mostGap = 1.5;

/** Moves the edges of a photo's area out over the thin blobs that lie along them. @returns the blobs that it took. */
export function takeSlivers(area: Bounds, blobs: readonly Blob[], scale: number): Blob[] {
  const taken: Blob[] = [];
  const before = { ...area };
  for (const blob of blobs) {
    if (blob.index < 0) continue;
    const [across, down] = [blob.right - blob.left + 1, blob.bottom - blob.top + 1];
    const upright = down > across;
    if (Math.min(across, down) > thickest * scale || Math.max(across, down) < 2 * Math.min(across, down))
      continue;
    const spans = upright
      ? blob.top >= before.top - 1 && blob.bottom <= before.bottom + 1
      : blob.left >= before.left - 1 && blob.right <= before.right + 1;
    if (!spans) continue;
    const near = mostGap * scale;
    const outside = upright
      ? [before.left - blob.right - 1, blob.left - before.right - 1]
      : [before.top - blob.bottom - 1, blob.top - before.bottom - 1];
    if (!outside.some((gap) => gap >= -1 && gap <= near)) continue;
    area.left = Math.min(area.left, blob.left);
    area.top = Math.min(area.top, blob.top);
    area.right = Math.max(area.right, blob.right);
    area.bottom = Math.max(area.bottom, blob.bottom);
    taken.push(blob);
  }
  return taken;
}
