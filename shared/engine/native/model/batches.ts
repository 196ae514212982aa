/** Batches whose arrays are ours: of tokens for several sequences, and of embeddings for one. */
import { addressOfView, float32s, int8s, int32s, pointers } from '../library/memory.ts';
import type { Batch } from '../library/structs.ts';

/** What every token of a batch has; the one sequence that it belongs to among it. */
class Rows {
  readonly counts: Int32Array<ArrayBuffer>;
  readonly sequences: Int32Array<ArrayBuffer>;
  readonly sequencePointers: BigUint64Array<ArrayBuffer>;
  readonly wanted: Int8Array<ArrayBuffer>;

  constructor(capacity: number) {
    this.counts = int32s(capacity).fill(1);
    this.sequences = int32s(capacity);
    this.wanted = int8s(capacity);
    const base = addressOfView(this.sequences);
    this.sequencePointers = pointers(capacity);
    for (let index = 0; index < capacity; index++) {
      this.sequencePointers[index] = base + BigInt(index * 4);
    }
  }

  batch(length: number, parts: Pick<Batch, 'token' | 'embd' | 'pos'>): Batch {
    return {
      n_tokens: length,
      ...parts,
      n_seq_id: addressOfView(this.counts),
      seq_id: addressOfView(this.sequencePointers),
      logits: addressOfView(this.wanted),
    };
  }
}

/** Tokens of any sequences, each with its own position. */
export class TokenBatch {
  readonly capacity: number;
  readonly #ids: Int32Array<ArrayBuffer>;
  readonly #positions: Int32Array<ArrayBuffer>;
  readonly #rows: Rows;
  #length = 0;

  constructor(capacity: number) {
    this.capacity = capacity;
    this.#ids = int32s(capacity);
    this.#positions = int32s(capacity);
    this.#rows = new Rows(capacity);
  }

  get length(): number {
    return this.#length;
  }

  /** @returns the index of the token in the batch, for its logits. @throws RangeError when full. */
  add(token: number, position: number, sequence: number, logits: boolean): number {
    const index = this.#length;
    if (index >= this.capacity) throw new RangeError(`a batch holds ${this.capacity} tokens`);
    this.#ids[index] = token;
    this.#positions[index] = position;
    this.#rows.sequences[index] = sequence;
    this.#rows.wanted[index] = logits ? 1 : 0;
    this.#length = index + 1;
    return index;
  }

  /** The batch as C takes it, or undefined if it is empty. Valid until the next `add`. */
  take(): Batch | undefined {
    const length = this.#length;
    this.#length = 0;
    if (length === 0) return undefined;
    return this.#rows.batch(length, {
      token: addressOfView(this.#ids),
      embd: null,
      pos: addressOfView(this.#positions),
    });
  }
}

/** Where the tokens of a picture stand: row by row, left to right. */
export interface ImageGrid {
  readonly columns: number;
  readonly rows: number;
}

/** A run of one picture's image tokens, with M-RoPE positions. */
export class EmbeddingBatch {
  readonly capacity: number;
  readonly #size: number;
  readonly #embeddings: Float32Array<ArrayBuffer>;
  readonly #positions: Int32Array<ArrayBuffer>;
  readonly #rows: Rows;
  #length = 0;

  constructor(capacity: number, size: number) {
    this.capacity = capacity;
    this.#size = size;
    this.#embeddings = float32s(capacity * size);
    this.#positions = int32s(capacity * 4);
    this.#rows = new Rows(capacity);
  }

  /**
   * Fills the batch with the image tokens `from` to `to` (not included) of a picture.
   * Positions have four planes: time (the same for the whole picture), row, column, and zeros.
   * @param embeddings f32[all image tokens × input size].
   */
  set(embeddings: Float32Array, { columns }: ImageGrid, { from, to, start, sequence }: ImageRun): void {
    const length = to - from;
    if (length > this.capacity) throw new RangeError(`a batch holds ${this.capacity} tokens, not ${length}`);
    this.#embeddings.set(embeddings.subarray(from * this.#size, to * this.#size));
    for (let index = 0; index < length; index++) {
      const token = from + index;
      this.#positions[index] = start;
      this.#positions[length + index] = start + Math.floor(token / columns);
      this.#positions[2 * length + index] = start + (token % columns);
      this.#positions[3 * length + index] = 0;
      this.#rows.sequences[index] = sequence;
    }
    this.#length = length;
  }

  take(): Batch | undefined {
    const length = this.#length;
    this.#length = 0;
    if (length === 0) return undefined;
    return this.#rows.batch(length, {
      token: null,
      embd: addressOfView(this.#embeddings),
      pos: addressOfView(this.#positions),
    });
  }
}

export interface ImageRun {
  readonly from: number;
  readonly to: number;
  /** Position of the picture's first token. */
  readonly start: number;
  readonly sequence: number;
}
