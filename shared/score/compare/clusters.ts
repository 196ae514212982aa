/** Gathers pixels of a mask that stand near to each other. */
import type { Rect } from '../../geometry.ts';
import type { Mask } from './mask.ts';

export interface Cluster {
  /** Around its pixels. */
  readonly box: Rect;
  readonly pixels: number;
}

/** Side of the squares that are looked at instead of pixels; neighbours of a neighbour belong together too. */
const side = 8;
const reach = 2;

/** Clusters of at least `least` pixels, in no order. */
export function clustersOf(mask: Mask, least: number): Cluster[] {
  const columns = Math.ceil(mask.width / side);
  const rows = Math.ceil(mask.height / side);
  const cells = cellsOf(mask, columns, rows);
  const clusters: Cluster[] = [];
  const seen = new Uint8Array(columns * rows);
  for (let start = 0; start < seen.length; start++) {
    if (seen[start] === 1 || (cells[start]?.pixels ?? 0) === 0) continue;
    seen[start] = 1;
    const open = [start];
    const bounds = { left: mask.width, top: mask.height, right: 0, bottom: 0, pixels: 0 };
    for (let cell = open.pop(); cell !== undefined; cell = open.pop()) {
      extend(bounds, cells[cell]);
      for (const next of neighbours(cell, columns, rows)) {
        if (seen[next] === 1 || (cells[next]?.pixels ?? 0) === 0) continue;
        seen[next] = 1;
        open.push(next);
      }
    }
    const { left, top, right, bottom, pixels } = bounds;
    if (pixels >= least) {
      clusters.push({ box: { x: left, y: top, width: right - left, height: bottom - top }, pixels });
    }
  }
  return clusters;
}

interface Bounds {
  left: number;
  top: number;
  right: number;
  bottom: number;
  pixels: number;
}

function extend(bounds: Bounds, cell: Bounds | undefined): void {
  if (cell === undefined) return;
  bounds.left = Math.min(bounds.left, cell.left);
  bounds.top = Math.min(bounds.top, cell.top);
  bounds.right = Math.max(bounds.right, cell.right);
  bounds.bottom = Math.max(bounds.bottom, cell.bottom);
  bounds.pixels += cell.pixels;
}

/** Only those that hold a pixel. */
function cellsOf(mask: Mask, columns: number, rows: number): (Bounds | undefined)[] {
  const cells = new Array<Bounds | undefined>(columns * rows).fill(undefined);
  for (let y = 0; y < mask.height; y++) {
    for (let x = 0; x < mask.width; x++) {
      if (mask.data[y * mask.width + x] === 0) continue;
      const index = Math.floor(y / side) * columns + Math.floor(x / side);
      const pixel = { left: x, top: y, right: x + 1, bottom: y + 1, pixels: 1 };
      const cell = cells[index];
      if (cell === undefined) cells[index] = pixel;
      else extend(cell, pixel);
    }
  }
  return cells;
}

function* neighbours(cell: number, columns: number, rows: number): Generator<number> {
  const column = cell % columns;
  const row = Math.floor(cell / columns);
  for (let y = Math.max(0, row - reach); y <= Math.min(rows - 1, row + reach); y++) {
    for (let x = Math.max(0, column - reach); x <= Math.min(columns - 1, column + reach); x++)
      yield y * columns + x;
  }
}
