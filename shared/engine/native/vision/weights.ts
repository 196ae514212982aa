/** Brings the tower's tensors from the file into the memory of the device that computes with them. */
import { PixelwrightError, throwIfCancelled } from '../../../errors.ts';
import { float32s } from '../library/memory.ts';
import type { Pointer } from '../library/types.ts';
import { present, tensorType, type VisionGgml, weightsUsage } from './ggml.ts';
import type { FileTensor, GgufFile } from './gguf-file.ts';
import type { Placement } from './placement.ts';
import type { WeightPart } from './projector.ts';

export interface LoadWeightsOptions {
  /** Buffer type of everything that is not a matrix. */
  readonly plain: Pointer;
  readonly place: Placement;
  /** Turn matrices of 16 or 32 bits into Q8_0 while they are read. */
  readonly quantise: boolean;
  readonly signal: AbortSignal;
  /** @param fraction 0..1. */
  readonly onProgress?: (fraction: number) => void;
}

export interface TowerTensors {
  /** @throws Error for a name that the tower does not have. */
  get(name: string): Pointer;
  /** Bytes on the device. */
  readonly bytes: number;
  free(): void;
}

/** Numbers converted at a stretch; each takes 4 bytes on the way. */
const conversionBlock = 1 << 20;

/** A tensor of the tower, where it comes from and what it becomes. */
interface Plan {
  readonly part: WeightPart;
  readonly file: FileTensor;
  readonly type: number;
  readonly tensor: Pointer;
}

/**
 * Reads one tensor after another, so that no more than the largest is in memory twice.
 * @throws PixelwrightError `model-corrupt` for an absent or misshapen tensor, `out-of-memory`, `cancelled`.
 */
export async function loadWeights(
  ggml: VisionGgml,
  file: GgufFile,
  parts: readonly WeightPart[],
  options: LoadWeightsOptions,
): Promise<TowerTensors> {
  const groups = new Map<Pointer, { part: WeightPart; file: FileTensor; type: number }[]>();
  for (const part of parts) {
    const source = requireTensor(file, part);
    const type = targetType(file, part, source, options.quantise);
    const place = part.kind === 'matrix' ? options.place(type, part.shape) : options.plain;
    groups.set(place, [...(groups.get(place) ?? []), { part, file: source, type }]);
  }
  const held: { context: Pointer; buffer: Pointer | null }[] = [];
  const tensors = new Map<string, Pointer>();
  const free = () => {
    for (const { context, buffer } of held.splice(0)) {
      if (buffer !== null) ggml.ggml_backend_buffer_free(buffer);
      ggml.ggml_free(context);
    }
  };
  try {
    const plans: Plan[] = [];
    for (const [bufferType, group] of groups) {
      const bytes = group.length * ggml.ggml_tensor_overhead();
      const context = present(
        ggml.ggml_init({ mem_size: bytes, mem_buffer: null, no_alloc: true }),
        'a context',
      );
      const entry: { context: Pointer; buffer: Pointer | null } = { context, buffer: null };
      held.push(entry);
      for (const { part, file: source, type } of group) {
        const tensor = present(ggml.ggml_new_tensor_2d(context, type, ...part.shape), part.name);
        tensors.set(part.name, tensor);
        plans.push({ part, file: source, type, tensor });
      }
      entry.buffer = await ggml.ggml_backend_alloc_ctx_tensors_from_buft.later(context, bufferType);
      if (entry.buffer === null) throw noMemory(file);
      ggml.ggml_backend_buffer_set_usage(entry.buffer, weightsUsage);
    }
    await upload(ggml, file, plans, options);
    const sizes = held.map(({ buffer }) => (buffer === null ? 0 : ggml.ggml_backend_buffer_get_size(buffer)));
    return {
      get: (name) => present(tensors.get(name) ?? null, `the tensor ${name}`),
      bytes: sizes.reduce((sum, size) => sum + size, 0),
      free,
    };
  } catch (error) {
    free();
    throw error;
  }
}

