/** What the last conversions of this window have made, for a panel that is opened on one of their pictures. */
import type { MadePages } from '../shared/index.ts';

/** Each holds the pixels of its picture. */
const most = 4;

export class MadePagesStore {
  readonly #bySha256 = new Map<string, MadePages>();

  put(made: MadePages): void {
    const { sha256 } = made.measured.picture;
    this.#bySha256.delete(sha256);
    this.#bySha256.set(sha256, made);
    const [oldest] = this.#bySha256.keys();
    if (this.#bySha256.size > most && oldest !== undefined) this.#bySha256.delete(oldest);
  }

  /** @param sha256 of the picture's bytes, hexadecimal. */
  get(sha256: string): MadePages | undefined {
    return this.#bySha256.get(sha256);
  }
}
