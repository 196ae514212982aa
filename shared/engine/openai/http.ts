/** One place for sockets: headers, retries of connection faults, and what those faults mean. */
import { setTimeout as sleep } from 'node:timers/promises';
import { Agent, fetch, type Response } from 'undici';
import { PixelwrightError } from '../../errors.ts';
import type { Log } from '../../log.ts';
import type { ServerAddress } from './base-url.ts';

/** Faults of the connection that may be gone a moment later. */
const retriedCodes = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'EAI_AGAIN',
  'UND_ERR_SOCKET',
  'UND_ERR_CONNECT_TIMEOUT',
]);

export interface HttpOptions {
  readonly apiKey: string | undefined;
  /** Milliseconds before the second, third, … try; its length is the number of retries. */
  readonly retryDelaysMs: readonly number[];
  readonly log: Log;
}

export class Http {
  readonly #address: ServerAddress;
  readonly #options: HttpOptions;
  // Reading a picture on a slow processor takes minutes, in which a server sends nothing at all; the
  // caller watches over the time, so the library's own limits are off.
  readonly #agent = new Agent({ headersTimeout: 0, bodyTimeout: 0, connect: { timeout: 10_000 } });

  constructor(address: ServerAddress, options: HttpOptions) {
    this.#address = address;
    this.#options = options;
  }

  /**
   * The whole answer.
   * @throws PixelwrightError `network`, `engine-unavailable`; the reason of `signal` when it fires.
   */
  get(url: string, signal: AbortSignal): Promise<WholeAnswer> {
    const headers = this.#headers({ accept: 'application/json' });
    return this.#retrying(signal, async () =>
      readWhole(await this.#fetch(url, { method: 'GET', headers }, signal)),
    );
  }

  /** Throws like `get`. Nothing is sent again once an answer has begun. */
  post(url: string, body: object, signal: AbortSignal): Promise<Response> {
    const headers = this.#headers({ 'content-type': 'application/json', accept: 'text/event-stream' });
    const init = { method: 'POST', headers, body: JSON.stringify(body) };
    return this.#retrying(signal, () => this.#fetch(url, init, signal));
  }

  close(): Promise<void> {
    return this.#agent.destroy();
  }

  #headers(headers: Record<string, string>): Record<string, string> {
    const { apiKey } = this.#options;
    return apiKey === undefined ? headers : { ...headers, authorization: `Bearer ${apiKey}` };
  }

  #fetch(url: string, init: SentRequest, signal: AbortSignal): Promise<Response> {
    // A followed redirect would turn POST into GET, and hand the key to another host.
    return fetch(url, { ...init, signal, redirect: 'manual', dispatcher: this.#agent });
  }

  async #retrying<T>(signal: AbortSignal, send: () => Promise<T>): Promise<T> {
    for (let attempt = 0; ; attempt += 1) {
      try {
        return await send();
      } catch (error) {
        signal.throwIfAborted();
        const code = faultCode(error);
        const delay = this.#options.retryDelaysMs[attempt];
        if (delay === undefined || !retriedCodes.has(code)) throw connectionFault(this.#address, code, error);
        this.#options.log.debug(`${this.#address.label}: ${code}, trying again in ${delay} ms`);
        await sleep(delay, undefined, { signal }).catch(() => signal.throwIfAborted());
      }
    }
  }
}

/** An answer read to its end. */
export interface WholeAnswer {
  readonly status: number;
  readonly contentType: string;
  readonly location: string | undefined;
  readonly body: string;
}

export async function readWhole(response: Response): Promise<WholeAnswer> {
  return {
    status: response.status,
    contentType: response.headers.get('content-type') ?? '',
    location: response.headers.get('location') ?? undefined,
    body: await response.text(),
  };
}

interface SentRequest {
  readonly method: string;
  readonly headers: Record<string, string>;
  readonly body?: string;
}

/** The system's or undici's code behind a failed fetch, or `unknown`. */
export function faultCode(error: unknown): string {
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    if ('code' in cause && typeof cause.code === 'string') return cause.code;
  }
  return 'unknown';
}

function connectionFault(address: ServerAddress, code: string, cause: unknown): PixelwrightError {
  const details = { code, server: address.root };
  if (code === 'ECONNREFUSED') {
    const message = `No model server answers at ${address.label}: the connection was refused.`;
    const next = 'Start the server, or correct the base URL and its port.';
    return new PixelwrightError('engine-unavailable', message, { next, details, cause });
  }
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') {
    const message = `The host of the model server, ${address.label}, is not known.`;
    const next = 'Correct the base URL; a server on this machine is 127.0.0.1.';
    return new PixelwrightError('engine-unavailable', message, { next, details, cause });
  }
  const message = `The connection to the model server at ${address.label} failed (${code}).`;
  const next = 'See that the server runs and that http and https are not mixed up, then run again.';
  return new PixelwrightError('network', message, { next, details, cause });
}
