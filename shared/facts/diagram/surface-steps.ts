/** Tells the blurred edge between two evenly coloured areas from a stroke. */
import type { Raster } from '../../image/picture.ts';
import { at, packedAt, packedDistance } from '../pixels.ts';
import type { Surface } from './ground.ts';

/** Longest way over the blurred edge between two surfaces, pixels. */
const edgeReach = 4;

/** Pixels between two surfaces whose colour is a mix of theirs are no ink: an area without an outline ends there. */
export function bridgeSteps(
  { width, height, data }: Raster,
  surfaceOf: Int32Array,
  surfaces: readonly Surface[],
): void {
  const before = surfaceOf.slice();
  const look = (pixel: number, x: number, y: number, dx: number, dy: number): number => {
    for (let reach = 1; reach <= edgeReach; reach++) {
      const [nx, ny] = [x + dx * reach, y + dy * reach];
      if (nx < 0 || ny < 0 || nx >= width || ny >= height) return -1;
      const found = at(before, pixel + (dy * width + dx) * reach);
      if (found >= 0) return found;
    }
    return -1;
  };
  for (let pixel = 0; pixel < before.length; pixel++) {
    if (at(before, pixel) >= 0) continue;
    const x = pixel % width;
    const y = (pixel - x) / width;
    const color = packedAt(data, pixel);
    for (const [dx, dy] of mixes) {
      const [a, b] = [look(pixel, x, y, dx, dy), look(pixel, x, y, -dx, -dy)];
      if (a < 0 || b < 0 || a === b) continue;
      const [colorA, colorB] = [surfaces[a]?.color ?? 0, surfaces[b]?.color ?? 0];
      if (packedDistance(colorA, colorB) < 12 || !isMix(color, colorA, colorB)) continue;
      surfaceOf[pixel] = packedDistance(color, colorA) < packedDistance(color, colorB) ? a : b;
      break;
    }
  }
}

const mixes = [
  [1, 0],
  [0, 1],
  [1, 1],
  [1, -1],
] as const;

/** Whether a colour lies on the way between two others, in the same share in every channel; packed. */
function isMix(color: number, a: number, b: number): boolean {
  let dot = 0;
  let length = 0;
  const parts = [16, 8, 0].map((shift) => {
    const [c, p, q] = [(color >> shift) & 255, (a >> shift) & 255, (b >> shift) & 255];
    dot += (c - p) * (q - p);
    length += (q - p) * (q - p);
    return [c, p, q] as const;
  });
  const share = dot / length;
  if (share < -0.08 || share > 1.08) return false;
  return parts.every(([c, p, q]) => Math.abs(p + share * (q - p) - c) <= 18);
}
