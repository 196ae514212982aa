/** Who may use the panel: a browser that was opened by an address that this program printed. */
import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

/** 256 bits, in characters that need no quoting anywhere. */
const secret = (): string => randomBytes(32).toString('base64url');

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();

/** In constant time, whatever the lengths. */
const isEqual = (one: string, other: string): boolean => timingSafeEqual(digest(one), digest(other));

export class Access {
  readonly #key = secret();
  #code = secret();

  /** Stands in an address, behind `#`, so that no server and no log sees it; good for one browser. */
  get code(): string {
    return this.#code;
  }

  /** What a browser keeps, for as long as this process lives; undefined for a code that is wrong or was used. */
  exchange(code: string): string | undefined {
    if (!isEqual(code, this.#code)) return undefined;
    this.#code = secret();
    return this.#key;
  }

  /** @param header `Bearer KEY` */
  isKnown(header: string | undefined): boolean {
    return isEqual(header ?? '', `Bearer ${this.#key}`);
  }
}
