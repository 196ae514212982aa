/** Chooses what to compute on among the devices that llama.cpp has found. */
import type { Device } from '../../config.ts';
import { PixelwrightError } from '../../errors.ts';
import type { Library } from './library/load.ts';
import { pointers } from './library/memory.ts';
import type { Pointer } from './library/types.ts';

/** `enum ggml_backend_dev_type`. */
const gpu = 1;
const integratedGpu = 2;

export interface ComputeDevice {
  /** For people: `CPU`, `NVIDIA GeForce RTX 4090 (CUDA0)`. */
  readonly name: string;
  /** Layers of the model to keep there: all, or none on the processor. */
  readonly gpuLayers: number;
  /** `ggml_backend_dev_t` of the GPU; absent on the processor. */
  readonly pointer?: Pointer;
  /** Bytes free on the GPU; absent on the processor. */
  readonly freeBytes?: number;
}

/** `llama_model_params.n_gpu_layers`: more than any model has. */
const allLayers = 999;

/**
 * The first GPU, a discrete one before one that shares the processor's memory. `auto` passes over those whose
 * free memory is too small.
 * @param neededBytes of weights, context and computing.
 * @throws PixelwrightError `engine-unavailable` where a GPU was asked for and none was found.
 */
export function chooseDevice(library: Library, wanted: Device, neededBytes: number): ComputeDevice {
  const found = wanted === 'cpu' ? [] : devicesOf(library);
  const fitting = wanted === 'auto' ? found.filter(({ freeBytes }) => freeBytes >= neededBytes) : found;
  const [best] = [gpu, integratedGpu].flatMap((type) => fitting.filter((device) => device.type === type));
  if (best !== undefined) {
    const { pointer, freeBytes } = best;
    return { name: `${best.description} (${best.name})`, gpuLayers: allLayers, pointer, freeBytes };
  }
  if (wanted === 'auto' || wanted === 'cpu') return { name: 'CPU', gpuLayers: 0 };
  throw new PixelwrightError('engine-unavailable', `No GPU was found that works with ${wanted}.`, {
    next: 'Install its driver, or leave --device out. "pixelwright gpu list" shows what was found.',
    details: { wanted },
  });
}

export interface FoundDevice {
  readonly pointer: Pointer;
  /** llama.cpp's, e.g. `CUDA0`. */
  readonly name: string;
  readonly description: string;
  readonly type: number;
  readonly freeBytes: number;
  readonly totalBytes: number;
}

/** Every device of the backends that are loaded, the processor included. */
export function devicesOf({ ggml }: Library): FoundDevice[] {
  return Array.from({ length: ggml.ggml_backend_dev_count() }, (_, index) => {
    const pointer = ggml.ggml_backend_dev_get(index);
    if (pointer === null) throw new Error(`llama.cpp counts a device ${index} and has none`);
    const sizes = pointers(2);
    ggml.ggml_backend_dev_memory(pointer, sizes.subarray(0, 1), sizes.subarray(1));
    return {
      pointer,
      name: ggml.ggml_backend_dev_name(pointer) ?? '',
      description: ggml.ggml_backend_dev_description(pointer) ?? '',
      type: ggml.ggml_backend_dev_type(pointer),
      freeBytes: Number(sizes[0] ?? 0n),
      totalBytes: Number(sizes[1] ?? 0n),
    };
  });
}
