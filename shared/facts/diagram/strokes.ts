/** Small parts of ink: which are letters, which are dashes of one line, and which are marks. */
import { at } from '../pixels.ts';
import { type Component, type Components, componentsOf } from './components.ts';
import { distanceTo } from './distance.ts';

/** A connected part of ink, and how long its strokes are. */
export interface Part extends Component {
  /** Mean width of its strokes, pixels. */
  readonly strokeWidth: number;
  /** Length of its strokes as a share of its diagonal: 1 for a line, 2 and more for letters. */
  readonly winding: number;
}

export interface Parts {
  readonly labels: Int32Array;
  readonly list: readonly Part[];
  /** Typical width of the strokes, pixels; at least 1. */
  readonly strokeWidth: number;
}

/** Widths by the distance to the nearest pixel without ink: a stroke's mean distance is a quarter of its width. */
export function partsOf(ink: Uint8Array, width: number, height: number): Parts {
  const found: Components = componentsOf(ink, width, height, true);
  const inner = distanceTo(
    ink.map((value) => 1 - value),
    width,
    height,
  );
  const sums = new Float64Array(found.list.length);
  const edges = new Float64Array(found.list.length);
  const ridge: number[] = new Array<number>(40).fill(0);
  for (let index = 0; index < ink.length; index++) {
    const label = at(found.labels, index);
    if (label < 0) continue;
    const depth = at(inner, index) / 3;
    sums[label] = at(sums, label) + depth;
    edges[label] =
      at(edges, label) +
      4 -
      (at(ink, index - 1) + at(ink, index + 1) + at(ink, index - width) + at(ink, index + width));
    const isRidge =
      at(inner, index) >= at(inner, index - 1) &&
      at(inner, index) >= at(inner, index + 1) &&
      at(inner, index) >= at(inner, index - width) &&
      at(inner, index) >= at(inner, index + width);
    if (isRidge) {
      const bin = Math.min(39, Math.round(2 * (2 * depth - 1)));
      ridge[bin] = (ridge[bin] ?? 0) + 1;
    }
  }
  const list = found.list.map((part): Part => {
    // Depths of a stroke of width w run 1, 2, … w/2 … 1: their mean is (w + 2) / 4, of one pixel 1.
    const mean = at(sums, part.index) / part.area;
    // One and two pixels are all rim: there the length of the rim tells them apart.
    const strokeWidth =
      mean < 1.12 ? Math.min(2, Math.max(1, (2 * part.area) / at(edges, part.index))) : 4 * mean - 2;
    const diagonal = Math.hypot(part.right - part.left + 1, part.bottom - part.top + 1);
    return { ...part, strokeWidth, winding: part.area / strokeWidth / diagonal };
  });
  return { labels: found.labels, list, strokeWidth: Math.max(1, middleOf(ridge) / 2) };
}

/** The bin below which half of the counts lie. */
function middleOf(counts: readonly number[]): number {
  const total = counts.reduce((sum, count) => sum + count, 0);
  let seen = 0;
  for (const [bin, count] of counts.entries()) {
    seen += count;
    if (seen >= total / 2) return bin;
  }
  return 0;
}

export const widthOf = (part: Pick<Component, 'left' | 'right'>): number => part.right - part.left + 1;
export const heightOf = (part: Pick<Component, 'top' | 'bottom'>): number => part.bottom - part.top + 1;
