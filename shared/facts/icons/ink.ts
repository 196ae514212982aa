/** Masks of ink: how much of each pixel is covered, and how alike two of them are. */

/** Row by row; 0 is background, 1 is ink. */
export interface InkMask {
  readonly width: number;
  readonly height: number;
  readonly ink: Float32Array;
}

/** Coverage from which a pixel counts as inked. */
export const inked = 0.4;

/** The mask without blank borders; undefined where there is no ink. */
export function trimmed(
  mask: InkMask,
): (InkMask & { readonly left: number; readonly top: number }) | undefined {
  let left = mask.width;
  let right = -1;
  let top = mask.height;
  let bottom = -1;
  for (let y = 0; y < mask.height; y++) {
    for (let x = 0; x < mask.width; x++) {
      if ((mask.ink[y * mask.width + x] ?? 0) < inked / 2) continue;
      left = Math.min(left, x);
      right = Math.max(right, x);
      top = Math.min(top, y);
      bottom = Math.max(bottom, y);
    }
  }
  if (right < left) return undefined;
  const width = right - left + 1;
  const height = bottom - top + 1;
  const ink = new Float32Array(width * height);
  for (let y = 0; y < height; y++)
    ink.set(
      mask.ink.subarray((y + top) * mask.width + left, (y + top) * mask.width + left + width),
      y * width,
    );
  return { width, height, ink, left, top };
}

/** Resampled to `width` by `height` by the mean of what each new pixel covers. */
export function resampled(mask: InkMask, width: number, height: number): InkMask {
  const ink = new Float32Array(width * height);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++)
      ink[y * width + x] = meanOf(mask, x / width, y / height, 1 / width, 1 / height);
  }
  return { width, height, ink };
}

/** Mean coverage of a rectangle given in shares of the mask's size. */
function meanOf(mask: InkMask, x: number, y: number, width: number, height: number): number {
  const left = x * mask.width;
  const right = (x + width) * mask.width;
  const top = y * mask.height;
  const bottom = (y + height) * mask.height;
  let sum = 0;
  for (let row = Math.floor(top); row < Math.ceil(bottom - 1e-9); row++) {
    const share = Math.min(row + 1, bottom) - Math.max(row, top);
    for (let column = Math.floor(left); column < Math.ceil(right - 1e-9); column++)
      sum +=
        share *
        (Math.min(column + 1, right) - Math.max(column, left)) *
        (mask.ink[row * mask.width + column] ?? 0);
  }
  return sum / ((right - left) * (bottom - top));
}

export const amountOf = (mask: InkMask): number => mask.ink.reduce((sum, value) => sum + value, 0);

/**
 * Σ|a − b| / Σ max(a, b) of two masks of one size: 0 for equals, 1 where no ink is shared.
 * @param strength what `b` is multiplied with.
 */
export function difference(a: InkMask, b: InkMask, strength = 1): number {
  let apart = 0;
  let either = 0;
  for (let index = 0; index < a.ink.length; index++) {
    const one = a.ink[index] ?? 0;
    const other = strength * (b.ink[index] ?? 0);
    apart += Math.abs(one - other);
    either += Math.max(one, other);
  }
  return either === 0 ? 0 : apart / either;
}
