/** Reads a file's numbers and strings from front to back through a window, and never past its end. */
import type { FileHandle } from 'node:fs/promises';

/** Large enough that a vocabulary of 150 000 words takes a dozen reads. */
const windowBytes = 1024 * 1024;

const longestText = 16 * 1024 * 1024;

/** The file ended before what was to be read. */
export class EndOfFile extends Error {
  override readonly name = 'EndOfFile';
}

/** All numbers are little-endian. A method that returns a promise for nothing only moves on. */
export class GgufCursor {
  readonly #file: FileHandle;
  readonly #size: number;
  #window = Buffer.alloc(0);
  #windowStart = 0;
  #position = 0;

  /** @param size of the file, in bytes. */
  constructor(file: FileHandle, size: number) {
    this.#file = file;
    this.#size = size;
  }

  get position(): number {
    return this.#position;
  }

  /** Moves on by `bytes` without reading them. @throws EndOfFile. */
  skip(bytes: number): void {
    if (!(bytes >= 0) || this.#position + bytes > this.#size) throw new EndOfFile();
    this.#position += bytes;
  }

  /** `length` bytes; valid until the next call. @throws EndOfFile. */
  async bytes(length: number): Promise<Buffer> {
    const start = this.#position;
    this.skip(length);
    if (start < this.#windowStart || start + length > this.#windowStart + this.#window.length) {
      await this.#load(start, length);
    }
    return this.#window.subarray(start - this.#windowStart, start - this.#windowStart + length);
  }

  async unsigned32(): Promise<number> {
    return (await this.bytes(4)).readUInt32LE();
  }

  /** A count or an offset; one beyond 2^53 is certainly past the end of any file. @throws EndOfFile. */
  async unsigned64(): Promise<number> {
    const value = (await this.bytes(8)).readBigUInt64LE();
    if (value > BigInt(Number.MAX_SAFE_INTEGER)) throw new EndOfFile();
    return Number(value);
  }

  /** @throws EndOfFile also for a text that is longer than any real one: its length is damaged. */
  async text(): Promise<string> {
    const length = await this.unsigned64();
    if (length > longestText) throw new EndOfFile();
    return (await this.bytes(length)).toString('utf8');
  }

  /** Skips `count` strings, which lie one after another with their lengths before them. */
  async skipTexts(count: number): Promise<void> {
    for (let index = 0; index < count; index++) {
      // Without waiting where the length is at hand: a wait for each of 300 000 strings takes longer than all else.
      const at = this.#position - this.#windowStart;
      const held = at >= 0 && at + 8 <= this.#window.length;
      if (held && this.#window.readUInt32LE(at + 4) === 0) this.skip(8 + this.#window.readUInt32LE(at));
      else this.skip(await this.unsigned64());
    }
  }

  async #load(start: number, length: number): Promise<void> {
    const wanted = Math.min(Math.max(length, windowBytes), this.#size - start);
    const window = Buffer.alloc(wanted);
    const { bytesRead } = await this.#file.read(window, 0, wanted, start);
    if (bytesRead < length) throw new EndOfFile();
    this.#window = window.subarray(0, bytesRead);
    this.#windowStart = start;
  }
}
