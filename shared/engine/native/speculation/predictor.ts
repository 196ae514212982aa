/** The likeliest next token and how likely it is, from all sources of guesses together. */
import { ClosingTags } from './closing-tags.ts';
import { ContextIndex } from './context-index.ts';
import { fromLogit, logit, SuccessRates, TokenRates } from './reliability.ts';
import { boundary, Suffix, Tape } from './tape.ts';
import { TextTrack } from './text-track.ts';
import { type Vote, type VoteState, Weights } from './weights.ts';

/** Lengths of the contexts that are looked up; longer copies of the answer itself are found by these too. */
const orders = [1, 2, 3, 4, 6, 12] as const;
const trackSource = orders.length;
const tagSource = orders.length + 1;
const sources = orders.length + 2;

/** Tokens between two pauses: half a millisecond, and ten times as long before the code is compiled. */
const slice = 64;

export interface Prediction {
  readonly token: number;
  /** 0..1, as far as the past tells. */
  readonly probability: number;
}

/** Tokens that are assumed to come, and where the sources stand after them. */
export interface Lookahead {
  readonly suffix: Suffix;
  readonly tags: ClosingTags | undefined;
  /** The text that is followed, while the assumed tokens agree with it. */
  track: TextTrack | undefined;
}

/**
 * Every source that has an opinion votes for one token: contexts of several lengths for what followed
 * them last time, the followed text for its next token, the open element for its name. Each vote counts
 * as much as votes of its kind have been right (log-odds), and a logistic regression, trained on every
 * token that comes, weighs the kinds against each other.
 */
export class Predictor {
  readonly #tape = new Tape();
  readonly #contexts = orders.map((order) => new ContextIndex(this.#tape, order));
  readonly #textOf: ((token: number) => string) | undefined;
  readonly #rates = [
    ...orders.map((order) => new SuccessRates(20, (state) => contextPrior(order, state >> 2))),
    new SuccessRates(20, (state) => contextPrior(3, state >> 2) / (1 + 0.3 * (state & 3))),
    new SuccessRates(1, () => 0.9),
  ];
  readonly #tokenRates = new TokenRates();
  readonly #weights = new Weights(sources);
  readonly #tracks: TextTrack[] = [];
  #tags: ClosingTags | undefined;

  constructor(textOf: ((token: number) => string) | undefined) {
    this.#textOf = textOf;
    this.#restartTags();
  }

  /**
   * Takes a whole text that may be quoted; with `follow`, from any place on, differences included. Pauses
   * now and then, for the caller to let others work.
   */
  *addText(tokens: readonly number[], follow: boolean): Generator<void, void, undefined> {
    const start = this.#tape.length;
    yield* this.#learnAll(tokens);
    if (follow) this.#tracks.push(new TextTrack(this.#tape, start, this.#tape.length));
    this.#tape.push(boundary);
    this.#restartTags();
  }

  /** Takes what stands before the text that is being written, with pauses as {@link addText} has. */
  *addPrompt(tokens: readonly number[]): Generator<void, void, undefined> {
    yield* this.#learnAll(tokens);
    this.#restartTags();
  }

  /** Takes the next token of the text that is being written. */
  accept(token: number): void {
    this.#learn(token);
    const suffix = new Suffix(this.#tape);
    for (const track of this.#tracks) track.accept(token, suffix);
  }

  lookahead(): Lookahead {
    return { suffix: new Suffix(this.#tape), tags: this.#tags?.clone(), track: this.#bestTrack() };
  }

  /** The next token after what is assumed, if any source has an opinion. */
  predict(ahead: Lookahead): Prediction | undefined {
    const votes = this.#votes(ahead);
    const reliability = this.#tokenRates.logit(ahead.suffix.last(1));
    let best: Prediction | undefined;
    for (const token of candidates(votes)) {
      const probability = fromLogit(this.#weights.sum(votes, token, reliability));
      if (best === undefined || probability > best.probability) best = { token, probability };
    }
    return best;
  }

  /** Assumes one more token. */
  assume(ahead: Lookahead, token: number): void {
    if (ahead.track?.next(ahead.suffix.guessed.length) !== token) ahead.track = undefined;
    ahead.tags?.accept(token);
    ahead.suffix.guess(token);
  }

  *#learnAll(tokens: readonly number[]): Generator<void, void, undefined> {
    for (const [index, token] of tokens.entries()) {
      this.#learn(token);
      if (index % slice === slice - 1) yield;
    }
  }

  #learn(token: number): void {
    const here = this.lookahead();
    const votes = this.#votes(here);
    if (votes.length > 0) this.#learnVotes(votes, token, here.suffix.last(1));
    for (const context of this.#contexts) context.learn(here.suffix, token);
    this.#tags?.accept(token);
    this.#tape.push(token);
  }

  #learnVotes(votes: readonly Vote[], token: number, before: number): void {
    const reliability = this.#tokenRates.logit(before);
    let best: Prediction | undefined;
    const sums = [...candidates(votes)].map((candidate) => {
      const probability = fromLogit(this.#weights.sum(votes, candidate, reliability));
      if (best === undefined || probability > best.probability) best = { token: candidate, probability };
      return { candidate, probability };
    });
    for (const { candidate, probability } of sums) {
      const error = (candidate === token ? 1 : 0) - probability;
      this.#weights.learn(votes, candidate, reliability, error);
    }
    for (const vote of votes) this.#rates[vote.source]?.learn(vote.state, vote.token === token);
    this.#tokenRates.learn(before, best?.token === token);
  }

  #votes({ suffix, tags, track }: Lookahead): Vote[] {
    const votes: Vote[] = [];
    const vote = (source: number, token: number, state: VoteState) => {
      if (token === boundary) return;
      votes.push({ source, token, state, strength: 1 + logit(this.#rates[source]?.rate(state) ?? 0.5) });
    };
    const guessed = suffix.guessed.length;
    for (const [source, context] of this.#contexts.entries()) {
      const found = context.find(suffix);
      if (found === undefined) continue;
      vote(source, this.#tape.at(found.place), Math.min(4, found.repeats) * 4 + Math.min(3, found.returns));
    }
    if (track !== undefined) {
      const agreed = lengthClass(track.agreed + guessed);
      vote(trackSource, track.next(guessed), agreed * 4 + Math.min(3, track.differed));
    }
    const name = tags?.expected();
    if (name !== undefined) vote(tagSource, name, 0);
    return votes;
  }

  #bestTrack(): TextTrack | undefined {
    let best: TextTrack | undefined;
    for (const track of this.#tracks) {
      if (track.next(0) !== boundary && (best === undefined || track.agreed > best.agreed)) best = track;
    }
    return best;
  }

  #restartTags(): void {
    this.#tags = this.#textOf === undefined ? undefined : new ClosingTags(this.#textOf);
  }
}

/** Before anything is known: longer contexts and steadier followers are right more often. */
function contextPrior(order: number, repeats: number): number {
  return 1 - 0.7 / ((1 + 0.5 * (order - 1)) * (1 + 0.6 * repeats));
}

function lengthClass(agreed: number): number {
  if (agreed < 1) return 0;
  if (agreed < 3) return 1;
  if (agreed < 8) return 2;
  return agreed < 20 ? 3 : 4;
}

/** Those of the most specific source first, so that they win a tie. */
function candidates(votes: readonly Vote[]): Set<number> {
  return new Set(votes.map(({ token }) => token).reverse());
}
