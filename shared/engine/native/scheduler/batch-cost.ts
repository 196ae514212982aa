/** Learns what a batch costs on this machine, so that speculation guesses as much as pays. */

/** Weight of what was measured, lost with each further batch: the last fifty or so count. */
const keep = 0.98;
/** Before batches of several sizes were seen: each further token costs this part of the first one. */
const priorSlope = 0.3;
/** Variance of the sizes, in tokens², from which on the slope is taken from the measurements. */
const enoughVariance = 0.5;

export class BatchCost {
  // Weighted sums for a straight line through (tokens, milliseconds).
  #weight = 0;
  #tokens = 0;
  #time = 0;
  #tokensSquared = 0;
  #tokensTime = 0;

  /** @param milliseconds that a decode of `tokens` tokens took. */
  record(tokens: number, milliseconds: number): void {
    this.#weight = this.#weight * keep + 1;
    this.#tokens = this.#tokens * keep + tokens;
    this.#time = this.#time * keep + milliseconds;
    this.#tokensSquared = this.#tokensSquared * keep + tokens * tokens;
    this.#tokensTime = this.#tokensTime * keep + tokens * milliseconds;
  }

  /**
   * Milliseconds for a request with `tokens` tokens, if `sharers` requests share what a batch costs however
   * small it is; in arbitrary units before the first measurement.
   */
  of(tokens: number, sharers: number): number {
    const { fixed, each } = this.#line();
    return fixed / sharers + each * tokens;
  }

  #line(): { readonly fixed: number; readonly each: number } {
    if (this.#weight === 0) return { fixed: 1 - priorSlope, each: priorSlope };
    const tokens = this.#tokens / this.#weight;
    const time = this.#time / this.#weight;
    const variance = this.#tokensSquared / this.#weight - tokens * tokens;
    const covariance = this.#tokensTime / this.#weight - tokens * time;
    const prior = (time * priorSlope) / (1 + priorSlope * (tokens - 1));
    const each = variance < enoughVariance ? prior : covariance / variance;
    // Neither a batch for nothing nor a token for nothing: both would be noise.
    const bounded = Math.min(Math.max(each, 0.01 * time), time / tokens);
    return { fixed: time - bounded * tokens, each: bounded };
  }
}
