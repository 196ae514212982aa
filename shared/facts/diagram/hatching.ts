/** Makes hatching solid, the fill of sketched shapes: pale parallel strokes aslant, which would be taken for lines. */
import type { Raster } from '../../image/picture.ts';
import { at, modeOf, pack, packedAt, packedDistance } from '../pixels.ts';
import { distanceTo } from './distance.ts';

/** Pixels of a cell's side; what is hatched is told by three by three cells. */
const cell = 8;
/** Strokes of a fill are paler than this share of what outlines and letters differ from the paper. */
const paleShare = 0.55;
const leastDifference = 8;
/** Of a window, how much such strokes cover at least: more than a single line does. */
const leastCover = 0.15;
/** How much of the slopes in a window run the same way, 0..1. */
const leastCoherence = 0.55;

/** Half of the widest gap between two strokes of a fill, pixels. */
const reach = 8;

/** @returns the same raster where nothing is hatched; else with such fills solid. */
export function withoutHatching(raster: Raster): Raster {
  const { width, height, data } = raster;
  const pixels = width * height;
  const page = modeOf(sampled(raster)).value;
  const difference = new Uint8Array(pixels);
  const counts = new Uint32Array(256);
  for (let pixel = 0; pixel < pixels; pixel++) {
    const own = packedDistance(packedAt(data, pixel), page);
    difference[pixel] = own;
    if (own > leastDifference) counts[own] = at(counts, own) + 1;
  }
  const pale = paleShare * percentile(counts, 0.95);
  const [columns, rows] = [Math.ceil(width / cell), Math.ceil(height / cell)];
  const sums = slopes(difference, width, height, pale);
  const hatched = grown(crowded(candidates(sums, columns, rows), columns, rows), columns, rows);
  if (!hatched.includes(1)) return raster;
  const strokes = new Uint8Array(pixels);
  for (let pixel = 0; pixel < pixels; pixel++) {
    const own = at(difference, pixel);
    const beside = Math.max(
      at(difference, pixel - 1),
      at(difference, pixel + 1),
      at(difference, pixel - width),
      at(difference, pixel + width),
    );
    if (own > leastDifference && own < pale && beside < pale) strokes[pixel] = 1;
  }
  const near = distanceTo(strokes, width, height);
  const open = distanceTo(
    Uint8Array.from(near, (value) => (value > 3 * reach ? 1 : 0)),
    width,
    height,
  );
  const result = data.slice();
  const colors = new Map<number, number | undefined>();
  const colorAt = (x: number, y: number): number | undefined => {
    const key = Math.floor(y / (2 * cell)) * columns + Math.floor(x / (2 * cell));
    if (!colors.has(key)) colors.set(key, strokeColor(data, strokes, width, height, x, y));
    return colors.get(key);
  };
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const pixel = y * width + x;
      if (at(hatched, Math.floor(y / cell) * columns + Math.floor(x / cell)) === 0) continue;
      // Closed: within reach of strokes, and out of reach of what no stroke is near.
      if (at(difference, pixel) >= pale || at(open, pixel) <= 3 * reach) continue;
      const color = colorAt(x, y);
      if (color === undefined) continue;
      for (const [channel, shift] of [16, 8, 0].entries())
        result[pixel * 3 + channel] = (color >> shift) & 255;
    }
  return { ...raster, data: result };
}

/** Mean colour of the strokes around a block of pixels, the same for all of a cell's; packed. */
function strokeColor(
  data: Raster['data'],
  strokes: Uint8Array,
  width: number,
  height: number,
  x: number,
  y: number,
): number | undefined {
  const [left, top] = [x - (x % (2 * cell)) - cell, y - (y % (2 * cell)) - cell];
  let [red, green, blue, count] = [0, 0, 0, 0];
  for (let v = Math.max(0, top); v < Math.min(height, top + 4 * cell); v += 3)
    for (let u = Math.max(0, left); u < Math.min(width, left + 4 * cell); u += 2) {
      const pixel = v * width + u;
      if (at(strokes, pixel) === 0) continue;
      red += at(data, pixel * 3);
      green += at(data, pixel * 3 + 1);
      blue += at(data, pixel * 3 + 2);
      count++;
    }
  return count === 0
    ? undefined
    : pack(Math.round(red / count), Math.round(green / count), Math.round(blue / count));
}

