/** A grammar that says which tokens may come next. */
import { PixelwrightError } from '../../../errors.ts';
import type { Library } from '../library/load.ts';
import type { Pointer } from '../library/types.ts';
import type { Vocabulary } from '../model/vocabulary.ts';
import { type Candidates, manyCandidates } from './candidates.ts';

export class Grammar {
  readonly #library: Library;
  readonly #sampler: Pointer;
  #freed = false;

  /** @param text GBNF whose start rule is `root`. @throws PixelwrightError `option-invalid` if llama.cpp refuses it. */
  constructor(library: Library, vocabulary: Vocabulary, text: string) {
    const sampler = library.llama.llama_sampler_init_grammar(vocabulary.pointer, text, 'root');
    if (sampler === null) {
      throw new PixelwrightError(
        'option-invalid',
        `The grammar should be GBNF with a rule named root; llama.cpp refused it: ${text.slice(0, 200)}`,
        { next: 'Correct the grammar.', details: { grammar: text.slice(0, 4000) } },
      );
    }
    this.#library = library;
    this.#sampler = sampler;
  }

  /** Whether one token may come next. `candidates` is overwritten. */
  allows(token: number, candidates: Candidates): boolean {
    candidates.single(token);
    this.#library.llama.llama_sampler_apply(this.#sampler, candidates.array);
    return candidates.keepAllowed() === 1;
  }

  /** Drops the candidates that may not come next. @returns how many are left. */
  async filter(candidates: Candidates): Promise<number> {
    const { llama_sampler_apply } = this.#library.llama;
    if (candidates.size > manyCandidates) await llama_sampler_apply.later(this.#sampler, candidates.array);
    else llama_sampler_apply(this.#sampler, candidates.array);
    return candidates.keepAllowed();
  }

  /** Goes on by a token that it allows. */
  accept(token: number): void {
    this.#library.llama.llama_sampler_accept(this.#sampler, token);
  }

  free(): void {
    if (!this.#freed) this.#library.llama.llama_sampler_free(this.#sampler);
    this.#freed = true;
  }
}
