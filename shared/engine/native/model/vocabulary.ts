/** Text to tokens and back, with control tokens apart from what a user wrote. */
import { PixelwrightError } from '../../../errors.ts';
import type { Library } from '../library/load.ts';
import { int8s, int32s } from '../library/memory.ts';
import type { Pointer } from '../library/types.ts';

/** Texts longer than this, in bytes, are tokenised off the main thread: about 2 ms there. */
const longText = 8192;

export class Vocabulary {
  /** Number of tokens. */
  readonly size: number;
  readonly #library: Library;
  readonly #vocabulary: Pointer;
  readonly #piece = int8s(512);
  readonly #pieces = new Map<number, Uint8Array>();

  constructor(library: Library, vocabulary: Pointer) {
    this.#library = library;
    this.#vocabulary = vocabulary;
    this.size = library.llama.llama_vocab_n_tokens(vocabulary);
  }

  /** For functions that need the vocabulary itself. */
  get pointer(): Pointer {
    return this.#vocabulary;
  }

  /** Tokens of plain text: what looks like a control token in it is text like any other. */
  async tokenise(text: string): Promise<Int32Array> {
    const bytes = Buffer.from(text, 'utf8');
    if (bytes.byteLength === 0) return new Int32Array(0);
    // Never more tokens than bytes in a byte-level vocabulary.
    const ids = int32s(bytes.byteLength + 1);
    const { llama_tokenize } = this.#library.llama;
    const args = [this.#vocabulary, bytes, bytes.byteLength, ids, ids.length, false, false] as const;
    const count = bytes.byteLength > longText ? await llama_tokenize.later(...args) : llama_tokenize(...args);
    if (count < 0) throw new RangeError(`tokenising ${bytes.byteLength} bytes failed with ${count}`);
    return ids.slice(0, count);
  }

  /** The id of one control token by its name. @throws PixelwrightError `model-corrupt` if there is none. */
  control(name: string): number {
    const bytes = Buffer.from(name, 'utf8');
    const ids = int32s(bytes.byteLength + 1);
    const count = this.#library.llama.llama_tokenize(
      this.#vocabulary,
      bytes,
      bytes.byteLength,
      ids,
      ids.length,
      false,
      true,
    );
    const [id] = ids;
    if (count === 1 && id !== undefined && this.#library.llama.llama_vocab_is_control(this.#vocabulary, id)) {
      return id;
    }
    throw new PixelwrightError(
      'model-corrupt',
      `The model's vocabulary should hold the control token ${name}, and does not.`,
      { next: 'Use a Qwen3-VL model; "pixelwright models list" shows them.', details: { name, count } },
    );
  }

  /** Whether a token ends the answer. */
  isEnd(id: number): boolean {
    return this.#library.llama.llama_vocab_is_eog(this.#vocabulary, id);
  }

  /** UTF-8 bytes of one token; a character may be spread over several. Control tokens have none. */
  bytes(id: number): Uint8Array {
    const known = this.#pieces.get(id);
    if (known) return known;
    const { llama_token_to_piece } = this.#library.llama;
    const length = llama_token_to_piece(this.#vocabulary, id, this.#piece, this.#piece.length, 0, false);
    if (length < 0) throw new RangeError(`token ${id} has a text of ${-length} bytes, more than 512`);
    const piece = Uint8Array.from(this.#piece.subarray(0, length), (byte) => byte & 0xff);
    this.#pieces.set(id, piece);
    return piece;
  }

  /** The whole text of some tokens. */
  text(ids: Iterable<number>): string {
    return Buffer.concat([...ids].map((id) => this.bytes(id))).toString('utf8');
  }
}
