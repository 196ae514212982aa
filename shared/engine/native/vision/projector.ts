/** What a projector file says about its vision tower, and the tensors that such a tower has. */
import type { GgufFile } from './gguf-file.ts';
import type { PatchShape } from './patches.ts';

export type Activation = 'gelu' | 'gelu-quick' | 'silu';

/** Sizes of the tower; every tensor is checked against them before a graph is built. */
export interface Projector {
  readonly patches: PatchShape;
  readonly layers: number;
  readonly width: number;
  readonly feedForward: number;
  readonly heads: number;
  /** Side of the learned position grid. */
  readonly grid: number;
  readonly epsilon: number;
  readonly activation: Activation;
  /** Layers whose output goes into a DeepStack merger, ascending. */
  readonly deepStackAt: readonly number[];
  /** Width of the language model. */
  readonly outputWidth: number;
}

/** Floats of one token: its own embedding and one for each DeepStack layer. */
export function embeddingSize({ outputWidth, deepStackAt }: Projector): number {
  return outputWidth * (1 + deepStackAt.length);
}

/**
 * Reads the sizes. @throws PixelwrightError `model-corrupt` with the key or tensor that is wrong, also for
 * projectors of other models.
 */
export function readProjector(file: GgufFile): Projector {
  const architecture = file.text('general.architecture');
  if (architecture !== 'clip') {
    throw file.corrupt(`its architecture is ${architecture}, and that of a projector is clip`);
  }
  const typeKey = file.has('clip.vision.projector_type')
    ? 'clip.vision.projector_type'
    : 'clip.projector_type';
  const type = file.text(typeKey);
  if (type !== 'qwen3vl_merger') {
    throw file.corrupt(`its projector is ${type}, and that of Qwen3-VL is qwen3vl_merger`);
  }
  const layers = file.integer('clip.vision.block_count');
  const width = file.integer('clip.vision.embedding_length');
  const heads = file.integer('clip.vision.attention.head_count');
  const mergeSize = file.integer('clip.vision.spatial_merge_size');
  const patchSize = file.integer('clip.vision.patch_size');
  // Rotary positions turn pairs in four equal parts of a head.
  if (heads < 1 || width % heads !== 0 || (width / heads) % 8 !== 0) {
    throw file.corrupt(`${heads} heads do not fit to a width of ${width}`);
  }
  if (mergeSize !== 2)
    throw file.corrupt(`it merges ${mergeSize} × ${mergeSize} patches, and Qwen3-VL 2 × 2`);
  if (patchSize < 1 || patchSize > 64) throw file.corrupt(`its patches have a side of ${patchSize} pixels`);
  const outputWidth = file.tensor('mm.2.bias')?.shape[0] ?? file.integer('clip.vision.projection_dim');
  const indices = Array.from({ length: layers }, (_, index) => index);
  return {
    patches: {
      patchSize,
      mergeSize,
      mean: triple(file.floats('clip.vision.image_mean', 3)),
      deviation: triple(file.floats('clip.vision.image_std', 3)),
    },
    layers,
    width,
    feedForward: file.integer('clip.vision.feed_forward_length'),
    heads,
    grid: gridSide(file),
    epsilon: file.float('clip.vision.attention.layer_norm_epsilon'),
    activation: activationOf(file),
    deepStackAt: indices.filter((index) => file.tensor(`v.deepstack.${index}.fc1.weight`) !== undefined),
    outputWidth,
  };
}

const triple = ([red = 0, green = 0, blue = 0]: readonly number[]): [number, number, number] => [
  red,
  green,
  blue,
];

function gridSide(file: GgufFile): number {
  const positions = file.tensor('v.position_embd.weight')?.shape[1] ?? 0;
  const side = Math.round(Math.sqrt(positions));
  if (side < 1 || side * side !== positions) throw file.corrupt(`its ${positions} positions form no square`);
  return side;
}

