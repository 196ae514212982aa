/** An engine behind HTTP: llama-server, vLLM, Ollama, LM Studio, or whatever speaks their protocol. */
import { cancelled, PixelwrightError, throwIfCancelled } from '../../errors.ts';
import { type Log, silentLog } from '../../log.ts';
import type { Engine, EngineInfo, EnginePart, EngineRequest, StreamOptions } from '../engine.ts';
import { parseBaseUrl, type ServerAddress } from './base-url.ts';
import { type ChatTimeouts, chat } from './chat.ts';
import { capabilities, type Dialect, dialectNames } from './dialects.ts';
import { chooseModel, discover, type ServedModel, type ServerFacts } from './discovery.ts';
import { Http } from './http.ts';
import { droppedSampling } from './request-body.ts';

export interface OpenAiEngineOptions {
  /** With or without `/v1`: `http://127.0.0.1:8080`. */
  readonly baseUrl: string;
  readonly apiKey?: string | undefined;
  /** Absent: the one that the server has in memory. */
  readonly model?: string | undefined;
  /** Default `auto`: found out by asking the server once. */
  readonly dialect?: Dialect | 'auto' | undefined;
  readonly log?: Log;
  readonly timeouts?: Partial<ChatTimeouts & { readonly discoveryMs: number }>;
  /** Milliseconds before each retry of a connection fault; default 200 and 600. */
  readonly retryDelaysMs?: readonly number[];
}

interface Server {
  readonly facts: ServerFacts;
  readonly model: ServedModel;
}

/**
 * @throws PixelwrightError `option-invalid` for a base URL that is none. `stream` and `describe` throw:
 * `engine-unavailable` (nobody or somebody else answers, or it is loading), `not-allowed` (key),
 * `model-missing`, `input-too-large` (context), `out-of-memory`, `engine-crashed`, `network` (fault of
 * the connection, or silence), `truncated` (the stream ended too soon), `output-invalid` (no chunks),
 * `option-invalid` (a request that the server refuses), `cancelled`.
 */
export function createOpenAiEngine(options: OpenAiEngineOptions): Engine {
  return new OpenAiEngine(options);
}

class OpenAiEngine implements Engine {
  readonly #options: OpenAiEngineOptions;
  readonly #address: ServerAddress;
  readonly #http: Http;
  readonly #log: Log;
  readonly #closed = new AbortController();
  #server: Promise<Server> | undefined;

  constructor(options: OpenAiEngineOptions) {
    this.#options = options;
    this.#log = options.log ?? silentLog;
    this.#address = parseBaseUrl(options.baseUrl);
    const { apiKey, retryDelaysMs = [200, 600] } = options;
    this.#http = new Http(this.#address, { apiKey, retryDelaysMs, log: this.#log });
  }

  async *stream(
    request: EngineRequest,
    { signal }: StreamOptions,
  ): AsyncGenerator<EnginePart, void, undefined> {
    throwIfCancelled(signal);
    const { facts, model } = await this.#discovered(signal);
    const dropped = droppedSampling(request.sampling, facts.dialect);
    if (dropped.length > 0) this.#log.debug(`${dialectNames[facts.dialect]} ignores ${dropped.join(', ')}`);
    const { firstTextMs = 600_000, nextTextMs = 120_000 } = this.#options.timeouts ?? {};
    const target = { dialect: facts.dialect, version: facts.version, model: model.id };
    const connection = { http: this.#http, address: this.#address, timeouts: { firstTextMs, nextTextMs } };
    yield* chat(connection, request, target, { signal, closed: this.#closed.signal });
  }

  async describe({ signal }: StreamOptions): Promise<EngineInfo> {
    throwIfCancelled(signal);
    const { facts, model } = await this.#discovered(signal);
    const { contextSize, vision } = model;
    return {
      name: `${dialectNames[facts.dialect]} at ${this.#address.label}`,
      model: model.id,
      ...(contextSize === undefined ? {} : { contextSize }),
      capabilities: { ...capabilities(facts.dialect), ...(vision === undefined ? {} : { vision }) },
    };
  }

  async close(): Promise<void> {
    this.#closed.abort(closedError());
    await this.#http.close();
  }

  /** Shared by all callers, so one caller's cancellation must not end it for the others. */
  async #discovered(signal: AbortSignal): Promise<Server> {
    if (this.#closed.signal.aborted) throw closedError();
    this.#server ??= this.#discover().catch((error: unknown) => {
      this.#server = undefined;
      throw error;
    });
    return abortable(this.#server, signal);
  }

  async #discover(): Promise<Server> {
    const { dialect = 'auto', model: wanted, timeouts } = this.#options;
    const limitMs = timeouts?.discoveryMs ?? 10_000;
    const limit = new AbortController();
    const timer = setTimeout(() => limit.abort(slowServer(this.#address, limitMs)), limitMs);
    try {
      const signal = AbortSignal.any([limit.signal, this.#closed.signal]);
      const facts = await discover(this.#http, this.#address, dialect, signal);
      const model = chooseModel(facts, wanted, this.#address.label);
      this.#log.info(`${dialectNames[facts.dialect]} at ${this.#address.label}, model ${model.id}`);
      return { facts, model };
    } finally {
      clearTimeout(timer);
      // Ends what is still being asked after the first fault.
      limit.abort();
    }
  }
}

/** Waits for `work`, but no longer than until `signal` fires; `work` itself goes on. */
function abortable<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise<T>((resolve, reject) => {
    const onAbort = () => reject(cancelled(signal.reason));
    signal.addEventListener('abort', onAbort, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', onAbort));
  });
}

function closedError(): PixelwrightError {
  return new PixelwrightError('engine-unavailable', 'The engine was closed.', { next: 'Open a new one.' });
}

function slowServer(address: ServerAddress, limitMs: number): PixelwrightError {
  return new PixelwrightError(
    'engine-unavailable',
    `The model server at ${address.label} did not say what it is within ${limitMs / 1000} s.`,
    { next: 'See that the base URL is right and that the server is not stuck.', details: { limitMs } },
  );
}
