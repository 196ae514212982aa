/** Distance transform: how far each pixel is from the nearest marked one. */
import { at } from '../pixels.ts';

/** Distances are in thirds of a pixel; further away than this counts as this. */
const far = 30_000;

/**
 * Two passes with the 3-4 chamfer weights (Borgefors, Distance transformations in digital images, 1986): at most
 * 8 % off the Euclidean distance.
 * @param mask non-zero pixels have distance 0; what is beyond the picture does not count.
 * @returns thirds of a pixel.
 */
export function distanceTo(mask: Uint8Array, width: number, height: number): Uint16Array {
  const result = new Uint16Array(mask.length);
  for (let index = 0; index < mask.length; index++) result[index] = at(mask, index) === 0 ? far : 0;
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const index = y * width + x;
      let best = at(result, index);
      if (best === 0) continue;
      if (x > 0) best = Math.min(best, at(result, index - 1) + 3);
      if (y > 0) {
        best = Math.min(best, at(result, index - width) + 3);
        if (x > 0) best = Math.min(best, at(result, index - width - 1) + 4);
        if (x < width - 1) best = Math.min(best, at(result, index - width + 1) + 4);
      }
      result[index] = best;
    }
  }
  for (let y = height - 1; y >= 0; y--) {
    for (let x = width - 1; x >= 0; x--) {
      const index = y * width + x;
      let best = at(result, index);
      if (best === 0) continue;
      if (x < width - 1) best = Math.min(best, at(result, index + 1) + 3);
      if (y < height - 1) {
        best = Math.min(best, at(result, index + width) + 3);
        if (x > 0) best = Math.min(best, at(result, index + width - 1) + 4);
        if (x < width - 1) best = Math.min(best, at(result, index + width + 1) + 4);
      }
      result[index] = best;
    }
  }
  return result;
}
