/** The colour of letters as the pixels show it, since two measurements of the same letters may guess differently. */
import type { Rect, Rgb } from '../../geometry.ts';
import type { Raster } from '../../image/picture.ts';

/** Pixels whose distance from the ground is at least this share of the largest are the letters' cores. */
const core = 0.9;

/** Of the letters' cores; undefined where nothing stands out. @param box around the letters. */
export function inkColor(raster: Raster, box: Rect): Rgb | undefined {
  const pixels = [...pixelsOf(raster, box)];
  const ground = mostFrequent(pixels);
  if (ground === undefined) return undefined;
  const far = pixels.map((pixel) => distance(pixel, ground));
  const most = far.reduce((largest, value) => Math.max(largest, value), 0);
  if (most < 16) return undefined;
  return commonest(pixels.filter((_, index) => (far[index] ?? 0) >= core * most));
}

/** Whole strokes have one colour, whatever their edges have; without such it is the mean. */
function commonest(pixels: readonly Rgb[]): Rgb {
  const counts = new Map<string, { readonly pixel: Rgb; count: number }>();
  for (const pixel of pixels) {
    const entry = counts.get(pixel.join()) ?? { pixel, count: 0 };
    entry.count += 1;
    counts.set(pixel.join(), entry);
  }
  const [first] = [...counts.values()].sort((a, b) => b.count - a.count);
  return first !== undefined && first.count > 0.2 * pixels.length ? first.pixel : mean(pixels);
}

function* pixelsOf({ data, width, height }: Raster, box: Rect): Generator<Rgb> {
  const right = Math.min(width, Math.ceil(box.x + box.width));
  const bottom = Math.min(height, Math.ceil(box.y + box.height));
  for (let y = Math.max(0, Math.floor(box.y)); y < bottom; y++) {
    for (let x = Math.max(0, Math.floor(box.x)); x < right; x++) {
      const at = (y * width + x) * 3;
      yield [data[at] ?? 0, data[at + 1] ?? 0, data[at + 2] ?? 0];
    }
  }
}

/** In steps of 16, as the mean of those in the step. */
function mostFrequent(pixels: readonly Rgb[]): Rgb | undefined {
  const steps = new Map<number, Rgb[]>();
  for (const pixel of pixels) {
    const key = ((pixel[0] >> 4) << 8) | ((pixel[1] >> 4) << 4) | (pixel[2] >> 4);
    const known = steps.get(key);
    if (known) known.push(pixel);
    else steps.set(key, [pixel]);
  }
  const [first] = [...steps.values()].sort((a, b) => b.length - a.length);
  return first === undefined ? undefined : mean(first);
}

function mean(pixels: readonly Rgb[]): Rgb {
  const channel = (index: 0 | 1 | 2): number =>
    Math.round(pixels.reduce((sum, pixel) => sum + pixel[index], 0) / Math.max(1, pixels.length));
  return [channel(0), channel(1), channel(2)];
}

const distance = (a: Rgb, b: Rgb): number =>
  Math.max(Math.abs(a[0] - b[0]), Math.abs(a[1] - b[1]), Math.abs(a[2] - b[2]));
