/** Who has a place in the context and who waits for one. */
import { cellsOf, commonLength } from './entries.ts';
import type { ScheduledRequest } from './request.ts';
import type { Sequences } from './sequences.ts';

/** Cells that an answer is sure of before it gets a place; when they run out the youngest request waits. */
const leastAnswer = 256;

export interface PlacesOptions {
  /** Requests that have a place at the same time. */
  readonly parallel: number;
  /** Cells of the context. */
  readonly cells: number;
}

export class Places {
  readonly #sequences: Sequences;
  readonly #options: PlacesOptions;
  /** In the order of their coming. */
  #waiting: readonly ScheduledRequest[] = [];
  /** The first one is served first. */
  #active: readonly ScheduledRequest[] = [];

  constructor(sequences: Sequences, options: PlacesOptions) {
    this.#sequences = sequences;
    this.#options = options;
  }

  get waiting(): readonly ScheduledRequest[] {
    return this.#waiting;
  }

  get active(): readonly ScheduledRequest[] {
    return this.#active;
  }

  queue(scheduled: ScheduledRequest): void {
    this.#waiting = [...this.#waiting, scheduled];
  }

  /** Takes a request out of the queue. @returns whether it was there. */
  unqueue(scheduled: ScheduledRequest): boolean {
    const before = this.#waiting.length;
    this.#waiting = this.#waiting.filter((other) => other !== scheduled);
    return this.#waiting.length < before;
  }

  /** Takes the places of requests that are over; their cells stay for requests that begin like them. */
  sweep(): void {
    const over = this.#active.filter((scheduled) => scheduled.over);
    if (over.length === 0) return;
    this.#active = this.#active.filter((scheduled) => !scheduled.over);
    for (const scheduled of over) {
      if (scheduled.sequence) this.#sequences.release(scheduled.sequence, true);
      scheduled.dispose();
    }
  }

  /** Whoever was first in turn is last in the next one. */
  turn(): void {
    const [first, ...others] = this.#active;
    if (first) this.#active = [...others, first];
  }

  /** Gives places in the order of coming, and tells those who get none. */
  admit(): void {
    this.#giveOut();
    for (const scheduled of this.#waiting) scheduled.waiting();
  }

  /** Nobody overtakes one who waits for cells. */
  #giveOut(): void {
    for (const scheduled of this.#waiting) {
      if (this.#active.length >= this.#options.parallel) return;
      if (this.#prefixIsComing(scheduled)) continue;
      const left = this.#options.cells - cellsOf(scheduled.entries);
      const headroom = Math.max(0, Math.min(leastAnswer, scheduled.request.maxTokens, left));
      const owed = this.#active.reduce((sum, active) => sum + cellsOf(active.remaining), 0);
      const acquired = this.#sequences.acquire(scheduled.entries, headroom + owed);
      if (acquired === undefined) return;
      this.unqueue(scheduled);
      this.#active = [...this.#active, scheduled];
      scheduled.place(acquired.sequence, acquired.covered);
    }
  }

  /** Whether a request with a place is just reading a picture that this one begins with too: it will share it. */
  #prefixIsComing({ entries }: ScheduledRequest): boolean {
    return this.#active.some((other) => {
      const common = commonLength(other.entries, entries, entries.length - 1);
      const there = other.sequence?.entries.length ?? 0;
      return !other.over && entries.slice(there, common).some(({ image }) => image !== undefined);
    });
  }

  /**
   * Makes room in a full context: kept prefixes go first, then the youngest request waits again; if there
   * is but one, or if the whole context would not hold it any more, its answer ends.
   * @returns the request that lost its place.
   */
  makeRoom(): ScheduledRequest | undefined {
    if (this.#sequences.dropKept() > 0) return undefined;
    const running = this.#active.filter((scheduled) => !scheduled.over);
    const [youngest] = running.toSorted((a, b) => b.order - a.order);
    if (youngest === undefined) return undefined;
    if (running.length === 1 || cellsOf(youngest.entries) > this.#options.cells) {
      youngest.finish('length');
      return youngest;
    }
    this.#active = this.#active.filter((scheduled) => scheduled !== youngest);
    if (youngest.sequence) this.#sequences.release(youngest.sequence, false);
    youngest.displace();
    this.#waiting = [youngest, ...this.#waiting];
    return youngest;
  }

  /** Takes all places without keeping anything. @returns those who had one. */
  clear(): readonly ScheduledRequest[] {
    const active = this.#active;
    for (const { sequence } of active) if (sequence) this.#sequences.release(sequence, false);
    this.#sequences.dropKept();
    this.#active = [];
    return active;
  }
}
