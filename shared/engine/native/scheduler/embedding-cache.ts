/** Embeddings of pictures that were encoded, the least recently used given up first. */

export class EmbeddingCache {
  readonly #limit: number;
  /** In the order of their last use. */
  readonly #entries = new Map<string, Float32Array>();
  #bytes = 0;

  /** @param limit bytes. */
  constructor(limit: number) {
    this.#limit = limit;
  }

  get bytes(): number {
    return this.#bytes;
  }

  get(key: string): Float32Array | undefined {
    const found = this.#entries.get(key);
    if (found !== undefined) {
      this.#entries.delete(key);
      this.#entries.set(key, found);
    }
    return found;
  }

  /** What is larger than the whole limit is not kept. */
  set(key: string, embeddings: Float32Array): void {
    this.#drop(key);
    if (embeddings.byteLength > this.#limit) return;
    this.#entries.set(key, embeddings);
    this.#bytes += embeddings.byteLength;
    for (const oldest of this.#entries.keys()) {
      if (this.#bytes <= this.#limit) break;
      this.#drop(oldest);
    }
  }

  clear(): void {
    this.#entries.clear();
    this.#bytes = 0;
  }

  #drop(key: string): void {
    const found = this.#entries.get(key);
    if (found === undefined) return;
    this.#entries.delete(key);
    this.#bytes -= found.byteLength;
  }
}