function* sampled({ width, height, data }: Raster): Generator<number> {
  const step = Math.max(1, Math.floor((width * height) / 40_000));
  for (let pixel = 0; pixel < width * height; pixel += step) yield packedAt(data, pixel);
}

function percentile(counts: Uint32Array, share: number): number {
  const total = counts.reduce((sum, count) => sum + count, 0);
  let seen = 0;
  for (const [value, count] of counts.entries()) {
    seen += count;
    if (seen >= share * total) return value;
  }
  return 0;
}

/** Of each cell: the three parts of its structure tensor, how many pixels are covered, and how many were looked at. */
function slopes(difference: Uint8Array, width: number, height: number, pale: number): Float64Array {
  const [columns, rows] = [Math.ceil(width / cell), Math.ceil(height / cell)];
  const sums = new Float64Array(columns * rows * 5);
  for (let y = 1; y < height - 1; y++)
    for (let x = 1; x < width - 1; x++) {
      const pixel = y * width + x;
      const [west, east] = [at(difference, pixel - 1), at(difference, pixel + 1)];
      const [north, south] = [at(difference, pixel - width), at(difference, pixel + width)];
      const own = at(difference, pixel);
      // Beside outlines and letters all slopes are theirs.
      if (own >= pale || west >= pale || east >= pale || north >= pale || south >= pale) continue;
      const base = (Math.floor(y / cell) * columns + Math.floor(x / cell)) * 5;
      const [dx, dy] = [east - west, south - north];
      sums[base] = at(sums, base) + dx * dx;
      sums[base + 1] = at(sums, base + 1) + dy * dy;
      sums[base + 2] = at(sums, base + 2) + dx * dy;
      sums[base + 3] = at(sums, base + 3) + (own > leastDifference ? 1 : 0);
      sums[base + 4] = at(sums, base + 4) + 1;
    }
  return sums;
}

/**
 * Cells around which pale strokes run one way, and aslant: by the structure tensor of the differences from the paper
 * (Bigün and Granlund, Optimal orientation detection of linear symmetry, 1987).
 */
function candidates(sums: Float64Array, columns: number, rows: number): Uint8Array {
  const found = new Uint8Array(columns * rows);
  for (let row = 0; row < rows; row++)
    for (let column = 0; column < columns; column++) {
      const window = [0, 0, 0, 0, 0];
      for (let y = Math.max(0, row - 2); y <= Math.min(rows - 1, row + 2); y++)
        for (let x = Math.max(0, column - 2); x <= Math.min(columns - 1, column + 2); x++)
          for (let index = 0; index < 5; index++)
            window[index] = (window[index] ?? 0) + at(sums, (y * columns + x) * 5 + index);
      const [xx = 0, yy = 0, xy = 0, covered = 0, all = 0] = window;
      const energy = xx + yy;
      if (all < 6 * cell * cell || covered < leastCover * all || energy < 4 * all) continue;
      const isAslant = Math.abs(xy) > 0.3 * energy;
      if (isAslant && Math.hypot(xx - yy, 2 * xy) > leastCoherence * energy)
        found[row * columns + column] = 1;
    }
  return found;
}

/** Cells with most of their neighbours: a hatched area is wider than any line. */
function crowded(cells: Uint8Array, columns: number, rows: number): Uint8Array {
  return cells.map((_, index) => {
    const [x, y] = [index % columns, Math.floor(index / columns)];
    if (x === 0 || y === 0 || x === columns - 1 || y === rows - 1) return 0;
    let count = 0;
    for (let dy = -1; dy <= 1; dy++)
      for (let dx = -1; dx <= 1; dx++) count += at(cells, index + dy * columns + dx);
    return count >= 8 ? 1 : 0;
  });
}

/** Marks all cells within three of a marked one: letters interrupt a fill, and at its rim it thins out. */
function grown(cells: Uint8Array, columns: number, rows: number): Uint8Array {
  const result = new Uint8Array(cells.length);
  for (const [index, value] of cells.entries()) {
    if (value === 0) continue;
    const [x, y] = [index % columns, Math.floor(index / columns)];
    for (let row = Math.max(0, y - 3); row <= Math.min(rows - 1, y + 3); row++)
      for (let column = Math.max(0, x - 3); column <= Math.min(columns - 1, x + 3); column++)
        result[row * columns + column] = 1;
  }
  return result;
}
