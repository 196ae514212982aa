/** llama.cpp's samplers in the order of its own server: penalties, DRY, top-k, top-p, min-p, temperature, draw. */
import type { Sampling } from '../../engine.ts';
import type { Library } from '../library/load.ts';
import { addressOfView, pointers } from '../library/memory.ts';
import type { Pointer } from '../library/types.ts';
import type { Vocabulary } from '../model/vocabulary.ts';

/** Of llama-server: answers are the same as its own where the settings are. */
export const samplingDefaults = {
  temperature: 0.8,
  topK: 40,
  topP: 0.95,
  minP: 0.05,
  presencePenalty: 0,
  frequencyPenalty: 0,
  repetitionPenalty: 1,
  dryMultiplier: 0,
  seed: 1,
} as const satisfies Required<Sampling>;

/** Tokens of the answer that the penalties look back on; llama-server's default. */
export const penaltyWindow = 64;

/** DRY, as its author proposed it and llama-server has it; it looks back on the whole answer. */
const dry = { base: 1.75, allowedLength: 2, window: 4096, breakers: ['\n', ':', '"', '*'] } as const;

export type FullSampling = Required<Sampling>;

export const withDefaults = (sampling: Sampling = {}): FullSampling => ({ ...samplingDefaults, ...sampling });

/** Whether a token that has occurred counts less. */
export const penalises = (sampling: FullSampling): boolean =>
  sampling.presencePenalty !== 0 ||
  sampling.frequencyPenalty !== 0 ||
  sampling.repetitionPenalty !== 1 ||
  sampling.dryMultiplier !== 0;

/** @returns a chain that the caller frees, which frees what is in it. */
export async function createChain(
  library: Library,
  vocabulary: Vocabulary,
  sampling: FullSampling,
): Promise<Pointer> {
  const { llama } = library;
  const { dryMultiplier } = sampling;
  const drySampler = dryMultiplier === 0 ? undefined : await createDry(library, vocabulary, dryMultiplier);
  const chain = made(llama.llama_sampler_chain_init(llama.llama_sampler_chain_default_params()));
  const add = (sampler: Pointer | null): void => llama.llama_sampler_chain_add(chain, made(sampler));
  if (penalises(sampling)) {
    add(
      llama.llama_sampler_init_penalties(
        vocabulary.size,
        penaltyWindow,
        sampling.repetitionPenalty,
        sampling.frequencyPenalty,
        sampling.presencePenalty,
      ),
    );
    if (drySampler !== undefined) add(drySampler);
  }
  if (sampling.temperature <= 0) {
    add(llama.llama_sampler_init_greedy());
    return chain;
  }
  if (sampling.topK > 0) add(llama.llama_sampler_init_top_k(sampling.topK));
  if (sampling.topP < 1) add(llama.llama_sampler_init_top_p(sampling.topP, 1));
  if (sampling.minP > 0) add(llama.llama_sampler_init_min_p(sampling.minP, 1));
  add(llama.llama_sampler_init_temp(sampling.temperature));
  add(llama.llama_sampler_init_dist(sampling.seed >>> 0));
  return chain;
}

/** Off the main thread: it looks for the breakers in each of the vocabulary's texts, 30 ms for Qwen's. */
async function createDry(
  { llama }: Library,
  vocabulary: Vocabulary,
  multiplier: number,
): Promise<Pointer | null> {
  const texts = dry.breakers.map((text) => {
    const bytes = new Uint8Array(new ArrayBuffer(text.length + 1));
    bytes.set(Buffer.from(text, 'utf8'));
    return bytes;
  });
  const addresses = pointers(texts.length);
  for (const [index, text] of texts.entries()) addresses[index] = addressOfView(text);
  const sampler = await llama.llama_sampler_init_dry.later(
    vocabulary.pointer,
    multiplier,
    dry.base,
    dry.allowedLength,
    dry.window,
    addresses,
    texts.length,
  );
  // C reads the texts until here: what is named after the wait is not given back before it.
  texts.length = 0;
  return sampler;
}

function made(sampler: Pointer | null): Pointer {
  if (sampler === null) throw new Error('llama.cpp could not make a sampler');
  return sampler;
}
