/** Draws a page seen at an angle as a rectangle. */
import type { RunContext } from '../../context.ts';
import type { Raster } from '../picture.ts';
import { giveWay } from '../turn.ts';
import { type Homography, homographyBetween } from './homography.ts';
import type { Quadrilateral } from './quadrilateral.ts';

/** Rows between two pauses in which other work gets its turn. */
const rowsPerTurn = 64;

/**
 * Samples the quadrilateral of `source` on a grid of `width` × `height` pixels, bicubic.
 * @throws PixelwrightError `cancelled`.
 */
export async function warp(
  source: Raster,
  quad: Quadrilateral,
  width: number,
  height: number,
  context: RunContext,
): Promise<Raster> {
  const target: Quadrilateral = [
    { x: -0.5, y: -0.5 },
    { x: width - 0.5, y: -0.5 },
    { x: width - 0.5, y: height - 0.5 },
    { x: -0.5, y: height - 0.5 },
  ];
  const map = homographyBetween(target, quad);
  const data = new Uint8Array(width * height * 3);
  for (let from = 0; from < height; from += rowsPerTurn) {
    warpRows(source, map, data, width, from, Math.min(height, from + rowsPerTurn));
    await giveWay(context.signal);
  }
  return { width, height, data };
}

function warpRows(
  source: Raster,
  map: Homography,
  data: Uint8Array,
  width: number,
  from: number,
  to: number,
): void {
  const [a = 1, b = 0, c = 0, d = 0, e = 1, f = 0, g = 0, h = 0] = map;
  const weightX = new Float64Array(4);
  const weightY = new Float64Array(4);
  const column = new Int32Array(4);
  const row = new Int32Array(4);
  for (let y = from; y < to; y++) {
    for (let x = 0; x < width; x++) {
      const w = g * x + h * y + 1;
      taps((a * x + b * y + c) / w, source.width, 3, column, weightX);
      taps((d * x + e * y + f) / w, source.height, source.width * 3, row, weightY);
      mix(source.data, column, row, weightX, weightY, data, (y * width + x) * 3);
    }
  }
}

/** The four pixels around a position and their weights by Catmull and Rom (a = −0.5); edges repeat. */
function taps(
  position: number,
  count: number,
  stride: number,
  index: Int32Array,
  weight: Float64Array,
): void {
  const floor = Math.floor(position);
  const t = position - floor;
  for (let k = 0; k < 4; k++) index[k] = Math.min(Math.max(floor - 1 + k, 0), count - 1) * stride;
  weight[0] = t * (-0.5 + t * (1 - 0.5 * t));
  weight[1] = 1 + t * t * (-2.5 + 1.5 * t);
  weight[2] = t * (0.5 + t * (2 - 1.5 * t));
  weight[3] = t * t * (-0.5 + 0.5 * t);
}

function mix(
  source: Uint8Array,
  column: Int32Array,
  row: Int32Array,
  weightX: Float64Array,
  weightY: Float64Array,
  target: Uint8Array,
  out: number,
): void {
  let [red, green, blue] = [0, 0, 0];
  for (let j = 0; j < 4; j++) {
    const start = row[j] ?? 0;
    const wy = weightY[j] ?? 0;
    for (let i = 0; i < 4; i++) {
      const at = start + (column[i] ?? 0);
      const w = wy * (weightX[i] ?? 0);
      red += w * (source[at] ?? 0);
      green += w * (source[at + 1] ?? 0);
      blue += w * (source[at + 2] ?? 0);
    }
  }
  target[out] = toByte(red);
  target[out + 1] = toByte(green);
  target[out + 2] = toByte(blue);
}

function toByte(value: number): number {
  return value < 0 ? 0 : value > 255 ? 255 : Math.round(value);
}
