/** Connected components of a mask, with their bounds. */
import { at } from '../pixels.ts';

export interface Component {
  readonly index: number;
  /** Inclusive pixels. */
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
  /** Pixels. */
  readonly area: number;
  /** One of its pixels. */
  readonly seed: number;
}

export interface Components {
  /** Component of each pixel, −1 outside of the mask. */
  readonly labels: Int32Array;
  readonly list: readonly Component[];
}

/**
 * Linear in pixels.
 * @param diagonal whether pixels that touch at a corner belong together.
 * @param joins whether two neighbouring pixels of the mask belong together; always if absent.
 */
export function componentsOf(
  mask: Uint8Array,
  width: number,
  height: number,
  diagonal: boolean,
  joins?: (from: number, to: number) => boolean,
): Components {
  const labels = new Int32Array(mask.length).fill(-1);
  const list: Component[] = [];
  let stack = new Int32Array(4096);
  let depth = 0;
  for (let seed = 0; seed < mask.length; seed++) {
    if (at(mask, seed) === 0 || at(labels, seed) >= 0) continue;
    const index = list.length;
    let left = width;
    let right = 0;
    let top = height;
    let bottom = 0;
    let area = 0;
    labels[seed] = index;
    stack[depth++] = seed;
    while (depth > 0) {
      const pixel = at(stack, --depth);
      if (depth + 8 >= stack.length) {
        const larger = new Int32Array(2 * stack.length);
        larger.set(stack);
        stack = larger;
      }
      const x = pixel % width;
      const y = (pixel - x) / width;
      area++;
      if (x < left) left = x;
      if (x > right) right = x;
      if (y < top) top = y;
      if (y > bottom) bottom = y;
      for (let dy = -1; dy <= 1; dy++) {
        const ny = y + dy;
        if (ny < 0 || ny >= height) continue;
        for (let dx = -1; dx <= 1; dx++) {
          const nx = x + dx;
          if (nx < 0 || nx >= width || (!diagonal && dx !== 0 && dy !== 0)) continue;
          const next = ny * width + nx;
          if (at(mask, next) === 0 || at(labels, next) >= 0) continue;
          if (joins && !joins(pixel, next)) continue;
          labels[next] = index;
          stack[depth++] = next;
        }
      }
    }
    list.push({ index, left, top, right, bottom, area, seed });
  }
  return { labels, list };
}
