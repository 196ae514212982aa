/** Bicubic resizing as Pillow does it, bit for bit: two passes in fixed point, wider kernels when shrinking. */
import type { Raster } from '../../../image/picture.ts';
import type { Slices } from './slices.ts';

/** Weights are whole numbers in units of 2⁻²²: 32 bits less 8 of a sample and 2 of headroom. */
const precision = 22;
const half = 1 << (precision - 1);

/** For each place of the output, the first place of the input it is made from, and how many. */
interface Kernel {
  readonly first: Int32Array;
  readonly count: Int32Array;
  /** `taps` weights for each place of the output; unused ones are 0. */
  readonly weights: Int32Array;
  readonly taps: number;
}

/** Keys' cubic with a = −0.5, which Pillow uses (PyTorch: −0.75). */
function cubic(distance: number): number {
  const a = -0.5;
  const x = Math.abs(distance);
  if (x < 1) return ((a + 2) * x - (a + 3)) * x * x + 1;
  if (x < 2) return (((x - 5) * x + 8) * x - 4) * a;
  return 0;
}

function createKernel(from: number, to: number): Kernel {
  const scale = from / to;
  const width = Math.max(1, scale);
  const support = 2 * width;
  const taps = Math.ceil(support) * 2 + 1;
  const kernel = { first: new Int32Array(to), count: new Int32Array(to), taps };
  const weights = new Int32Array(to * taps);
  const exact = new Float64Array(taps);
  for (let at = 0; at < to; at++) {
    const centre = (at + 0.5) * scale;
    const first = Math.max(0, Math.trunc(centre - support + 0.5));
    const count = Math.min(from, Math.trunc(centre + support + 0.5)) - first;
    let sum = 0;
    for (let tap = 0; tap < count; tap++) {
      const weight = cubic((tap + first - centre + 0.5) * (1 / width));
      exact[tap] = weight;
      sum += weight;
    }
    for (let tap = 0; tap < count; tap++) {
      const weight = sum === 0 ? (exact[tap] ?? 0) : (exact[tap] ?? 0) / sum;
      weights[at * taps + tap] = Math.trunc(weight * 2 ** precision + (weight < 0 ? -0.5 : 0.5));
    }
    kernel.first[at] = first;
    kernel.count[at] = count;
  }
  return { ...kernel, weights };
}

/**
 * Resizes to `width` × `height`; a side that keeps its length is not touched. Works in slices.
 * Source: resize_pillow in llama.cpp's tools/mtmd/mtmd-image.cpp, after Pillow's Resample.c.
 */
export async function resizeBicubic(
  source: Raster,
  width: number,
  height: number,
  slices: Slices,
): Promise<Raster> {
  const wide = width === source.width ? source : await resizeRows(source, width, slices);
  return height === source.height ? wide : resizeColumns(wide, height, slices);
}

// The loops below stay inside of their arrays; `?? 0` is for the type checker, `| 0` says that a sum is an integer.

async function resizeRows({ width, height, data }: Raster, to: number, slices: Slices): Promise<Raster> {
  const kernel = createKernel(width, to);
  const out = new Uint8ClampedArray(to * height * 3);
  for (let y = 0; y < height; y++) {
    resizeRow(data, y * width * 3, out, y * to * 3, kernel);
    if (slices.isOver()) await slices.rest();
  }
  return { width: to, height, data: new Uint8Array(out.buffer) };
}

function resizeRow(
  data: Uint8Array,
  from: number,
  out: Uint8ClampedArray,
  to: number,
  { first, count, weights, taps }: Kernel,
): void {
  for (let x = 0; x < first.length; x++) {
    let at = (from + (first[x] ?? 0) * 3) | 0;
    let red = half;
    let green = half;
    let blue = half;
    const begin = (x * taps) | 0;
    const end = (begin + (count[x] ?? 0)) | 0;
    for (let tap = begin; tap < end; tap++) {
      const weight = weights[tap] ?? 0;
      red = (red + Math.imul(data[at] ?? 0, weight)) | 0;
      green = (green + Math.imul(data[at + 1] ?? 0, weight)) | 0;
      blue = (blue + Math.imul(data[at + 2] ?? 0, weight)) | 0;
      at = (at + 3) | 0;
    }
    const place = to + x * 3;
    out[place] = red >> precision;
    out[place + 1] = green >> precision;
    out[place + 2] = blue >> precision;
  }
}

async function resizeColumns({ width, height, data }: Raster, to: number, slices: Slices): Promise<Raster> {
  const kernel = createKernel(height, to);
  const row = width * 3;
  const out = new Uint8ClampedArray(row * to);
  const sums = new Int32Array(row);
  for (let y = 0; y < to; y++) {
    resizeColumn(data, out, y, sums, kernel);
    if (slices.isOver()) await slices.rest();
  }
  return { width, height: to, data: new Uint8Array(out.buffer) };
}

/** One row of the output: whole rows of the input are added up, which reads memory in order. */
function resizeColumn(
  data: Uint8Array,
  out: Uint8ClampedArray,
  y: number,
  sums: Int32Array,
  { first, count, weights, taps }: Kernel,
): void {
  const row = sums.length;
  sums.fill(half);
  const rows = count[y] ?? 0;
  for (let tap = 0; tap < rows; tap++) {
    const weight = weights[y * taps + tap] ?? 0;
    const from = ((first[y] ?? 0) + tap) * row;
    for (let i = 0; i < row; i++) sums[i] = (sums[i] ?? 0) + Math.imul(data[from + i] ?? 0, weight);
  }
  const place = y * row;
  for (let i = 0; i < row; i++) out[place + i] = (sums[i] ?? 0) >> precision;
}
