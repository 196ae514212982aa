/** Weighs votes for a token against votes for others: a logistic regression that learns as it goes. */

/** What else a source knows about its vote, as a small number. */
export type VoteState = number;

export interface Vote {
  /** Which source it is, from 0. */
  readonly source: number;
  readonly token: number;
  readonly state: VoteState;
  /** Log-odds of such votes, plus one. */
  readonly strength: number;
}

/** Small, because the start values are near those that many pages lead to. */
const learningRate = 0.01;

export class Weights {
  /** By source: what a vote for the token counts, and one for another token. */
  readonly #agreeing: Float64Array;
  readonly #opposing: Float64Array;
  #reliability = 0.4;
  #bias = -0.9;

  /** The last source is the certain one: it speaks rarely, and then overrules the others. */
  constructor(sources: number) {
    this.#agreeing = new Float64Array(sources).fill(0.2);
    // Shorter contexts are in every sum, longer ones repeat what they say.
    this.#agreeing[0] = 0.4;
    this.#agreeing[1] = 0.35;
    this.#agreeing[sources - 1] = 1;
    this.#opposing = new Float64Array(sources).fill(-0.25);
    this.#opposing[sources - 1] = -1;
  }

  /** Log-odds that `token` comes next. `reliability` is how well what follows here is foreseen, as log-odds. */
  sum(votes: readonly Vote[], token: number, reliability: number): number {
    let sum = this.#bias + this.#reliability * reliability;
    for (const vote of votes) {
      const weights = vote.token === token ? this.#agreeing : this.#opposing;
      sum += (weights[vote.source] ?? 0) * vote.strength;
    }
    return sum;
  }

  /** `error`: 1 or 0 for what came, less the probability that was given. */
  learn(votes: readonly Vote[], token: number, reliability: number, error: number): void {
    const step = learningRate * error;
    this.#bias += step;
    this.#reliability += step * reliability;
    for (const vote of votes) {
      const weights = vote.token === token ? this.#agreeing : this.#opposing;
      weights[vote.source] = (weights[vote.source] ?? 0) + step * vote.strength;
    }
  }
}
