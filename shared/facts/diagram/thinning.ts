/** Thins ink to lines of one pixel. */
import { at } from '../pixels.ts';

/**
 * Zhang and Suen, A fast parallel algorithm for thinning digital patterns (1984): borders are peeled off in two
 * alternating passes until only centre lines are left. Works on the pixels of the ink alone.
 * @param mask 1 for ink; the picture's outermost pixels are taken for empty.
 */
export function thin(mask: Uint8Array, width: number, height: number): Uint8Array {
  const result = mask.slice();
  for (let x = 0; x < width; x++) {
    result[x] = 0;
    result[(height - 1) * width + x] = 0;
  }
  for (let y = 0; y < height; y++) {
    result[y * width] = 0;
    result[y * width + width - 1] = 0;
  }
  let active: number[] = [];
  for (let pixel = 0; pixel < result.length; pixel++) if (at(result, pixel) === 1) active.push(pixel);
  for (;;) {
    let removed = 0;
    for (const pass of [0, 1] as const) {
      const doomed = active.filter(
        (pixel) => at(result, pixel) === 1 && isBorder(result, pixel, width, pass),
      );
      for (const pixel of doomed) result[pixel] = 0;
      removed += doomed.length;
    }
    if (removed === 0) break;
    active = active.filter((pixel) => at(result, pixel) === 1);
  }
  return cleaned(result, active, width);
}

function isBorder(bits: Uint8Array, pixel: number, width: number, pass: 0 | 1): boolean {
  const n = at(bits, pixel - width);
  const ne = at(bits, pixel - width + 1);
  const e = at(bits, pixel + 1);
  const se = at(bits, pixel + width + 1);
  const s = at(bits, pixel + width);
  const sw = at(bits, pixel + width - 1);
  const w = at(bits, pixel - 1);
  const nw = at(bits, pixel - width - 1);
  const count = n + ne + e + se + s + sw + w + nw;
  if (count < 2 || count > 6) return false;
  const turns =
    (n === 0 && ne === 1 ? 1 : 0) +
    (ne === 0 && e === 1 ? 1 : 0) +
    (e === 0 && se === 1 ? 1 : 0) +
    (se === 0 && s === 1 ? 1 : 0) +
    (s === 0 && sw === 1 ? 1 : 0) +
    (sw === 0 && w === 1 ? 1 : 0) +
    (w === 0 && nw === 1 ? 1 : 0) +
    (nw === 0 && n === 1 ? 1 : 0);
  if (turns !== 1) return false;
  return pass === 0 ? n * e * s === 0 && e * s * w === 0 : n * e * w === 0 && n * s * w === 0;
}

/** Takes the inner pixel out of steps, so that a line's pixel has two neighbours and no more. */
function cleaned(bits: Uint8Array, pixels: readonly number[], width: number): Uint8Array {
  for (const pixel of pixels) {
    const [n, e, s, w] = [
      at(bits, pixel - width),
      at(bits, pixel + 1),
      at(bits, pixel + width),
      at(bits, pixel - 1),
    ];
    const [ne, se, sw, nw] = [
      at(bits, pixel - width + 1),
      at(bits, pixel + width + 1),
      at(bits, pixel + width - 1),
      at(bits, pixel - width - 1),
    ];
    const isCorner =
      (n && e && !sw && !s && !w) ||
      (e && s && !nw && !n && !w) ||
      (s && w && !ne && !n && !e) ||
      (w && n && !se && !e && !s);
    if (isCorner) bits[pixel] = 0;
  }
  return bits;
}
