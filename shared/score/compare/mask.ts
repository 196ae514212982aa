/** Which pixels differ visibly, anti-aliasing left out. */
import pixelmatch from 'pixelmatch';
import type { Rect } from '../../geometry.ts';
import type { Raster } from '../../image/picture.ts';
import { giveWay } from '../../image/turn.ts';

export interface Mask {
  readonly width: number;
  readonly height: number;
  /** 1 where the pictures differ, row by row. */
  readonly data: Uint8Array;
}

/** Rows that are compared in one turn. */
const rowsPerTurn = 64;
/** Rows around them that anti-aliasing is judged by. */
const margin = 3;

/**
 * Compares the upper left `width` × `height` pixels of both.
 * @param threshold 0..1: least difference of two pixels, as `pixelmatch` counts it.
 * @throws PixelwrightError `cancelled`.
 */
export async function differenceMask(
  a: Raster,
  b: Raster,
  { width, height }: { readonly width: number; readonly height: number },
  threshold: number,
  signal: AbortSignal,
): Promise<Mask> {
  const data = new Uint8Array(width * height);
  for (let top = 0; top < height; top += rowsPerTurn) {
    const from = Math.max(0, top - margin);
    const rows = Math.min(height, top + rowsPerTurn + margin) - from;
    const out = new Uint8Array(width * rows * 4);
    const piece = { width, from, rows };
    pixelmatch(rgba(a, piece), rgba(b, piece), out, width, rows, { threshold, diffMask: true });
    const end = Math.min(height, top + rowsPerTurn);
    for (let y = top; y < end; y++) {
      for (let x = 0; x < width; x++) {
        if ((out[((y - from) * width + x) * 4 + 3] ?? 0) > 0) data[y * width + x] = 1;
      }
    }
    await giveWay(signal);
  }
  return { width, height, data };
}

function rgba(
  raster: Raster,
  { width, from, rows }: { width: number; from: number; rows: number },
): Uint8Array {
  const piece = new Uint8Array(width * rows * 4);
  for (let y = 0; y < rows; y++) {
    let source = (from + y) * raster.width * 3;
    let target = y * width * 4;
    for (let x = 0; x < width; x++, source += 3, target += 4) {
      piece[target] = raster.data[source] ?? 0;
      piece[target + 1] = raster.data[source + 1] ?? 0;
      piece[target + 2] = raster.data[source + 2] ?? 0;
      piece[target + 3] = 255;
    }
  }
  return piece;
}

/** Pixels of the mask in a rectangle, which may reach beyond it. */
export function countIn(mask: Mask, box: Rect): number {
  const { left, top, right, bottom } = pixelsOf(mask, box);
  let count = 0;
  for (let y = top; y < bottom; y++) {
    for (let x = left; x < right; x++) count += mask.data[y * mask.width + x] ?? 0;
  }
  return count;
}

/** Takes the pixels in a rectangle out of the mask. */
export function clear(mask: Mask, box: Rect): void {
  const { left, top, right, bottom } = pixelsOf(mask, box);
  for (let y = top; y < bottom; y++) mask.data.fill(0, y * mask.width + left, y * mask.width + right);
}

function pixelsOf(mask: Mask, box: Rect) {
  const left = Math.max(0, Math.floor(box.x));
  const top = Math.max(0, Math.floor(box.y));
  return {
    left,
    top,
    right: Math.max(left, Math.min(mask.width, Math.ceil(box.x + box.width))),
    bottom: Math.max(top, Math.min(mask.height, Math.ceil(box.y + box.height))),
  };
}
