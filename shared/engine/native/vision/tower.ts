/**
 * Qwen3-VL's vision tower as ggml operations, in parts that each compute some rows of one stage: everything but
 * attention's keys and values treats every patch by itself, so a picture need not be computed in one piece.
 * Follows llama.cpp's tools/mtmd/models/qwen3vl.cpp; numbers are the same.
 */
import type { Graph, Tensor } from './graph.ts';
import { embeddingSize, type Projector } from './projector.ts';
import type { TowerState } from './tower-state.ts';
import type { TowerTensors } from './weights.ts';

/** `flash`: keys and values of 16 bits. `soft-max`: for devices that have no flash attention for such heads. */
export type Attention = 'flash' | 'soft-max';

/** Patches `first` … `first + count − 1`; both multiples of 4, so that tokens stay whole. */
export interface Rows {
  readonly first: number;
  readonly count: number;
}

export class Tower {
  readonly #projector: Projector;
  readonly #weights: TowerTensors;
  readonly #attention: Attention;

  constructor(projector: Projector, weights: TowerTensors, attention: Attention) {
    this.#projector = projector;
    this.#weights = weights;
    this.#attention = attention;
  }

  /** The learned grid, resized and in merge order, into the residual. */
  positions(graph: Graph, state: TowerState): void {
    const { width, grid, patches } = this.#projector;
    const { across, down } = state;
    let learned = this.#weights.get('v.position_embd.weight');
    if (across !== grid || down !== grid) {
      const planes = graph.permute(graph.reshape(learned, width, grid, grid), [2, 0, 1, 3]);
      const resized = graph.permute(graph.interpolate(planes, across, down, width), [1, 2, 0, 3]);
      learned = graph.contiguous(resized, width, across * down);
    }
    const merge = patches.mergeSize;
    const pairs = graph.reshape(learned, width * merge, across / merge, merge, down / merge);
    const merged = graph.permute(pairs, [0, 2, 1, 3]);
    graph.store(graph.contiguous(merged, width, across * down), state.residual);
  }

