/** The interface of every engine: a request goes in, a stream of parts comes out. */
import type { PromptMessage, Sampling } from '../tasks/prompt.ts';

export type { ImagePart, PromptMessage, PromptPart, Sampling, TextPart, VideoPart } from '../tasks/prompt.ts';

/** What holds the model to a form. At most one, because engines refuse both together. */
export type Constraint =
  | { readonly kind: 'json-schema'; readonly schema: JsonSchema }
  /** GBNF, the grammar notation of llama.cpp and XGrammar; the start rule is `root`. */
  | { readonly kind: 'grammar'; readonly grammar: string };

export type JsonSchema = Readonly<Record<string, unknown>>;

export interface EngineRequest {
  readonly messages: readonly PromptMessage[];
  readonly constraint?: Constraint;
  readonly sampling?: Sampling;
  /** Most tokens of the answer; reaching it ends the stream with `length`. */
  readonly maxTokens?: number;
  /** Texts that end the answer; they are not part of it. */
  readonly stop?: readonly string[];
  /** Guess the next tokens and check several at once; the answer is the same as without. Off unless given. */
  readonly speculation?: Speculation;
}

/** Where guesses come from, besides the prompt and the answer so far, which are always used. */
export interface Speculation {
  /** Texts that the answer is likely to quote: recognised text, a draft page. */
  readonly texts?: readonly string[];
}

export interface StreamOptions {
  /** Ends the stream with a `cancelled` error and frees what the request holds, sockets included. */
  readonly signal: AbortSignal;
}

/** Tokens of one request, as the engine counted them. */
export interface Usage {
  readonly promptTokens: number;
  readonly completionTokens: number;
  /** Those of `promptTokens` that stand for pictures, where the engine tells. */
  readonly imageTokens?: number;
  /** What needed no computing because it had been computed before, where the engine tells. */
  readonly cached?: CachedUsage;
  /** Tokens that speculation guessed, and those of them that were right; absent without speculation. */
  readonly draft?: { readonly proposed: number; readonly accepted: number };
}

export interface CachedUsage {
  /** Those of `promptTokens` whose keys and values were still there. */
  readonly promptTokens: number;
  /** Pictures that were read but not encoded again; absent where the engine does not tell. */
  readonly images?: number;
}

/** Milliseconds, measured from the call of `stream`. */
export interface Timings {
  /** Until the first text; absent if there was none. */
  readonly firstTextMs?: number;
  readonly totalMs: number;
  /** The engine's own figures, where it tells. */
  readonly prefillMs?: number;
  readonly decodeMs?: number;
}

/**
 * Why a stream ended. `stop`: the model ended it or a stop text came. `length`: `maxTokens` or the
 * context was used up. `repetition`: the loop guard stopped it. `other`: the engine gave another reason.
 */
export type FinishReason = 'stop' | 'length' | 'repetition' | 'content-filter' | 'other';

/** Where an answer began to repeat itself. Offsets count UTF-16 units of the whole text. */
export interface Repetition {
  readonly kind: 'exact' | 'counting' | 'stale-lines';
  /** Text up to here is worth keeping: at least one copy of what repeats stands before it. */
  readonly keep: number;
  /** Length of one copy, where the copies are all alike. */
  readonly period?: number;
}

export interface PrefillProgressPart {
  readonly type: 'prefill-progress';
  /** Prompt tokens done so far, cached ones included. */
  readonly processed: number;
  readonly total: number;
}

/** What happens before the prompt is read. A stage may come again, and never goes back while it lasts. */
export interface StageProgressPart {
  readonly type: 'stage-progress';
  /** `waiting`: for a place beside other requests. `loading`: the model. `encoding`: the pictures. */
  readonly stage: 'waiting' | 'loading' | 'encoding';
  /** 0..1; absent where it cannot be told. */
  readonly fraction?: number;
}

export interface TextDeltaPart {
  readonly type: 'text-delta';
  /** Never empty. */
  readonly text: string;
}

export interface FinishPart {
  readonly type: 'finish';
  readonly reason: FinishReason;
  /** Absent where the engine does not count, or was stopped before it could. */
  readonly usage?: Usage;
  readonly timings: Timings;
  /** Present exactly when `reason` is `repetition`. */
  readonly repetition?: Repetition;
}

/** `finish` comes exactly once and last, unless the stream throws. */
export type EnginePart = StageProgressPart | PrefillProgressPart | TextDeltaPart | FinishPart;

export interface EngineCapabilities {
  readonly grammar: boolean;
  readonly jsonSchema: boolean;
  /** Absent where the engine does not tell whether its model sees pictures. */
  readonly vision?: boolean;
}

export interface EngineInfo {
  /** For people: `llama-server at 127.0.0.1:8080`. */
  readonly name: string;
  readonly model: string;
  /** Tokens of prompt and answer together; absent where unknown. */
  readonly contextSize?: number;
  readonly capabilities: EngineCapabilities;
}

export interface Engine {
  /**
   * Starts a request when the first part is asked for. Leaving the loop early cancels it.
   * @throws PixelwrightError `cancelled` when `signal` fires; other codes by engine.
   */
  stream(request: EngineRequest, options: StreamOptions): AsyncIterable<EnginePart>;
  /** Name, model and context; asks the engine once and remembers. */
  describe(options: StreamOptions): Promise<EngineInfo>;
  /** Ends running requests and frees everything. May be called again. */
  close(): Promise<void>;
}
