/** Builds one ggml graph; every method adds an operation and answers its result. Shapes are ggml's order. */
import { int32s } from '../library/memory.ts';
import type { Pointer } from '../library/types.ts';
import { present, type VisionGgml } from './ggml.ts';

export type Tensor = Pointer;

/** `GGML_ROPE_TYPE_VISION`. */
const visionRope = 24;
/** `GGML_SCALE_MODE_BILINEAR | GGML_SCALE_FLAG_ALIGN_CORNERS`. */
const bilinearCorners = 1 | (1 << 8);
/** `GGML_PREC_F32`. */
const fullPrecision = 10;

export class Graph {
  readonly #ggml: VisionGgml;
  readonly #context: Pointer;
  readonly pointer: Pointer;

  /** @param nodes most operations of the graph, views included. */
  constructor(ggml: VisionGgml, nodes: number) {
    this.#ggml = ggml;
    const bytes = nodes * ggml.ggml_tensor_overhead() + ggml.ggml_graph_overhead_custom(nodes, false);
    this.#context = present(ggml.ggml_init({ mem_size: bytes, mem_buffer: null, no_alloc: true }), 'a graph');
    this.pointer = present(ggml.ggml_new_graph_custom(this.#context, nodes, false), 'a graph');
  }

  /** Has `from` copied (and converted) to `to` when everything added so far is computed. */
  store(from: Tensor, to: Tensor): void {
    this.#ggml.ggml_build_forward_expand(
      this.pointer,
      this.#made(this.#ggml.ggml_cpy(this.#context, from, to)),
    );
  }

  add(a: Tensor, b: Tensor): Tensor {
    return this.#made(this.#ggml.ggml_add(this.#context, a, b));
  }

  /** weights (k, m) × input (k, n) → (m, n). */
  multiply(weights: Tensor, input: Tensor): Tensor {
    return this.#made(this.#ggml.ggml_mul_mat(this.#context, weights, input));
  }

  /** Layer normalisation of rows, then scale and shift. */
  norm(input: Tensor, weight: Tensor, bias: Tensor, epsilon: number): Tensor {
    const plain = this.#made(this.#ggml.ggml_norm(this.#context, input, epsilon));
    return this.add(this.#made(this.#ggml.ggml_mul(this.#context, plain, weight)), bias);
  }

  activate(input: Tensor, kind: 'gelu' | 'gelu-quick' | 'silu'): Tensor {
    const { ggml_gelu, ggml_gelu_quick, ggml_silu } = this.#ggml;
    const activation = { gelu: ggml_gelu, 'gelu-quick': ggml_gelu_quick, silu: ggml_silu }[kind];
    return this.#made(activation(this.#context, input));
  }

  /** Turns the pairs of each head by four planes of positions (y, x, y, x); input (head size, heads, rows). */
  rope(input: Tensor, positions: Tensor, headSize: number): Tensor {
    const sections = int32s(4).fill(headSize / 4);
    // Figures after the mode: context 32768, base 10000, scale 1, and YaRN left off (clip's own constants).
    const constants = [visionRope, 32768, 10000, 1, 0, 1, 32, 1] as const;
    const half = headSize / 2;
    return this.#made(
      this.#ggml.ggml_rope_multi(this.#context, input, positions, null, half, sections, ...constants),
    );
  }

  /** Queries (head size, rows, heads), keys and values (head size, n, heads) of 16 bits → (head size, heads, rows). */
  flashAttention(queries: Tensor, keys: Tensor, values: Tensor, scale: number): Tensor {
    const result = this.#made(
      this.#ggml.ggml_flash_attn_ext(this.#context, queries, keys, values, null, scale, 0, 0),
    );
    this.#ggml.ggml_flash_attn_ext_set_prec(result, fullPrecision);
    return result;
  }

  softMax(input: Tensor, scale: number): Tensor {
    return this.#made(this.#ggml.ggml_soft_max_ext(this.#context, input, null, scale, 0));
  }

  /** Resizes the first two dimensions; corners stay corners. */
  interpolate(input: Tensor, width: number, height: number, depth: number): Tensor {
    return this.#made(
      this.#ggml.ggml_interpolate(this.#context, input, width, height, depth, 1, bilinearCorners),
    );
  }

  /** Dimension i of the input becomes dimension `axes[i]`. */
  permute(input: Tensor, axes: readonly [number, number, number, number]): Tensor {
    return this.#made(this.#ggml.ggml_permute(this.#context, input, ...axes));
  }

  reshape(
    input: Tensor,
    ...shape: [number, number] | [number, number, number] | [number, number, number, number]
  ): Tensor {
    const { ggml_reshape_2d, ggml_reshape_3d, ggml_reshape_4d } = this.#ggml;
    if (shape.length === 2) return this.#made(ggml_reshape_2d(this.#context, input, ...shape));
    if (shape.length === 3) return this.#made(ggml_reshape_3d(this.#context, input, ...shape));
    return this.#made(ggml_reshape_4d(this.#context, input, ...shape));
  }

  /** Copies into rows that lie one after the other. */
  contiguous(input: Tensor, length: number, rows: number): Tensor {
    return this.#made(this.#ggml.ggml_cont_2d(this.#context, input, length, rows));
  }

  /** @param stride of rows; both in bytes. */
  view2(input: Tensor, length: number, rows: number, stride: number, offset: number): Tensor {
    return this.#made(this.#ggml.ggml_view_2d(this.#context, input, length, rows, stride, offset));
  }

  /** @param strides of the second and third dimension, in bytes, as the offset. */
  view3(
    input: Tensor,
    shape: readonly [number, number, number],
    strides: readonly [number, number],
    offset: number,
  ): Tensor {
    return this.#made(this.#ggml.ggml_view_3d(this.#context, input, ...shape, ...strides, offset));
  }

  free(): void {
    this.#ggml.ggml_free(this.#context);
  }

  #made(tensor: Tensor | null): Tensor {
    return present(tensor, 'an operation');
  }
}
