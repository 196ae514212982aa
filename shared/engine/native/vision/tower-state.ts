/** The memory that one picture keeps on the device between the steps of its encoding. */
import { cancelled, PixelwrightError } from '../../../errors.ts';
import { int32s } from '../library/memory.ts';
import type { Pointer } from '../library/types.ts';
import { present, tensorType, type VisionGgml } from './ggml.ts';
import type { Tensor } from './graph.ts';
import type { Patches } from './patches.ts';
import { embeddingSize, type Projector } from './projector.ts';
import type { Attention, Rows } from './tower.ts';

export interface TowerState {
  /** Patches in a row and in a column. */
  readonly across: number;
  readonly down: number;
  /** (3 × patch², patches) of each frame; empty once they are embedded. */
  readonly pixels: readonly Tensor[];
  /** (width, patches). */
  readonly residual: Tensor;
  /** Of the layer at work: (head size, patches, heads), or values the other way round without flash attention. */
  readonly keys: Tensor;
  readonly values: Tensor;
  readonly positions: Tensor;
  /** (embedding size, tokens). */
  readonly output: Tensor;
  /** Gives the pixels' memory back. */
  freePixels(): void;
  free(): void;
}

/**
 * Rotary positions for the patches in merge order: planes y, x, y, x, as GGML_ROPE_TYPE_VISION reads them, and
 * the planes of each part one after the other, so that a part's positions are one piece.
 */
export function ropePositions(
  across: number,
  down: number,
  merge: number,
  parts: readonly Rows[],
): Int32Array<ArrayBuffer> {
  const places = int32s(across * down * 2);
  let next = 0;
  for (let top = 0; top < down; top += merge) {
    for (let left = 0; left < across; left += merge) {
      for (let inner = 0; inner < merge * merge; inner++) {
        places[next++] = top + Math.floor(inner / merge);
        places[next++] = left + (inner % merge);
      }
    }
  }
  const positions = int32s(across * down * 4);
  for (const { first, count } of parts) {
    for (let plane = 0; plane < 4; plane++) {
      for (let row = 0; row < count; row++) {
        positions[first * 4 + plane * count + row] = places[(first + row) * 2 + (plane % 2)] ?? 0;
      }
    }
  }
  return positions;
}

export interface TowerStateOptions {
  readonly frames: readonly Patches[];
  readonly parts: readonly Rows[];
  readonly attention: Attention;
  /** Buffer type of the device. */
  readonly memory: Pointer;
  readonly signal: AbortSignal;
}

/** @throws PixelwrightError `out-of-memory`, `cancelled`. */
export async function createTowerState(
  ggml: VisionGgml,
  projector: Projector,
  { frames, parts, attention, memory, signal }: TowerStateOptions,
): Promise<TowerState> {
  const { across, down } = frames[0] ?? { across: 0, down: 0 };
  const count = across * down;
  const { width, heads, patches } = projector;
  const headSize = width / heads;
  const held: { context: Pointer; buffer: Pointer | null }[] = [];
  const arena = async (make: (context: Pointer) => void, tensors: number) => {
    const bytes = tensors * ggml.ggml_tensor_overhead();
    const context = present(
      ggml.ggml_init({ mem_size: bytes, mem_buffer: null, no_alloc: true }),
      'a context',
    );
    const entry: { context: Pointer; buffer: Pointer | null } = { context, buffer: null };
    held.push(entry);
    make(context);
    entry.buffer = await ggml.ggml_backend_alloc_ctx_tensors_from_buft.later(context, memory);
    if (entry.buffer === null) throw noMemory(count);
    return entry;
  };
  const release = (entries: { context: Pointer; buffer: Pointer | null }[]) => {
    for (const { context, buffer } of entries) {
      if (buffer !== null) ggml.ggml_backend_buffer_free(buffer);
      ggml.ggml_free(context);
    }
  };
  const made = (tensor: Pointer | null) => present(tensor, 'a tensor');
  try {
    const pixels: Tensor[] = [];
    const input = await arena((context) => {
      const length = 3 * patches.patchSize ** 2;
      for (const _ of frames)
        pixels.push(made(ggml.ggml_new_tensor_2d(context, tensorType.f32, length, count)));
    }, frames.length);
    const tensors: Tensor[] = [];
    await arena((context) => {
      const kept = attention === 'flash' ? tensorType.f16 : tensorType.f32;
      const [inner, outer] = attention === 'flash' ? [headSize, count] : [count, headSize];
      tensors.push(
        made(ggml.ggml_new_tensor_2d(context, tensorType.f32, width, count)),
        made(ggml.ggml_new_tensor_3d(context, kept, headSize, count, heads)),
        made(ggml.ggml_new_tensor_3d(context, kept, inner, outer, heads)),
        made(ggml.ggml_new_tensor_1d(context, tensorType.i32, 4 * count)),
        made(
          ggml.ggml_new_tensor_2d(
            context,
            tensorType.f32,
            embeddingSize(projector),
            count / patches.mergeSize ** 2,
          ),
        ),
      );
    }, 5);
    const [residual = 0n, keys = 0n, values = 0n, positions = 0n, output = 0n] = tensors;
    const places = ropePositions(across, down, patches.mergeSize, parts);
    await ggml.ggml_backend_tensor_set.later(positions, places, 0, places.byteLength);
    for (const [index, { data }] of frames.entries()) {
      if (signal.aborted) throw cancelled(signal.reason);
      await ggml.ggml_backend_tensor_set.later(pixels[index] ?? null, data, 0, data.byteLength);
    }
    return {
      across,
      down,
      pixels,
      residual,
      keys,
      values,
      positions,
      output,
      freePixels() {
        const at = held.indexOf(input);
        if (at < 0) return;
        pixels.length = 0;
        release(held.splice(at, 1));
      },
      free: () => release(held.splice(0)),
    };
  } catch (error) {
    release(held.splice(0));
    throw error;
  }
}

function noMemory(patches: number): PixelwrightError {
  return new PixelwrightError(
    'out-of-memory',
    `There is not enough memory to encode a picture of ${patches} patches.`,
    { next: 'Use fewer image tokens, close other programs, or compute on another device.' },
  );
}
