/** Guesses the next tokens of an answer from what it may quote: prompt, answer so far, given texts. */
import { setImmediate } from 'node:timers/promises';
import { throwIfCancelled } from '../../../errors.ts';
import { type CostOfBatch, DraftLength, defaultCostOfBatch } from './draft-length.ts';
import { Predictor } from './predictor.ts';

/** Below this a guess after guesses is not worth asking for. */
const leastReached = 0.02;

export interface DrafterOptions {
  /** Tokens of texts that the answer is likely to quote, the likeliest first: a draft page, recognised text. */
  readonly texts?: readonly (readonly number[])[];
  /** Tokens of texts that it may quote phrases of, whatever it is about: {@link htmlPhrases}. */
  readonly phrases?: readonly (readonly number[])[];
  /** Tokens of the prompt, pictures left out. */
  readonly prompt?: readonly number[];
  /** The text of a token; with it, names in closing tags are foreseen. */
  readonly textOf?: (token: number) => string;
  readonly costOfBatch?: CostOfBatch;
}

export interface Drafter {
  /** Takes a token of the answer, guessed or not, in order. */
  accept(token: number): void;
  /**
   * Guesses for what comes next, best for the speed in the long run: none where checking costs more
   * than it promises. Give every token that then comes to `accept`, before proposing again.
   * @param maxTokens Most guesses, 0 or more.
   */
  propose(maxTokens: number): number[];
}

/**
 * A drafter of one answer. Deterministic. It takes constant time a token, whatever the length of what
 * has come, and looks nothing up by rescanning.
 */
export function createDrafter(options: DrafterOptions = {}): Drafter {
  const predictor = new Predictor(options.textOf);
  const reading = readAll(predictor, options);
  while (!reading.next().done);
  return new PromptLookup(predictor, new DraftLength(options.costOfBatch ?? defaultCostOfBatch));
}

/**
 * The same without holding up the event loop: reading texts takes about 8 µs a token, and others get
 * their turn every few milliseconds.
 * @throws PixelwrightError `cancelled`
 */
export async function prepareDrafter(options: DrafterOptions, signal: AbortSignal): Promise<Drafter> {
  const predictor = new Predictor(options.textOf);
  for (const _pause of readAll(predictor, options)) {
    await setImmediate();
    throwIfCancelled(signal);
  }
  return new PromptLookup(predictor, new DraftLength(options.costOfBatch ?? defaultCostOfBatch));
}

function* readAll(predictor: Predictor, options: DrafterOptions): Generator<void, void, undefined> {
  for (const tokens of options.phrases ?? []) yield* predictor.addText(tokens, false);
  for (const tokens of (options.texts ?? []).toReversed()) yield* predictor.addText(tokens, true);
  yield* predictor.addPrompt(options.prompt ?? []);
}

class PromptLookup implements Drafter {
  readonly #predictor: Predictor;
  readonly #length: DraftLength;
  #draft: readonly number[] = [];
  #hopedFor = 0;
  /** Tokens that came since the last proposal, and those of them that agreed with it from its start on. */
  #came = 0;
  #right = 0;

  constructor(predictor: Predictor, length: DraftLength) {
    this.#predictor = predictor;
    this.#length = length;
  }

  accept(token: number): void {
    if (this.#right === this.#came && this.#draft[this.#came] === token) this.#right += 1;
    this.#came += 1;
    this.#predictor.accept(token);
  }

  propose(maxTokens: number): number[] {
    if (this.#came > 0) this.#length.learn(this.#draft.length, this.#right, this.#hopedFor);
    const ahead = this.#predictor.lookahead();
    const probabilities: number[] = [];
    let reached = 1;
    while (probabilities.length < maxTokens && reached > leastReached) {
      const next = this.#predictor.predict(ahead);
      if (next === undefined) break;
      probabilities.push(next.probability);
      reached *= next.probability;
      this.#predictor.assume(ahead, next.token);
    }
    const length = this.#length.choose(probabilities);
    this.#draft = ahead.suffix.guessed.slice(0, length);
    this.#hopedFor = sumOfProducts(probabilities.slice(0, length));
    this.#came = 0;
    this.#right = 0;
    return [...this.#draft];
  }
}

/** Expected number of right guesses. */
function sumOfProducts(probabilities: readonly number[]): number {
  let [sum, product] = [0, 1];
  for (const probability of probabilities) {
    product *= probability;
    sum += product;
  }
  return sum;
}
