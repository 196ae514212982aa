/** Draws the next token from logits: by likelihood, penalties and chance, held to a grammar where there is one. */
import type { Sampling } from '../../engine.ts';
import type { Library } from '../library/load.ts';
import type { Pointer } from '../library/types.ts';
import type { Vocabulary } from '../model/vocabulary.ts';
import { type Candidates, likeliest, manyCandidates } from './candidates.ts';
import { createChain, type FullSampling, penalises, penaltyWindow, withDefaults } from './chain.ts';
import { Grammar } from './grammar.ts';

/** Candidates that a refused token is replaced from before the whole vocabulary is asked: 0.1 ms against 12. */
const firstLook = 256;

export interface SamplerOptions {
  readonly sampling?: Sampling | undefined;
  /** GBNF. */
  readonly grammar?: string | undefined;
}

export class Sampler {
  readonly #library: Library;
  readonly #candidates: Candidates;
  readonly #sampling: FullSampling;
  readonly #grammar: Grammar | undefined;
  /** None where the likeliest token is all that is wanted. */
  readonly #chain: Pointer | undefined;
  /** Tokens of the answer, where DRY looks back on all of them. */
  readonly #occurred = new Set<number>();

  private constructor(
    library: Library,
    candidates: Candidates,
    sampling: FullSampling,
    grammar: Grammar | undefined,
    chain: Pointer | undefined,
  ) {
    this.#library = library;
    this.#candidates = candidates;
    this.#sampling = sampling;
    this.#grammar = grammar;
    this.#chain = chain;
  }

  /**
   * @param candidates scratch memory, which may be shared by samplers that are not used at the same time.
   * @throws PixelwrightError `option-invalid` for a grammar that cannot be read.
   */
  static async create(
    library: Library,
    vocabulary: Vocabulary,
    candidates: Candidates,
    options: SamplerOptions,
  ): Promise<Sampler> {
    const sampling = withDefaults(options.sampling);
    const grammar =
      options.grammar === undefined ? undefined : new Grammar(library, vocabulary, options.grammar);
    try {
      const plain = sampling.temperature <= 0 && !penalises(sampling);
      const chain = plain ? undefined : await createChain(library, vocabulary, sampling);
      return new Sampler(library, candidates, sampling, grammar, chain);
    } catch (error) {
      grammar?.free();
      throw error;
    }
  }

  /** The next token, not yet accepted. @param logits f32[vocabulary size]. */
  async sample(logits: Float32Array): Promise<number> {
    const token = await this.#draw(logits);
    if (this.#grammar === undefined || this.#grammar.allows(token, this.#candidates)) return token;
    this.#candidates.top(logits, Math.max(firstLook, this.#window(logits)));
    if ((await this.#grammar.filter(this.#candidates)) > 0) return await this.#select();
    this.#candidates.all(logits);
    const left = await this.#grammar.filter(this.#candidates);
    if (left === 0) throw new RangeError('the grammar allows no token here');
    return await this.#select();
  }

  accept(token: number): void {
    if (this.#sampling.dryMultiplier !== 0) this.#occurred.add(token);
    this.#grammar?.accept(token);
    if (this.#chain !== undefined) this.#library.llama.llama_sampler_accept(this.#chain, token);
  }

  async #draw(logits: Float32Array): Promise<number> {
    if (this.#chain === undefined) return likeliest(logits);
    this.#candidates.top(logits, this.#window(logits));
    return await this.#select();
  }

  async #select(): Promise<number> {
    if (this.#chain === undefined) return this.#candidates.likeliest;
    const { llama_sampler_apply } = this.#library.llama;
    if (this.#candidates.size <= manyCandidates) llama_sampler_apply(this.#chain, this.#candidates.array);
    else await llama_sampler_apply.later(this.#chain, this.#candidates.array);
    return this.#candidates.selected;
  }

  /**
   * How many of the likeliest tokens can be drawn at all. A penalty only makes a token less likely, so
   * those that it pushes out of the first k are replaced by at most as many as are penalised.
   */
  #window(logits: Float32Array): number {
    const { topK, temperature, repetitionPenalty, presencePenalty, frequencyPenalty, dryMultiplier } =
      this.#sampling;
    const rewards = repetitionPenalty < 1 || presencePenalty < 0 || frequencyPenalty < 0 || dryMultiplier < 0;
    const wanted = temperature <= 0 ? 1 : topK;
    if (wanted <= 0 || rewards) return logits.length;
    // DRY penalises only what has occurred, as the other penalties do in a shorter window.
    if (dryMultiplier !== 0) return wanted + this.#occurred.size;
    return wanted + (penalises(this.#sampling) ? penaltyWindow : 0);
  }

  free(): void {
    this.#grammar?.free();
    if (this.#chain !== undefined) this.#library.llama.llama_sampler_free(this.#chain);
  }
}
