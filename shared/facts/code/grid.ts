/** The grid of a monospaced text: the one advance and phase at which all letters of all rows stand. */
import { median } from '../pixels.ts';
import type { Blob } from '../text/ink.ts';

export interface Grid {
  /** Width of a cell in source pixels. */
  readonly advance: number;
  /** x of the left edge of a cell. */
  readonly origin: number;
  /** How well the letters keep to it, 0..1: the length of their mean phase. */
  readonly coherence: number;
}

/** Cells of a row, from the first to the last inclusive. */
export interface CellSpan {
  readonly first: number;
  readonly last: number;
}

/** An advance over the height of a row's ink: 0.6 em over 0.73 em (ascenders) to 1 em (brackets too). */
const leastAdvance = 0.45;
const mostAdvance = 1;
/** Source pixels; over a row of eighty letters the error stays below a third of a cell. */
const step = 0.02;
/** Letters that prove a grid, and how far above chance (n R², Rayleigh's test) they do. */
const leastLetters = 12;
const leastEvidence = 12;
const leastCoherence = 0.7;

const centreOf = (blob: Blob): number => (blob.left + blob.right + 1) / 2;

/** Blobs that are one letter each, for an advance. */
const single = (blobs: readonly Blob[], advance: number): Blob[] =>
  blobs.filter((blob) => blob.right - blob.left + 1 <= 1.1 * advance);

function meanPhase(
  blobs: readonly Blob[],
  advance: number,
): { readonly length: number; readonly angle: number } {
  let [cosines, sines] = [0, 0];
  for (const blob of blobs) {
    const angle = (2 * Math.PI * centreOf(blob)) / advance;
    cosines += Math.cos(angle);
    sines += Math.sin(angle);
  }
  return {
    length: Math.hypot(cosines, sines) / Math.max(1, blobs.length),
    angle: Math.atan2(sines, cosines),
  };
}

/** @param rows ink of each row. @returns undefined where the letters keep to no grid. */
export function findGrid(rows: readonly (readonly Blob[])[]): Grid | undefined {
  const heights = rows.map(
    (row) => Math.max(...row.map((b) => b.bottom)) - Math.min(...row.map((b) => b.top)) + 1,
  );
  const height = median(heights);
  // Dots and commas hang at one side of their cell in some fonts.
  const letters = rows.flat().filter((blob) => blob.bottom - blob.top + 1 >= 0.35 * height);
  let best: Grid | undefined;
  for (let advance = leastAdvance * height; advance <= mostAdvance * height; advance += step) {
    const own = single(letters, advance);
    if (own.length < Math.max(leastLetters, 0.4 * letters.length)) continue;
    const { length, angle } = meanPhase(own, advance);
    if (best !== undefined && length <= best.coherence) continue;
    const middle = (angle / (2 * Math.PI)) * advance;
    best = { advance, origin: middle - advance / 2, coherence: length };
  }
  if (best === undefined || best.coherence < leastCoherence) return undefined;
  const proof = single(letters, best.advance).length * best.coherence ** 2;
  return proof >= leastEvidence ? best : undefined;
}

/** How well the letters of one row keep to a grid, 0..1; 1 for a row without letters. */
export function rowCoherence(row: readonly Blob[], { advance, origin }: Grid): number {
  const letters = single(row, advance).filter((blob) => blob.bottom - blob.top + 1 >= 0.4 * advance);
  if (letters.length === 0) return 1;
  const middle = origin + advance / 2;
  const along = letters.reduce(
    (sum, blob) => sum + Math.cos((2 * Math.PI * (centreOf(blob) - middle)) / advance),
    0,
  );
  return along / letters.length;
}

/** The cells that a piece of ink stands in; what reaches a little over an edge does not count. */
export function cellsOf(blob: Blob, { advance, origin }: Grid): CellSpan {
  const wide = blob.right - blob.left + 1 > 1.25 * advance;
  const middle = Math.floor((centreOf(blob) - origin) / advance);
  if (!wide) return { first: middle, last: middle };
  const first = Math.floor((blob.left - origin + 0.1 * advance) / advance);
  return { first, last: Math.max(first, Math.ceil((blob.right + 1 - origin - 0.1 * advance) / advance) - 1) };
}
