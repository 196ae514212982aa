/** Cuts a canvas into the patches of the vision tower, normalised and in the order in which it merges them. */
import type { Raster } from '../../../image/picture.ts';
import type { Slices } from './slices.ts';

/** What the projector's file says about its input. */
export interface PatchShape {
  /** Side of a patch in pixels: 16. */
  readonly patchSize: number;
  /** Patches along a side of one token: 2. */
  readonly mergeSize: number;
  /** Per channel, of values 0..1. */
  readonly mean: readonly [number, number, number];
  readonly deviation: readonly [number, number, number];
}

/** Patches of one frame. */
export interface Patches {
  /** Patches in a row and in a column of the canvas. */
  readonly across: number;
  readonly down: number;
  /**
   * Row after row of 3 × patchSize × patchSize values: channel, then y, then x, as the tower's convolution
   * reads them. The patches of one token (left to right, top to bottom) stand together; tokens go the same way.
   */
  readonly data: Float32Array;
}

/** The value of every sample, in single precision step by step, as llama.cpp computes it. */
function normalisation({ mean, deviation }: PatchShape): Float32Array {
  const float = Math.fround;
  const table = new Float32Array(3 * 256);
  for (let channel = 0; channel < 3; channel++) {
    const middle = float(mean[channel] ?? 0);
    for (let sample = 0; sample < 256; sample++) {
      table[channel * 256 + sample] = float(float(sample / 255) - middle) / float(deviation[channel] ?? 1);
    }
  }
  return table;
}

/** @param canvas both sides multiples of patchSize × mergeSize. Works in slices. */
export async function cutPatches(canvas: Raster, shape: PatchShape, slices: Slices): Promise<Patches> {
  const { patchSize, mergeSize } = shape;
  const across = canvas.width / patchSize;
  const down = canvas.height / patchSize;
  const length = 3 * patchSize * patchSize;
  const data = new Float32Array(across * down * length);
  const table = normalisation(shape);
  let place = 0;
  for (let tokenY = 0; tokenY < down; tokenY += mergeSize) {
    for (let tokenX = 0; tokenX < across; tokenX += mergeSize) {
      for (let inner = 0; inner < mergeSize * mergeSize; inner++) {
        const x = (tokenX + (inner % mergeSize)) * patchSize;
        const y = (tokenY + Math.floor(inner / mergeSize)) * patchSize;
        cutPatch(canvas, x, y, patchSize, table, data, place);
        place += length;
      }
    }
    if (slices.isOver()) await slices.rest();
  }
  return { across, down, data };
}

function cutPatch(
  { data, width }: Raster,
  left: number,
  top: number,
  size: number,
  table: Float32Array,
  out: Float32Array,
  place: number,
): void {
  const plane = size * size;
  let to = place;
  for (let y = 0; y < size; y++) {
    let from = ((top + y) * width + left) * 3;
    for (let x = 0; x < size; x++) {
      out[to] = table[data[from] ?? 0] ?? 0;
      out[to + plane] = table[256 + (data[from + 1] ?? 0)] ?? 0;
      out[to + 2 * plane] = table[512 + (data[from + 2] ?? 0)] ?? 0;
      to += 1;
      from += 3;
    }
  }
}
