/** Turns the bytes of tokens into text: whole characters only, and nothing from a stop text on. */

export class TextOutput {
  readonly #decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  readonly #stops: readonly string[];
  #held = '';
  #stopped = false;

  /** @param stops none of them empty. */
  constructor(stops: readonly string[] = []) {
    this.#stops = stops.filter((stop) => stop.length > 0);
  }

  /** Whether a stop text has come. */
  get stopped(): boolean {
    return this.#stopped;
  }

  /** @returns the text that can be told now. */
  push(bytes: Uint8Array): string {
    return this.#take(this.#decoder.decode(bytes, { stream: true }), false);
  }

  /** @returns the rest: half of a character comes as U+FFFD. */
  end(): string {
    return this.#take(this.#decoder.decode(), true);
  }

  #take(text: string, last: boolean): string {
    if (this.#stopped) return '';
    this.#held += text;
    const at = this.#stopAt();
    if (at !== undefined) {
      this.#stopped = true;
      return this.#release(at);
    }
    return this.#release(last ? this.#held.length : this.#held.length - this.#possibleStop());
  }

  #release(length: number): string {
    const told = this.#held.slice(0, length);
    this.#held = this.#stopped ? '' : this.#held.slice(length);
    return told;
  }

  #stopAt(): number | undefined {
    const found = this.#stops.map((stop) => this.#held.indexOf(stop)).filter((index) => index >= 0);
    return found.length > 0 ? Math.min(...found) : undefined;
  }

  /** Length of the end that could be the beginning of a stop text. */
  #possibleStop(): number {
    let longest = 0;
    for (const stop of this.#stops) {
      for (let length = Math.min(stop.length - 1, this.#held.length); length > longest; length--) {
        if (this.#held.endsWith(stop.slice(0, length))) longest = length;
      }
    }
    return longest;
  }
}
