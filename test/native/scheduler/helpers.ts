/** The scheduler on the tiny model's real context, with pictures whose encoding the test holds in its hand. */
import type { EnginePart } from '../../../shared/engine/engine.ts';
import { float32s } from '../../../shared/engine/native/library/memory.ts';
import { TextContext } from '../../../shared/engine/native/model/text-context.ts';
import { createThreadPool } from '../../../shared/engine/native/model/thread-pool.ts';
import { likeliest } from '../../../shared/engine/native/sampler/candidates.ts';
import {
  type Entry,
  imageEntry,
  type PromptImage,
  tokenEntry,
} from '../../../shared/engine/native/scheduler/entries.ts';
import type { ScheduledRequest, SchedulerRequest } from '../../../shared/engine/native/scheduler/request.ts';
import { Scheduler } from '../../../shared/engine/native/scheduler/scheduler.ts';
import type { SchedulerOptions } from '../../../shared/engine/native/scheduler/scheduler-types.ts';
import { bell, randomFor } from '../../models/random.ts';
import { openTinyModel } from '../model/tiny-library.ts';

export interface TinyScheduler {
  readonly scheduler: Scheduler;
  /** Tokens of plain text. */
  entries(words: string): Promise<Entry[]>;
  /** A greedy request that goes on until `maxTokens`. */
  request(prompt: readonly Entry[], maxTokens: number, more?: Partial<SchedulerRequest>): SchedulerRequest;
  picture(name: string, options?: PictureOptions): HeldPicture;
  close(): Promise<void>;
}

export interface PictureOptions {
  readonly columns?: number;
  readonly rows?: number;
  readonly steps?: number;
  /** What `encode` throws. */
  readonly error?: Error;
  /** What decoding the picture's file waits for. */
  readonly decoded?: Promise<void>;
}

/** Embeddings by the name, given out when the test says so. */
export interface HeldPicture {
  readonly entry: Entry;
  /** Resolves in the first step of the `time`th encoding, counted from 1. */
  begun(time?: number): Promise<void>;
  /** Lets steps pass; all if not given. */
  pass(steps?: number): void;
  readonly encodings: number;
  readonly aborted: number;
  readonly disposed: number;
}

export async function openScheduler(
  options: Partial<SchedulerOptions> & { readonly size?: number } = {},
): Promise<TinyScheduler> {
  const { library, model } = await openTinyModel();
  const pool = createThreadPool(library, { threads: 1 });
  const { size = 1024, sequences = 8, outputs = 36, parallel = 4 } = options;
  const context = await TextContext.create(library, model, {
    size,
    sequences,
    batchSize: 512,
    outputs,
    pool,
  });
  const scheduler = new Scheduler(context, model.vocabulary, {
    prefillChunk: 64,
    embeddingCacheBytes: 1e6,
    ...options,
    parallel,
    sequences,
    outputs,
  });
  return {
    scheduler,
    entries: async (words) => [...(await model.vocabulary.tokenise(words))].map(tokenEntry),
    request: (prompt, maxTokens, more = {}) => ({
      prompt,
      maxTokens,
      sampler: { sample: likeliest, accept: () => {}, free: () => {} },
      ignoreEnd: true,
      ...more,
    }),
    picture: (name, pictureOptions = {}) => new Picture(name, model.inputSize, pictureOptions),
    async close() {
      await scheduler.close();
      context.free();
      model.free();
      pool.free();
    },
  };
}

class Picture implements HeldPicture {
  readonly entry: Entry;
  encodings = 0;
  aborted = 0;
  disposed = 0;
  #begun = 0;
  #allowed = 0;
  #wake: (() => void) | undefined;
  readonly #beginnings: { readonly time: number; readonly resolve: () => void }[] = [];
  readonly #embeddings: Float32Array;
  readonly #steps: number;
  readonly #error: Error | undefined;
  readonly #decoded: Promise<void>;

  constructor(name: string, inputSize: number, options: PictureOptions) {
    const { columns = 4, rows = 3, steps = 3, error, decoded = Promise.resolve() } = options;
    const random = randomFor(name);
    this.#embeddings = float32s(columns * rows * inputSize).map(() => bell(random) / 4);
    this.#steps = steps;
    this.#error = error;
    this.#decoded = decoded;
    const image: PromptImage = { key: name, columns, rows, encode: () => this.#encode() };
    this.entry = imageEntry(image);
  }

  begun(time = 1): Promise<void> {
    if (this.#begun >= time) return Promise.resolve();
    return new Promise((resolve) => this.#beginnings.push({ time, resolve }));
  }

  pass(steps = Number.POSITIVE_INFINITY): void {
    this.#allowed += steps;
    this.#wake?.();
  }

  #begin(): void {
    this.#begun++;
    for (const { time, resolve } of this.#beginnings) if (this.#begun >= time) resolve();
  }

  async #encode(): ReturnType<PromptImage['encode']> {
    this.encodings++;
    await this.#decoded;
    if (this.#error) throw this.#error;
    let done = 0;
    let stopped = false;
    const steps = this.#steps;
    return {
      get progress() {
        return done / steps;
      },
      step: async () => {
        if (done === 0) this.#begin();
        while (this.#allowed <= 0 && !stopped) await new Promise<void>((resolve) => (this.#wake = resolve));
        if (stopped) throw new Error('the step was ended');
        this.#allowed--;
        done++;
        return done >= steps;
      },
      abort: () => {
        stopped = true;
        this.aborted++;
        this.#wake?.();
      },
      result: () => this.#embeddings,
      dispose: () => {
        this.disposed++;
      },
    };
  }
}

/** All parts of a request. @throws what the request fails with. */
export async function read(
  { parts }: ScheduledRequest,
  onPart?: (part: EnginePart) => void,
): Promise<EnginePart[]> {
  const all: EnginePart[] = [];
  for await (const part of parts) {
    all.push(part);
    onPart?.(part);
  }
  return all;
}

export const never = (): AbortSignal => new AbortController().signal;
