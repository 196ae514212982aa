/** Computes graphs on the device of the tower, with the processor for what the device cannot do. */
import { cancelled, PixelwrightError } from '../../../errors.ts';
import type { Library } from '../library/load.ts';
import { pointers } from '../library/memory.ts';
import { bindAddress, type Pointer } from '../library/types.ts';
import { createAbortFlag } from '../model/abort-flag.ts';
import { backendFunction, cpuRegistry, type ThreadPool } from '../model/thread-pool.ts';
import { present, tensorType, type VisionGgml } from './ggml.ts';
import { Graph } from './graph.ts';
import type { Attention } from './tower.ts';

/** `enum ggml_backend_dev_type`. */
const processorType = 0;
/** `enum ggml_status`. */
const succeeded = 0;
const aborted = 1;

export interface VisionDeviceOptions {
  /** A `ggml_backend_dev_t`; the processor unless given. */
  readonly device?: Pointer;
  readonly threads: number;
  /** Threads of the text context, which must not compute at the same time; ggml starts its own otherwise. */
  readonly threadPool?: ThreadPool;
}

export interface VisionDevice {
  readonly device: Pointer;
  readonly isProcessor: boolean;
  /** Default buffer type of the device. */
  readonly memory: Pointer;
  /** Makes room for graphs of up to `nodes` operations. */
  createScheduler(nodes: number): Scheduler;
  /** Makes the processor's part of what runs now end early; lasts until `resume`. */
  abort(): void;
  resume(): void;
  free(): void;
}

/** Memory for intermediate results, kept from graph to graph. */
export interface Scheduler {
  /**
   * Makes room for graphs like this one, off the main thread, so that none has to be found half-way.
   * @throws PixelwrightError `out-of-memory`.
   */
  reserve(graph: Graph): Promise<void>;
  /**
   * One graph at a time; off the main thread.
   * @throws PixelwrightError `cancelled` after `abort`, `out-of-memory`, `engine-crashed` if the device fails.
   */
  compute(graph: Graph): Promise<void>;
  free(): void;
}

/** @throws PixelwrightError `engine-unavailable` if the device cannot be opened. */
export function openDevice(library: Library, ggml: VisionGgml, options: VisionDeviceOptions): VisionDevice {
  const processor = present(ggml.ggml_backend_dev_by_type(processorType), 'a CPU device');
  const device = options.device ?? processor;
  const isProcessor = device === processor;
  const memory = present(ggml.ggml_backend_dev_buffer_type(device), 'a buffer type');
  const backends: Pointer[] = [];
  for (const each of isProcessor ? [processor] : [device, processor]) {
    const backend = ggml.ggml_backend_dev_init(each, null);
    if (backend === null) {
      for (const opened of backends) ggml.ggml_backend_free(opened);
      throw unavailable(ggml.ggml_backend_dev_name(each) ?? 'a device');
    }
    backends.push(backend);
  }
  const flag = createAbortFlag(library);
  setUpProcessor(library, backends.at(-1) ?? null, options, flag);
  const list = pointers(backends.length);
  list.set(backends);
  return {
    device,
    isProcessor,
    memory,
    createScheduler: (nodes) => createScheduler(ggml, list, nodes, () => flag.raised),
    abort: () => flag.raise(),
    resume: () => flag.lower(),
    free() {
      for (const backend of backends.splice(0)) ggml.ggml_backend_free(backend);
      flag.free();
    },
  };
}

function setUpProcessor(
  library: Library,
  backend: Pointer | null,
  { threads, threadPool }: VisionDeviceOptions,
  flag: { readonly callback: Pointer; readonly data: Pointer },
): void {
  const registry = cpuRegistry(library);
  const find = (name: string) => backendFunction(library, registry, name);
  bindAddress(find('ggml_backend_set_n_threads'), ['void', 'pointer', 'i32'])(
    backend,
    Math.min(threads, threadPool?.threads ?? threads),
  );
  bindAddress(find('ggml_backend_set_abort_callback'), ['void', 'pointer', 'pointer', 'pointer'])(
    backend,
    flag.callback,
    flag.data,
  );
  if (threadPool === undefined) return;
  bindAddress(find('ggml_backend_cpu_set_threadpool'), ['void', 'pointer', 'pointer'])(
    backend,
    threadPool.pointer,
  );
}

function createScheduler(
  ggml: VisionGgml,
  backends: BigUint64Array<ArrayBuffer>,
  nodes: number,
  isAborted: () => boolean,
): Scheduler {
  const scheduler = present(
    ggml.ggml_backend_sched_new(backends, null, backends.length, nodes, false, true),
    'a scheduler',
  );
  return {
    async reserve(graph) {
      if (!(await ggml.ggml_backend_sched_reserve.later(scheduler, graph.pointer))) throw noMemory();
    },
    async compute(graph) {
      ggml.ggml_backend_sched_reset(scheduler);
      if (!(await ggml.ggml_backend_sched_alloc_graph.later(scheduler, graph.pointer))) throw noMemory();
      const status = await ggml.ggml_backend_sched_graph_compute.later(scheduler, graph.pointer);
      // A GPU does not look at the flag, so a graph may also have ended well.
      if (status === aborted || isAborted()) throw cancelled();
      if (status !== succeeded) throw failed(status);
    },
    free: () => ggml.ggml_backend_sched_free(scheduler),
  };
}

/** Flash attention where the device has it for heads of this size; rows do not matter to any backend. */
export function chooseAttention(
  ggml: VisionGgml,
  device: Pointer,
  headSize: number,
  heads: number,
): Attention {
  const params = { mem_size: 8 * ggml.ggml_tensor_overhead(), mem_buffer: null, no_alloc: true };
  const context = present(ggml.ggml_init(params), 'a context');
  const graph = new Graph(ggml, 8);
  try {
    const tensor = (type: number) =>
      present(ggml.ggml_new_tensor_3d(context, type, headSize, 256, heads), 'a tensor');
    const [queries, keys, values] = [tensor(tensorType.f32), tensor(tensorType.f16), tensor(tensorType.f16)];
    const operation = graph.flashAttention(queries, keys, values, 1);
    return ggml.ggml_backend_dev_supports_op(device, operation) ? 'flash' : 'soft-max';
  } finally {
    graph.free();
    ggml.ggml_free(context);
  }
}

function unavailable(device: string): PixelwrightError {
  return new PixelwrightError(
    'engine-unavailable',
    `The device ${device} could not be opened for pictures.`,
    {
      next: 'Close other programs that use it, or compute on the processor (--device cpu).',
    },
  );
}

function noMemory(): PixelwrightError {
  return new PixelwrightError('out-of-memory', 'There is not enough memory to encode the picture.', {
    next: 'Use fewer image tokens, close other programs, or compute on another device.',
  });
}

function failed(status: number): PixelwrightError {
  return new PixelwrightError(
    'engine-crashed',
    `The device failed while it encoded a picture (status ${status}).`,
    {
      next: 'Try again; if it happens again, compute on the processor (--device cpu).',
      details: { status },
    },
  );
}
