/** Pixel measures of two pictures of one size: structural similarity and mean error. */
import type { Rect } from '../geometry.ts';
import type { Raster } from '../image/picture.ts';
import { giveWay } from '../image/turn.ts';

/** Window of Wang, Bovik, Sheikh and Simoncelli (2004): 11 × 11, Gaussian, σ 1.5. */
const radius = 5;
const sigma = 1.5;
/** The same paper's constants: (0.01 · 255)² and (0.03 · 255)². */
const c1 = 6.5025;
const c2 = 58.5225;

const kernel = normalized(
  Array.from({ length: 2 * radius + 1 }, (_, index) => Math.exp(-((index - radius) ** 2) / (2 * sigma ** 2))),
);

function normalized(values: number[]): Float64Array {
  const sum = values.reduce((total, value) => total + value, 0);
  return Float64Array.from(values, (value) => value / sum);
}

/**
 * Mean structural similarity on luminance (Rec. 601), as published in 2004, without downsampling, over all
 * places where the window fits. Pictures smaller than the window are compared by one window that covers them.
 *
 * @returns −1..1, 1 for the same picture.
 * @throws RangeError if the sizes differ.
 */
export function structuralSimilarity(a: Raster, b: Raster): number {
  const rows = similarityByRows(a, b);
  for (;;) {
    const row = rows.next();
    if (row.done) return row.value;
  }
}

/** Rows of windows between two turns of other work. */
const rowsPerTurn = 16;

/** As `structuralSimilarity`, a few rows at a time. @throws PixelwrightError `cancelled`. */
export async function structuralSimilarityInTurns(
  a: Raster,
  b: Raster,
  signal: AbortSignal,
): Promise<number> {
  const rows = similarityByRows(a, b);
  for (let count = 1; ; count += 1) {
    const row = rows.next();
    if (row.done) return row.value;
    if (count % rowsPerTurn === 0) await giveWay(signal);
  }
}

/** How alike two pictures are, place by place. */
export interface SimilarityMap {
  /** Mean over all windows. */
  readonly mean: number;
  /** Sum of similarity over the windows in whose middle a pixel of the box is, as a share of all windows. */
  within(box: Rect): number;
}

/**
 * As `structuralSimilarityInTurns`, told place by place.
 * @param ratio device pixels of the pictures for each unit of the boxes that it is asked about.
 * @throws PixelwrightError `cancelled`. @throws RangeError if the sizes differ.
 */
export async function similarityMap(
  a: Raster,
  b: Raster,
  ratio: number,
  signal: AbortSignal,
): Promise<SimilarityMap> {
  const width = Math.max(1, a.width - kernel.length + 1);
  const height = Math.max(1, a.height - kernel.length + 1);
  // Sums from the upper left corner: any box takes four of them.
  const sums = new Float64Array((width + 1) * (height + 1));
  let y = 0;
  const rows = similarityByRows(a, b, (row) => {
    let sum = 0;
    for (let x = 0; x < width; x += 1) {
      sum += row[x] ?? 0;
      sums[(y + 1) * (width + 1) + x + 1] = (sums[y * (width + 1) + x + 1] ?? 0) + sum;
    }
    y += 1;
  });
  for (;;) {
    const row = rows.next();
    if (row.done) {
      const at = (value: number, most: number): number =>
        Math.max(0, Math.min(most, Math.round(value * ratio) - radius));
      return {
        mean: row.value,
        within({ x: left, y: top, width: across, height: down }) {
          const [x0, x1] = [at(left, width), at(left + across, width)];
          const [y0, y1] = [at(top, height), at(top + down, height)];
          const corner = (column: number, line: number): number => sums[line * (width + 1) + column] ?? 0;
          return (corner(x1, y1) - corner(x0, y1) - corner(x1, y0) + corner(x0, y0)) / (width * height);
        },
      };
    }
    if (y % rowsPerTurn === 0) await giveWay(signal);
  }
}

