/** Finds in constant time where the last n tokens have stood before, for one n. */
import { boundary, type Suffix, type Tape } from './tape.ts';

const firstCapacity = 1024;
const mostCounted = 255;

/** What has followed a context so far. */
export interface Occurrence {
  /** Place on the tape of the token that followed last time. */
  readonly place: number;
  /** How many times in a row the follower was that of the time before, up to 255. */
  readonly repeats: number;
  /** How many times the context has come again, up to 255. */
  readonly returns: number;
}

/**
 * A hash table from contexts of `order` tokens to their latest occurrence. Entries are compared token
 * by token, so that a hash collision never gives a wrong place. Memory: about 12 to 24 bytes a token.
 */
export class ContextIndex {
  readonly order: number;
  readonly #tape: Tape;
  /** Place of the follower plus one; 0 is free. */
  #places = new Int32Array(firstCapacity);
  #repeats = new Uint8Array(firstCapacity);
  #returns = new Uint8Array(firstCapacity);
  #used = 0;

  constructor(tape: Tape, order: number) {
    this.#tape = tape;
    this.order = order;
  }

  /** Latest place before which the tape holds the last `order` tokens of `suffix`, if there is one. */
  find(suffix: Suffix): Occurrence | undefined {
    if (suffix.run < this.order) return undefined;
    const slot = this.#slotOf(suffix);
    const stored = this.#places[slot] ?? 0;
    if (stored === 0) return undefined;
    return {
      place: stored - 1,
      repeats: this.#repeats[slot] ?? 0,
      returns: this.#returns[slot] ?? 0,
    };
  }

  /** Notes that the end of the tape, given as `suffix` without guesses, is about to be followed by `token`. */
  learn(suffix: Suffix, token: number): void {
    if (suffix.run < this.order) return;
    if (this.#used * 2 >= this.#places.length) this.#grow();
    const slot = this.#slotOf(suffix);
    const stored = this.#places[slot] ?? 0;
    if (stored === 0) this.#used += 1;
    else {
      const again = this.#tape.at(stored - 1) === token;
      this.#repeats[slot] = again ? Math.min(mostCounted, (this.#repeats[slot] ?? 0) + 1) : 0;
      this.#returns[slot] = Math.min(mostCounted, (this.#returns[slot] ?? 0) + 1);
    }
    this.#places[slot] = suffix.length + 1;
  }

  /** The slot of this context, or the free one where it belongs. */
  #slotOf(suffix: Suffix): number {
    let hash = this.order;
    for (let back = this.order; back > 0; back -= 1) hash = mix(hash, suffix.last(back));
    const mask = this.#places.length - 1;
    let slot = finish(hash) & mask;
    for (;;) {
      const stored = this.#places[slot] ?? 0;
      if (stored === 0 || this.#holds(stored - 1, suffix)) return slot;
      slot = (slot + 1) & mask;
    }
  }

  #holds(place: number, suffix: Suffix): boolean {
    for (let back = 1; back <= this.order; back += 1) {
      if (this.#tape.at(place - back) !== suffix.last(back)) return false;
    }
    return true;
  }

  #grow(): void {
    const [places, repeats, returns] = [this.#places, this.#repeats, this.#returns];
    this.#places = new Int32Array(places.length * 2);
    this.#repeats = new Uint8Array(places.length * 2);
    this.#returns = new Uint8Array(places.length * 2);
    const mask = this.#places.length - 1;
    for (const [old, stored] of places.entries()) {
      if (stored === 0) continue;
      let hash = this.order;
      for (let back = this.order; back > 0; back -= 1) hash = mix(hash, this.#tape.at(stored - 1 - back));
      let slot = finish(hash) & mask;
      while (this.#places[slot] !== 0) slot = (slot + 1) & mask;
      this.#places[slot] = stored;
      this.#repeats[slot] = repeats[old] ?? 0;
      this.#returns[slot] = returns[old] ?? 0;
    }
  }
}

/** How many tokens before `place` equal the last ones of `suffix`, up to `most`. */
export function commonTail(tape: Tape, place: number, suffix: Suffix, most: number): number {
  let length = 0;
  while (length < most) {
    const token = suffix.last(length + 1);
    if (token === boundary || tape.at(place - length - 1) !== token) break;
    length += 1;
  }
  return length;
}

/** FNV-1a's multiplication, over whole tokens. */
function mix(hash: number, token: number): number {
  return Math.imul(hash ^ token, 0x01000193) ^ (hash >>> 15);
}

/** The last step of MurmurHash3, so that the low bits depend on all others. */
function finish(hash: number): number {
  const once = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  return once ^ (once >>> 13);
}
