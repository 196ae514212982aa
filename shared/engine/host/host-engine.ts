/** The engine that most programs use: the one model of this user's host, which is started when there is none. */
import { PixelwrightError, throwIfCancelled } from '../../errors.ts';
import { type Log, silentLog } from '../../log.ts';
import type { Engine, EngineInfo, EnginePart, EngineRequest, StreamOptions } from '../engine.ts';
import { answerError } from '../openai/answer-error.ts';
import { parseBaseUrl, type ServerAddress } from '../openai/base-url.ts';
import { type ChatConnection, chat } from '../openai/chat.ts';
import { Http, readWhole } from '../openai/http.ts';
import { attachHost } from './attach.ts';
import { baseUrl } from './host-address.ts';
import { hostFaults, isGone, isRefused } from './host-faults.ts';
import { type HostFiles, type HostState, hostFiles } from './host-state.ts';
import { watchHost } from './host-watch.ts';
import { engineInfoSchema } from './protocol.ts';
import { hostCommand } from './start-host.ts';
import { stateFolder } from './state-folder.ts';
import { modelName, type WantedModel } from './wanted-model.ts';

export interface HostEngineOptions {
  readonly model: WantedModel;
  /** Minutes without a request after which the host unloads the model. */
  readonly idleMinutes: number;
  /** Where the host's state is kept; default: the user's own folder. */
  readonly folder?: string | undefined;
  /** Default: that of this process. The host inherits it when this engine starts it. */
  readonly environment?: Readonly<Record<string, string | undefined>> | undefined;
  /** What Node runs as host; default: the host of this package. */
  readonly command?: readonly string[] | undefined;
  readonly log?: Log | undefined;
}

/** A host reports all the time, so these are for one that hangs in its native part. */
const timeouts = { firstTextMs: 30 * 60_000, nextTextMs: 10 * 60_000 };

/** A host may end between the look at it and the request; each try looks again. */
const tries = 4;

/**
 * Nothing is started or loaded before the first request. `stream` and `describe` throw PixelwrightError:
 * whatever the engine in the host throws, unchanged; `engine-crashed` when the host dies on the way, after
 * which the next request starts another; `engine-unavailable` when none can be started; `not-allowed` and
 * `output-not-writable` for the state folder; `cancelled`.
 */
export function createHostEngine(options: HostEngineOptions): Engine {
  return new HostEngine(options);
}

interface Attached {
  readonly state: HostState;
  readonly connection: ChatConnection;
}

class HostEngine implements Engine {
  readonly #options: HostEngineOptions;
  readonly #files: HostFiles;
  readonly #log: Log;
  readonly #closed = new AbortController();
  #http: { readonly token: string; readonly http: Http } | undefined;
  #info: EngineInfo | undefined;

  constructor(options: HostEngineOptions) {
    this.#options = options;
    this.#log = options.log ?? silentLog;
    this.#files = hostFiles(options.folder ?? stateFolder(this.#environment));
  }

  async *stream(
    request: EngineRequest,
    { signal }: StreamOptions,
  ): AsyncGenerator<EnginePart, void, undefined> {
    const { model, idleMinutes } = this.#options;
    const extension = { model, idleMinutes };
    const target = { dialect: 'pixelwright', model: modelName(model), extension } as const;
    for (let attempt = 1; ; attempt += 1) {
      const { state, connection } = await this.#attach(signal);
      const watch = watchHost(state, this.#files.log);
      let begun = false;
      try {
        const closed = AbortSignal.any([this.#closed.signal, watch.signal]);
        for await (const part of chat(connection, request, target, { signal, closed })) {
          begun = true;
          yield part;
        }
        return;
      } catch (error) {
        if (begun || attempt === tries || !isGone(error)) throw error;
        this.#log.debug(`the engine host has gone (${String(error)}); trying again`);
      } finally {
        watch.stop();
      }
    }
  }

  async describe({ signal }: StreamOptions): Promise<EngineInfo> {
    for (let attempt = 1; this.#info === undefined; attempt += 1) {
      const attached = await this.#attach(signal);
      try {
        this.#info = await this.#describe(attached, signal);
      } catch (error) {
        throwIfCancelled(signal);
        if (attempt === tries || !isGone(error)) throw error;
        // The model is loaded before the answer begins: a connection that breaks there is a crash.
        if (!isRefused(error)) throw hostFaults(attached.state, this.#files.log).broken(0, 'loading', error);
      }
    }
    return this.#info;
  }

  async close(): Promise<void> {
    this.#closed.abort(closedError());
    await this.#http?.http.close();
  }

  async #describe({ state, connection }: Attached, signal: AbortSignal): Promise<EngineInfo> {
    const { model } = this.#options;
    const watch = watchHost(state, this.#files.log);
    try {
      const all = AbortSignal.any([signal, this.#closed.signal, watch.signal]);
      const { http, address } = connection;
      const answer = await readWhole(await http.post(`${address.root}/describe`, model, all));
      if (answer.status !== 200) throw answerError(address, answer, modelName(model));
      return engineInfoSchema.parse(JSON.parse(answer.body));
    } finally {
      watch.stop();
    }
  }

  async #attach(signal: AbortSignal): Promise<Attached> {
    throwIfCancelled(signal);
    if (this.#closed.signal.aborted) throw closedError();
    const { idleMinutes, command = hostCommand() } = this.#options;
    const start = { files: this.#files, command, idleMinutes, environment: this.#environment };
    const state = await attachHost(start, AbortSignal.any([signal, this.#closed.signal])).catch((error) => {
      throw this.#closed.signal.aborted ? closedError() : error;
    });
    const address = parseBaseUrl(baseUrl(state.address, state.port));
    const faults = hostFaults(state, this.#files.log);
    return {
      state,
      connection: { http: await this.#httpOf(state.token, address), address, timeouts, faults },
    };
  }

  /** One for each host: the old one's sockets lead nowhere. */
  async #httpOf(token: string, address: ServerAddress): Promise<Http> {
    if (this.#http?.token === token) return this.#http.http;
    await this.#http?.http.close();
    // Not tried again in there: another look at the host must come first.
    const http = new Http(address, { apiKey: token, retryDelaysMs: [], log: this.#log });
    this.#http = { token, http };
    return http;
  }

  get #environment(): Readonly<Record<string, string | undefined>> {
    return this.#options.environment ?? process.env;
  }
}

function closedError(): PixelwrightError {
  return new PixelwrightError('engine-unavailable', 'The engine was closed.', { next: 'Open a new one.' });
}
