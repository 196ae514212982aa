/** Sends requests to a hub: through proxies, along redirects, with the token where it belongs, with retries. */
import { setTimeout as sleep } from 'node:timers/promises';
import { type Dispatcher, EnvHttpProxyAgent, request } from 'undici';
import { cancelled, PixelwrightError, throwIfCancelled } from '../../errors.ts';
import type { Environment } from '../../home-folder.ts';
import { type Log, silentLog } from '../../log.ts';
import { version } from '../../version.ts';
import { formatDuration } from './format.ts';
import { type HubAddress, mayCarryToken, shownUrl } from './hub-address.ts';
import { connectionError, Interrupted, refusalError, retryAfterMs } from './hub-errors.ts';

const mostRedirects = 10;
/** A server that asks for more is told to the user instead of being waited for. */
const longestWaitMs = 120_000;
/** Before the second, third, … try that brings nothing new. */
const defaultDelaysMs: readonly number[] = [1000, 2000, 4000, 8000, 16_000];

export interface HubClientOptions {
  readonly environment: Environment;
  readonly log?: Log | undefined;
  readonly retryDelaysMs?: readonly number[] | undefined;
  /** Told when a wait begins, in words. */
  readonly onNote?: ((note: string) => void) | undefined;
}

export interface HubAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Dispatcher.ResponseData['body'];
  /** Where the answer came from, for people. */
  readonly url: string;
}

/** Holds connections; the one who made it closes it. */
export class HubClient {
  readonly address: HubAddress;
  readonly #agent: EnvHttpProxyAgent;
  readonly #options: HubClientOptions;

  /** @throws PixelwrightError `option-invalid` for a proxy that is no address. */
  constructor(address: HubAddress, options: HubClientOptions) {
    this.address = address;
    this.#options = options;
    this.#agent = proxyAgent(options.environment);
  }

  close(): Promise<void> {
    return this.#agent.destroy();
  }

  /**
   * One answer with status 200 or 206, or one of `allowed`; the caller reads or destroys its body.
   * @param page the repository's page, for messages.
   * @throws Interrupted, PixelwrightError `not-allowed`, `model-missing`, `network`, `cancelled`.
   */
  async get(
    address: string,
    page: string,
    signal: AbortSignal,
    headers: Readonly<Record<string, string>> = {},
    allowed: readonly number[] = [],
  ): Promise<HubAnswer> {
    let url = new URL(address);
    // Once it has left the hub, a chain of redirects stays without the token, even where it leads back.
    let trusted = true;
    for (let hop = 0; hop <= mostRedirects; hop++) {
      trusted = trusted && mayCarryToken(url, this.address);
      const answer = await this.#send(url, signal, trusted ? this.#authorised(headers) : headers);
      const location = answer.headers['location'];
      if (answer.status >= 300 && answer.status < 400 && location !== undefined) {
        answer.body.destroy();
        url = nextUrl(url, location);
      } else if (answer.status === 200 || answer.status === 206 || allowed.includes(answer.status)) {
        return answer;
      } else {
        answer.body.destroy();
        const waitMs = retryAfterMs(answer.headers['retry-after'], Date.now());
        throw refusalError({ status: answer.status, waitMs, url: answer.url, page, sentToken: trusted });
      }
    }
    throw new PixelwrightError(
      'network',
      `Expected a file, but ${shownUrl(new URL(address))} redirects in a circle.`,
      {
        next: 'Correct the address of the hub (HF_ENDPOINT, --model-hub).',
      },
    );
  }