/** Yields after each row of windows, and returns the mean over all of them. @param told each row of them. */
function* similarityByRows(
  a: Raster,
  b: Raster,
  told: (row: Float64Array) => void = () => {},
): Generator<void, number> {
  assertSameSize(a, b);
  const size = kernel.length;
  if (a.width < size || a.height < size) {
    const only = similarityOf(plainMoments(luminance(a), luminance(b)));
    told(Float64Array.of(only));
    return only;
  }
  const columns = a.width - size + 1;
  const similarities = new Float64Array(columns);
  const left = luminance(a);
  const right = luminance(b);
  // Rows filtered sideways, the last eleven of them: memory stays that of a few rows however long the page is.
  const ring = Array.from({ length: size }, () => new Float64Array(columns * 5));
  let sum = 0;
  for (let y = 0; y < a.height; y += 1) {
    filterRow(left, right, y * a.width, ring[y % size] ?? new Float64Array(0), columns);
    if (y < size - 1) continue;
    for (let x = 0; x < columns; x += 1) {
      let meanA = 0;
      let meanB = 0;
      let squareA = 0;
      let squareB = 0;
      let product = 0;
      for (let k = 0; k < size; k += 1) {
        const row = ring[(y + 1 + k) % size] ?? kernel;
        const weight = kernel[k] ?? 0;
        const at = x * 5;
        meanA += weight * (row[at] ?? 0);
        meanB += weight * (row[at + 1] ?? 0);
        squareA += weight * (row[at + 2] ?? 0);
        squareB += weight * (row[at + 3] ?? 0);
        product += weight * (row[at + 4] ?? 0);
      }
      const similarity = similarityOf({ meanA, meanB, squareA, squareB, product });
      similarities[x] = similarity;
      sum += similarity;
    }
    told(similarities);
    yield;
  }
  return sum / (columns * (a.height - size + 1));
}

/**
 * Mean absolute difference over all pixels and channels.
 *
 * @returns 0..1, 0 for the same picture.
 * @throws RangeError if the sizes differ.
 */
export function meanPixelError(a: Raster, b: Raster): number {
  assertSameSize(a, b);
  let sum = 0;
  for (let index = 0; index < a.data.length; index += 1)
    sum += Math.abs((a.data[index] ?? 0) - (b.data[index] ?? 0));
  return a.data.length === 0 ? 0 : sum / a.data.length / 255;
}

/** Cuts or pads a picture at its right and lower edge; padding is white, as an empty page is. */
export function fitTo(raster: Raster, width: number, height: number): Raster {
  if (raster.width === width && raster.height === height) return raster;
  const data = new Uint8Array(width * height * 3).fill(255);
  const rowLength = Math.min(width, raster.width) * 3;
  for (let y = 0; y < Math.min(height, raster.height); y += 1) {
    const from = y * raster.width * 3;
    data.set(raster.data.subarray(from, from + rowLength), y * width * 3);
  }
  return { width, height, data };
}

interface Moments {
  readonly meanA: number;
  readonly meanB: number;
  readonly squareA: number;
  readonly squareB: number;
  readonly product: number;
}

function similarityOf({ meanA, meanB, squareA, squareB, product }: Moments): number {
  const varianceA = squareA - meanA * meanA;
  const varianceB = squareB - meanB * meanB;
  const covariance = product - meanA * meanB;
  return (
    ((2 * meanA * meanB + c1) * (2 * covariance + c2)) /
    ((meanA * meanA + meanB * meanB + c1) * (varianceA + varianceB + c2))
  );
}

function filterRow(
  a: Float32Array,
  b: Float32Array,
  start: number,
  target: Float64Array,
  columns: number,
): void {
  for (let x = 0; x < columns; x += 1) {
    let meanA = 0;
    let meanB = 0;
    let squareA = 0;
    let squareB = 0;
    let product = 0;
    for (let k = 0; k < kernel.length; k += 1) {
      const weight = kernel[k] ?? 0;
      const valueA = a[start + x + k] ?? 0;
      const valueB = b[start + x + k] ?? 0;
      meanA += weight * valueA;
      meanB += weight * valueB;
      squareA += weight * valueA * valueA;
      squareB += weight * valueB * valueB;
      product += weight * valueA * valueB;
    }
    const at = x * 5;
    target[at] = meanA;
    target[at + 1] = meanB;
    target[at + 2] = squareA;
    target[at + 3] = squareB;
    target[at + 4] = product;
  }
}

function plainMoments(a: Float32Array, b: Float32Array): Moments {
  const mean = (value: (index: number) => number) => {
    let sum = 0;
    for (let index = 0; index < a.length; index += 1) sum += value(index);
    return a.length === 0 ? 0 : sum / a.length;
  };
  return {
    meanA: mean((index) => a[index] ?? 0),
    meanB: mean((index) => b[index] ?? 0),
    squareA: mean((index) => (a[index] ?? 0) ** 2),
    squareB: mean((index) => (b[index] ?? 0) ** 2),
    product: mean((index) => (a[index] ?? 0) * (b[index] ?? 0)),
  };
}

function luminance(raster: Raster): Float32Array {
  const values = new Float32Array(raster.width * raster.height);
  for (let index = 0; index < values.length; index += 1) {
    const at = index * 3;
    values[index] =
      0.299 * (raster.data[at] ?? 0) +
      0.587 * (raster.data[at + 1] ?? 0) +
      0.114 * (raster.data[at + 2] ?? 0);
  }
  return values;
}

function assertSameSize(a: Raster, b: Raster): void {
  if (a.width !== b.width || a.height !== b.height) {
    throw new RangeError(
      `Expected two pictures of one size, got ${a.width}×${a.height} and ${b.width}×${b.height}.`,
    );
  }
}
