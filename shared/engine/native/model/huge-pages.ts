/**
 * Huge pages for the weights. A model reads every weight for every token, and with pages of 4 KB up to a quarter of
 * that time goes into finding the pages; kernels give huge ones only on request (Ubuntu's and Fedora's do).
 */
import { readFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import type { Library } from '../library/load.ts';
import { bind, type NativeFunction, type Pointer } from '../library/types.ts';

/** `MADV_HUGEPAGE`: for pages that are touched from now on. `MADV_COLLAPSE` (Linux 6.1): for those that are there. */
const advice = { later: 14, now: 25 } as const;

/** Less than this is not worth a huge page's rounding. */
const leastBytes = 32n * 1024n * 1024n;

/** What is made huge at once: some tens of milliseconds, for which a request may have to wait. */
const chunkBytes = 16n * 1024n * 1024n;

/** How long the engine must have been idle. */
const idleMs = 200;

interface Range {
  readonly from: bigint;
  readonly to: bigint;
}

/** Memory of this process that belongs to no file and may be written, as the kernel lists it: `from-to`. */
export function anonymousMemory(): ReadonlySet<string> {
  if (process.platform !== 'linux') return new Set();
  const lines = readFileSync('/proc/self/maps', 'utf8').split('\n');
  return new Set(lines.flatMap((line) => /^([0-9a-f]+-[0-9a-f]+) rw-p 0+ 00:00 0\s*$/.exec(line)?.[1] ?? []));
}

/** Large memory that has been reserved since `before`. */
function reservedSince(before: ReadonlySet<string>): Range[] {
  return [...anonymousMemory()].flatMap((range) => {
    const [from = 0n, to = 0n] = range.split('-').map((hex) => BigInt(`0x${hex}`));
    return before.has(range) || to - from < leastBytes ? [] : [{ from, to }];
  });
}

/** Makes the pages of a model's weights huge while nothing else is to be done, so that no start waits for it. */
export class HugePages {
  /** None where the system has no such pages. */
  readonly #advise: NativeFunction<[Pointer, bigint, number], number> | undefined;
  readonly #closed = new AbortController();
  #left: Range[] = [];
  #work: Promise<void> | undefined;

  constructor(library: Library) {
    if (process.platform !== 'linux') return;
    // dlsym looks through what a library depends on.
    this.#advise = bind(library.handles.llama, { madvise: ['i32', 'pointer', 'u64', 'i32'] }).madvise;
  }

  /**
   * Takes note of memory that was reserved since `before` and has not been written yet. A kernel that cannot change
   * pages later is asked to give huge ones from the start.
   */
  reserved(before: ReadonlySet<string>): void {
    const advise = this.#advise;
    if (advise === undefined) return;
    // Nothing is asked for no bytes, but the kind of advice is checked.
    if (advise(0n, 0n, advice.now) === 0) this.#left = reservedSince(before).flatMap(chunksOf);
    else for (const { from, to } of reservedSince(before)) advise(from, to - from, advice.later);
  }

  /** Goes on as long as `idle` and until all is done; refusal costs speed and nothing else. */
  improve(idle: () => boolean): void {
    if (this.#left.length === 0 || this.#work !== undefined || this.#closed.signal.aborted) return;
    this.#work = this.#run(idle).finally(() => {
      this.#work = undefined;
    });
  }

  async #run(idle: () => boolean): Promise<void> {
    const { signal } = this.#closed;
    await delay(idleMs, undefined, { signal, ref: false }).catch(() => {
      // Closed meanwhile, which the loop sees.
    });
    while (!signal.aborted && idle()) {
      const chunk = this.#left.pop();
      if (chunk === undefined) return;
      await this.#advise?.later(chunk.from, chunk.to - chunk.from, advice.now);
    }
  }

  /** Bytes that have still to be made huge. */
  get leftBytes(): number {
    return Number(this.#left.reduce((sum, { from, to }) => sum + to - from, 0n));
  }

  /** To be called before the weights are freed. */
  async close(): Promise<void> {
    this.#closed.abort();
    await this.#work;
  }
}

function chunksOf({ from, to }: Range): Range[] {
  const chunks: Range[] = [];
  for (let start = from; start < to; ) {
    const next = (start / chunkBytes + 1n) * chunkBytes;
    const end = next < to ? next : to;
    chunks.push({ from: start, to: end });
    start = end;
  }
  return chunks;
}
