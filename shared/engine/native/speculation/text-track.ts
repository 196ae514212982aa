/** Follows the place in a text that an answer is quoting, over differences between the two. */
import { commonTail } from './context-index.ts';
import { boundary, type Suffix, type Tape } from './tape.ts';

/** Tokens around the expected place where the thread is looked for after a difference. */
const window = { before: 16, after: 64 };
const longestTail = 16;
/** So many agreeing tokens make up for earlier differences. */
const forgiving = 8;
/** So many differences without making up, and the place is given up. */
const patience = 12;
/** Agreeing tokens that it takes to start somewhere else in the text. */
const landing = 3;

export class TextTrack {
  readonly #tape: Tape;
  readonly #start: number;
  readonly #end: number;
  readonly #landings = new Map<number, number[]>();
  /** Place of the token that should come next. */
  #place: number | undefined;
  /** Where to look first for a new place. */
  #anchor: number;
  #agreed = 0;
  #differed = 0;

  /** The text is on the tape, from `start` up to `end`. */
  constructor(tape: Tape, start: number, end: number) {
    this.#tape = tape;
    this.#start = start;
    this.#end = end;
    this.#anchor = start;
    for (let place = start + landing; place < end; place += 1) {
      const key = keyOf(tape.at(place - 3), tape.at(place - 2), tape.at(place - 1));
      const places = this.#landings.get(key);
      if (places === undefined) this.#landings.set(key, [place]);
      else places.push(place);
    }
  }

  /** Tokens that have agreed since the last difference; 0 without a place. */
  get agreed(): number {
    return this.#place === undefined ? 0 : this.#agreed;
  }

  /** Differences that have not been made up for. */
  get differed(): number {
    return this.#differed;
  }

  /** The token `ahead` places after the next one, or `boundary`. */
  next(ahead: number): number {
    if (this.#place === undefined || this.#place + ahead >= this.#end) return boundary;
    return this.#tape.at(this.#place + ahead);
  }

  /** Takes the token that the answer went on with; `suffix` ends with it. */
  accept(token: number, suffix: Suffix): void {
    if (this.#place !== undefined) this.#step(token);
    if (this.#place !== undefined && this.#differed > 0) this.#realign(suffix);
    if (this.#place === undefined) this.#land(suffix);
    if (this.#place !== undefined && this.#place >= this.#end) this.#place = undefined;
  }

  #step(token: number): void {
    const place = this.#place ?? this.#start;
    if (this.#tape.at(place) === token) {
      this.#agreed += 1;
      if (this.#agreed >= forgiving) this.#differed = 0;
    } else {
      this.#agreed = 0;
      this.#differed += 1;
    }
    this.#anchor = place;
    this.#place = this.#differed > patience ? undefined : place + 1;
  }

  /** After a difference the thread may go on a few tokens earlier or later: the longest agreement wins. */
  #realign(suffix: Suffix): void {
    const expected = this.#place ?? this.#start;
    let best = { place: expected, agreed: this.#agreed };
    const from = Math.max(this.#start + 1, expected - window.before);
    const to = Math.min(this.#end - 1, expected + window.after);
    for (let place = from; place <= to; place += 1) {
      const agreed = Math.min(place - this.#start, commonTail(this.#tape, place, suffix, longestTail));
      const nearer = Math.abs(place - expected) < Math.abs(best.place - expected);
      if (agreed > best.agreed || (agreed === best.agreed && agreed > this.#agreed && nearer)) {
        best = { place, agreed };
      }
    }
    this.#place = best.place;
    this.#agreed = best.agreed;
  }

  #land(suffix: Suffix): void {
    const places = this.#landings.get(keyOf(suffix.last(3), suffix.last(2), suffix.last(1))) ?? [];
    const agreeing = (place: number) => commonTail(this.#tape, place, suffix, landing) === landing;
    const place = places.find((each) => each > this.#anchor && agreeing(each)) ?? places.findLast(agreeing);
    if (place === undefined) return;
    this.#place = place;
    this.#agreed = landing;
    this.#differed = 1;
  }
}

function keyOf(first: number, second: number, third: number): number {
  return (first * 31 + second) * 31 + third;
}
