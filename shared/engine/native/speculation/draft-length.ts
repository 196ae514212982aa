/** How many guesses are worth their compute. */

/** Steps after which what was gained and spent counts half as much. */
const halfLife = 20;
const keep = 0.5 ** (1 / halfLife);
/** Weight of the prior, in steps; of what guesses were expected to bring, in tokens. */
const priorSteps = 10;
const priorTokens = 4;

/**
 * Milliseconds for a batch of `tokens` ≥ 1. Only ratios matter, so that its unit may change on the way.
 *
 * The default is between what a processor needs (reading the weights dominates one token, computing
 * several) and the cheaper batches of a graphics card.
 */
export type CostOfBatch = (tokens: number) => number;

export const defaultCostOfBatch: CostOfBatch = (tokens) => 1 + 0.3 * (tokens - 1);

/**
 * Chooses lengths that bring most tokens a millisecond in the long run. At a rate of `r` tokens in the
 * time of one, a guess pays that brings more than `r` times its extra cost; `r` is what the last steps
 * reached (the fixed point of Dinkelbach's method for ratios).
 */
export class DraftLength {
  readonly #cost: CostOfBatch;
  #gained = priorSteps;
  /** In batches of one token. */
  #spent = priorSteps;
  #expected = priorTokens;
  #accepted = priorTokens;

  constructor(cost: CostOfBatch) {
    this.#cost = cost;
  }

  /** Tokens in the time of a batch of one, lately; never less than 1, which is had without guesses. */
  get rate(): number {
    return Math.max(this.#gained / this.#spent, 1);
  }

  /** How many of the hoped-for guesses came true lately, 0..1.25; 1 at the start. */
  get trust(): number {
    return Math.min(1.25, this.#accepted / this.#expected);
  }

  /**
   * The best length given each guess's probability of being right if those before it are.
   * @returns 0..`probabilities.length`
   */
  choose(probabilities: readonly number[]): number {
    let [best, bestGain] = [0, 0];
    let gain = 0;
    let reached = this.trust;
    const rate = this.rate / this.#cost(1);
    for (const [index, probability] of probabilities.entries()) {
      reached *= probability;
      gain += reached - rate * (this.#cost(index + 2) - this.#cost(index + 1));
      if (gain > bestGain) [best, bestGain] = [index + 1, gain];
    }
    return best;
  }

  /** Takes the outcome of a step: guesses checked and right, and the right ones that were hoped for. */
  learn(checked: number, right: number, hopedFor: number): void {
    this.#gained = this.#gained * keep + right + 1;
    this.#spent = this.#spent * keep + this.#cost(checked + 1) / this.#cost(1);
    // The prior fades in again, so that distrust after failures is given up and tried anew.
    this.#expected = this.#expected * keep + priorTokens * (1 - keep) + hopedFor;
    this.#accepted = this.#accepted * keep + priorTokens * (1 - keep) + right;
  }
}
