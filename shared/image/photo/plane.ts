/** Planes of grey values and the small filters that finding a page needs. */
import type { Raster } from '../picture.ts';
import { pipeline, renderRaster } from '../raster.ts';

/** One value a pixel, row by row. */
export interface Plane {
  readonly width: number;
  readonly height: number;
  readonly data: Float32Array;
}

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** The raster with its longer side at most `side` pixels, never enlarged. */
export async function reduce(raster: Raster, side: number): Promise<Raster> {
  if (Math.max(raster.width, raster.height) <= side) return raster;
  return renderRaster(pipeline(raster).resize({ width: side, height: side, fit: 'inside', kernel: 'cubic' }));
}

/** The smallest of the three channels: high for white and grey paper, low for wood and skin. */
export function whiteness({ width, height, data }: Raster): Plane {
  const result = new Float32Array(width * height);
  for (let i = 0, at = 0; i < result.length; i++, at += 3) {
    result[i] = Math.min(data[at] ?? 0, data[at + 1] ?? 0, data[at + 2] ?? 0);
  }
  return { width, height, data: result };
}

/** Mean over squares of 2 × radius + 1, twice: close to a Gaussian. Edges repeat. */
export function smooth(plane: Plane, radius: number): Plane {
  let result = plane;
  for (let pass = 0; pass < 2; pass++) result = transposedMean(transposedMean(result, radius), radius);
  return result;
}

function transposedMean({ width, height, data }: Plane, radius: number): Plane {
  const result = new Float32Array(data.length);
  const count = 2 * radius + 1;
  for (let y = 0; y < height; y++) {
    const row = y * width;
    const value = (x: number): number => data[row + Math.min(Math.max(x, 0), width - 1)] ?? 0;
    let sum = 0;
    for (let x = -radius; x <= radius; x++) sum += value(x);
    for (let x = 0; x < width; x++) {
      result[x * height + y] = sum / count;
      sum += value(x + radius + 1) - value(x - radius);
    }
  }
  return { width: height, height: width, data: result };
}

/** Length of the gradient, in grey levels a pixel. */
export function gradient({ width, height, data }: Plane): Plane {
  const result = new Float32Array(data.length);
  for (let y = 1; y < height - 1; y++) {
    for (let x = 1; x < width - 1; x++) {
      const at = y * width + x;
      const dx = (data[at + 1] ?? 0) - (data[at - 1] ?? 0);
      const dy = (data[at + width] ?? 0) - (data[at - width] ?? 0);
      result[at] = Math.hypot(dx, dy) / 2;
    }
  }
  return { width, height, data: result };
}

/** Value between pixels, bilinear; edges repeat. */
export function sample({ width, height, data }: Plane, x: number, y: number): number {
  const cx = Math.min(Math.max(x, 0), width - 1);
  const cy = Math.min(Math.max(y, 0), height - 1);
  const x0 = Math.min(Math.floor(cx), Math.max(0, width - 2));
  const y0 = Math.min(Math.floor(cy), Math.max(0, height - 2));
  const fx = cx - x0;
  const fy = cy - y0;
  const at = y0 * width + x0;
  const right = width > 1 ? 1 : 0;
  const down = height > 1 ? width : 0;
  const top = (data[at] ?? 0) * (1 - fx) + (data[at + right] ?? 0) * fx;
  const bottom = (data[at + down] ?? 0) * (1 - fx) + (data[at + down + right] ?? 0) * fx;
  return top * (1 - fy) + bottom * fy;
}

/** The value below which `share` of all values lie. */
export function quantile(plane: Plane, share: number): number {
  const sorted = Float32Array.from(plane.data).sort();
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0;
}
