/** Measures the exact colours of a line of text: what it is set in, and what it stands on. */

import type { Rgb } from '../../geometry.ts';
import type { Raster } from '../../image/picture.ts';
import { at, unpack } from '../pixels.ts';

export interface LineColors {
  readonly color: Rgb;
  readonly background: Rgb;
  /** The colour was met often enough to be the text's own; otherwise thin letters may never have reached it. */
  readonly sure: boolean;
}

/** Share of a line's ink that must have exactly its colour; 13 px text at weight 400 has 0.1 to 0.2. */
const sureShare = 0.09;

interface Area {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/**
 * Text colour = the most frequent colour among the quarter of pixels that lie farthest from the background; thin
 * glyphs that never reach their full colour get the mean of the farthest tenth.
 * @param isInk tells ink pixels; `background` is packed.
 */
export function measureLineColor(
  raster: Raster,
  area: Area,
  background: number,
  isInk: (index: number) => boolean,
): LineColors {
  const base = unpack(background);
  const found: { distance: number; index: number }[] = [];
  for (let y = area.top; y <= area.bottom; y++) {
    for (let x = area.left; x <= area.right; x++) {
      const index = y * raster.width + x;
      if (!isInk(index)) continue;
      found.push({ distance: distanceTo(raster.data, index, base), index });
    }
  }
  if (found.length === 0) return { color: base, background: base, sure: false };
  found.sort((a, b) => b.distance - a.distance);
  const extreme = found[Math.floor(found.length * 0.02)]?.distance ?? 0;
  const far = found.filter((pixel) => pixel.distance >= 0.8 * extreme);
  const counts = new Map<number, number>();
  let best = { key: 0, count: 0 };
  for (const { index } of far) {
    const key =
      (at(raster.data, index * 3) << 16) |
      (at(raster.data, index * 3 + 1) << 8) |
      at(raster.data, index * 3 + 2);
    const count = (counts.get(key) ?? 0) + 1;
    counts.set(key, count);
    if (count > best.count) best = { key, count };
  }
  if (best.count >= Math.max(4, 0.12 * far.length)) {
    return { color: unpack(best.key), background: base, sure: best.count >= sureShare * found.length };
  }
  const tenth = found.slice(0, Math.max(3, Math.floor(found.length * 0.08)));
  const mean = (channel: number): number =>
    Math.round(
      tenth.reduce((sum, { index }) => sum + at(raster.data, index * 3 + channel), 0) / tenth.length,
    );
  return { color: [mean(0), mean(1), mean(2)], background: base, sure: false };
}

function distanceTo(data: Uint8Array, index: number, base: Rgb): number {
  return Math.hypot(
    at(data, index * 3) - base[0],
    at(data, index * 3 + 1) - base[1],
    at(data, index * 3 + 2) - base[2],
  );
}

/**
 * Projects an area on its background-to-text axis: 0 is background, 255 full ink. This is what the recogniser reads,
 * whatever the colours were.
 * @returns one byte a pixel, row by row, of the area grown by `margin` and cut at the picture's edge.
 */
export function projectInk(
  raster: Raster,
  area: Area,
  colors: LineColors,
  margin: number,
): { pixels: Uint8Array; left: number; top: number; width: number; height: number } {
  const left = Math.max(0, area.left - margin);
  const top = Math.max(0, area.top - margin);
  const right = Math.min(raster.width - 1, area.right + margin);
  const bottom = Math.min(raster.height - 1, area.bottom + margin);
  const width = right - left + 1;
  const height = bottom - top + 1;
  const [r0, g0, b0] = colors.background;
  const axis = [colors.color[0] - r0, colors.color[1] - g0, colors.color[2] - b0] as const;
  const length = axis[0] ** 2 + axis[1] ** 2 + axis[2] ** 2 || 1;
  const pixels = new Uint8Array(width * height);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const byte = ((top + y) * raster.width + left + x) * 3;
      const dot =
        (at(raster.data, byte) - r0) * axis[0] +
        (at(raster.data, byte + 1) - g0) * axis[1] +
        (at(raster.data, byte + 2) - b0) * axis[2];
      pixels[y * width + x] = Math.max(0, Math.min(255, Math.round((255 * dot) / length)));
    }
  }
  return { pixels, left, top, width, height };
}
