/** Structs that llama.cpp v0.4.0 passes by value, member for member as in `llama.h` and `ggml.h`. */
import { type CStruct, cStruct, type Pointer, type PointerArgument } from './types.ts';

type Address = Pointer | null;

/** `llama_model_params`: 80 bytes on 64-bit machines. */
export interface ModelParams {
  devices: PointerArgument;
  tensor_buft_overrides: Address;
  /** Layers kept in GPU memory; negative: all. */
  n_gpu_layers: number;
  split_mode: number;
  load_mode: number;
  lazy_mode: number;
  main_gpu: number;
  tensor_split: Address;
  progress_callback: Address;
  progress_callback_user_data: Address;
  kv_overrides: Address;
  vocab_only: boolean;
  check_tensors: boolean;
  use_extra_bufts: boolean;
  no_host: boolean;
  no_alloc: boolean;
  load_mtp: boolean;
}

/** `llama_context_params`: 160 bytes on 64-bit machines. */
export interface ContextParams {
  n_ctx: number;
  n_batch: number;
  n_ubatch: number;
  n_seq_max: number;
  n_rs_seq: number;
  n_outputs_max: number;
  n_outputs_max_per_seq: number;
  n_threads: number;
  n_threads_batch: number;
  ctx_type: number;
  rope_scaling_type: number;
  pooling_type: number;
  attention_type: number;
  flash_attn_type: number;
  rope_freq_base: number;
  rope_freq_scale: number;
  yarn_ext_factor: number;
  yarn_attn_factor: number;
  yarn_beta_fast: number;
  yarn_beta_slow: number;
  yarn_orig_ctx: number;
  defrag_thold: number;
  cb_eval: Address;
  cb_eval_user_data: Address;
  type_k: number;
  type_v: number;
  abort_callback: Address;
  abort_callback_data: Address;
  embeddings: boolean;
  offload_kqv: boolean;
  no_perf: boolean;
  op_offload: boolean;
  swa_full: boolean;
  kv_unified: boolean;
  samplers: Address;
  n_samplers: number;
  ctx_other: Address;
}

/** `llama_batch`: 56 bytes. Its arrays are ours; their addresses stand here. */
export interface Batch {
  n_tokens: number;
  /** Token ids (i32), or NULL where `embd` is given. */
  token: Address;
  /** f32[n_tokens × input embedding size], or NULL. */
  embd: Address;
  /** i32[n_tokens], or four planes of it for M-RoPE embeddings. */
  pos: Address;
  /** i32[n_tokens]. */
  n_seq_id: Address;
  /** Addresses of i32[n_seq_id]. */
  seq_id: Address;
  /** i8[n_tokens]; not 0: logits are wanted. */
  logits: Address;
}

export const modelParams: CStruct<ModelParams> = cStruct<ModelParams>({
  devices: 'pointer',
  tensor_buft_overrides: 'pointer',
  n_gpu_layers: 'i32',
  split_mode: 'i32',
  load_mode: 'i32',
  lazy_mode: 'i32',
  main_gpu: 'i32',
  tensor_split: 'pointer',
  progress_callback: 'pointer',
  progress_callback_user_data: 'pointer',
  kv_overrides: 'pointer',
  vocab_only: 'bool',
  check_tensors: 'bool',
  use_extra_bufts: 'bool',
  no_host: 'bool',
  no_alloc: 'bool',
  load_mtp: 'bool',
});

export const contextParams: CStruct<ContextParams> = cStruct<ContextParams>({
  n_ctx: 'u32',
  n_batch: 'u32',
  n_ubatch: 'u32',
  n_seq_max: 'u32',
  n_rs_seq: 'u32',
  n_outputs_max: 'u32',
  n_outputs_max_per_seq: 'u32',
  n_threads: 'i32',
  n_threads_batch: 'i32',
  ctx_type: 'i32',
  rope_scaling_type: 'i32',
  pooling_type: 'i32',
  attention_type: 'i32',
  flash_attn_type: 'i32',
  rope_freq_base: 'f32',
  rope_freq_scale: 'f32',
  yarn_ext_factor: 'f32',
  yarn_attn_factor: 'f32',
  yarn_beta_fast: 'f32',
  yarn_beta_slow: 'f32',
  yarn_orig_ctx: 'u32',
  defrag_thold: 'f32',
  cb_eval: 'pointer',
  cb_eval_user_data: 'pointer',
  type_k: 'i32',
  type_v: 'i32',
  abort_callback: 'pointer',
  abort_callback_data: 'pointer',
  embeddings: 'bool',
  offload_kqv: 'bool',
  no_perf: 'bool',
  op_offload: 'bool',
  swa_full: 'bool',
  kv_unified: 'bool',
  samplers: 'pointer',
  n_samplers: 'u64',
  ctx_other: 'pointer',
});

export const batch: CStruct<Batch> = cStruct<Batch>({
  n_tokens: 'i32',
  token: 'pointer',
  embd: 'pointer',
  pos: 'pointer',
  n_seq_id: 'pointer',
  seq_id: 'pointer',
  logits: 'pointer',
});

export const samplerChainParams: CStruct<{ no_perf: boolean }> = cStruct<{ no_perf: boolean }>({
  no_perf: 'bool',
});

export interface GgmlInitParams {
  mem_size: number;
  mem_buffer: Address;
  no_alloc: boolean;
}

export const ggmlInitParams: CStruct<GgmlInitParams> = cStruct<GgmlInitParams>({
  mem_size: 'u64',
  mem_buffer: 'pointer',
  no_alloc: 'bool',
});

export interface GgufInitParams {
  no_alloc: boolean;
  /** Where the address of the new ggml context is written. */
  ctx: PointerArgument;
}

export const ggufInitParams: CStruct<GgufInitParams> = cStruct<GgufInitParams>({
  no_alloc: 'bool',
  ctx: 'pointer',
});
