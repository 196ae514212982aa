/** Decides where the tower's matrices lie: in the device's memory, or repacked for this processor. */
import koffi from 'koffi';
import type { Library } from '../library/load.ts';
import { bindAddress, type Pointer } from '../library/types.ts';
import { cpuRegistry } from '../model/thread-pool.ts';
import { present, tensorType, type VisionGgml } from './ggml.ts';

/** Rows of activations that a test multiplication pretends to have. */
const probeRows = 512;

/**
 * The buffer types in which the CPU backend rearranges weights for AMX, AVX2 or NEON, best first. On other
 * devices, and where nothing fits, none.
 */
export function repackingBufferTypes(library: Library, device: Pointer): Pointer[] {
  const registry = cpuRegistry(library);
  const address = library.ggml.ggml_backend_reg_get_proc_address(
    registry,
    'ggml_backend_dev_get_extra_bufts',
  );
  if (address === null) return [];
  const list = bindAddress(address, ['pointer', 'pointer'])(device);
  const found: Pointer[] = [];
  // A C array that ends with NULL; processors have three kinds at most.
  for (let index = 0; list !== null && index < 16; index++) {
    const type: unknown = koffi.decode(list, index * 8, 'uintptr_t');
    const pointer = typeof type === 'bigint' || typeof type === 'number' ? BigInt(type) : 0n;
    if (pointer === 0n) break;
    found.push(pointer);
  }
  return found;
}

/** Answers for each kind of matrix which buffer type is to hold it. */
export type Placement = (type: number, shape: readonly [number, number]) => Pointer;

/** @param candidates tried in order; a matrix that none can multiply goes to `plain`. */
export function createPlacement(
  ggml: VisionGgml,
  device: Pointer,
  plain: Pointer,
  candidates: readonly Pointer[],
): Placement {
  const known = new Map<string, Pointer>();
  return (type, shape) => {
    const key = `${type} ${shape.join(' ')}`;
    const place =
      known.get(key) ??
      candidates.find((candidate) => multiplies(ggml, device, candidate, type, shape)) ??
      plain;
    known.set(key, place);
    return place;
  };
}

/** Asks the backend about a multiplication whose weights lie in such a buffer; nothing is computed. */
function multiplies(
  ggml: VisionGgml,
  device: Pointer,
  bufferType: Pointer,
  type: number,
  [length, rows]: readonly [number, number],
): boolean {
  const params = { mem_size: 8 * ggml.ggml_tensor_overhead(), mem_buffer: null, no_alloc: true };
  const weights = present(ggml.ggml_init(params), 'a context');
  const graph = present(ggml.ggml_init(params), 'a context');
  let buffer: Pointer | null = null;
  try {
    const matrix = present(ggml.ggml_new_tensor_2d(weights, type, length, rows), 'a tensor');
    buffer = ggml.ggml_backend_alloc_ctx_tensors_from_buft(weights, bufferType);
    if (buffer === null) return false;
    const input = present(ggml.ggml_new_tensor_2d(graph, tensorType.f32, length, probeRows), 'a tensor');
    const product = present(ggml.ggml_mul_mat(graph, matrix, input), 'a multiplication');
    return ggml.ggml_backend_dev_supports_op(device, product);
  } finally {
    if (buffer !== null) ggml.ggml_backend_buffer_free(buffer);
    ggml.ggml_free(graph);
    ggml.ggml_free(weights);
  }
}
