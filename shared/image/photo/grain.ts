/** Takes the camera's noise out of a picture and leaves its edges. */
import type { RunContext } from '../../context.ts';
import type { Raster } from '../picture.ts';
import { giveWay } from '../turn.ts';

const radius = 2;
/** Standard deviations of the noise within which a neighbour shows the same colour. */
const within = 3;
/** Grey levels: less is no noise, and with more the faint lines of a page would go. */
const leastNoise = 0.7;
const mostNoise = 4;
const rowsPerTurn = 64;

/**
 * Each value becomes the mean of the like ones around it (sigma filter; Lee, "Digital image smoothing and the
 * sigma filter", 1983).
 * @throws PixelwrightError `cancelled`.
 */
export async function withoutGrain(raster: Raster, context: RunContext): Promise<Raster> {
  const noise = noiseOf(raster);
  if (noise < leastNoise) return raster;
  const { width, height, data } = raster;
  const reach = within * Math.min(noise, mostNoise);
  const result = new Uint8Array(data.length);
  for (let y = 0; y < height; y++) {
    const [top, bottom] = [Math.max(0, y - radius), Math.min(height - 1, y + radius)];
    for (let x = 0; x < width; x++) {
      const [left, right] = [Math.max(0, x - radius), Math.min(width - 1, x + radius)];
      const at = (y * width + x) * 3;
      const [red, green, blue] = [data[at] ?? 0, data[at + 1] ?? 0, data[at + 2] ?? 0];
      let [sumRed, sumGreen, sumBlue, count] = [0, 0, 0, 0];
      for (let row = top; row <= bottom; row++) {
        for (let near = (row * width + left) * 3; near <= (row * width + right) * 3; near += 3) {
          const [r, g, b] = [data[near] ?? 0, data[near + 1] ?? 0, data[near + 2] ?? 0];
          if (Math.abs(r - red) > reach || Math.abs(g - green) > reach || Math.abs(b - blue) > reach)
            continue;
          sumRed += r;
          sumGreen += g;
          sumBlue += b;
          count += 1;
        }
      }
      result[at] = Math.round(sumRed / count);
      result[at + 1] = Math.round(sumGreen / count);
      result[at + 2] = Math.round(sumBlue / count);
    }
    if (y % rowsPerTurn === 0) await giveWay(context.signal);
  }
  return { width, height, data: result };
}

/** Standard deviation of the noise where the picture is plain: the lower quartile of blocks that are not clipped. */
export function noiseOf({ width, height, data }: Raster): number {
  const size = 8;
  const deviations: number[] = [];
  for (let top = 0; top + size <= height; top += 2 * size) {
    for (let left = 0; left + size <= width; left += 2 * size) {
      let [sum, squares] = [0, 0];
      for (let y = top; y < top + size; y++) {
        for (let x = left; x < left + size; x++) {
          const value = data[(y * width + x) * 3 + 1] ?? 0;
          sum += value;
          squares += value * value;
        }
      }
      const mean = sum / size ** 2;
      if (mean > 12 && mean < 249) deviations.push(Math.sqrt(Math.max(0, squares / size ** 2 - mean * mean)));
    }
  }
  return deviations.sort((a, b) => a - b)[Math.floor(deviations.length / 4)] ?? 0;
}
