/** A llama.cpp context: keys and values of several sequences, and the decoding of batches into it. */
import { PixelwrightError } from '../../../errors.ts';
import { type Library, silenceLog } from '../library/load.ts';
import { addressOfView, type CopyMemory, findCopyMemory, float32s } from '../library/memory.ts';
import type { Batch } from '../library/structs.ts';
import type { Pointer } from '../library/types.ts';
import { type AbortFlag, createAbortFlag } from './abort-flag.ts';
import { EmbeddingBatch, TokenBatch } from './batches.ts';
import type { LanguageModel } from './load-model.ts';
import { captureLog } from './native-log.ts';
import type { ThreadPool } from './thread-pool.ts';

export interface TextContextOptions {
  /** Cells of keys and values, shared by all sequences. */
  readonly size: number;
  /** Sequences that may be there at once, kept prefixes included. */
  readonly sequences: number;
  /** Most tokens of one decode. */
  readonly batchSize: number;
  /** Most tokens of one decode whose logits are wanted. */
  readonly outputs: number;
  readonly pool: ThreadPool;
  /** Whether a GPU computes: a decode then returns before it is done. */
  readonly gpu?: boolean;
}

/** How a decode ended. `full`: no cells are left for the batch. `aborted`: nothing of the batch was kept. */
export type DecodeResult = 'done' | 'full' | 'aborted';

export class TextContext {
  /** Cells in all. */
  readonly size: number;
  readonly tokens: TokenBatch;
  readonly embeddings: EmbeddingBatch;
  readonly #library: Library;
  readonly #context: Pointer;
  readonly #memory: Pointer;
  readonly #gpu: boolean;
  readonly #abort: AbortFlag;
  readonly #copy: CopyMemory;
  readonly #logits: Float32Array<ArrayBuffer>;
  #freed = false;

  private constructor(library: Library, model: LanguageModel, context: Pointer, options: TextContextOptions) {
    const { llama } = library;
    this.#library = library;
    this.#context = context;
    this.size = llama.llama_n_ctx(context);
    const memory = llama.llama_get_memory(context);
    if (memory === null) throw new Error('the context has no memory');
    this.#memory = memory;
    this.#gpu = options.gpu === true;
    this.#copy = findCopyMemory(library);
    this.#logits = float32s(model.vocabulary.size);
    this.tokens = new TokenBatch(options.batchSize);
    this.embeddings = new EmbeddingBatch(options.batchSize, model.inputSize);
    this.#abort = createAbortFlag(library);
    llama.llama_set_abort_callback(context, this.#abort.callback, this.#abort.data);
    llama.llama_attach_threadpool(context, options.pool.pointer, options.pool.pointer);
  }

  /** @throws PixelwrightError `out-of-memory` with llama.cpp's words where the memory is not there. */
  static async create(
    library: Library,
    model: LanguageModel,
    options: TextContextOptions,
  ): Promise<TextContext> {
    const { llama } = library;
    const log = captureLog(library);
    let context: Pointer | null;
    try {
      context = await llama.llama_init_from_model.later(model.pointer, {
        ...llama.llama_context_default_params(),
        n_ctx: options.size,
        n_batch: options.batchSize,
        // One physical batch a decode: an aborted one then leaves nothing behind.
        n_ubatch: options.batchSize,
        n_seq_max: options.sequences,
        n_outputs_max: options.outputs,
        n_threads: options.pool.threads,
        n_threads_batch: options.pool.threads,
        kv_unified: true,
      });
    } finally {
      log.stop();
      silenceLog(library);
    }
    if (context === null) {
      throw new PixelwrightError(
        'out-of-memory',
        `A context of ${options.size} tokens could not be made: ${log.errors()}`,
        {
          next: 'Choose a smaller --context-size, or close programs that use much memory.',
          details: { contextSize: options.size },
        },
      );
    }
    return new TextContext(library, model, context, options);
  }

  /** Decodes what stands in `tokens` and empties it. */
  async decodeTokens(): Promise<DecodeResult> {
    const batch = this.tokens.take();
    return batch === undefined ? 'done' : await this.#decode(batch);
  }

  /** Decodes what stands in `embeddings` and empties it. */
  async decodeEmbeddings(): Promise<DecodeResult> {
    const batch = this.embeddings.take();
    return batch === undefined ? 'done' : await this.#decode(batch);
  }

  async #decode(batch: Batch): Promise<DecodeResult> {
    this.#abort.lower();
    const status = await this.#library.llama.llama_decode.later(this.#context, batch);
    if (status === 0) {
      // Else asking for logits would wait on the main thread.
      if (this.#gpu) await this.#library.llama.llama_synchronize.later(this.#context);
      return 'done';
    }
    if (status === 1) return 'full';
    if (status === 2) return 'aborted';
    const outOfMemory = status === -2;
    throw new PixelwrightError(
      outOfMemory ? 'out-of-memory' : 'engine-crashed',
      outOfMemory
        ? 'The memory did not suffice to run the model on this batch.'
        : `llama.cpp could not decode a batch (status ${status}).`,
      {
        next: outOfMemory
          ? 'Choose a smaller --context-size or a smaller model.'
          : 'Try again; if it happens again, please report it.',
        details: { status, tokens: batch.n_tokens },
      },
    );
  }

  /** Makes a decode that runs now end early as `aborted`: within one operation on a CPU. */
  abort(): void {
    this.#abort.raise();
  }

  /**
   * The logits of one token of the last decode.
   * @param index in the batch; its logits must have been asked for.
   * @returns f32[vocabulary size]; overwritten by the next call.
   */
  logits(index: number): Float32Array {
    const source = this.#library.llama.llama_get_logits_ith(this.#context, index);
    if (source === null) throw new RangeError(`no logits were computed for token ${index} of the batch`);
    this.#copy(addressOfView(this.#logits), source, this.#logits.byteLength);
    return this.#logits;
  }

  /** Drops a sequence's cells from a position on. */
  truncate(sequence: number, position: number): void {
    this.#library.llama.llama_memory_seq_rm(this.#memory, sequence, position, -1);
  }

  /** Lets `to` share the cells of `from` before `position`. */
  share(from: number, to: number, position: number): void {
    this.#library.llama.llama_memory_seq_cp(this.#memory, from, to, 0, position);
  }

  /** Call when no decode runs. */
  free(): void {
    if (this.#freed) return;
    this.#freed = true;
    this.#library.llama.llama_free(this.#context);
    this.#abort.free();
  }
}
