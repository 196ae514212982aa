/** How often sources of guesses have been right, in each of a few states, the recent past counting more. */

/** The counts are halved here, so that about the last hundred trials count. */
const memory = 100;
const priorWeight = 6;

/** Rates of success by state, learned from a prior. */
export class SuccessRates {
  readonly #right: Float64Array;
  readonly #trials: Float64Array;

  /** `prior` gives the rate of each state before anything is known, 0..1. */
  constructor(states: number, prior: (state: number) => number) {
    this.#right = Float64Array.from({ length: states }, (_, state) => prior(state) * priorWeight);
    this.#trials = new Float64Array(states).fill(priorWeight);
  }

  /** 0..1. */
  rate(state: number): number {
    return (this.#right[state] ?? 0) / (this.#trials[state] ?? 1);
  }

  learn(state: number, right: boolean): void {
    this.#right[state] = (this.#right[state] ?? 0) + (right ? 1 : 0);
    this.#trials[state] = (this.#trials[state] ?? 0) + 1;
    if ((this.#trials[state] ?? 0) <= memory) return;
    this.#right[state] = (this.#right[state] ?? 0) / 2;
    this.#trials[state] = (this.#trials[state] ?? 0) / 2;
  }
}

/** How often what follows a token was foreseen; of a token, about the last dozen times count. */
export class TokenRates {
  readonly #counts = new Map<number, { right: number; trials: number }>();

  /** Log-odds; 0 for a token that has not come yet. */
  logit(token: number): number {
    const counts = this.#counts.get(token);
    return counts === undefined ? 0 : logit((counts.right + 0.4) / (counts.trials + 1));
  }

  learn(token: number, right: boolean): void {
    const counts = this.#counts.get(token) ?? { right: 0, trials: 0 };
    counts.right += right ? 1 : 0;
    counts.trials += 1;
    if (counts.trials > 12) {
      counts.right /= 2;
      counts.trials /= 2;
    }
    this.#counts.set(token, counts);
  }
}

/** Log-odds of a probability, which is kept off 0 and 1. */
export function logit(probability: number): number {
  const inside = Math.min(0.995, Math.max(0.005, probability));
  return Math.log(inside / (1 - inside));
}

export function fromLogit(value: number): number {
  return 1 / (1 + Math.exp(-value));
}
