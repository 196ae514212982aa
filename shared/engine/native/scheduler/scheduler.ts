/**
 * Continuous batching: all requests that have a place go through the model together, a token each, while
 * prompts and pictures are read in pieces in between.
 */
import { cancelled, PixelwrightError, throwIfCancelled } from '../../../errors.ts';
import { BatchCost } from './batch-cost.ts';
import { cellsOf } from './entries.ts';
import { ImageEncoding } from './image-encoding.ts';
import { Places } from './places.ts';
import { type PlannedRow, planTokens, type Row } from './plan.ts';
import { ScheduledRequest, type SchedulerRequest, type TokenTexts } from './request.ts';
import type { SchedulerContext, SchedulerOptions, SchedulerStatus } from './scheduler-types.ts';
import { Sequences } from './sequences.ts';
import { Turns } from './turns.ts';
import { verify } from './verify.ts';

export class Scheduler {
  readonly #context: SchedulerContext;
  readonly #texts: TokenTexts;
  readonly #options: SchedulerOptions;
  readonly #sequences: Sequences;
  readonly #images: ImageEncoding;
  readonly #places: Places;
  /** Requests whose prompt the decode that runs now is reading. */
  #reading: readonly ScheduledRequest[] = [];
  readonly #cost = new BatchCost();
  readonly #turns = new Turns();
  /** The guesses of the last decode found no cells: the next one goes without, as if there was no speculation. */
  #guessless = false;
  #loop: Promise<void> | undefined;
  #closed = false;
  #count = 0;

  constructor(context: SchedulerContext, texts: TokenTexts, options: SchedulerOptions) {
    this.#context = context;
    this.#texts = texts;
    this.#options = options;
    this.#sequences = new Sequences(context, { cells: context.size, count: options.sequences });
    this.#places = new Places(this.#sequences, { parallel: options.parallel, cells: context.size });
    this.#images = new ImageEncoding(options.embeddingCacheBytes);
  }

  get status(): SchedulerStatus {
    return {
      running: this.#places.active.filter(({ over }) => !over).length,
      waiting: this.#places.waiting.length,
      usedCells: this.#sequences.usedCells,
      cells: this.#context.size,
    };
  }

  /** What a step of an answer costs with `tokens` tokens, guesses included; only ratios matter. */
  costOfBatch(tokens: number): number {
    return this.#cost.of(tokens, Math.max(1, this.#places.active.length));
  }

  /**
   * Queues a request; its sampler is freed when it is over, also when this throws.
   * @throws PixelwrightError `input-too-large` for a prompt that the context cannot hold, `cancelled`.
   */
  submit(request: SchedulerRequest, signal: AbortSignal): ScheduledRequest {
    try {
      return this.#queue(request, signal);
    } catch (error) {
      request.sampler.free();
      throw error;
    }
  }

