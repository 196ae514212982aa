/** Where colours change in a photo and in which direction, whichever side is the brighter one. */
import type { Raster } from '../../picture.ts';
import { type Plane, smooth } from '../plane.ts';

/** The gradient of the channel that changes most, in grey levels a pixel. */
export interface EdgeField {
  readonly width: number;
  readonly height: number;
  readonly dx: Float32Array;
  readonly dy: Float32Array;
}

/** The three channels, each smoothed a little. */
export function channelsOf({ width, height, data }: Raster): Plane[] {
  return [0, 1, 2].map((channel) => {
    const values = new Float32Array(width * height);
    for (let i = 0, at = channel; i < values.length; i++, at += 3) values[i] = data[at] ?? 0;
    return smooth({ width, height, data: values }, 1);
  });
}

export function edgeField(channels: readonly Plane[]): EdgeField {
  const { width = 0, height = 0 } = channels[0] ?? {};
  const dx = new Float32Array(width * height);
  const dy = new Float32Array(width * height);
  for (const { data } of channels) {
    for (let y = 1; y < height - 1; y++) {
      for (let x = 1; x < width - 1; x++) {
        const at = y * width + x;
        const gx = ((data[at + 1] ?? 0) - (data[at - 1] ?? 0)) / 2;
        const gy = ((data[at + width] ?? 0) - (data[at - width] ?? 0)) / 2;
        if (gx * gx + gy * gy <= (dx[at] ?? 0) ** 2 + (dy[at] ?? 0) ** 2) continue;
        dx[at] = gx;
        dy[at] = gy;
      }
    }
  }
  return thinned({ width, height, dx, dy });
}

/** Only the ridges of the edges are left, so that what lies beside a strong edge is none. */
function thinned({ width, height, dx, dy }: EdgeField): EdgeField {
  const [nx, ny] = [new Float32Array(dx.length), new Float32Array(dx.length)];
  const strength = (at: number): number => (dx[at] ?? 0) ** 2 + (dy[at] ?? 0) ** 2;
  for (let at = width; at < dx.length - width; at++) {
    const [gx, gy] = [dx[at] ?? 0, dy[at] ?? 0];
    const across = Math.abs(gx) > Math.abs(gy) ? 1 : width;
    const own = strength(at);
    if (own < strength(at - across) || own < strength(at + across)) continue;
    nx[at] = gx;
    ny[at] = gy;
  }
  return { width, height, dx: nx, dy: ny };
}

/** The same field with x and y exchanged, so that upright lines become level ones. */
export function transposed({ width, height, dx, dy }: EdgeField): EdgeField {
  const [nx, ny] = [new Float32Array(dx.length), new Float32Array(dx.length)];
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      nx[x * height + y] = dy[y * width + x] ?? 0;
      ny[x * height + y] = dx[y * width + x] ?? 0;
    }
  }
  return { width: height, height: width, dx: nx, dy: ny };
}
