/** The sizes of Qwen3-VL models, and the tensors that a model of given sizes has. */

export interface LanguageShape {
  readonly layers: number;
  readonly width: number;
  readonly feedForward: number;
  readonly heads: number;
  readonly keyValueHeads: number;
  readonly headSize: number;
  readonly context: number;
  readonly ropeBase: number;
  /** Pairs of a head that turn with time, height, width and nothing, interleaved; half a head in all. */
  readonly ropeSections: readonly [number, number, number, number];
}

export interface VisionShape {
  readonly layers: number;
  readonly width: number;
  readonly feedForward: number;
  readonly heads: number;
  /** Pixels along a patch. */
  readonly patch: number;
  /** Patches along what becomes one token. */
  readonly merge: number;
  /** Positions along the learned grid. */
  readonly grid: number;
  /** The layers after which a DeepStack merger reads, ascending. The first goes into the first language layer. */
  readonly deepStackAt: readonly number[];
}

export interface ModelShape {
  readonly language: LanguageShape;
  readonly vision: VisionShape;
}

/** A tensor without its numbers. Names are llama.cpp's. */
export interface TensorShape {
  readonly name: string;
  /** ggml's order: the first dimension is the one whose elements lie side by side. */
  readonly shape: readonly number[];
}

/**
 * Small, with every kind of layer. Heads are not as many as key-value heads, a head is not as wide as
 * `width / heads`, and the RoPE base is low, so that wrong positions show within a hundred tokens.
 */
export const tinyShape: ModelShape = {
  language: {
    layers: 4,
    width: 64,
    feedForward: 128,
    heads: 4,
    keyValueHeads: 2,
    headSize: 64,
    context: 8192,
    ropeBase: 1000,
    ropeSections: [12, 10, 10, 0],
  },
  vision: {
    layers: 4,
    width: 64,
    feedForward: 128,
    heads: 2,
    patch: 16,
    merge: 2,
    grid: 16,
    deepStackAt: [1, 2],
  },
};

/** Qwen3-VL-2B-Instruct. */
export const shape2b: ModelShape = {
  language: {
    layers: 28,
    width: 2048,
    feedForward: 6144,
    heads: 16,
    keyValueHeads: 8,
    headSize: 128,
    context: 262144,
    ropeBase: 5_000_000,
    ropeSections: [24, 20, 20, 0],
  },
  vision: {
    layers: 24,
    width: 1024,
    feedForward: 4096,
    heads: 16,
    patch: 16,
    merge: 2,
    grid: 48,
    deepStackAt: [5, 11, 17],
  },
};

/** The language model's tensors (llama.cpp, src/models/qwen3vl.cpp); the output uses the embeddings. */
export function languageTensors(shape: LanguageShape, vocabularySize: number): TensorShape[] {
  const { width, feedForward, headSize } = shape;
  const queries = shape.heads * headSize;
  const keys = shape.keyValueHeads * headSize;
  const layer = (index: number): TensorShape[] => [
    { name: `blk.${index}.attn_norm.weight`, shape: [width] },
    { name: `blk.${index}.attn_q.weight`, shape: [width, queries] },
    { name: `blk.${index}.attn_k.weight`, shape: [width, keys] },
    { name: `blk.${index}.attn_v.weight`, shape: [width, keys] },
    { name: `blk.${index}.attn_q_norm.weight`, shape: [headSize] },
    { name: `blk.${index}.attn_k_norm.weight`, shape: [headSize] },
    { name: `blk.${index}.attn_output.weight`, shape: [queries, width] },
    { name: `blk.${index}.ffn_norm.weight`, shape: [width] },
    { name: `blk.${index}.ffn_gate.weight`, shape: [width, feedForward] },
    { name: `blk.${index}.ffn_up.weight`, shape: [width, feedForward] },
    { name: `blk.${index}.ffn_down.weight`, shape: [feedForward, width] },
  ];
  return [
    { name: 'token_embd.weight', shape: [width, vocabularySize] },
    ...Array.from({ length: shape.layers }, (_, index) => layer(index)).flat(),
    { name: 'output_norm.weight', shape: [width] },
  ];
}

/** The projector file's tensors (llama.cpp, tools/mtmd/clip.cpp); `outputWidth` is the language model's. */
export function visionTensors(shape: VisionShape, outputWidth: number): TensorShape[] {
  const { width, feedForward, patch } = shape;
  const merged = width * shape.merge ** 2;
  const linear = (name: string, from: number, to: number): TensorShape[] => [
    { name: `${name}.weight`, shape: [from, to] },
    { name: `${name}.bias`, shape: [to] },
  ];
  const norm = (name: string, size: number): TensorShape[] => [
    { name: `${name}.weight`, shape: [size] },
    { name: `${name}.bias`, shape: [size] },
  ];
  const layer = (index: number): TensorShape[] => [
    ...norm(`v.blk.${index}.ln1`, width),
    ...linear(`v.blk.${index}.attn_qkv`, width, 3 * width),
    ...linear(`v.blk.${index}.attn_out`, width, width),
    ...norm(`v.blk.${index}.ln2`, width),
    ...linear(`v.blk.${index}.ffn_up`, width, feedForward),
    ...linear(`v.blk.${index}.ffn_down`, feedForward, width),
  ];
  const deepStack = (index: number): TensorShape[] => [
    ...norm(`v.deepstack.${index}.norm`, merged),
    ...linear(`v.deepstack.${index}.fc1`, merged, merged),
    ...linear(`v.deepstack.${index}.fc2`, merged, outputWidth),
  ];
  return [
    // Two kernels, because a film's frames are read in pairs; a still picture stands in for both.
    { name: 'v.patch_embd.weight', shape: [patch, patch, 3, width] },
    { name: 'v.patch_embd.weight.1', shape: [patch, patch, 3, width] },
    { name: 'v.patch_embd.bias', shape: [width] },
    { name: 'v.position_embd.weight', shape: [width, shape.grid ** 2] },
    ...Array.from({ length: shape.layers }, (_, index) => layer(index)).flat(),
    ...shape.deepStackAt.flatMap(deepStack),
    ...norm('v.post_ln', width),
    ...linear('mm.0', merged, merged),
    ...linear('mm.2', merged, outputWidth),
  ];
}
