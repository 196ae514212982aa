/** The engine inside pixelwright: Qwen3-VL on llama.cpp's libraries, in this process. */
import type { Device } from '../../config.ts';
import { PixelwrightError, throwIfCancelled } from '../../errors.ts';
import { type Log, silentLog } from '../../log.ts';
import type {
  Constraint,
  Engine,
  EngineInfo,
  EnginePart,
  EngineRequest,
  Speculation,
  StreamOptions,
} from '../engine.ts';
import { guardLoops } from '../stream/loop-guard.ts';
import { encodePrompt } from './encode-prompt.ts';
import { checkGrammar, schemaGrammar } from './grammar/index.ts';
import type { Vocabulary } from './model/vocabulary.ts';
import { chatSegments } from './prompt/index.ts';
import { loadRuntime, type Runtime } from './runtime.ts';
import { Sampler } from './sampler/sampler.ts';
import type { Entry } from './scheduler/entries.ts';
import type { DrawnToken, ScheduledRequest, TokenDrafter, TokenSampler } from './scheduler/request.ts';
import type { SchedulerStatus } from './scheduler/scheduler-types.ts';
import { type CostOfBatch, htmlPhrases, prepareDrafter } from './speculation/index.ts';

export interface NativeEngineOptions {
  /** GGUF file of the language model. */
  readonly model: string;
  /** GGUF file of its projector; without it the engine takes no pictures. */
  readonly mmproj?: string | undefined;
  readonly device?: Device | undefined;
  /** Processor threads; one fewer than there are cores if not given. */
  readonly threads?: number | undefined;
  /** Cells of the context, shared by all requests; what the memory allows if not given. */
  readonly contextSize?: number | undefined;
  /** Requests that are answered at once. */
  readonly parallel?: number | undefined;
  readonly log?: Log;
}

/** What tests and benches may ask beside. */
export interface NativeRequest extends EngineRequest {
  /** Tokens that are drawn instead of the likeliest ones; after them the answer goes on as usual. */
  readonly forcedTokens?: readonly number[];
  /** Called for each token of the answer. */
  readonly onDraw?: (drawn: DrawnToken) => void;
  /** Does not end the answer where the model does, but only at `maxTokens`. */
  readonly ignoreEnd?: boolean;
  /** Does not stop a text that repeats itself. */
  readonly unguarded?: boolean;
  /** What a batch costs, instead of what was measured: the same guesses in every run. */
  readonly costOfBatch?: CostOfBatch;
}

export interface NativeStatus extends SchedulerStatus {
  /** `CPU`, or the name of the GPU. */
  readonly device: string;
}

export interface NativeEngine extends Engine {
  stream(request: NativeRequest, options: StreamOptions): AsyncIterable<EnginePart>;
  readonly status: NativeStatus;
  /** Token ids of plain text, for benches. */
  tokenise(text: string): Promise<Int32Array>;
}

export interface LoadOptions {
  readonly signal: AbortSignal;
  /** @param fraction 0..1 of everything that is loaded. */
  readonly onProgress?: (fraction: number) => void;
}

/** Tokens of an answer whose request names no limit. */
const defaultMaxTokens = 2048;

/**
 * Loads libraries, model and projector; the caller closes the engine.
 * @throws PixelwrightError `engine-unavailable` without fit libraries, `model-missing`, `model-corrupt`,
 * `out-of-memory`, `cancelled`.
 */
export async function loadNativeEngine(
  options: NativeEngineOptions,
  { signal, onProgress }: LoadOptions,
): Promise<NativeEngine> {
  const log = options.log ?? silentLog;
  const runtime = await loadRuntime({ ...options, log }, { signal, ...(onProgress ? { onProgress } : {}) });
  return new LoadedEngine(runtime);
}

class LoadedEngine implements NativeEngine {
  readonly #runtime: Runtime;
  #phrases: readonly number[][] | undefined;
  #drafters: Promise<unknown> = Promise.resolve();
  #closing: Promise<void> | undefined;
  /** Native work of requests that the scheduler does not know yet. */
  readonly #preparing = new Set<Promise<unknown>>();

  constructor(runtime: Runtime) {
    this.#runtime = runtime;
  }

  get status(): NativeStatus {
    return { ...this.#runtime.scheduler.status, device: this.#runtime.device };
  }

  async tokenise(text: string): Promise<Int32Array> {
    return await this.#whileOpen(() => this.#runtime.model.vocabulary.tokenise(text));
  }

  describe(): Promise<EngineInfo> {
    const { model, context, images, modelName } = this.#runtime;
    return Promise.resolve({
      name: `pixelwright on ${this.#runtime.device}`,
      model: `${modelName} (${model.description})`,
      contextSize: context.size,
      capabilities: { grammar: true, jsonSchema: true, vision: images !== undefined },
    });
  }

  stream(request: NativeRequest, options: StreamOptions): AsyncIterable<EnginePart> {
    const parts = this.#parts(request, options);
    return request.unguarded ? parts : guardLoops(parts);
  }

  async *#parts(
    request: NativeRequest,
    { signal }: StreamOptions,
  ): AsyncGenerator<EnginePart, void, undefined> {
    const scheduled = await this.#whileOpen(() => this.#submit(request, signal));
    try {
      yield* scheduled.parts;
    } finally {
      this.#runtime.scheduler.leave(scheduled);
      this.#runtime.model.pages.improve(() => this.#idle);
    }
  }

