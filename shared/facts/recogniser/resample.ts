/** Scales a line of ink to the height that the engine reads best, and writes it as a portable graymap. */
import { inkBox, type LineImage } from './line-image.ts';

/**
 * Ink height of a line as the engine sees it, in pixels. Measured on 314 rendered lines of 8.8–40 px:
 * 26 to 34 are equal within noise, 24 and 40 are worse.
 */
export const readHeight = 30;
/** For a second look: right where a line has small letters only, which 30 pixels make too large. */
export const lowReadHeight = 22;
/** A dash of two pixels must not become a block. */
const largestScale = 5;
/** White around the line; 6 and 20 read worse. */
const margin = 12;

export interface ReadPage {
  /** Binary graymap (P5), black ink on white. */
  readonly bytes: Uint8Array;
  /** Page pixels per line pixel. */
  readonly scale: number;
  readonly margin: number;
}

/** @param inkHeight in pixels of the page. @returns undefined where the line holds no ink. */
export function toReadPage(line: LineImage, inkHeight: number = readHeight): ReadPage | undefined {
  const box = inkBox(line);
  if (box === undefined) return undefined;
  const scale = Math.min(largestScale, inkHeight / box.height);
  const width = Math.max(4, Math.round(line.width * scale));
  const height = Math.max(4, Math.round(line.height * scale));
  const pixels = resample(line, width, height);
  const header = new TextEncoder().encode(`P5\n${width + 2 * margin} ${height + 2 * margin}\n255\n`);
  const bytes = new Uint8Array(header.length + (width + 2 * margin) * (height + 2 * margin)).fill(255);
  bytes.set(header);
  for (let y = 0; y < height; y += 1) {
    const to = header.length + (y + margin) * (width + 2 * margin) + margin;
    for (let x = 0; x < width; x += 1) bytes[to + x] = 255 - (pixels[y * width + x] ?? 0);
  }
  return { bytes, scale: width / line.width, margin };
}

/** Catmull-Rom interpolation; widened to an average of all source pixels where it shrinks. */
export function resample(line: LineImage, width: number, height: number): Uint8Array {
  const columns = kernelFor(line.width, width);
  const rows = kernelFor(line.height, height);
  const middle = new Float32Array(width * line.height);
  for (let y = 0; y < line.height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      let sum = 0;
      for (const [from, weight] of columns[x] ?? []) sum += weight * (line.ink[y * line.width + from] ?? 0);
      middle[y * width + x] = sum;
    }
  }
  // A clamped array rounds and keeps the overshoot of the kernel within 0..255.
  const out = new Uint8ClampedArray(width * height);
  for (let y = 0; y < height; y += 1) {
    const taps = rows[y] ?? [];
    for (let x = 0; x < width; x += 1) {
      let sum = 0;
      for (const [from, weight] of taps) sum += weight * (middle[from * width + x] ?? 0);
      out[y * width + x] = sum;
    }
  }
  return new Uint8Array(out.buffer);
}

type Taps = readonly (readonly [from: number, weight: number])[];

function kernelFor(source: number, target: number): Taps[] {
  const step = source / target;
  const spread = Math.max(1, step);
  return Array.from({ length: target }, (_, index) => {
    const centre = (index + 0.5) * step - 0.5;
    const taps: [number, number][] = [];
    let total = 0;
    for (let from = Math.ceil(centre - 2 * spread); from <= centre + 2 * spread; from += 1) {
      const weight = catmullRom(Math.abs(from - centre) / spread);
      if (weight === 0) continue;
      taps.push([Math.min(source - 1, Math.max(0, from)), weight]);
      total += weight;
    }
    return taps.map(([from, weight]) => [from, weight / total] as const);
  });
}

function catmullRom(distance: number): number {
  if (distance >= 2) return 0;
  if (distance >= 1) return ((-0.5 * distance + 2.5) * distance - 4) * distance + 2;
  return (1.5 * distance - 2.5) * distance * distance + 1;
}