  #queue(request: SchedulerRequest, signal: AbortSignal): ScheduledRequest {
    throwIfCancelled(signal);
    if (this.#closed) throw new PixelwrightError('engine-unavailable', 'The engine was closed.');
    const tokens = cellsOf(request.prompt);
    if (tokens + 1 > this.#context.size) {
      throw new PixelwrightError(
        'input-too-large',
        `The prompt has ${tokens} tokens and the context holds ${this.#context.size}, answer included.`,
        {
          next: `Raise --context-size above ${tokens}, or give a smaller picture or less text.`,
          details: { promptTokens: tokens, contextSize: this.#context.size },
        },
      );
    }
    const scheduled = new ScheduledRequest(request, this.#texts, signal, this.#count++);
    scheduled.onAbort(() => this.#cancel(scheduled));
    this.#places.queue(scheduled);
    this.#images.stir();
    this.#loop ??= this.#run();
    return scheduled;
  }

  /** Ends a request whose reader has gone. */
  leave(scheduled: ScheduledRequest): void {
    this.#cancel(scheduled);
  }

  #cancel(scheduled: ScheduledRequest): void {
    if (scheduled.over) return;
    scheduled.fail(cancelled(scheduled.signal.reason));
    if (this.#places.unqueue(scheduled)) scheduled.dispose();
    this.#images.leave(scheduled);
    // Its cells are given back when the decode has ended, since the context is not to be touched before.
    if (this.#reading.includes(scheduled)) this.#context.abort();
  }

  /** Fails what is left, and waits for the step that runs. */
  async close(): Promise<void> {
    this.#closed = true;
    const error = new PixelwrightError('cancelled', 'The engine was closed.');
    for (const scheduled of [...this.#places.waiting, ...this.#places.active]) {
      scheduled.fail(error);
      if (this.#places.unqueue(scheduled)) scheduled.dispose();
      this.#images.leave(scheduled);
    }
    this.#context.abort();
    await this.#loop;
    this.#images.close();
  }

  async #run(): Promise<void> {
    // The first step comes after the caller has its request, so that it reads every part.
    await Promise.resolve();
    try {
      while (this.#busy) {
        try {
          await this.#step();
        } catch (error) {
          this.#failAll(error);
        }
      }
    } finally {
      this.#loop = undefined;
    }
  }

  get #busy(): boolean {
    return this.#places.active.length > 0 || this.#places.waiting.length > 0 || this.#images.pending;
  }

  /** What a decode could not do, it could not do for all that were in it. */
  #failAll(error: unknown): void {
    for (const scheduled of this.#places.clear()) {
      scheduled.fail(error);
      scheduled.dispose();
      this.#images.leave(scheduled);
    }
    this.#reading = [];
  }

  async #step(): Promise<void> {
    this.#places.sweep();
    this.#places.admit();
    this.#askForPictures();
    const hasDecoded = [await this.#decodeTokens(), await this.#decodePicture()].includes(true);
    if (this.#images.pending) await this.#images.step(!hasDecoded);
    this.#places.turn();
  }

  #askForPictures(): void {
    for (const scheduled of this.#places.active) {
      const image = scheduled.next?.image;
      if (image === undefined || scheduled.embeddings !== undefined || scheduled.over) continue;
      const cached = this.#images.cached(image.key);
      if (cached) scheduled.embeddings = cached;
      else this.#images.want(image, scheduled);
    }
  }

  /** @returns whether there was anything to decode. */
  async #decodeTokens(): Promise<boolean> {
    const rows = planTokens(this.#places.active, {
      capacity: this.#context.tokens.capacity,
      outputs: this.#guessless ? 0 : this.#options.outputs,
      prefillChunk: this.#options.prefillChunk,
    });
    this.#guessless = false;
    if (rows.length === 0) return false;
    const planned = rows.map((row) => this.#fill(row));
    this.#reading = rows.filter(({ reads }) => reads).map(({ scheduled }) => scheduled);
    const start = performance.now();
    const result = await this.#context.decodeTokens();
    this.#reading = [];
    if (rows.every(({ reads }) => !reads)) {
      const tokens = rows.reduce((sum, { entries, draft }) => sum + entries.length + draft.length, 0);
      this.#cost.record(tokens, performance.now() - start);
    }
    if (result === 'full') this.#makeRoom(rows.some(({ draft }) => draft.length > 0));
    if (result !== 'done') return true;
    this.#turns.begin();
    for (const row of planned) await this.#settle(row);
    return true;
  }

  #fill({ scheduled, entries, draft, logits }: Row): PlannedRow {
    const sequence = scheduled.sequence;
    if (sequence === undefined) throw new Error('a request without a place was planned');
    const tokens = [...entries.map(({ key }) => Number(key)), ...draft];
    const first = tokens.map((token, index) =>
      this.#context.tokens.add(
        token,
        sequence.position + index,
        sequence.id,
        logits && index >= entries.length - 1,
      ),
    );
    return { scheduled, sequence, entries, draft, output: logits ? first[entries.length - 1] : undefined };
  }

  /** Takes note of what a row has decoded, and draws what comes next. */
  async #settle(row: PlannedRow): Promise<void> {
    const { scheduled, sequence, entries, draft, output } = row;
    this.#sequences.append(sequence, entries);
    scheduled.progress();
    if (output === undefined || scheduled.over) return;
    const base = sequence.entries.length;
    let result: Awaited<ReturnType<typeof verify>>;
    try {
      result = await verify(scheduled, draft, (index) => this.#context.logits(output + index), this.#turns);
    } catch (error) {
      // The grammar or the sampler of one request is no matter of the others.
      scheduled.fail(error);
      this.#sequences.truncate(sequence, base);
      return;
    }
    if (draft.length > 0) {
      scheduled.drafted(draft.length, result.accepted);
      this.#sequences.append(sequence, scheduled.entries.slice(base, base + result.accepted));
      if (result.accepted < draft.length) this.#sequences.truncate(sequence, sequence.entries.length);
    }
    if (result.reason) scheduled.finish(result.reason);
  }

  /** A piece of one picture, of the request that is first in turn. @returns whether there was one. */
  async #decodePicture(): Promise<boolean> {
    const scheduled = this.#places.active.find(
      ({ next, embeddings, over }) => next?.image && embeddings && !over,
    );
    const { sequence, embeddings, next: entry } = scheduled ?? {};
    if (!(scheduled && sequence && embeddings && entry?.image)) return false;
    const writing = this.#places.active.some((other) => other.decoding);
    const most = writing ? this.#options.prefillChunk : this.#context.tokens.capacity;
    const from = scheduled.imageDone;
    const to = Math.min(entry.cells, from + most);
    this.#context.embeddings.set(embeddings, entry.image, {
      from,
      to,
      start: sequence.position,
      sequence: sequence.id,
    });
    this.#reading = [scheduled];
    const result = await this.#context.decodeEmbeddings();
    this.#reading = [];
    // The pieces before are still there, unless the request has lost its place.
    if (result === 'full') this.#makeRoom();
    // All tokens of a picture have one time position: llama.cpp drops the pieces before with this one.
    if (result === 'aborted') scheduled.imageDone = 0;
    if (result !== 'done') return true;
    scheduled.imageDone = to === entry.cells ? 0 : to;
    if (to === entry.cells) {
      scheduled.embeddings = undefined;
      this.#sequences.append(sequence, [entry]);
    }
    scheduled.progress();
    return true;
  }

  #makeRoom(hasGuesses = false): void {
    if (hasGuesses) {
      this.#guessless = true;
      return;
    }
    const displaced = this.#places.makeRoom();
    if (displaced) this.#images.leave(displaced);
  }
}
