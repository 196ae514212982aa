/** Fetches by http(s), a picture or what a page is made of: public hosts only, on every hop of a redirect, bounded in bytes and time. */
import { Agent, type Dispatcher, fetch, type Response } from 'undici';
import type { RunContext } from '../context.ts';
import { cancelled, PixelwrightError } from '../errors.ts';
import { formatBytes, tooManyBytes } from './limits.ts';
import { type AddressPolicy, guardedLookup, resolveChecked } from './public-address.ts';

const maxRedirects = 5;

/** What is asked for. */
export interface Wanted {
  /** `a picture`: for messages. */
  readonly what: string;
  /** As the header wants it. */
  readonly accept: string;
}

const aPicture: Wanted = { what: 'a picture', accept: 'image/*,*/*;q=0.5' };

export interface Fetched {
  /** Where redirects led to. */
  readonly url: URL;
  readonly contentType: string | undefined;
  readonly bytes: Uint8Array;
}

/**
 * Downloads the body of `url`.
 * @throws PixelwrightError `not-allowed` (private address, credentials), `network` (no answer, status, too many
 *   redirects, time), `input-too-large`, `cancelled`.
 */
export async function download(
  url: URL,
  policy: AddressPolicy,
  context: RunContext,
): Promise<{ name: string; bytes: Uint8Array }> {
  const { url: last, bytes } = await fetchBytes(url, policy, aPicture, context);
  if (bytes.length === 0) {
    throw new PixelwrightError(
      'input-unsupported',
      `Expected a picture, but ${shown(last)} is empty (0 bytes).`,
      { next: 'Check the address.' },
    );
  }
  return { name: nameOf(last), bytes };
}

/** Throws as `download`, but for what is empty. */
export async function fetchBytes(
  url: URL,
  policy: AddressPolicy,
  wanted: Wanted,
  context: RunContext,
): Promise<Fetched> {
  const timeout = AbortSignal.timeout(context.limits.networkTimeoutMs);
  const agent = new Agent({ connect: { lookup: guardedLookup(policy) }, connections: 1 });
  try {
    const signal = AbortSignal.any([context.signal, timeout]);
    const { response, last } = await follow(url, policy, wanted, agent, signal);
    const contentType = response.headers.get('content-type') ?? undefined;
    return { url: last, contentType, bytes: await readBody(response, last, context.limits.maxInputBytes) };
  } catch (error) {
    throw explain(error, url, wanted, timeout, context);
  } finally {
    await agent.destroy();
  }
}

async function follow(
  url: URL,
  policy: AddressPolicy,
  { what, accept }: Wanted,
  dispatcher: Dispatcher,
  signal: AbortSignal,
): Promise<{ response: Response; last: URL }> {
  let last = url;
  for (let hop = 0; hop <= maxRedirects; hop++) {
    requirePlain(last);
    // An address written as a number is never looked up, so the socket's lookup would not see it.
    if (isNumeric(last.hostname)) await resolveChecked(last.hostname, policy);
    const response = await fetch(last, {
      dispatcher,
      signal,
      redirect: 'manual',
      headers: { accept, 'user-agent': 'pixelwright' },
    });
    const location = response.headers.get('location');
    if (response.status < 300 || response.status > 399 || location === null) {
      return { response: requireOk(response, last, what), last };
    }
    await response.body?.cancel();
    if (!URL.canParse(location, last.href)) throw badRedirect(last, location);
    last = new URL(location, last);
  }
  throw new PixelwrightError(
    'network',
    `Expected ${what}, but ${shown(url)} redirects more than ${maxRedirects} times.`,
    {
      next: 'Open the address in a browser, save the picture, and give its path.',
    },
  );
}

/** @throws PixelwrightError for another scheme (a redirect may name any) or a password in the address. */
function requirePlain(url: URL): void {
  if (url.protocol !== 'http:' && url.protocol !== 'https:') throw badRedirect(url, url.protocol);
  if (url.username === '' && url.password === '') return;
  throw new PixelwrightError(
    'not-allowed',
    `Expected an address without a user name or password: ${shown(url)}.`,
    {
      next: 'Download the picture yourself and give its path.',
    },
  );
}

function badRedirect(from: URL, target: string): PixelwrightError {
  return new PixelwrightError(
    'not-allowed',
    `Expected a redirect to an http(s) address, but came to "${target}".`,
    {
      next: 'Give the address of the picture itself.',
      details: { from: shown(from) },
    },
  );
}

function isNumeric(hostname: string): boolean {
  return hostname.startsWith('[') || /^[\d.]+$/.test(hostname);
}

function requireOk(response: Response, url: URL, what: string): Response {
  if (response.ok) return response;
  throw new PixelwrightError(
    'network',
    `Expected ${what}, but ${shown(url)} answered with status ${response.status}.`,
    {
      next: 'Check the address; a page behind a login must be saved by hand.',
      details: { status: response.status },
    },
  );
}

async function readBody(response: Response, url: URL, limit: number): Promise<Uint8Array> {
  const announced = Number(response.headers.get('content-length') ?? 0);
  if (announced > limit) throw tooManyBytes(shown(url), formatBytes(announced), limit);
  const chunks: Uint8Array[] = [];
  let total = 0;
  for await (const chunk of response.body ?? []) {
    total += chunk.length;
    if (total > limit) throw tooManyBytes(shown(url), `more than ${formatBytes(limit)}`, limit);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks, total);
}

/** Our own error wherever it lies in the chain of causes; else what happened to the connection. */
function explain(
  error: unknown,
  url: URL,
  { what }: Wanted,
  timeout: AbortSignal,
  context: RunContext,
): PixelwrightError {
  for (let at = error; at instanceof Error; at = at.cause) {
    if (at instanceof PixelwrightError) return at;
  }
  if (context.signal.aborted) return cancelled(context.signal.reason);
  if (timeout.aborted) {
    const seconds = context.limits.networkTimeoutMs / 1000;
    return new PixelwrightError(
      'network',
      `Expected ${what} within ${seconds} s, but ${shown(url)} did not finish.`,
      {
        next: 'Try again, or download the picture and give its path.',
        cause: error,
      },
    );
  }
  const reason = error instanceof Error && error.cause instanceof Error ? error.cause.message : String(error);
  return new PixelwrightError(
    'network',
    `Expected ${what}, but ${shown(url)} could not be fetched: ${reason}.`,
    {
      next: 'Check the address and the network connection, or give the path of a file.',
      cause: error,
    },
  );
}

function nameOf(url: URL): string {
  const last = url.pathname.split('/').pop() ?? '';
  return last === '' ? url.hostname : last;
}

/** Without query and password, which may be secret. */
function shown(url: URL): string {
  return `${url.protocol}//${url.host}${url.pathname}`;
}
