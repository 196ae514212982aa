/** A filled area as a mask of its own bounding box. */
import { at } from '../pixels.ts';

export interface Mask {
  /** Upper left corner in the picture, and size. */
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  /** 1 inside; width × height. */
  readonly bits: Uint8Array;
  readonly area: number;
}

export const isInMask = (mask: Mask, x: number, y: number): boolean =>
  x >= mask.x &&
  y >= mask.y &&
  x < mask.x + mask.width &&
  y < mask.y + mask.height &&
  at(mask.bits, (y - mask.y) * mask.width + x - mask.x) === 1;

/**
 * The pixels of a list grown by `radius` into what is free, their holes filled, cut to their bounds.
 * @param isFree by pixel of the picture.
 */
export function maskOf(
  bounds: { readonly left: number; readonly top: number; readonly right: number; readonly bottom: number },
  isMember: (pixel: number) => boolean,
  isFree: (pixel: number) => boolean,
  radius: number,
  picture: { readonly width: number; readonly height: number },
): Mask {
  // One pixel more than it can grow, so that the outside is connected all around.
  const left = bounds.left - radius - 1;
  const top = bounds.top - radius - 1;
  const width = bounds.right - bounds.left + 3 + 2 * radius;
  const height = bounds.bottom - bounds.top + 3 + 2 * radius;
  const pixelAt = (local: number): number => {
    const x = left + (local % width);
    const y = top + Math.floor(local / width);
    return x < 0 || y < 0 || x >= picture.width || y >= picture.height ? -1 : y * picture.width + x;
  };
  const bits = new Uint8Array(width * height);
  let front: number[] = [];
  for (let local = 0; local < bits.length; local++) {
    const pixel = pixelAt(local);
    if (pixel < 0 || !isMember(pixel)) continue;
    bits[local] = 1;
    if (radius > 0) front.push(local);
  }
  for (let round = 0; round < radius; round++) {
    const next: number[] = [];
    for (const local of front)
      for (const step of [1, -1, width, -width]) {
        const other = local + step;
        if (at(bits, other) === 1) continue;
        const pixel = pixelAt(other);
        if (pixel < 0 || !isFree(pixel)) continue;
        bits[other] = 1;
        next.push(other);
      }
    front = next;
  }
  return trimmed(fillHoles(bits, width), left, top, width, height);
}

/** What cannot be reached from the rim is inside. */
function fillHoles(bits: Uint8Array, width: number): Uint8Array {
  const outside = new Uint8Array(bits.length);
  const stack = [0];
  outside[0] = 1;
  while (stack.length > 0) {
    const local = stack.pop() ?? 0;
    const x = local % width;
    for (const step of [1, -1, width, -width]) {
      const other = local + step;
      if (other < 0 || other >= bits.length || at(outside, other) === 1 || at(bits, other) === 1) continue;
      if ((step === 1 && x === width - 1) || (step === -1 && x === 0)) continue;
      outside[other] = 1;
      stack.push(other);
    }
  }
  return outside.map((value) => 1 - value);
}

export function trimmed(bits: Uint8Array, left: number, top: number, width: number, height: number): Mask {
  let [x0, y0, x1, y1, area] = [width, height, -1, -1, 0];
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      if (at(bits, y * width + x) === 0) continue;
      area++;
      if (x < x0) x0 = x;
      if (x > x1) x1 = x;
      if (y < y0) y0 = y;
      y1 = y;
    }
  if (area === 0) return { x: left, y: top, width: 0, height: 0, bits: new Uint8Array(0), area };
  const own = new Uint8Array((x1 - x0 + 1) * (y1 - y0 + 1));
  for (let y = y0; y <= y1; y++)
    own.set(bits.subarray(y * width + x0, y * width + x1 + 1), (y - y0) * (x1 - x0 + 1));
  return { x: left + x0, y: top + y0, width: x1 - x0 + 1, height: y1 - y0 + 1, bits: own, area };
}
