/** Logits by a seed, and llama.cpp's own chain over the whole vocabulary to compare with. */
import type { Sampling } from '../../../shared/engine/engine.ts';
import { float32s } from '../../../shared/engine/native/library/memory.ts';
import { Candidates } from '../../../shared/engine/native/sampler/candidates.ts';
import { createChain, withDefaults } from '../../../shared/engine/native/sampler/chain.ts';
import { bell, randomFor } from '../../models/random.ts';
import type { TinyLibrary } from '../model/tiny-library.ts';

export interface TokenSource {
  draw(logits: Float32Array): Promise<number> | number;
  accept(token: number): void;
  free(): void;
}

/** What llama.cpp draws when all tokens are candidates: slower, and without any shortcut of ours. */
export async function fullChain({ library, model }: TinyLibrary, sampling: Sampling): Promise<TokenSource> {
  const { vocabulary } = model;
  const chain = await createChain(library, vocabulary, withDefaults(sampling));
  const candidates = new Candidates(vocabulary.size);
  return {
    draw(logits) {
      candidates.all(logits);
      library.llama.llama_sampler_apply(chain, candidates.array);
      return candidates.selected;
    },
    accept: (token) => library.llama.llama_sampler_accept(chain, token),
    free: () => library.llama.llama_sampler_free(chain),
  };
}

/** Bell-shaped logits of standard deviation `spread`; equal for equal names. */
export function randomLogits(name: string, size: number, spread = 3): Float32Array {
  const random = randomFor(name);
  const logits = float32s(size);
  for (let index = 0; index < size; index++) logits[index] = spread * bell(random);
  return logits;
}

/**
 * Draws one after the other, each accepted. The logits of neighbours have much in common, so that tokens
 * come again and penalties have something to do.
 */
export async function drawSeries(
  source: TokenSource,
  size: number,
  length: number,
  spread?: number,
): Promise<number[]> {
  const tokens: number[] = [];
  const common = randomLogits('common', size, spread);
  for (let step = 0; step < length; step++) {
    const own = randomLogits(`step ${step}`, size, 1);
    for (let id = 0; id < size; id++) own[id] = (own[id] ?? 0) + (common[id] ?? 0);
    const token = await source.draw(own);
    source.accept(token);
    tokens.push(token);
  }
  return tokens;
}