function requireTensor(file: GgufFile, { source, sourceShape }: WeightPart): FileTensor {
  const tensor = file.tensor(source);
  if (tensor === undefined) throw file.corrupt(`the tensor ${source} is absent`);
  if (tensor.shape.join() === sourceShape.join()) return tensor;
  throw file.corrupt(`${source} is ${tensor.shape.join(' × ')} and should be ${sourceShape.join(' × ')}`);
}

const plainTypes: readonly number[] = [tensorType.f32, tensorType.f16, tensorType.bf16];

/** Vectors, and positions, which are resized, are computed with as F32; llama.cpp convolves in F16. */
function targetType(file: GgufFile, part: WeightPart, { type }: FileTensor, quantise: boolean): number {
  if (part.kind === 'matrix') {
    const fits = quantise && plainTypes.includes(type) && part.shape[0] % 32 === 0;
    return fits ? tensorType.q8_0 : type;
  }
  if (!plainTypes.includes(type))
    throw file.corrupt(`${part.source} should hold plain numbers and is quantised`);
  return part.kind === 'kernel' ? tensorType.f16 : tensorType.f32;
}

async function upload(
  ggml: VisionGgml,
  file: GgufFile,
  plans: readonly Plan[],
  { signal, onProgress }: LoadWeightsOptions,
): Promise<void> {
  const size = ({ part, file: { type } }: Plan) => ggml.ggml_row_size(type, part.shape[0]) * part.shape[1];
  const total = plans.reduce((sum, plan) => sum + size(plan), 0);
  const scratch = new Uint8Array(new ArrayBuffer(Math.max(...plans.map(size))));
  let done = 0;
  for (const plan of plans.toSorted((a, b) => a.file.offset - b.file.offset)) {
    throwIfCancelled(signal);
    const bytes = scratch.subarray(0, size(plan));
    const firstByte = plan.part.firstRow * ggml.ggml_row_size(plan.file.type, plan.part.shape[0]);
    await file.read(plan.file.offset + firstByte, bytes);
    const data = plan.type === plan.file.type ? bytes : await convert(ggml, plan, bytes);
    await ggml.ggml_backend_tensor_set.later(plan.tensor, data, 0, data.byteLength);
    done += bytes.byteLength;
    onProgress?.(done / total);
  }
}

/** How numbers of 16 bits become F32. */
const widenings: Readonly<Record<number, 'ggml_fp16_to_fp32_row' | 'ggml_bf16_to_fp32_row'>> = {
  [tensorType.f16]: 'ggml_fp16_to_fp32_row',
  [tensorType.bf16]: 'ggml_bf16_to_fp32_row',
};

/** To F32, F16 or Q8_0, some rows at a time. */
async function convert(
  ggml: VisionGgml,
  { part, file, type }: Plan,
  bytes: Uint8Array<ArrayBuffer>,
): Promise<Uint8Array<ArrayBuffer>> {
  const [length, rows] = part.shape;
  const rowsAtOnce = Math.max(1, Math.floor(conversionBlock / length));
  const from = ggml.ggml_row_size(file.type, length);
  const to = ggml.ggml_row_size(type, length);
  const result = new Uint8Array(new ArrayBuffer(to * rows));
  const numbers = float32s(rowsAtOnce * length);
  for (let row = 0; row < rows; row += rowsAtOnce) {
    const count = Math.min(rowsAtOnce, rows - row);
    const source = bytes.subarray(row * from, (row + count) * from);
    const target = result.subarray(row * to, (row + count) * to);
    const widen = widenings[file.type];
    const floats = type === tensorType.f32 ? target : numbers;
    if (widen !== undefined) await ggml[widen].later(source, floats, count * length);
    if (type === tensorType.f32) continue;
    const wide = widen === undefined ? source : floats;
    if (type === tensorType.f16) {
      await ggml.ggml_fp32_to_fp16_row.later(wide, target, count * length);
      continue;
    }
    await ggml.ggml_quantize_chunk.later(type, wide, target, 0, count, length, null);
  }
  return result;
}

function noMemory(file: GgufFile): PixelwrightError {
  return new PixelwrightError('out-of-memory', `There is not enough memory for the projector ${file.path}.`, {
    next: 'Close other programs, use the Q8_0 projector, or compute on another device.',
  });
}
