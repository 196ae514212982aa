/** The sequences of a context: those that requests use, and finished ones that are kept for their prefix. */
import { advanceOf, cellsOf, commonLength, type Entry } from './entries.ts';

/** What of a context this needs; `TextContext` has it. */
export interface SequenceMemory {
  truncate(sequence: number, position: number): void;
  share(from: number, to: number, position: number): void;
}

export interface Sequence {
  readonly id: number;
  /** What stands in its cells. Entries that sequences share are the same objects. */
  readonly entries: Entry[];
  /** Of the next entry. */
  position: number;
}

export interface Acquired {
  readonly sequence: Sequence;
  /** Entries of the prompt that were there already. */
  readonly covered: number;
}

export interface SequencesOptions {
  /** Cells of the context. */
  readonly cells: number;
  /** Sequences of the context. */
  readonly count: number;
}

export class Sequences {
  readonly #memory: SequenceMemory;
  readonly #cells: number;
  readonly #free: number[];
  readonly #used = new Set<Sequence>();
  /** Oldest first. */
  readonly #kept: Sequence[] = [];

  constructor(memory: SequenceMemory, { cells, count }: SequencesOptions) {
    this.#memory = memory;
    this.#cells = cells;
    this.#free = Array.from({ length: count }, (_, index) => count - 1 - index);
  }

  /** Cells that hold something; a cell that sequences share counts once. */
  get usedCells(): number {
    const distinct = new Set([...this.#used, ...this.#kept].flatMap(({ entries }) => entries));
    return cellsOf([...distinct]);
  }

  /** Kept sequences, for a look from outside. */
  get keptCount(): number {
    return this.#kept.length;
  }

  /**
   * A sequence that begins with as much of `prompt` as some other one holds, but its last entry, which must
   * be decoded for its logits. Kept sequences give way, the oldest first.
   * @param headroom cells that must be free beyond those of the prompt.
   * @returns undefined if the place is not there now.
   */
  acquire(prompt: readonly Entry[], headroom: number): Acquired | undefined {
    const best = this.#best(prompt);
    const covered = best === undefined ? 0 : best.length;
    const needed = cellsOf(prompt.slice(covered)) + headroom;
    const mayTakeOver = best !== undefined && this.#kept.includes(best.sequence);
    const roomy = this.#makeRoom(needed, best?.sequence);
    if (mayTakeOver && (!roomy || this.#losesNothing(best))) {
      // What it holds beyond the prompt gives way last.
      this.truncate(best.sequence, covered);
      if (this.#cells - this.usedCells < needed) return undefined;
      this.#kept.splice(this.#kept.indexOf(best.sequence), 1);
      this.#used.add(best.sequence);
      return { sequence: best.sequence, covered };
    }
    if (!roomy) return undefined;
    const id = this.#free.pop() ?? this.#evict(best?.sequence);
    if (id === undefined) return undefined;
    const entries = best === undefined ? [] : best.sequence.entries.slice(0, covered);
    const sequence: Sequence = { id, entries, position: advanceOf(entries) };
    if (best !== undefined && covered > 0) this.#memory.share(best.sequence.id, id, sequence.position);
    this.#used.add(sequence);
    return { sequence, covered };
  }

  #best(prompt: readonly Entry[]): { readonly sequence: Sequence; readonly length: number } | undefined {
    let best: { readonly sequence: Sequence; readonly length: number } | undefined;
    for (const sequence of [...this.#kept, ...this.#used]) {
      const length = commonLength(sequence.entries, prompt, prompt.length - 1);
      // Of equals the later one: it was used last, and a kept one that it repeats can give way.
      if (length > 0 && length >= (best?.length ?? 0)) best = { sequence, length };
    }
    return best;
  }

  /** A kept sequence that is wholly a prefix loses nothing; any other only where no number is free. */
  #losesNothing({ sequence, length }: { readonly sequence: Sequence; readonly length: number }): boolean {
    const others = this.#free.length + this.#kept.length - 1;
    return length === sequence.entries.length || others === 0;
  }

  /** Drops kept sequences until `needed` cells are free. */
  #makeRoom(needed: number, but: Sequence | undefined): boolean {
    while (this.#cells - this.usedCells < needed) {
      if (this.#evict(but, true) === undefined) return this.#cells - this.usedCells >= needed;
    }
    return true;
  }

  /** Drops the oldest kept sequence but one. @returns its number, which is the caller's or free again. */
  #evict(but: Sequence | undefined, free = false): number | undefined {
    const index = this.#kept.findIndex((sequence) => sequence !== but);
    const [dropped] = index < 0 ? [] : this.#kept.splice(index, 1);
    if (dropped === undefined) return undefined;
    this.#memory.truncate(dropped.id, 0);
    if (free) this.#free.push(dropped.id);
    return dropped.id;
  }

  /** Drops all kept sequences. @returns how many there were. */
  dropKept(): number {
    const count = this.#kept.length;
    while (this.#evict(undefined, true) !== undefined);
    return count;
  }

  /** Takes note of what was decoded into a sequence. */
  append(sequence: Sequence, entries: readonly Entry[]): void {
    sequence.entries.push(...entries);
    sequence.position += advanceOf(entries);
  }

  /** Drops the entries from `length` on, and everything in the cells behind them. */
  truncate(sequence: Sequence, length: number): void {
    sequence.entries.length = Math.min(length, sequence.entries.length);
    sequence.position = advanceOf(sequence.entries);
    this.#memory.truncate(sequence.id, sequence.position);
  }

  /** Gives a sequence back; `keep` leaves its cells for requests that begin like it. */
  release(sequence: Sequence, keep: boolean): void {
    if (!this.#used.delete(sequence)) return;
    // What was decoded but not taken note of, as part of a picture, has no entry.
    this.truncate(sequence, keep ? sequence.entries.length : 0);
    if (sequence.entries.length > 0) this.#kept.push(sequence);
    else this.#free.push(sequence.id);
  }
}
