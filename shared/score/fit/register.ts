/** Finds by how much a piece of a rendered page stands beside where the picture has it. */
import type { Rect } from '../../geometry.ts';
import type { Raster } from '../../image/picture.ts';

/** Luminance of every pixel, 0..255. */
export interface Plane {
  readonly width: number;
  readonly height: number;
  readonly data: Float32Array;
}

export function planeOf({ width, height, data }: Raster): Plane {
  const plane = new Float32Array(width * height);
  for (let at = 0; at < plane.length; at += 1)
    plane[at] =
      0.299 * (data[3 * at] ?? 0) + 0.587 * (data[3 * at + 1] ?? 0) + 0.114 * (data[3 * at + 2] ?? 0);
  return { width, height, data: plane };
}

/** A shift counts only if it leaves less than this share of the difference. */
const clearly = 0.88;
/** Least standard deviation of luminance that is text and not noise. */
const leastContrast = 6;

export interface Shift {
  readonly x: number;
  readonly y: number;
}

/** Mean squared difference of a piece of `page` from the picture at a shift, or infinity outside the picture. */
function difference(page: Plane, picture: Plane, box: Rect, dx: number, dy: number): number {
  if (box.x + dx < 0 || box.y + dy < 0) return Number.POSITIVE_INFINITY;
  if (box.x + dx + box.width > picture.width || box.y + dy + box.height > picture.height)
    return Number.POSITIVE_INFINITY;
  let sum = 0;
  for (let y = box.y; y < box.y + box.height; y += 1) {
    const row = y * page.width;
    const other = (y + dy) * picture.width + dx;
    for (let x = box.x; x < box.x + box.width; x += 1) {
      const gap = (page.data[row + x] ?? 0) - (picture.data[other + x] ?? 0);
      sum += gap * gap;
    }
  }
  return sum / (box.width * box.height);
}

function contrast(page: Plane, box: Rect): number {
  let sum = 0;
  let squares = 0;
  for (let y = box.y; y < box.y + box.height; y += 1) {
    for (let x = box.x; x < box.x + box.width; x += 1) {
      const value = page.data[y * page.width + x] ?? 0;
      sum += value;
      squares += value * value;
    }
  }
  const count = box.width * box.height;
  return Math.sqrt(Math.max(0, squares / count - (sum / count) ** 2));
}

/** Whole pixels inside a plane. */
function clip(box: Rect, plane: Plane): Rect {
  const x = Math.max(0, Math.floor(box.x));
  const y = Math.max(0, Math.floor(box.y));
  return {
    x,
    y,
    width: Math.min(plane.width, Math.ceil(box.x + box.width)) - x,
    height: Math.min(plane.height, Math.ceil(box.y + box.height)) - y,
  };
}

/**
 * @param box of the piece in `page`, device pixels.
 * @param reach farthest shift that is looked for, device pixels.
 * @returns picture less page, device pixels: zero where it stands right; undefined where nothing can be told.
 */
export function register(page: Plane, picture: Plane, box: Rect, reach: number): Shift | undefined {
  const piece = clip(box, page);
  if (piece.width < 3 || piece.height < 3 || contrast(page, piece) < leastContrast) return undefined;
  const here = difference(page, picture, piece, 0, 0);
  let best = { x: 0, y: 0, left: here };
  for (let y = -reach; y <= reach; y += 1) {
    for (let x = -reach; x <= reach; x += 1) {
      const left = difference(page, picture, piece, x, y);
      if (left < best.left) best = { x, y, left };
    }
  }
  if (!Number.isFinite(best.left)) return undefined;
  if (best.left > clearly * here) return { x: 0, y: 0 };
  // At the end of the reach the best place is likely beyond it.
  if (Math.abs(best.x) === reach || Math.abs(best.y) === reach) return undefined;
  return { x: best.x, y: best.y };
}

/** Share of the difference that a shift of many pieces together may leave: what is chance in one evens out in all. */
const jointly = 0.97;

/**
 * By how many pixels many pieces stand too high together, where none of them tells by itself: type of another design
 * hides a shift of a pixel.
 *
 * @param boxes of the pieces in `page`, device pixels.
 * @returns rows that they must go down, -1 to 1.
 */
export function registerJointly(page: Plane, picture: Plane, boxes: readonly Rect[]): number {
  const pieces = boxes.map((box) => clip(box, page)).filter(({ width, height }) => width >= 3 && height >= 3);
  const left = (rows: number): number =>
    pieces.reduce(
      (sum, piece) => sum + difference(page, picture, piece, 0, rows) * piece.width * piece.height,
      0,
    );
  const here = left(0);
  const [best] = [-1, 1].map((rows) => ({ rows, left: left(rows) })).sort((a, b) => a.left - b.left);
  return best !== undefined && best.left < jointly * here ? best.rows : 0;
}

/** Mean squared difference of a place in two pictures, device pixels; undefined outside of them. */
export function gapBetween(page: Plane, picture: Plane, box: Rect): number | undefined {
  const place = clip(box, page);
  if (place.width <= 0 || place.height <= 0) return undefined;
  const gap = difference(page, picture, place, 0, 0);
  return Number.isFinite(gap) ? gap : undefined;
}
