/** Candidates as llama.cpp's samplers take them: the likeliest tokens, or all. */
import { addressOfView } from '../library/memory.ts';

/** `llama_token_data`: i32 id, f32 logit, f32 probability. */
const recordBytes = 12;
const recordWords = 3;

/** Samplers are applied to more candidates than this off the main thread: to the full vocabulary they take 10 ms. */
export const manyCandidates = 2048;

/** `llama_token_data_array`: address, size, i64 selected, bool sorted. */
const arrayBytes = 32;
const sizeOffset = 8;
const selectedOffset = 16;
const sortedOffset = 24;

export class Candidates {
  /** For `llama_sampler_apply`. */
  readonly array = new Uint8Array(new ArrayBuffer(arrayBytes));
  readonly #view = new DataView(this.array.buffer);
  readonly #ids: Int32Array<ArrayBuffer>;
  readonly #logits: Float32Array<ArrayBuffer>;
  readonly #top: TopTokens;

  /** @param capacity the vocabulary's size. */
  constructor(capacity: number) {
    const records = new ArrayBuffer(capacity * recordBytes);
    this.#ids = new Int32Array(records);
    this.#logits = new Float32Array(records);
    this.#top = new TopTokens(capacity);
    this.#view.setBigUint64(0, addressOfView(this.#ids), true);
  }

  /** Takes one token, so that a grammar can be asked about it alone. */
  single(id: number): void {
    this.#put(0, id, 1);
    this.#sized(1, false);
  }

  /** Takes the `count` likeliest tokens, likeliest first; all if `count` is not below their number. */
  top(logits: Float32Array, count: number): void {
    if (count >= logits.length) {
      this.all(logits);
      return;
    }
    const ids = this.#top.select(logits, count);
    for (let index = 0; index < count; index++) {
      const id = ids[index] ?? 0;
      this.#put(index, id, logits[id] ?? 0);
    }
    this.#sized(count, true);
  }

  all(logits: Float32Array): void {
    for (let id = 0; id < logits.length; id++) this.#put(id, id, logits[id] ?? 0);
    this.#sized(logits.length, false);
  }

  /** How many there are; samplers make it smaller. */
  get size(): number {
    return Number(this.#view.getBigUint64(sizeOffset, true));
  }

  /** The token that a sampler chose. @throws RangeError if none did. */
  get selected(): number {
    const index = Number(this.#view.getBigInt64(selectedOffset, true));
    const id = index < 0 || index >= this.size ? undefined : this.#ids[index * recordWords];
    if (id === undefined) throw new RangeError(`no candidate was selected (${index} of ${this.size})`);
    return id;
  }

  /** The likeliest of them. @throws RangeError if there are none. */
  get likeliest(): number {
    let best = -1;
    let highest = Number.NEGATIVE_INFINITY;
    for (let index = 0; index < this.size; index++) {
      const logit = this.#logits[index * recordWords + 1] ?? Number.NEGATIVE_INFINITY;
      if (best >= 0 && logit <= highest) continue;
      best = this.#ids[index * recordWords] ?? 0;
      highest = logit;
    }
    if (best < 0) throw new RangeError('there are no candidates');
    return best;
  }

  /** Drops what a grammar refused, which it marks by a logit of minus infinity. @returns how many are left. */
  keepAllowed(): number {
    const before = this.size;
    let kept = 0;
    for (let index = 0; index < before; index++) {
      const logit = this.#logits[index * recordWords + 1] ?? Number.NEGATIVE_INFINITY;
      if (logit === Number.NEGATIVE_INFINITY) continue;
      this.#put(kept, this.#ids[index * recordWords] ?? 0, logit);
      kept++;
    }
    this.#view.setBigUint64(sizeOffset, BigInt(kept), true);
    return kept;
  }

  #put(index: number, id: number, logit: number): void {
    const word = index * recordWords;
    this.#ids[word] = id;
    this.#logits[word + 1] = logit;
    this.#logits[word + 2] = 0;
  }

  #sized(size: number, sorted: boolean): void {
    this.#view.setBigUint64(sizeOffset, BigInt(size), true);
    this.#view.setBigInt64(selectedOffset, -1n, true);
    this.#view.setUint8(sortedOffset, sorted ? 1 : 0);
  }
}

/** The likeliest token; the first of equals, as llama.cpp's greedy sampler has it. */
export function likeliest(logits: Float32Array): number {
  let best = 0;
  let highest = logits[0] ?? Number.NEGATIVE_INFINITY;
  for (let id = 1; id < logits.length; id++) {
    const logit = logits[id] ?? 0;
    if (logit > highest) {
      highest = logit;
      best = id;
    }
  }
  return best;
}

/** Selects the likeliest tokens by a heap whose top is the least of them. */
class TopTokens {
  readonly #heap: Int32Array;

  constructor(capacity: number) {
    this.#heap = new Int32Array(capacity);
  }

  /** @returns ids, likeliest first; of equals the lower id first. Overwritten by the next call. */
  select(logits: Float32Array, count: number): Int32Array {
    const heap = this.#heap.subarray(0, count);
    for (let id = 0; id < count; id++) heap[id] = id;
    for (let parent = (count >> 1) - 1; parent >= 0; parent--) sift(heap, logits, parent, count);
    let least = logits[heap[0] ?? 0] ?? 0;
    for (let id = count; id < logits.length; id++) {
      if ((logits[id] ?? 0) <= least) continue;
      heap[0] = id;
      sift(heap, logits, 0, count);
      least = logits[heap[0] ?? 0] ?? 0;
    }
    return heap.sort((a, b) => (logits[b] ?? 0) - (logits[a] ?? 0) || a - b);
  }
}

function sift(heap: Int32Array, logits: Float32Array, start: number, count: number): void {
  let parent = start;
  const moved = heap[parent] ?? 0;
  const movedLogit = logits[moved] ?? 0;
  for (;;) {
    let child = 2 * parent + 1;
    if (child >= count) break;
    if (child + 1 < count && (logits[heap[child + 1] ?? 0] ?? 0) < (logits[heap[child] ?? 0] ?? 0)) child++;
    const least = heap[child] ?? 0;
    if ((logits[least] ?? 0) >= movedLogit) break;
    heap[parent] = least;
    parent = child;
  }
  heap[parent] = moved;
}
