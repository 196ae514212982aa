/** Tells from a growing text that its writer is caught in a loop. */
import type { Repetition } from '../engine.ts';
import { PeriodFinder } from './periods.ts';

/**
 * Least length of a repeated end. Pages repeat themselves rightly (stars, cells, cards), so a short
 * copy must come more often than a long one: 40 times at 16 characters, 10 at 256, 3 from 2,845 on.
 */
function leastRepeatedLength(period: number): number {
  const copies = Math.max(3, 160 / Math.sqrt(period));
  return Math.max(500, copies * period);
}

/** Tables count rightly; 4 times as many rows that differ in figures only are a loop. */
const countingFactor = 4;

/**
 * Lines in a row that have each come twice before; once does not count, because pages give their
 * menu or their contents twice. Shorter lines are closing tags and braces, which are always old.
 */
const staleLines = 120;
const oldAfter = 2;
const leastLineLength = 12;

/** Feed it text as it comes; the cost is linear in the text. */
export class LoopDetector {
  readonly #exact = new PeriodFinder();
  /** The same text with every run of digits as one `0`. */
  readonly #counting = new PeriodFinder();
  #inDigits = false;
  readonly #lines = new Map<string, number>();
  #line = '';
  #stale = 0;
  #staleFrom = 0;

  /** @returns what repeats, as soon as it is certain. After that the detector is done. */
  push(text: string): Repetition | undefined {
    for (let index = 0; index < text.length; index += 1) {
      const character = text.charAt(index);
      const found = this.#character(character);
      if (found) return found;
    }
    return undefined;
  }

  #character(character: string): Repetition | undefined {
    const digit = character >= '0' && character <= '9';
    if (!(digit && this.#inDigits)) this.#counting.push(digit ? '0' : character);
    this.#inDigits = digit;
    this.#exact.push(character);
    return this.#exactLoop() ?? this.#countingLoop() ?? this.#staleLoop(character);
  }

  #exactLoop(): Repetition | undefined {
    const { period, repeatedLength, length } = this.#exact;
    if (period === 0 || repeatedLength < leastRepeatedLength(period)) return undefined;
    return { kind: 'exact', keep: length - repeatedLength + period, period };
  }

  #countingLoop(): Repetition | undefined {
    const { period, repeatedLength } = this.#counting;
    if (period === 0 || repeatedLength < countingFactor * leastRepeatedLength(period)) return undefined;
    // The copies differ, so none of them can be called superfluous.
    return { kind: 'counting', keep: this.#exact.length };
  }

  #staleLoop(character: string): Repetition | undefined {
    if (character !== '\n') {
      this.#line += character;
      return undefined;
    }
    const line = this.#line.trim();
    this.#line = '';
    if (line.length < leastLineLength) return undefined;
    const seen = this.#lines.get(line) ?? 0;
    this.#lines.set(line, seen + 1);
    if (seen >= oldAfter) {
      this.#stale += 1;
    } else {
      this.#stale = 0;
      this.#staleFrom = this.#exact.length;
    }
    return this.#stale < staleLines ? undefined : { kind: 'stale-lines', keep: this.#staleFrom };
  }
}
