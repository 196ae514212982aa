/** Long, nearly level lines along edges, found by a Hough transform. */
import type { EdgeField } from './edges.ts';

/** Of y = middle + slope × (x − width ÷ 2). */
export interface LevelLine {
  readonly middle: number;
  readonly slope: number;
  /** How many of the first x pixels lie on an edge along the line; one entry more than the field is wide. */
  readonly onEdge: Uint16Array;
}

/** A camera held by hand; tangent of the angle. */
const steepest = 0.36;
/** Least change that counts as an edge, in grey levels a pixel. */
export const leastEdge = 1.6;
const mostLines = 44;
/** Share of the width along which a line must lie on edges. */
const shortest = 0.12;
/** Tangent by which the direction of noise turns the edge's own. */
const waver = 0.12;

/** The longest lines; two that are within three pixels of each other at both ends count as one. */
export function levelLines(field: EdgeField): LevelLine[] {
  const { width, height } = field;
  const slopeStep = 2 / width;
  const slopes = 2 * Math.round(steepest / slopeStep) + 1;
  const center = (slopes - 1) / 2;
  const votes = new Uint16Array(slopes * height);
  vote(field, votes, slopes, slopeStep);
  const order = candidates(votes, shortest * width);
  const lines: LevelLine[] = [];
  for (const at of order) {
    if (lines.length >= mostLines) break;
    const [middle, slope] = [Math.floor(at / slopes), ((at % slopes) - center) * slopeStep];
    const isKnown = lines.some((line) => {
      const [apart, turned] = [line.middle - middle, ((line.slope - slope) * width) / 2];
      return Math.max(Math.abs(apart - turned), Math.abs(apart + turned)) < 3.5;
    });
    if (!isKnown) lines.push({ middle, slope, onEdge: along(field, middle, slope) });
  }
  return lines;
}

function vote({ width, height, dx, dy }: EdgeField, votes: Uint16Array, slopes: number, step: number): void {
  const center = (slopes - 1) / 2;
  for (let y = 1; y < height - 1; y++) {
    for (let x = 1; x < width - 1; x++) {
      const at = y * width + x;
      const [gx, gy] = [dx[at] ?? 0, dy[at] ?? 0];
      if (Math.abs(gy) < leastEdge) continue;
      // The line runs across the gradient.
      const direction = -gx / gy;
      const from = Math.max(0, Math.ceil((direction - waver) / step) + center);
      const to = Math.min(slopes - 1, Math.floor((direction + waver) / step) + center);
      for (let index = from; index <= to; index++) {
        const middle = Math.round(y - (index - center) * step * (x - width / 2));
        if (middle < 0 || middle >= height) continue;
        const cell = middle * slopes + index;
        votes[cell] = (votes[cell] ?? 0) + 1;
      }
    }
  }
}

/** Cells of enough votes, best first. */
function candidates(votes: Uint16Array, fewest: number): number[] {
  const result: number[] = [];
  for (let at = 0; at < votes.length; at++) if ((votes[at] ?? 0) >= fewest) result.push(at);
  return result.sort((a, b) => (votes[b] ?? 0) - (votes[a] ?? 0)).slice(0, 40_000);
}

/** Counts, from the left, the columns in which an edge lies within a pixel and a half of the line. */
function along({ width, height, dx, dy }: EdgeField, middle: number, slope: number): Uint16Array {
  const counts = new Uint16Array(width + 1);
  const length = Math.hypot(1, slope);
  for (let x = 0; x < width; x++) {
    const y = Math.round(middle + slope * (x - width / 2));
    let isOn = false;
    for (let near = Math.max(0, y - 1); near <= Math.min(height - 1, y + 1) && !isOn; near++) {
      const at = near * width + x;
      isOn = Math.abs((dy[at] ?? 0) - slope * (dx[at] ?? 0)) / length >= leastEdge;
    }
    counts[x + 1] = (counts[x] ?? 0) + (isOn ? 1 : 0);
  }
  return counts;
}

/** Share of the columns from `from` to `to` in which the line lies on an edge; 0 where there are none. */
export function share({ onEdge }: LevelLine, from: number, to: number): number {
  const last = onEdge.length - 1;
  const [a, b] = [Math.max(0, Math.round(from)), Math.min(last, Math.round(to))];
  return b > a ? ((onEdge[b] ?? 0) - (onEdge[a] ?? 0)) / (b - a) : 0;
}
