/** In lossy pictures: a badge on the border of its card is one blob with it, and is looked at without it. */
import { at } from '../pixels.ts';
import type { Blob, InkMap } from '../text/ink.ts';

/** CSS pixels: thickest line with what compression spreads around it; shortest piece of one worth to be cut. */
const thickest = 5;
const leastCut = 12;
/** Share of the tallest column from which on one is of the plate itself. */
const coreShare = 0.6;

/** The blob without the lines that leave it to the left and right; itself where there are none. */
export function withoutLines(blob: Blob, { labels }: InkMap, width: number, scale: number): Blob {
  const { left, right } = blob;
  const tall = Array.from({ length: right - left + 1 }, (_, index) =>
    extentOf(blob, labels, left + index, width),
  );
  const most = Math.max(...tall.map(({ size }) => size));
  if (most <= 2 * thickest * scale) return blob;
  const sizeAt = (index: number): number => tall[index]?.size ?? 0;
  let [from, to] = widestRun(tall.map(({ size }) => size >= coreShare * most));
  // Its round ends grow shorter outwards, down to the line that they stand on.
  while (from > 0 && sizeAt(from - 1) > thickest * scale && sizeAt(from - 1) <= sizeAt(from) + 1) from--;
  while (to + 1 < tall.length && sizeAt(to + 1) > thickest * scale && sizeAt(to + 1) <= sizeAt(to) + 1) to++;
  const isLine = (index: number): boolean => sizeAt(index) > 0 && sizeAt(index) <= thickest * scale;
  const cut = [from > 0 && isLine(from - 1), to + 1 < tall.length && isLine(to + 1)] as const;
  const length = (cut[0] ? from : 0) + (cut[1] ? tall.length - 1 - to : 0);
  if (length < leastCut * scale) return blob;
  const [first, last] = [cut[0] ? from : 0, cut[1] ? to : tall.length - 1];
  const own = tall.slice(from, to + 1);
  return {
    ...blob,
    left: left + first,
    right: left + last,
    top: Math.min(...own.map(({ top }) => top)),
    bottom: Math.max(...own.map(({ bottom }) => bottom)),
  };
}

interface Extent {
  readonly top: number;
  readonly bottom: number;
  readonly size: number;
}

function extentOf(blob: Blob, labels: Int32Array, x: number, width: number): Extent {
  let { top, bottom } = blob;
  while (top <= bottom && at(labels, top * width + x) !== blob.index) top++;
  while (bottom >= top && at(labels, bottom * width + x) !== blob.index) bottom--;
  return { top, bottom, size: Math.max(0, bottom - top + 1) };
}

/** First and last index of the longest run of true. */
function widestRun(flags: readonly boolean[]): [number, number] {
  let [best, start]: [[number, number], number] = [[0, -1], 0];
  for (const [index, flag] of [...flags, false].entries()) {
    if (flag) continue;
    if (index - 1 - start > best[1] - best[0]) best = [start, index - 1];
    start = index + 1;
  }
  return best;
}
