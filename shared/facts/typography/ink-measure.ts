/** Figures of a piece of ink that tell sizes, weights and letter shapes apart. */
import type { Rect } from '../../geometry.ts';
import { inkBox, type LineImage } from '../recogniser/line-image.ts';

export interface InkMeasure {
  readonly box: Rect;
  /** Extents in pixels and fractions, as sharp edges of equal area would have them: blur does not widen them. */
  readonly width: number;
  readonly height: number;
  /** Sum of ink, in fully covered pixels. */
  readonly coverage: number;
  /** Mean thickness of the strokes in pixels: twice the ink over the length of its outline. */
  readonly stroke: number;
  /** Ink per column of the box, smoothed over three columns, mean 0 and length 1. */
  readonly profile: Float32Array;
}

export function measureInk(line: LineImage): InkMeasure | undefined {
  const box = inkBox(line);
  if (box === undefined) return undefined;
  const { ink } = line;
  const columns = new Float32Array(box.width);
  const columnPeaks = new Uint8Array(line.width);
  const rowPeaks = new Uint8Array(line.height);
  for (let y = 0; y < line.height; y += 1) {
    const inside = y >= box.y && y < box.y + box.height;
    let peak = 0;
    for (let x = 0; x < line.width; x += 1) {
      const value = ink[y * line.width + x] ?? 0;
      if (value === 0) continue;
      if (value > peak) peak = value;
      if (value > (columnPeaks[x] ?? 0)) columnPeaks[x] = value;
      if (inside && x >= box.x && x < box.x + box.width)
        columns[x - box.x] = (columns[x - box.x] ?? 0) + value / 255;
    }
    rowPeaks[y] = peak;
  }
  let coverage = 0;
  for (const value of columns) coverage += value;
  return {
    box,
    width: extent(columnPeaks, box.x, box.x + box.width),
    height: extent(rowPeaks, box.y, box.y + box.height),
    coverage,
    stroke: strokeOf(line),
    profile: normalise(columns),
  };
}

/** Antialiasing spreads an outline but keeps the sum of its steps, as long as strokes have a dark middle. */
function strokeOf({ ink, width, height }: LineImage): number {
  let sum = 0;
  let outline = 0;
  for (let y = -1; y < height; y += 1) {
    for (let x = -1; x < width; x += 1) {
      const inside = x >= 0 && y >= 0;
      const here = inside ? (ink[y * width + x] ?? 0) : 0;
      const next = y >= 0 && x + 1 < width ? (ink[y * width + x + 1] ?? 0) : 0;
      const below = x >= 0 && y + 1 < height ? (ink[(y + 1) * width + x] ?? 0) : 0;
      if (here === 0 && next === 0 && below === 0) continue;
      sum += here;
      outline += Math.sqrt((next - here) ** 2 + (below - here) ** 2);
    }
  }
  return outline === 0 ? 0 : (2 * sum) / outline;
}

/** How far beyond the box antialiasing and blur may reach, and how far inside the edge is at its strongest. */
const reach = 3;

function extent(peaks: Uint8Array, from: number, to: number): number {
  return edge(peaks, to - 1, 1) - edge(peaks, from, -1) + 1;
}

/** Where a sharp edge of equal area would stand, seen from the strongest of the outermost ink. */
function edge(peaks: Uint8Array, start: number, outward: 1 | -1): number {
  let top = start;
  for (let step = 0; step <= reach; step += 1) {
    const index = start - outward * step;
    if ((peaks[index] ?? 0) > (peaks[top] ?? 0)) top = index;
  }
  const peak = Math.max(1, peaks[top] ?? 1);
  let sum = 0;
  for (let index = top + outward; Math.abs(index - start) <= reach + 3; index += outward) {
    const value = peaks[index] ?? 0;
    if (value === 0 && Math.abs(index - top) > Math.abs(start - top)) break;
    sum += value / peak;
  }
  return top + outward * sum;
}

function normalise(columns: Float32Array): Float32Array {
  const length = columns.length;
  const smooth = new Float32Array(length);
  let mean = 0;
  for (let x = 0; x < length; x += 1) {
    const value = ((columns[x - 1] ?? 0) + 2 * (columns[x] ?? 0) + (columns[x + 1] ?? 0)) / 4;
    smooth[x] = value;
    mean += value / length;
  }
  let squares = 0;
  for (let x = 0; x < length; x += 1) {
    const value = (smooth[x] ?? 0) - mean;
    smooth[x] = value;
    squares += value * value;
  }
  if (squares === 0) return smooth;
  const norm = 1 / Math.sqrt(squares);
  for (let x = 0; x < length; x += 1) smooth[x] = (smooth[x] ?? 0) * norm;
  return smooth;
}

/** Correlation of two profiles, -1..1, at the best of the shifts of at most one pixel. */
export function likeness(a: Float32Array, b: Float32Array): number {
  let best = -1;
  for (let shift = -1; shift <= 1; shift += 1) {
    let sum = 0;
    for (let x = 0; x < a.length; x += 1) sum += (a[x] ?? 0) * (b[x + shift] ?? 0);
    best = Math.max(best, sum);
  }
  return best;
}

/**
 * Whether strokes lean to the right, as italics do: ink sheared back by their usual angle stands in fewer,
 * fuller columns. Measured: 1.01–1.14 times the energy for oblique text, 0.79–0.91 for upright.
 */
export function leans(line: LineImage, box: Rect): boolean {
  return shearedEnergy(line, box, 0.2) > 0.97 * shearedEnergy(line, box, 0);
}

function shearedEnergy(line: LineImage, box: Rect, slope: number): number {
  const columns = new Float32Array(box.width + Math.ceil(box.height * slope) + 2);
  for (let y = 0; y < box.height; y += 1) {
    const offset = y * slope;
    const whole = Math.floor(offset);
    const part = offset - whole;
    for (let x = 0; x < box.width; x += 1) {
      const value = (line.ink[(box.y + y) * line.width + box.x + x] ?? 0) / 255;
      columns[x + whole] = (columns[x + whole] ?? 0) + value * (1 - part);
      columns[x + whole + 1] = (columns[x + whole + 1] ?? 0) + value * part;
    }
  }
  return columns.reduce((sum, value) => sum + value * value, 0);
}
