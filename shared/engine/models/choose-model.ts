/** Chooses the quantisation by the memory at hand. */
import {
  type CatalogueEntry,
  catalogue,
  type ProjectorQuantisation,
  type Quantisation,
} from './catalogue.ts';

/** Bytes that are free now. */
export interface FreeMemory {
  /** Of the graphics processor that the model would run on; absent or 0 where there is none. */
  readonly freeGpuBytes?: number;
  readonly freeSystemBytes: number;
}

export interface ModelChoice {
  readonly quantisation: Quantisation;
  readonly projector: ProjectorQuantisation;
  readonly place: 'gpu' | 'cpu';
  /** What it takes there. */
  readonly neededBytes: number;
  /** False: even the smallest choice, which this then is, needs more than is free. */
  readonly fits: boolean;
}

/** Left free for the desktop, the driver and other programs. */
const reserveBytes = 512 * 1024 ** 2;
/** Prompt and answer of a long page; 2048 image tokens leave 6000 for text. */
const defaultContextTokens = 8192;
/** Largest picture that is shown to the model in one piece; four patches make a token. */
const mostImageTokens = 2048;
/** llama.cpp's `n_ubatch`: the tokens of one pass, for each of which a row of logits may be kept. */
const passTokens = 512;

/**
 * Memory that a model takes, in bytes: weights + KV cache + compute buffers.
 *
 * - KV cache: 2 (K and V) · layers · KV heads · head size · 2 bytes (F16) a token; 112 KiB a token for 2B.
 * - Language model's compute buffer: the logits of one pass in F32, its largest tensor by far.
 * - Tower's compute buffer with flash attention, in F32: for every patch the feed-forward part twice
 *   (before and after GELU) and six of its width (input, norm, Q, K, V, output). An estimate from the
 *   graph's shape; without flash attention the score matrix comes on top.
 */
export function neededBytes(
  entry: CatalogueEntry,
  quantisation: Quantisation,
  projector: ProjectorQuantisation,
  contextTokens = defaultContextTokens,
): number {
  const weights = entry.modelBytes[quantisation] + entry.projectorBytes[projector];
  const keyValues = 2 * entry.layers * entry.keyValueHeads * entry.headSize * 2 * contextTokens;
  const logits = passTokens * entry.vocabulary * 4;
  const tower = 4 * mostImageTokens * (2 * entry.towerFeedForward + 6 * entry.towerWidth) * 4;
  return weights + keyValues + logits + tower;
}

/**
 * What to run where:
 *
 * - on a graphics processor the first that fits its free memory less 512 MiB: Q8_0 with the F16 projector
 *   (4.4 GB for 2B at 8192 tokens), Q4_K_M with F16 (3.7 GB), Q4_K_M with Q8_0 (3.3 GB);
 * - else on the processor Q4_K_M with the Q8_0 projector: decoding there is bound by memory bandwidth, so the
 *   smallest is the fastest, and the shipped processor library is about twice as slow on F16 matrices.
 *
 * F16 weights are only taken where they are asked for: Q8_0 is as good to the eye and reads half the bytes
 * for every token.
 */
export function chooseModel(
  memory: FreeMemory,
  options: { readonly entry?: CatalogueEntry; readonly contextTokens?: number } = {},
): ModelChoice {
  const entry = options.entry ?? defaultEntry();
  const choice = (
    place: ModelChoice['place'],
    quantisation: Quantisation,
    projector: ProjectorQuantisation,
  ): ModelChoice => {
    const needed = neededBytes(entry, quantisation, projector, options.contextTokens);
    const free = place === 'gpu' ? (memory.freeGpuBytes ?? 0) : memory.freeSystemBytes;
    return { quantisation, projector, place, neededBytes: needed, fits: needed + reserveBytes <= free };
  };
  const onGpu = [
    choice('gpu', 'Q8_0', 'F16'),
    choice('gpu', 'Q4_K_M', 'F16'),
    choice('gpu', 'Q4_K_M', 'Q8_0'),
  ];
  return onGpu.find(({ fits }) => fits) ?? choice('cpu', 'Q4_K_M', 'Q8_0');
}

/** The first of the catalogue. */
export function defaultEntry(): CatalogueEntry {
  const [first] = catalogue;
  if (first === undefined) throw new Error('The catalogue is empty.');
  return first;
}
