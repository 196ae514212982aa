/** What the scheduler is given and what it tells about itself. */
import type { DecodeResult } from '../model/text-context.ts';

/** What of a context this needs; `TextContext` has it. */
export interface SchedulerContext {
  /** Cells. */
  readonly size: number;
  readonly tokens: {
    readonly capacity: number;
    add(token: number, position: number, sequence: number, logits: boolean): number;
  };
  readonly embeddings: {
    set(
      embeddings: Float32Array,
      grid: { readonly columns: number; readonly rows: number },
      run: { readonly from: number; readonly to: number; readonly start: number; readonly sequence: number },
    ): void;
  };
  decodeTokens(): Promise<DecodeResult>;
  decodeEmbeddings(): Promise<DecodeResult>;
  abort(): void;
  logits(index: number): Float32Array;
  truncate(sequence: number, position: number): void;
  share(from: number, to: number, position: number): void;
}

export interface SchedulerOptions {
  /** Requests that are computed at the same time. */
  readonly parallel: number;
  /** Sequences of the context: those of requests, and those kept for their prefix. */
  readonly sequences: number;
  /** Most tokens of one decode whose logits are wanted. */
  readonly outputs: number;
  /** Prompt tokens of one decode while answers are being written, so that they go on. */
  readonly prefillChunk: number;
  /** What embeddings of pictures may take, in bytes. */
  readonly embeddingCacheBytes: number;
}

export interface SchedulerStatus {
  readonly running: number;
  readonly waiting: number;
  readonly usedCells: number;
  readonly cells: number;
}
