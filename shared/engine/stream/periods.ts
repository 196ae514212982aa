/** Finds a text whose end is periodic, while the text grows, at constant cost a character. */

/** Characters that must agree before a distance counts as a candidate period. */
const seedLength = 12;

export class PeriodFinder {
  readonly #characters: string[] = [];
  /** Where the last `seedLength` characters stood before, by their text. */
  readonly #lastSeen = new Map<string, number>();
  #seed = '';
  #period = 0;
  /** Characters at the end that equal those one period before. */
  #matched = 0;

  push(character: string): void {
    const index = this.#characters.length;
    this.#characters.push(character);
    this.#seed = (this.#seed + character).slice(-seedLength);
    if (this.#period > 0 && character === this.#characters[index - this.#period]) this.#matched += 1;
    else this.#restart(index);
    if (this.#seed.length === seedLength) this.#lastSeen.set(this.#seed, index);
  }

  /** Length of one copy, or 0 while nothing repeats. */
  get period(): number {
    return this.#period;
  }

  /** Length of the periodic end, its first copy included. */
  get repeatedLength(): number {
    return this.#period === 0 ? 0 : this.#matched + this.#period;
  }

  get length(): number {
    return this.#characters.length;
  }

  #restart(index: number): void {
    const before = this.#lastSeen.get(this.#seed);
    this.#period = before === undefined ? 0 : index - before;
    this.#matched = before === undefined ? 0 : seedLength;
  }
}