/** As `clip.cpp` chooses; Qwen3-VL's files ask for the tanh form. */
function activationOf(file: GgufFile): Activation {
  if (file.flag('clip.use_gelu')) return 'gelu';
  return file.flag('clip.use_silu') ? 'silu' : 'gelu-quick';
}

/** One tensor of the tower. */
export interface WeightPart {
  /** Its name in the tower. */
  readonly name: string;
  /** The tensor of the file that it is, or that it is a third of. */
  readonly source: string;
  /** Shape of the whole tensor in the file. */
  readonly sourceShape: readonly number[];
  /** Row length and rows here. */
  readonly shape: readonly [number, number];
  /** Rows of `shape[0]` that come before it in the file's tensor. */
  readonly firstRow: number;
  /** `matrix`: only multiplied with; may have any type and lie where that is fastest. `plain`: F32. */
  readonly kind: 'matrix' | 'kernel' | 'plain';
}

/** All tensors. Queries, keys and values are taken apart, so that each can be computed for some rows only. */
export function towerWeights(projector: Projector): WeightPart[] {
  const { width, feedForward, outputWidth, patches, grid } = projector;
  const merged = width * patches.mergeSize ** 2;
  const pixels = 3 * patches.patchSize ** 2;
  const vector = (source: string, size: number): WeightPart => part(source, [size, 1], [size], 'plain');
  const linear = (source: string, from: number, to: number): WeightPart[] => [
    part(`${source}.weight`, [from, to], [from, to], 'matrix'),
    vector(`${source}.bias`, to),
  ];
  const norm = (source: string, size: number): WeightPart[] => [
    vector(`${source}.weight`, size),
    vector(`${source}.bias`, size),
  ];
  const kernel = (source: string): WeightPart =>
    part(source, [pixels, width], [patches.patchSize, patches.patchSize, 3, width], 'kernel');
  return [
    kernel('v.patch_embd.weight'),
    kernel('v.patch_embd.weight.1'),
    vector('v.patch_embd.bias', width),
    part('v.position_embd.weight', [width, grid * grid], [width, grid * grid], 'plain'),
    ...Array.from({ length: projector.layers }, (_, index) => [
      ...norm(`v.blk.${index}.ln1`, width),
      ...attentionInputs(`v.blk.${index}`, width),
      ...linear(`v.blk.${index}.attn_out`, width, width),
      ...norm(`v.blk.${index}.ln2`, width),
      ...linear(`v.blk.${index}.ffn_up`, width, feedForward),
      ...linear(`v.blk.${index}.ffn_down`, feedForward, width),
    ]).flat(),
    ...projector.deepStackAt.flatMap((index) => [
      ...norm(`v.deepstack.${index}.norm`, merged),
      ...linear(`v.deepstack.${index}.fc1`, merged, merged),
      ...linear(`v.deepstack.${index}.fc2`, merged, outputWidth),
    ]),
    ...norm('v.post_ln', width),
    ...linear('mm.0', merged, merged),
    ...linear('mm.2', merged, outputWidth),
  ];
}

function part(
  source: string,
  shape: readonly [number, number],
  sourceShape: readonly number[],
  kind: WeightPart['kind'],
): WeightPart {
  return { name: source, source, sourceShape, shape, firstRow: 0, kind };
}

function attentionInputs(layer: string, width: number): WeightPart[] {
  return ['q', 'k', 'v'].flatMap((letter, index): WeightPart[] => [
    {
      name: `${layer}.${letter}.weight`,
      source: `${layer}.attn_qkv.weight`,
      sourceShape: [width, 3 * width],
      shape: [width, width],
      firstRow: index * width,
      kind: 'matrix',
    },
    {
      // Rows of this length: the file's vector is three of them.
      name: `${layer}.${letter}.bias`,
      source: `${layer}.attn_qkv.bias`,
      sourceShape: [3 * width],
      shape: [width, 1],
      firstRow: index,
      kind: 'plain',
    },
  ]);
}
