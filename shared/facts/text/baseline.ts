/** Finds the baseline that a line of letters stands on. */
import { at, median } from '../pixels.ts';
import type { Blob } from './ink.ts';
import type { TextRun } from './read-lines.ts';

/** Ink, 0..255, of a pixel that belongs to a letter's foot: the antialiased overshoot of round letters has less. */
const fullInk = 140;
/** Share of the letters that must stand on a line above the most frequent one for it to be the baseline. */
const flatLetters = 0.22;

/**
 * Flat letters (h, n, x) end exactly on the baseline, round ones (o, e, s) a little below it, and descenders well
 * below.
 * @returns y of the first row of pixels below the baseline, in source pixels.
 */
export function baselineOf(run: TextRun): number {
  const { source } = run;
  const feet = source.line.blobs
    .filter((blob) => blob.right >= run.left && blob.left <= run.right)
    .filter((blob) => blob.bottom - blob.top + 1 >= 0.4 * source.line.tall)
    .map((blob) => footOf(blob, source));
  if (feet.length === 0) return run.bottom + 1;
  const counts = new Map<number, number>();
  for (const foot of feet) counts.set(foot, (counts.get(foot) ?? 0) + 1);
  const [mode, count] = [...counts].reduce((a, b) => (b[1] > a[1] ? b : a));
  if (count === 1 && feet.length > 1) return median(feet);
  const above = counts.get(mode - 1) ?? 0;
  return above >= Math.max(1, flatLetters * (count + above)) ? mode - 1 : mode;
}

function footOf(blob: Blob, source: TextRun['source']): number {
  const { image, left, top } = source;
  for (let y = blob.bottom - top; y > blob.top - top; y--) {
    for (let x = blob.left - left; x <= blob.right - left; x++) {
      if (x >= 0 && x < image.width && y < image.height && at(image.ink, y * image.width + x) >= fullInk) {
        return top + y + 1;
      }
    }
  }
  return blob.bottom + 1;
}
