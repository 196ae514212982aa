/** Figures of a piece of ink that tell sizes, weights and letter shapes apart. */
import type { Rect } from '../../geometry.ts';
import { inkBox, type LineImage } from '../recogniser/line-image.ts';

export interface InkMeasure {
  readonly box: Rect;
  /** Sum of ink, in fully covered pixels. */
  readonly coverage: number;
  /** Ink per column of the box, smoothed over three columns, mean 0 and length 1. */
  readonly profile: Float32Array;
}

export function measureInk(line: LineImage): InkMeasure | undefined {
  const box = inkBox(line);
  if (box === undefined) return undefined;
  const columns = new Float32Array(box.width);
  for (let y = box.y; y < box.y + box.height; y += 1) {
    for (let x = 0; x < box.width; x += 1) {
      columns[x] = (columns[x] ?? 0) + (line.ink[y * line.width + box.x + x] ?? 0) / 255;
    }
  }
  return { box, coverage: columns.reduce((sum, value) => sum + value, 0), profile: normalise(columns) };
}

function normalise(columns: Float32Array): Float32Array {
  const smooth = columns.map((value, x) => ((columns[x - 1] ?? 0) + 2 * value + (columns[x + 1] ?? 0)) / 4);
  const mean = smooth.reduce((sum, value) => sum + value, 0) / smooth.length;
  const centred = smooth.map((value) => value - mean);
  const length = Math.hypot(...centred);
  return length === 0 ? centred : centred.map((value) => value / length);
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
 * fuller columns. Needs about three letters.
 */
export function leans(line: LineImage, box: Rect): boolean {
  return shearedEnergy(line, box, 0.2) > 1.06 * shearedEnergy(line, box, 0);
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
