/** How noisy a picture is, and a raster that can be measured: of a fit size, and smooth. */
import type { Raster } from '../../image/picture.ts';
import { pipeline, renderRaster } from '../../image/raster.ts';
import { at } from '../pixels.ts';

export interface Prepared {
  readonly raster: Raster;
  /** Pixels of `raster` per pixel of the picture. */
  readonly scale: number;
  /** Standard deviation of what noise is left, grey levels. */
  readonly noise: number;
}

/** Pixels of the raster that is measured: enough for 1 pixel strokes, few enough for two seconds. */
const longestSide = 4000;
const mostPixels = 1_700_000;
/** Smaller pictures are enlarged to this, twice at most, because their strokes and heads are a few pixels only. */
const enoughPixels = 1_400_000;
const leastEnlarged = 1.5;
const clean = 0.6;
/** Up to here it is what a JPEG has left, and a small picture is enlarged all the same. */
const grainy = 2;

export async function prepareDiagram(picture: Raster): Promise<Prepared> {
  const { width, height } = picture;
  const most = Math.min(longestSide / Math.max(width, height), Math.sqrt(mostPixels / (width * height)));
  const larger = Math.min(2, Math.sqrt(enoughPixels / (width * height)));
  // Letters that are not enlarged would be smoothed away with it.
  const before = Math.max(noiseOf(picture), larger >= leastEnlarged ? ringingOf(picture) : 0);
  const wanted = before <= grainy && larger > 1.1 ? larger : 1;
  return await scaledTo(picture, Math.min(wanted, most), before);
}

/** Strokes wider than this are made this wide: heads, dots and fills are told apart by their sizes in pixels. */
const widestStroke = 4;
const fitStroke = 2.8;

/** @param stroke typical width in the raster as it was prepared, pixels. @returns undefined where it is fit already. */
export async function withThinStrokes(
  picture: Raster,
  prepared: Prepared,
  stroke: number,
): Promise<Prepared | undefined> {
  if (stroke <= widestStroke) return undefined;
  return await scaledTo(picture, (prepared.scale * fitStroke) / stroke, noiseOf(picture));
}

async function scaledTo(picture: Raster, scale: number, before: number): Promise<Prepared> {
  const { width, height } = picture;
  const size = [width, height].map((side) => Math.max(1, Math.round(side * scale)));
  const resized =
    scale === 1
      ? picture
      : await renderRaster(
          pipeline(picture).resize({
            width: size[0] ?? 1,
            height: size[1] ?? 1,
            fit: 'fill',
            kernel: 'mitchell',
          }),
        );
  if (before <= clean) return { raster: resized, scale, noise: 0 };
  const smooth =
    Math.min(resized.width, resized.height) < 3
      ? resized
      : await renderRaster(pipeline(resized).median(3).blur(0.7));
  return { raster: smooth, scale, noise: Math.min(6, noiseOf(smooth) + 0.25 * before) };
}

/**
 * Standard deviation of the noise by the median response to the mask 1 −2 1 / −2 4 −2 / 1 −2 1 (Immerkær, Fast noise
 * variance estimation, 1996; there the mean, which edges raise). 0 in drawn pictures.
 */
export function noiseOf({ width, height, data }: Raster): number {
  const counts = new Uint32Array(2048);
  let total = 0;
  const step = Math.max(1, Math.floor(Math.sqrt((width * height) / 200_000)));
  for (let y = 1; y < height - 1; y += step) {
    for (let x = 1; x < width - 1; x += step) {
      const green = (dx: number, dy: number): number => at(data, ((y + dy) * width + x + dx) * 3 + 1);
      // What is cut off at white or black has lost its noise.
      if (green(0, 0) >= 254 || green(0, 0) <= 1) continue;
      const sides = green(1, 0) + green(-1, 0) + green(0, 1) + green(0, -1);
      const corners = green(1, 1) + green(-1, -1) + green(1, -1) + green(-1, 1);
      const response = Math.abs(corners - 2 * sides + 4 * green(0, 0));
      counts[response] = at(counts, response) + 1;
      total += 1;
    }
  }
  // A drawing whose paper is pure white has nothing but edges left.
  if (total < 0.12 * Math.ceil(width / step) * Math.ceil(height / step)) return 0;
  let seen = 0;
  for (const [response, count] of counts.entries()) {
    seen += count;
    if (seen >= total / 2) return response / (6 * 0.6745);
  }
  return 0;
}

/** Ranges of grey levels of a pixel and its eight neighbours: of what a JPEG leaves beside strokes, and of strokes. */
const ringing = [3, 16] as const;
const stroke = 40;
/** Drawn pictures have up to 0.2, JPEGs from 0.7 up. */
const leastRinging = 0.5;

/**
 * JPEGs are even on plain paper, and noisy around strokes and letters alone.
 * @returns 0 where there is next to no noise around strokes, as in drawn pictures; else about its standard deviation.
 */
export function ringingOf({ width, height, data }: Raster): number {
  const counts = new Uint32Array(ringing[1] + 1);
  let strokes = 0;
  for (let y = 1; y < height - 1; y += 2)
    for (let x = 1; x < width - 1; x++) {
      let [low, high] = [255, 0];
      for (let row = y - 1; row <= y + 1; row++)
        for (let column = x - 1; column <= x + 1; column++) {
          const green = at(data, (row * width + column) * 3 + 1);
          if (green < low) low = green;
          if (green > high) high = green;
        }
      const range = high - low;
      if (range > stroke) strokes++;
      else if (range > 0 && range <= ringing[1]) counts[range] = at(counts, range) + 1;
    }
  const total = counts.reduce((sum, count) => sum + count, 0);
  if (total < leastRinging * strokes || strokes === 0) return 0;
  let seen = 0;
  const median = counts.findIndex((count) => {
    seen += count;
    return seen >= total / 2;
  });
  // A gradient changes by a level or two from pixel to pixel. The range of nine values is about three deviations.
  return median < ringing[0] ? 0 : median / 3;
}
