/** One request on its way through the scheduler: what it has to feed, what it has written, what it tells. */
import type { FinishReason, Usage } from '../../engine.ts';
import { cellsOf, type Entry, tokenEntry } from './entries.ts';
import type { ImageWaiter } from './image-encoding.ts';
import { PartQueue } from './part-queue.ts';
import type { Sequence } from './sequences.ts';
import { TextOutput } from './text-output.ts';

/** Draws tokens; `Sampler` does. */
export interface TokenSampler {
  sample(logits: Float32Array): Promise<number> | number;
  accept(token: number): void;
  free(): void;
}

/** Guesses the next tokens. */
export interface TokenDrafter {
  /** @returns at most `most` tokens; none where a guess would not pay. */
  propose(most: number): readonly number[];
  /** A token of the answer, guessed or not. */
  accept(token: number): void;
}

/** What a step has drawn, for tests and benches. */
export interface DrawnToken {
  readonly token: number;
  /** f32[vocabulary size]; valid until the call returns. */
  readonly logits: Float32Array;
}

export interface SchedulerRequest {
  /** Ends with a token. */
  readonly prompt: readonly Entry[];
  /** Freed when the request is over. */
  readonly sampler: TokenSampler;
  readonly drafter?: TokenDrafter | undefined;
  readonly maxTokens: number;
  readonly stop?: readonly string[] | undefined;
  readonly onDraw?: ((drawn: DrawnToken) => void) | undefined;
  /** Goes on after a token that ends the answer. */
  readonly ignoreEnd?: boolean;
}

/** What the vocabulary tells about a token. */
export interface TokenTexts {
  bytes(token: number): Uint8Array;
  isEnd(token: number): boolean;
}

const promptTokens = (entries: readonly Entry[]): number => cellsOf(entries);

export class ScheduledRequest implements ImageWaiter {
  /** Grows with each request. */
  readonly order: number;
  readonly parts = new PartQueue();
  readonly request: SchedulerRequest;
  readonly signal: AbortSignal;
  /** Prompt and answer. What of it stands in the sequence has been decoded. */
  readonly entries: Entry[];
  sequence: Sequence | undefined;
  /** Image tokens of the picture at the front that were decoded already. */
  imageDone = 0;
  /** Of the picture at the front, once it is encoded. */
  embeddings: Float32Array | undefined;
  over = false;
  readonly #texts: TokenTexts;
  readonly #output: TextOutput;
  readonly #start = performance.now();
  readonly #encodedHere = new Set<string>();
  #firstText: number | undefined;
  #listener: (() => void) | undefined;
  #prefilled: number | undefined;
  #written = 0;
  #disposed = false;
  #toldWaiting = false;
  /** Prompt tokens that were there when the request was first given a place. */
  #cachedTokens: number | undefined;
  #draft = { proposed: 0, accepted: 0 };

  constructor(request: SchedulerRequest, texts: TokenTexts, signal: AbortSignal, order: number) {
    this.order = order;
    this.request = request;
    this.signal = signal;
    this.entries = [...request.prompt];
    this.#texts = texts;
    this.#output = new TextOutput(request.stop);
  }

  /** @param listener called when the signal fires before the request is over. */
  onAbort(listener: () => void): void {
    this.#listener = listener;
    this.signal.addEventListener('abort', listener, { once: true });
  }

  /** What has still to be decoded; never empty while the request runs. */
  get remaining(): readonly Entry[] {
    return this.entries.slice(this.sequence?.entries.length ?? 0);
  }

  get remainingCount(): number {
    return this.entries.length - (this.sequence?.entries.length ?? 0);
  }

  get next(): Entry | undefined {
    return this.entries[this.sequence?.entries.length ?? 0];
  }

  /** Whether all that is left is the token that was drawn last. */
  get decoding(): boolean {
    return this.#written > 0 && this.remainingCount === 1;
  }

