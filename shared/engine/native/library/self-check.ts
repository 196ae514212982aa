/** Refuses libraries whose structs may not be laid out as ours: a wrong member would be silent damage. */
import koffi from 'koffi';
import { PixelwrightError } from '../../../errors.ts';
import type { Library } from './load.ts';
import { ggmlVersion, llamaVersion } from './pins.ts';
import { useServerInstead } from './platforms.ts';
import { batch, type ContextParams, contextParams, type ModelParams, modelParams } from './structs.ts';
import { bind } from './types.ts';

/** What `llama_model_default_params` answers in the pinned version. */
export const modelDefaults: Readonly<Record<keyof ModelParams, unknown>> = {
  devices: null,
  tensor_buft_overrides: null,
  n_gpu_layers: -1,
  split_mode: 1,
  load_mode: -1,
  lazy_mode: 1,
  main_gpu: 0,
  tensor_split: null,
  progress_callback: null,
  progress_callback_user_data: null,
  kv_overrides: null,
  vocab_only: false,
  check_tensors: false,
  use_extra_bufts: true,
  no_host: false,
  no_alloc: false,
  load_mtp: false,
};

/** What `llama_context_default_params` answers in the pinned version. */
export const contextDefaults: Readonly<Record<keyof ContextParams, unknown>> = {
  n_ctx: 512,
  n_batch: 2048,
  n_ubatch: 512,
  n_seq_max: 1,
  n_rs_seq: 0,
  n_outputs_max: 0,
  n_outputs_max_per_seq: 1,
  n_threads: 4,
  n_threads_batch: 4,
  ctx_type: 0,
  rope_scaling_type: -1,
  pooling_type: -1,
  attention_type: -1,
  flash_attn_type: -1,
  rope_freq_base: 0,
  rope_freq_scale: 0,
  yarn_ext_factor: -1,
  yarn_attn_factor: -1,
  yarn_beta_fast: -1,
  yarn_beta_slow: -1,
  yarn_orig_ctx: 0,
  defrag_thold: -1,
  cb_eval: null,
  cb_eval_user_data: null,
  type_k: 1,
  type_v: 1,
  abort_callback: null,
  abort_callback_data: null,
  embeddings: false,
  offload_kqv: true,
  no_perf: true,
  op_offload: true,
  swa_full: true,
  kv_unified: false,
  samplers: null,
  n_samplers: 0,
  ctx_other: null,
};

/** Bytes on 64-bit machines, which all are that have libraries. */
const structSizes = [
  ['llama_model_params', modelParams, 80],
  ['llama_context_params', contextParams, 160],
  ['llama_batch', batch, 56],
] as const;

/** Call it on opened libraries before anything else. @throws PixelwrightError `engine-unavailable`. */
export function checkLibrary(library: Library): void {
  // Before any struct comes back: a version with larger ones would write past the memory kept for it.
  refuse('version', library, [
    ...differences({ llama_version: llamaVersion }, { llama_version: library.llama.llama_version() }),
    ...differences({ ggml_version: ggmlVersion }, { ggml_version: library.ggml.ggml_version() }),
  ]);
  const { llama } = library;
  refuse('layout', library, [
    ...structSizes.flatMap(([name, { type }, size]) =>
      differences({ [`sizeof(${name})`]: size }, { [`sizeof(${name})`]: koffi.sizeof(type) }),
    ),
    ...differences(modelDefaults, { ...llama.llama_model_default_params() }),
    ...differences(contextDefaults, { ...llama.llama_context_default_params() }),
    ...differences({ no_perf: true }, { ...llama.llama_sampler_chain_default_params() }),
    ...batchDifferences(library),
    ...contextDifferences(library),
  ]);
}

/** One line for each member that is not as expected: `n_ctx: expected 512, found 0`. */
export function differences(
  expected: Readonly<Record<string, unknown>>,
  found: Readonly<Record<string, unknown>>,
): string[] {
  const names = new Set([...Object.keys(expected), ...Object.keys(found)]);
  return [...names].flatMap((name) =>
    Object.is(expected[name], found[name])
      ? []
      : `${name}: expected ${String(expected[name])}, found ${String(found[name])}`,
  );
}

/** A batch for tokens has no embeddings, one for embeddings no tokens; all else is there, and nothing twice. */
function batchDifferences({ llama }: Library): string[] {
  return [0, 16].flatMap((width) => {
    const made = llama.llama_batch_init(4, width, 2);
    const { n_tokens, token, embd, ...always } = made;
    const found: Record<string, unknown> = { n_tokens, token: token !== null, embd: embd !== null };
    const addresses = [token, embd, ...Object.values(always)].filter((address) => address !== null);
    found['addresses'] = new Set(addresses).size;
    const expected = { n_tokens: 0, token: width === 0, embd: width > 0, addresses: 5 };
    const differing = differences(expected, found);
    // Freed only where it is understood: a wrong address would end the process instead of being told.
    if (differing.length === 0) llama.llama_batch_free(made);
    return differing;
  });
}

/** A ggml context tells what it was made with. */
function contextDifferences({ ggml, handles }: Library): string[] {
  const { ggml_get_mem_size: memorySize } = bind(handles.ggmlBase, {
    ggml_get_mem_size: ['u64', 'pointer'],
  });
  const size = 16 * 4096;
  const context = ggml.ggml_init({ mem_size: size, mem_buffer: null, no_alloc: true });
  if (context === null) return ['ggml_init: expected a context, found NULL'];
  const found = { mem_size: memorySize(context), no_alloc: ggml.ggml_get_no_alloc(context) };
  ggml.ggml_free(context);
  return differences({ mem_size: size, no_alloc: true }, found);
}

function refuse(what: 'version' | 'layout', { files }: Library, differing: readonly string[]): void {
  if (differing.length === 0) return;
  throw new PixelwrightError(
    'engine-unavailable',
    `The libraries in ${files.folder} have another ${what} than the engine was built for. ${differing.join('; ')}.`,
    {
      next: `Install pixelwright again, which brings its own libraries. ${useServerInstead}`,
      details: { folder: files.folder, differing },
    },
  );
}