  /** Adds the embedded pixels. A still picture goes through both temporal kernels. */
  patches(graph: Graph, state: TowerState, rows: Rows): void {
    const residual = this.#residual(graph, state, rows);
    const length = 3 * this.#projector.patches.patchSize ** 2;
    const [first, second = first] = state.pixels.map((pixels) =>
      graph.view2(pixels, length, rows.count, length * 4, rows.first * length * 4),
    );
    if (first === undefined || second === undefined) throw new Error('the picture was given up');
    const embedded = graph.add(
      graph.multiply(this.#weights.get('v.patch_embd.weight'), first),
      graph.multiply(this.#weights.get('v.patch_embd.weight.1'), second),
    );
    const shifted = graph.add(embedded, this.#weights.get('v.patch_embd.bias'));
    graph.store(graph.add(shifted, residual), residual);
  }

  /** Keys and values of one layer. */
  keys(graph: Graph, state: TowerState, layer: number, rows: Rows): void {
    const { headSize, heads } = this.#heads();
    const input = this.#norm(graph, this.#residual(graph, state, rows), `v.blk.${layer}.ln1`);
    const count = state.across * state.down;
    const size = this.#attention === 'flash' ? 2 : 4;
    const head = [headSize * size, count * headSize * size] as const;
    const place = rows.first * headSize * size;
    const keys = graph.permute(this.#rotated(graph, state, input, layer, 'k', rows), [0, 2, 1, 3]);
    graph.store(keys, graph.view3(state.keys, [headSize, rows.count, heads], head, place));
    const split = this.#linear(graph, input, `v.blk.${layer}.v`);
    const values = graph.reshape(split, headSize, heads, rows.count);
    if (this.#attention === 'flash') {
      const target = graph.view3(state.values, [headSize, rows.count, heads], head, place);
      graph.store(graph.permute(values, [0, 2, 1, 3]), target);
      return;
    }
    // Transposed, since sums run over patches.
    const strides = [count * size, count * headSize * size] as const;
    const target = graph.view3(state.values, [rows.count, headSize, heads], strides, rows.first * size);
    graph.store(graph.permute(values, [1, 2, 0, 3]), target);
  }

  /** The rest of a layer, after `keys` has run for all rows. */
  layer(graph: Graph, state: TowerState, layer: number, rows: Rows): void {
    const name = `v.blk.${layer}`;
    const residual = this.#residual(graph, state, rows);
    const input = this.#norm(graph, residual, `${name}.ln1`);
    const queries = graph.permute(this.#rotated(graph, state, input, layer, 'q', rows), [0, 2, 1, 3]);
    const seen = this.#linear(graph, this.#attend(graph, state, queries, rows), `${name}.attn_out`);
    const middle = graph.add(seen, residual);
    const normed = this.#norm(graph, middle, `${name}.ln2`);
    const { activation } = this.#projector;
    const raised = graph.activate(this.#linear(graph, normed, `${name}.ffn_up`), activation);
    const output = graph.add(middle, this.#linear(graph, raised, `${name}.ffn_down`));
    const place = this.#projector.deepStackAt.indexOf(layer);
    if (place >= 0) {
      const stack = `v.deepstack.${layer}`;
      const merged = this.#norm(graph, this.#merge(graph, output, rows), `${stack}.norm`);
      this.#project(graph, state, merged, `${stack}.fc1`, `${stack}.fc2`, 1 + place, rows);
    }
    graph.store(output, residual);
  }

  /** The tower's last layer to tokens of the language model. */
  merger(graph: Graph, state: TowerState, rows: Rows): void {
    const output = this.#norm(graph, this.#residual(graph, state, rows), 'v.post_ln');
    this.#project(graph, state, this.#merge(graph, output, rows), 'mm.0', 'mm.2', 0, rows);
  }

  #heads(): { headSize: number; heads: number } {
    const { width, heads } = this.#projector;
    return { headSize: width / heads, heads };
  }

  #residual(graph: Graph, state: TowerState, { first, count }: Rows): Tensor {
    const { width } = this.#projector;
    return graph.view2(state.residual, width, count, width * 4, first * width * 4);
  }

  #norm(graph: Graph, input: Tensor, name: string): Tensor {
    const weight = this.#weights.get(`${name}.weight`);
    return graph.norm(input, weight, this.#weights.get(`${name}.bias`), this.#projector.epsilon);
  }

  #linear(graph: Graph, input: Tensor, name: string): Tensor {
    const product = graph.multiply(this.#weights.get(`${name}.weight`), input);
    return graph.add(product, this.#weights.get(`${name}.bias`));
  }

  /** Queries or keys: (head size, heads, rows). */
  #rotated(
    graph: Graph,
    state: TowerState,
    input: Tensor,
    layer: number,
    letter: 'q' | 'k',
    rows: Rows,
  ): Tensor {
    const { headSize, heads } = this.#heads();
    const split = this.#linear(graph, input, `v.blk.${layer}.${letter}`);
    // Four planes for these rows lie together; see `ropePositions`.
    const positions = graph.view2(state.positions, 4 * rows.count, 1, 16 * rows.count, 16 * rows.first);
    return graph.rope(graph.reshape(split, headSize, heads, rows.count), positions, headSize);
  }

  /** (head size, rows, heads) → (width, rows). */
  #attend(graph: Graph, state: TowerState, queries: Tensor, rows: Rows): Tensor {
    const { width } = this.#projector;
    const scale = Math.fround(1 / Math.fround(Math.sqrt(this.#heads().headSize)));
    if (this.#attention === 'flash') {
      const seen = graph.flashAttention(queries, state.keys, state.values, scale);
      return graph.reshape(seen, width, rows.count);
    }
    const shares = graph.softMax(graph.multiply(state.keys, queries), scale);
    const seen = graph.permute(graph.multiply(state.values, shares), [0, 2, 1, 3]);
    return graph.contiguous(seen, width, rows.count);
  }

  /** The patches of a token side by side. */
  #merge(graph: Graph, input: Tensor, { count }: Rows): Tensor {
    const together = this.#projector.patches.mergeSize ** 2;
    return graph.reshape(input, this.#projector.width * together, count / together);
  }

  /** @param place among the embeddings of a token: its own, then those of DeepStack. */
  #project(
    graph: Graph,
    state: TowerState,
    merged: Tensor,
    inner: string,
    outer: string,
    place: number,
    { first, count }: Rows,
  ): void {
    const raised = graph.activate(this.#linear(graph, merged, inner), 'gelu');
    const token = embeddingSize(this.#projector) * 4;
    const { outputWidth, patches } = this.#projector;
    const together = patches.mergeSize ** 2;
    const offset = (first / together) * token + place * outputWidth * 4;
    const target = graph.view2(state.output, outputWidth, count / together, token, offset);
    graph.store(this.#linear(graph, raised, outer), target);
  }
}
