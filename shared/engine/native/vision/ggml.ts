/** The functions of ggml that the vision tower needs, beside those of the library's own list. */
import type { Library } from '../library/load.ts';
import { bind, type Functions, type Pointer } from '../library/types.ts';

const signatures = {
  gguf_find_key: ['i64', 'pointer', 'text'],
  gguf_get_kv_type: ['i32', 'pointer', 'i64'],
  gguf_get_arr_type: ['i32', 'pointer', 'i64'],
  gguf_get_arr_n: ['u64', 'pointer', 'i64'],
  gguf_get_arr_data: ['pointer', 'pointer', 'i64'],
  gguf_get_val_u32: ['u32', 'pointer', 'i64'],
  gguf_get_val_f32: ['f32', 'pointer', 'i64'],
  gguf_get_val_bool: ['bool', 'pointer', 'i64'],
  gguf_get_val_str: ['text', 'pointer', 'i64'],
  gguf_find_tensor: ['i64', 'pointer', 'text'],
  gguf_get_data_offset: ['u64', 'pointer'],
  gguf_get_tensor_offset: ['u64', 'pointer', 'i64'],
  gguf_get_tensor_size: ['u64', 'pointer', 'i64'],
  gguf_get_tensor_type: ['i32', 'pointer', 'i64'],
  gguf_get_tensor_ne: ['pointer', 'pointer', 'i64'],
  ggml_type_name: ['text', 'i32'],
  ggml_row_size: ['u64', 'i32', 'i64'],
  ggml_tensor_overhead: ['u64'],
  ggml_graph_overhead_custom: ['u64', 'u64', 'bool'],
  ggml_new_tensor_1d: ['pointer', 'pointer', 'i32', 'i64'],
  ggml_new_tensor_2d: ['pointer', 'pointer', 'i32', 'i64', 'i64'],
  ggml_new_tensor_3d: ['pointer', 'pointer', 'i32', 'i64', 'i64', 'i64'],
  ggml_new_graph_custom: ['pointer', 'pointer', 'u64', 'bool'],
  ggml_build_forward_expand: ['void', 'pointer', 'pointer'],
  ggml_graph_n_nodes: ['i32', 'pointer'],
  ggml_view_2d: ['pointer', 'pointer', 'pointer', 'i64', 'i64', 'u64', 'u64'],
  ggml_view_3d: ['pointer', 'pointer', 'pointer', 'i64', 'i64', 'i64', 'u64', 'u64', 'u64'],
  ggml_reshape_2d: ['pointer', 'pointer', 'pointer', 'i64', 'i64'],
  ggml_reshape_3d: ['pointer', 'pointer', 'pointer', 'i64', 'i64', 'i64'],
  ggml_reshape_4d: ['pointer', 'pointer', 'pointer', 'i64', 'i64', 'i64', 'i64'],
  ggml_permute: ['pointer', 'pointer', 'pointer', 'i32', 'i32', 'i32', 'i32'],
  ggml_cont_2d: ['pointer', 'pointer', 'pointer', 'i64', 'i64'],
  ggml_cpy: ['pointer', 'pointer', 'pointer', 'pointer'],
  ggml_add: ['pointer', 'pointer', 'pointer', 'pointer'],
  ggml_mul: ['pointer', 'pointer', 'pointer', 'pointer'],
  ggml_mul_mat: ['pointer', 'pointer', 'pointer', 'pointer'],
  ggml_norm: ['pointer', 'pointer', 'pointer', 'f32'],
  ggml_gelu: ['pointer', 'pointer', 'pointer'],
  ggml_gelu_quick: ['pointer', 'pointer', 'pointer'],
  ggml_silu: ['pointer', 'pointer', 'pointer'],
  ggml_interpolate: ['pointer', 'pointer', 'pointer', 'i64', 'i64', 'i64', 'i64', 'u32'],
  ggml_rope_multi: [
    'pointer',
    ...(['pointer', 'pointer', 'pointer', 'pointer'] as const),
    ...(['i32', 'pointer', 'i32', 'i32'] as const),
    ...(['f32', 'f32', 'f32', 'f32', 'f32', 'f32'] as const),
  ],
  ggml_flash_attn_ext: [
    'pointer',
    ...(['pointer', 'pointer', 'pointer', 'pointer', 'pointer', 'f32', 'f32', 'f32'] as const),
  ],
  ggml_flash_attn_ext_set_prec: ['void', 'pointer', 'i32'],
  ggml_soft_max_ext: ['pointer', 'pointer', 'pointer', 'pointer', 'f32', 'f32'],
  ggml_fp16_to_fp32_row: ['void', 'pointer', 'pointer', 'i64'],
  ggml_bf16_to_fp32_row: ['void', 'pointer', 'pointer', 'i64'],
  ggml_fp32_to_fp16_row: ['void', 'pointer', 'pointer', 'i64'],
  ggml_quantize_chunk: ['u64', 'i32', 'pointer', 'pointer', 'i64', 'i64', 'i64', 'pointer'],
  ggml_backend_dev_buffer_type: ['pointer', 'pointer'],
  ggml_backend_dev_supports_op: ['bool', 'pointer', 'pointer'],
  ggml_backend_buft_name: ['text', 'pointer'],
  ggml_backend_alloc_ctx_tensors_from_buft: ['pointer', 'pointer', 'pointer'],
  ggml_backend_buffer_free: ['void', 'pointer'],
  ggml_backend_buffer_get_size: ['u64', 'pointer'],
  ggml_backend_buffer_set_usage: ['void', 'pointer', 'i32'],
  ggml_backend_tensor_set: ['void', 'pointer', 'pointer', 'u64', 'u64'],
  ggml_backend_tensor_get: ['void', 'pointer', 'pointer', 'u64', 'u64'],
  ggml_backend_sched_new: ['pointer', 'pointer', 'pointer', 'i32', 'u64', 'bool', 'bool'],
  ggml_backend_sched_free: ['void', 'pointer'],
  ggml_backend_sched_reset: ['void', 'pointer'],
  ggml_backend_sched_reserve: ['bool', 'pointer', 'pointer'],
  ggml_backend_sched_alloc_graph: ['bool', 'pointer', 'pointer'],
  ggml_backend_sched_graph_compute: ['i32', 'pointer', 'pointer'],
} as const;

export type VisionGgml = Library['ggml'] & Functions<typeof signatures>;

/** `enum ggml_type`, the members that are named here. */
export const tensorType = { f32: 0, f16: 1, q8_0: 8, i32: 26, bf16: 30 } as const;

/** `enum gguf_type`, the members that are read here. */
export const valueType = { u32: 4, i32: 5, f32: 6, bool: 7, text: 8, array: 9 } as const;

/** `GGML_BACKEND_BUFFER_USAGE_WEIGHTS`: the scheduler computes where the weights lie. */
export const weightsUsage = 1;

export function bindVision({ ggml, handles }: Library): VisionGgml {
  return { ...ggml, ...bind(handles.ggmlBase, signatures) };
}

/** ggml answers NULL only when it has no memory for a few hundred bytes more. */
export function present(pointer: Pointer | null, what: string): Pointer {
  if (pointer === null) throw new Error(`ggml could not make ${what}`);
  return pointer;
}