  get #idle(): boolean {
    const { running, waiting } = this.#runtime.scheduler.status;
    return running + waiting === 0;
  }

  async #submit(request: NativeRequest, signal: AbortSignal): Promise<ScheduledRequest> {
    const { model, scheduler, library, candidates, images } = this.#runtime;
    const { vocabulary } = model;
    const grammar = grammarOf(request.constraint);
    const prompt = await encodePrompt(chatSegments(request.messages), vocabulary, async (frames) => {
      if (images === undefined) throw noProjector();
      this.#requireOpen();
      return await images.describe(frames, signal);
    });
    const drafter =
      request.speculation && (await this.#drafterInTurn(request, request.speculation, prompt, signal));
    const sampler = await Sampler.create(library, vocabulary, candidates, {
      sampling: request.sampling,
      grammar,
    });
    return scheduler.submit(
      {
        prompt,
        sampler: forced(sampler, request.forcedTokens),
        drafter,
        maxTokens: request.maxTokens ?? defaultMaxTokens,
        stop: request.stop,
        onDraw: request.onDraw,
        ignoreEnd: request.ignoreEnd ?? false,
      },
      signal,
    );
  }

  /** One after the other: the pauses that each makes for the event loop would fall together. */
  #drafterInTurn(
    request: NativeRequest,
    speculation: Speculation,
    prompt: readonly Entry[],
    signal: AbortSignal,
  ): Promise<TokenDrafter> {
    const drafter = this.#drafters.then(() => this.#drafter(request, speculation, prompt, signal));
    // Whoever asked for it hears of its failure.
    this.#drafters = drafter.catch(() => undefined);
    return drafter;
  }

  async #drafter(
    { costOfBatch }: NativeRequest,
    speculation: Speculation,
    prompt: readonly Entry[],
    signal: AbortSignal,
  ): Promise<TokenDrafter> {
    throwIfCancelled(signal);
    const { vocabulary } = this.#runtime.model;
    const texts = await tokenised(vocabulary, speculation.texts ?? []);
    this.#phrases ??= await tokenised(vocabulary, [htmlPhrases]);
    const words = prompt.flatMap(({ key }) => (typeof key === 'number' ? [key] : []));
    return await prepareDrafter(
      {
        texts,
        phrases: this.#phrases,
        prompt: words,
        textOf: (token) => vocabulary.text([token]),
        costOfBatch: costOfBatch ?? ((tokens) => this.#runtime.scheduler.costOfBatch(tokens)),
      },
      signal,
    );
  }

  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  async #close(): Promise<void> {
    // What they use is freed only when they have ended.
    await Promise.allSettled(this.#preparing);
    await this.#runtime.close();
  }

  async #whileOpen<Result>(work: () => Promise<Result>): Promise<Result> {
    this.#requireOpen();
    const running = work();
    this.#preparing.add(running);
    try {
      return await running;
    } finally {
      this.#preparing.delete(running);
    }
  }

  #requireOpen(): void {
    if (this.#closing) throw new PixelwrightError('engine-unavailable', 'The engine was closed.');
  }
}

/** GBNF for either kind of constraint. @throws PixelwrightError `option-invalid` for a schema that no grammar can hold. */
function grammarOf(constraint: Constraint | undefined): string | undefined {
  if (constraint === undefined) return undefined;
  if (constraint.kind === 'json-schema') return schemaGrammar(constraint.schema);
  checkGrammar(constraint.grammar);
  return constraint.grammar;
}

function noProjector(): PixelwrightError {
  return new PixelwrightError(
    'model-missing',
    'The prompt has a picture, and the model was loaded without its projector.',
    {
      next: 'Name the projector with --mmproj FILE, or get both files with "pixelwright models pull".',
    },
  );
}

/** Draws the given tokens first. */
function forced(sampler: Sampler, tokens: readonly number[] = []): TokenSampler {
  if (tokens.length === 0) return sampler;
  let next = 0;
  return {
    sample: (logits) => tokens[next] ?? sampler.sample(logits),
    accept(token) {
      next++;
      sampler.accept(token);
    },
    free: () => sampler.free(),
  };
}

async function tokenised(vocabulary: Vocabulary, texts: readonly string[]): Promise<number[][]> {
  const lists: number[][] = [];
  for (const text of texts) lists.push([...(await vocabulary.tokenise(text))]);
  return lists;
}
