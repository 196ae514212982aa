/** All tokens that guesses may come from, one text after the other, growing at the end. */

/** Stands between two texts; no token has it. */
export const boundary = -1;

export class Tape {
  #tokens = new Int32Array(1024);
  #length = 0;
  #sinceBoundary = 0;

  get length(): number {
    return this.#length;
  }

  /** Tokens of the text at the end. */
  get sinceBoundary(): number {
    return this.#sinceBoundary;
  }

  /** The token at a place, or `boundary` outside the tape. */
  at(place: number): number {
    return this.#tokens[place] !== undefined && place < this.#length ? this.#tokens[place] : boundary;
  }

  push(token: number): void {
    if (this.#length === this.#tokens.length) {
      const larger = new Int32Array(this.#tokens.length * 2);
      larger.set(this.#tokens);
      this.#tokens = larger;
    }
    this.#tokens[this.#length] = token;
    this.#length += 1;
    this.#sinceBoundary = token === boundary ? 0 : this.#sinceBoundary + 1;
  }
}

/** A tape with guessed tokens after its end. */
export class Suffix {
  readonly #tape: Tape;
  readonly #guessed: number[] = [];

  constructor(tape: Tape) {
    this.#tape = tape;
  }

  get guessed(): readonly number[] {
    return this.#guessed;
  }

  get length(): number {
    return this.#tape.length + this.#guessed.length;
  }

  /** Tokens back to the last boundary. */
  get run(): number {
    return this.#tape.sinceBoundary + this.#guessed.length;
  }

  /** `back` of 1 is the last token; `boundary` before the start. */
  last(back: number): number {
    const place = this.#guessed.length - back;
    return place >= 0 ? (this.#guessed[place] ?? boundary) : this.#tape.at(this.#tape.length + place);
  }

  guess(token: number): void {
    this.#guessed.push(token);
  }
}
