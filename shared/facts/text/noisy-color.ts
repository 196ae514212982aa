/** Colour of text in compressed pictures, whose colour is coarser than their light: thin strokes are paler than they were. */
import type { Rgb } from '../../geometry.ts';
import type { Raster } from '../../image/picture.ts';
import { at } from '../pixels.ts';
import type { Bounds } from './text-line.ts';

/** Light and the two differences of colour (ITU-R BT.601, as in JPEG). */
type Ycc = readonly [light: number, blue: number, red: number];

/** Least difference in light, 0..255, by which coverage can be told. */
const leastLight = 28;
/**
 * Ranks, among the pixels of ink from the farthest, between which the full light lies: where JPEG has blurred the
 * colour, ringing overshoots the light; where the picture was shrunk, hardly a pixel reaches it.
 */
const farthestRinging: Ranks = [0.03, 0.16];
const farthestShrunk: Ranks = [0, 0.03];
/** Thick strokes are mostly of full light, and sharpened edges overshoot it. */
const farthestThick: Ranks = [0.08, 0.3];
const thickShare = 0.3;
/** Ringing overshoots the full light by less than this factor; where it is higher, few pixels reach the full light. */
const mostOvershoot = 1.1;
type Ranks = readonly [from: number, to: number];
/** Pixels around the ink over which its colour is spread. */
const spread = 2;

const toYcc = ([r, g, b]: readonly number[] & Rgb): Ycc => {
  const light = 0.299 * r + 0.587 * g + 0.114 * b;
  return [light, b - light, r - light];
};

function toRgb([light, blue, red]: Ycc): Rgb {
  const [r, b] = [light + red, light + blue];
  const g = (light - 0.299 * r - 0.114 * b) / 0.587;
  const channel = (value: number): number => Math.max(0, Math.min(255, Math.round(value)));
  return [channel(r), channel(g), channel(b)];
}

/**
 * The full light is that of the farthest ink; each pixel's light then tells how much of it is covered, and its colour
 * differs from the ground by as much of the text's (least squares, over coverage as it is or blurred as chroma is in
 * JPEG, whichever explains the pixels better).
 * @returns undefined where text and ground are about equally light.
 */
export function noisyColor(
  raster: Raster,
  area: Bounds,
  ground: Rgb,
  isInk: (index: number) => boolean,
): Rgb | undefined {
  const base = toYcc(ground);
  const window = {
    left: Math.max(0, area.left - spread),
    top: Math.max(0, area.top - spread),
    right: Math.min(raster.width - 1, area.right + spread),
    bottom: Math.min(raster.height - 1, area.bottom + spread),
  };
  const width = window.right - window.left + 1;
  const height = window.bottom - window.top + 1;
  const pixels: Ycc[] = [];
  const lights: number[] = [];
  for (let y = window.top; y <= window.bottom; y++) {
    for (let x = window.left; x <= window.right; x++) {
      const index = y * raster.width + x;
      const pixel = toYcc([
        at(raster.data, index * 3),
        at(raster.data, index * 3 + 1),
        at(raster.data, index * 3 + 2),
      ]);
      pixels.push(pixel);
      if (isInk(index)) lights.push(pixel[0] - base[0]);
    }
  }
  const sign = Math.sign(lights.reduce((sum, value) => sum + value, 0)) || 1;
  lights.sort((a, b) => sign * (b - a));
  const ringing = meanBetween(lights, farthestRinging);
  if (Math.abs(ringing) < leastLight) return undefined;
  const blurred = regress(pixels, base, blur(coverOf(pixels, base, ringing), width, height));
  const sharp = regress(pixels, base, coverOf(pixels, base, ringing));
  const isBlurred = blurred.error < sharp.error;
  const rings = isBlurred && meanBetween(lights, farthestShrunk) / ringing < mostOvershoot;
  const full = rings ? ringing : shrunkLight(lights);
  const cover = coverOf(pixels, base, full);
  const best = rings ? blurred : regress(pixels, base, isBlurred ? blur(cover, width, height) : cover);
  return toRgb([base[0] + full, base[1] + best.blue, base[2] + best.red]);
}

function shrunkLight(sorted: readonly number[]): number {
  const most = meanBetween(sorted, farthestShrunk);
  const thick = sorted.filter((value) => value / most >= 0.8).length >= thickShare * sorted.length;
  return thick ? meanBetween(sorted, farthestThick) : most;
}

function meanBetween(sorted: readonly number[], [from, to]: Ranks): number {
  const first = Math.floor(from * sorted.length);
  const some = sorted.slice(first, Math.max(first + 1, Math.floor(to * sorted.length)));
  return some.reduce((sum, value) => sum + value, 0) / Math.max(1, some.length);
}

/** Share of each pixel that is text, 0..1, by its light. */
const coverOf = (pixels: readonly Ycc[], base: Ycc, full: number): Float64Array =>
  Float64Array.from(pixels, ([light]) => Math.max(0, Math.min(1, (light - base[0]) / full)));

interface Fit {
  readonly blue: number;
  readonly red: number;
  readonly error: number;
}

function regress(pixels: readonly Ycc[], base: Ycc, cover: Float64Array): Fit {
  let [cc, cb, cr] = [0, 0, 0];
  for (const [index, [, blue, red]] of pixels.entries()) {
    const share = at(cover, index);
    cc += share * share;
    cb += share * (blue - base[1]);
    cr += share * (red - base[2]);
  }
  const [blue, red] = [cb / Math.max(1e-6, cc), cr / Math.max(1e-6, cc)];
  let error = 0;
  for (const [index, pixel] of pixels.entries()) {
    const share = at(cover, index);
    error += (pixel[1] - base[1] - share * blue) ** 2 + (pixel[2] - base[2] - share * red) ** 2;
  }
  return { blue, red, error };
}

/** Mean over 3 × 3 neighbours. */
function blur(values: Float64Array, width: number, height: number): Float64Array {
  const result = new Float64Array(values.length);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      let [sum, count] = [0, 0];
      for (let ny = Math.max(0, y - 1); ny <= Math.min(height - 1, y + 1); ny++) {
        for (let nx = Math.max(0, x - 1); nx <= Math.min(width - 1, x + 1); nx++) {
          sum += at(values, ny * width + nx);
          count++;
        }
      }
      result[y * width + x] = sum / count;
    }
  }
  return result;
}