  /**
   * Does `work` again while it is interrupted and hope is left.
   * @param options.retries fewer than there are delays, for what a user waits for.
   * @param options.progressed asked after a fault whether `work` got further; then the count begins anew.
   * @throws PixelwrightError what the last interruption means, or what else `work` throws.
   */
  async retrying<Result>(
    work: () => Promise<Result>,
    signal: AbortSignal,
    options: { readonly retries?: number; readonly progressed?: () => boolean } = {},
  ): Promise<Result> {
    const delays = (this.#options.retryDelaysMs ?? defaultDelaysMs).slice(0, options.retries);
    for (let attempt = 0; ; attempt++) {
      try {
        throwIfCancelled(signal);
        return await work();
      } catch (error) {
        if (signal.aborted) throw cancelled(signal.reason);
        if (!(error instanceof Interrupted)) throw error;
        if (options.progressed?.()) attempt = 0;
        const delay = delays[attempt];
        const wait = Math.max(delay ?? 0, error.waitMs ?? 0);
        if (delay === undefined || wait > longestWaitMs) throw error.error;
        this.#options.log?.debug(`${error.message} Trying again in ${wait} ms.`);
        this.#options.onNote?.(`${error.message} Trying again in ${formatDuration(wait / 1000)}.`);
        await sleep(wait, undefined, { signal }).catch(() => throwIfCancelled(signal));
      }
    }
  }

  #authorised(headers: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
    return { ...headers, authorization: `Bearer ${this.address.token}` };
  }

  async #send(url: URL, signal: AbortSignal, headers: Readonly<Record<string, string>>): Promise<HubAnswer> {
    const shown = shownUrl(url);
    (this.#options.log ?? silentLog).debug(`GET ${shown}${headers['range'] ? ` ${headers['range']}` : ''}`);
    try {
      const answer = await request(url, {
        dispatcher: this.#agent,
        signal,
        // A compressed answer could not be continued in its middle.
        headers: { 'user-agent': `pixelwright/${version}`, 'accept-encoding': 'identity', ...headers },
      });
      // Leaving a body before its end is an error event; who reads it is told by its iterator.
      answer.body.on('error', () => {});
      return { status: answer.statusCode, headers: single(answer.headers), body: answer.body, url: shown };
    } catch (error) {
      if (signal.aborted) throw cancelled(signal.reason);
      throw connectionError(shown, error);
    }
  }
}

/** The environment's proxies; what is not set there is not looked up in the process's own. */
function proxyAgent(environment: Environment): EnvHttpProxyAgent {
  const read = (name: string) => environment[name.toLowerCase()] || environment[name] || '';
  try {
    return new EnvHttpProxyAgent({
      httpProxy: read('HTTP_PROXY'),
      httpsProxy: read('HTTPS_PROXY'),
      noProxy: read('NO_PROXY'),
      // An unencrypted request is forwarded as such: many proxies refuse to tunnel to port 80.
      proxyTunnel: false,
      connect: { timeout: 20_000 },
      headersTimeout: 60_000,
      // No byte for a minute: the line is dead, and a new one goes on from here.
      bodyTimeout: 60_000,
    });
  } catch (cause) {
    throw new PixelwrightError(
      'option-invalid',
      `HTTP_PROXY or HTTPS_PROXY is no address of a proxy: ${String(cause)}`,
      {
        next: 'Write it as http://host:port.',
        cause,
      },
    );
  }
}

/** @throws PixelwrightError `not-allowed` for what is no http(s) address, or gives up encryption. */
function nextUrl(from: URL, location: string): URL {
  const url = URL.canParse(location, from.href) ? new URL(location, from) : undefined;
  const weaker = from.protocol === 'https:' && url?.protocol !== 'https:';
  if (url !== undefined && /^https?:$/.test(url.protocol) && !weaker) return url;
  throw new PixelwrightError(
    'not-allowed',
    `Expected a redirect to an ${from.protocol === 'https:' ? 'https' : 'http(s)'} address, but ${shownUrl(from)} leads to ${url === undefined ? 'nowhere' : shownUrl(url)}.`,
    { next: 'Correct the address of the hub (HF_ENDPOINT, --model-hub).' },
  );
}

function single(headers: Readonly<Record<string, string | string[] | undefined>>): Record<string, string> {
  const found: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers)) {
    const one = Array.isArray(value) ? value[0] : value;
    if (one !== undefined) found[name] = one;
  }
  return found;
}
