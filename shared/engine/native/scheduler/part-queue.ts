/** Hands the parts of an answer from the scheduler to the one who reads them. */
import type { EnginePart } from '../../engine.ts';

export class PartQueue implements AsyncIterable<EnginePart> {
  readonly #parts: EnginePart[] = [];
  #ended = false;
  #error: unknown;
  #wake: (() => void) | undefined;

  push(part: EnginePart): void {
    if (this.#ended) return;
    this.#parts.push(part);
    this.#notify();
  }

  /** What was pushed before is still read. */
  end(): void {
    this.#ended = true;
    this.#notify();
  }

  /** The reader is thrown `error` at once. */
  fail(error: unknown): void {
    if (this.#ended) return;
    this.#error = error;
    this.#ended = true;
    this.#parts.length = 0;
    this.#notify();
  }

  #notify(): void {
    this.#wake?.();
    this.#wake = undefined;
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<EnginePart, void, undefined> {
    for (;;) {
      const part = this.#parts.shift();
      if (part !== undefined) yield part;
      else if (this.#error !== undefined) throw this.#error;
      else if (this.#ended) return;
      else await new Promise<void>((resolve) => (this.#wake = resolve));
    }
  }
}