  /** Guesses that can still become part of the answer: the token after the last one ends it. */
  get mostGuesses(): number {
    return Math.max(0, this.request.maxTokens - this.#written - 1);
  }

  place(sequence: Sequence, covered: number): void {
    this.sequence = sequence;
    this.#toldWaiting = false;
    this.#cachedTokens ??= promptTokens(this.request.prompt.slice(0, covered));
    this.progress();
  }

  /** Takes the place away; what was decoded is decoded again later. */
  displace(): void {
    this.sequence = undefined;
    this.imageDone = 0;
    // Of the picture that was at the front: now it may be an earlier one.
    this.embeddings = undefined;
  }

  /** Tells, once each time, that there is no place. */
  waiting(): void {
    if (this.#toldWaiting) return;
    this.#toldWaiting = true;
    this.parts.push({ type: 'stage-progress', stage: 'waiting' });
  }

  encoding(fraction: number): void {
    this.parts.push({ type: 'stage-progress', stage: 'encoding', fraction });
  }

  encoded(key: string, embeddings: Float32Array): void {
    this.#encodedHere.add(key);
    this.embeddings = embeddings;
  }

  failed(error: unknown): void {
    this.fail(error);
  }

  /** Tells how much of the prompt is done. */
  progress(): void {
    if (this.#written > 0) return;
    const total = promptTokens(this.request.prompt);
    const done = promptTokens(this.sequence?.entries ?? []) + this.imageDone;
    this.parts.push({ type: 'prefill-progress', processed: Math.min(done, total), total });
  }

  /** Takes a token of the answer. @returns why the answer ends with it, if it does. */
  take(token: number): FinishReason | undefined {
    this.#prefilled ??= performance.now();
    this.entries.push(tokenEntry(token));
    this.#written++;
    if (this.#texts.isEnd(token) && !this.request.ignoreEnd) return 'stop';
    this.#tell(this.#output.push(this.#texts.bytes(token)));
    if (this.#output.stopped) return 'stop';
    return this.#written >= this.request.maxTokens ? 'length' : undefined;
  }

  drafted(proposed: number, accepted: number): void {
    this.#draft = {
      proposed: this.#draft.proposed + proposed,
      accepted: this.#draft.accepted + accepted,
    };
  }

  finish(reason: FinishReason): void {
    if (this.over) return;
    this.#tell(this.#output.end());
    const now = performance.now();
    const prefilled = this.#prefilled ?? now;
    this.parts.push({
      type: 'finish',
      reason,
      usage: this.usage(),
      timings: {
        ...(this.#firstText === undefined ? {} : { firstTextMs: this.#firstText - this.#start }),
        totalMs: now - this.#start,
        prefillMs: prefilled - this.#start,
        decodeMs: now - prefilled,
      },
    });
    this.#close();
    this.parts.end();
  }

  fail(error: unknown): void {
    if (this.over) return;
    this.#close();
    this.parts.fail(error);
  }

  /** Gives back what it holds. Call when no step can use it any more; may be called again. */
  dispose(): void {
    if (!this.#disposed) this.request.sampler.free();
    this.#disposed = true;
  }

  #close(): void {
    this.over = true;
    // Signals may outlive many requests.
    if (this.#listener) this.signal.removeEventListener('abort', this.#listener);
    this.embeddings = undefined;
  }

  usage(): Usage {
    const { prompt } = this.request;
    const pictures = prompt.filter(({ image }) => image !== undefined);
    const fresh = pictures.filter(({ key }) => this.#encodedHere.has(String(key)));
    return {
      promptTokens: promptTokens(prompt),
      imageTokens: promptTokens(pictures),
      completionTokens: this.#written,
      cached: { promptTokens: this.#cachedTokens ?? 0, images: pictures.length - fresh.length },
      ...(this.request.drafter === undefined ? {} : { draft: this.#draft }),
    };
  }

  #tell(text: string): void {
    if (text === '') return;
    this.#firstText ??= performance.now();
    this.parts.push({ type: 'text-delta', text });
  }
}
