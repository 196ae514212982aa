/** The CPU backend's threads, kept between calls: ggml would start new ones for every graph. */
import type { Library } from '../library/load.ts';
import { bindAddress, type NativeFunction, type Pointer } from '../library/types.ts';

/** `enum ggml_backend_dev_type`. */
const cpuDevice = 0;

/** `ggml_threadpool_params`: 512 bytes of CPU mask, i32 threads, i32 priority, u32 poll, two flags. */
const paramsBytes = 528;
const pollOffset = 520;

export interface ThreadPool {
  readonly pointer: Pointer;
  readonly threads: number;
  free(): void;
}

export interface ThreadPoolOptions {
  readonly threads: number;
  /** 0..100: how long an idle thread spins before it sleeps; ggml's own default is 50. */
  readonly poll?: number;
}

/** The CPU backend's registry. @throws Error if there is no CPU backend, which every package has. */
export function cpuRegistry({ ggml }: Pick<Library, 'ggml'>): Pointer {
  const device = ggml.ggml_backend_dev_by_type(cpuDevice);
  const registry = device === null ? null : ggml.ggml_backend_dev_backend_reg(device);
  if (registry === null) throw new Error('llama.cpp has no CPU backend');
  return registry;
}

/** A function that a backend gives out by name. @throws Error if it does not. */
export function backendFunction({ ggml }: Pick<Library, 'ggml'>, registry: Pointer, name: string): Pointer {
  const address = ggml.ggml_backend_reg_get_proc_address(registry, name);
  if (address === null) throw new Error(`the backend has no function ${name}`);
  return address;
}

/** @throws Error if the threads cannot be started. */
export function createThreadPool(library: Library, options: ThreadPoolOptions): ThreadPool {
  const registry = cpuRegistry(library);
  const params = new Uint8Array(new ArrayBuffer(paramsBytes));
  library.ggml.ggml_threadpool_params_init(params, options.threads);
  if (options.poll !== undefined) new DataView(params.buffer).setUint32(pollOffset, options.poll, true);
  const create: NativeFunction<[Uint8Array], Pointer | null> = bindAddress(
    backendFunction(library, registry, 'ggml_threadpool_new'),
    ['pointer', 'pointer'],
  );
  const release = bindAddress(backendFunction(library, registry, 'ggml_threadpool_free'), [
    'void',
    'pointer',
  ]);
  const pointer = create(params);
  if (pointer === null) throw new Error(`no pool of ${options.threads} threads could be started`);
  let freed = false;
  return {
    pointer,
    threads: options.threads,
    free() {
      if (!freed) release(pointer);
      freed = true;
    },
  };
}
