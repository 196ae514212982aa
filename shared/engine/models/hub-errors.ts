/** What a hub's refusals and broken connections mean for the user, and which may be gone a moment later. */
import { PixelwrightError } from '../../errors.ts';
import { formatDuration } from './format.ts';

/** A fault that may be gone at the next try; `error` is what it means if it is not. */
export class Interrupted extends Error {
  override readonly name = 'Interrupted';
  readonly error: PixelwrightError;
  /** What the server asked for (`Retry-After`), in milliseconds. */
  readonly waitMs: number | undefined;

  constructor(error: PixelwrightError, waitMs?: number) {
    super(error.message, { cause: error });
    this.error = error;
    this.waitMs = waitMs;
  }
}

export interface Refusal {
  readonly status: number;
  /** Of the `Retry-After` header. */
  readonly waitMs: number | undefined;
  /** Where it came from, for people. */
  readonly url: string;
  /** The page of the repository. */
  readonly page: string;
  readonly sentToken: boolean;
}

/** Answers that another try may change. */
const passing = new Set([408, 425, 429, 500, 502, 503, 504]);

export function refusalError(refusal: Refusal): PixelwrightError | Interrupted {
  const error = explain(refusal);
  return passing.has(refusal.status) ? new Interrupted(error, refusal.waitMs) : error;
}

function explain({ status, waitMs, url, page, sentToken }: Refusal): PixelwrightError {
  const details = { status, url };
  const came = `${url} answered with HTTP status ${status}`;
  if (status === 401) {
    return new PixelwrightError(
      'not-allowed',
      sentToken
        ? `Expected to be let in with HF_TOKEN, but ${came}: the token is not valid there.`
        : `Expected a public model, but ${came}: it wants a login, or the repository does not exist.`,
      {
        next: sentToken
          ? 'Renew the token, or unset HF_TOKEN: the models of the catalogue are public.'
          : 'Set HF_TOKEN to an access token that may read it, or correct the address of the hub.',
        details,
      },
    );
  }
  if (status === 403) {
    return new PixelwrightError('not-allowed', `Expected to be let in, but ${came}: access is refused.`, {
      next: sentToken
        ? `Open ${page} in a browser with the token's account and accept the terms there; a company network may also block it.`
        : `Open ${page} in a browser, accept the terms there, and set HF_TOKEN; a company network may also block it.`,
      details,
    });
  }
  if (status === 404 || status === 410) {
    return new PixelwrightError(
      'model-missing',
      `Expected a model there, but ${came}: it has no such file.`,
      {
        next: 'Correct the address of the hub (HF_ENDPOINT, --model-hub); or get a GGUF pair yourself and name it with --model and --mmproj.',
        details,
      },
    );
  }
  if (status === 407) {
    return new PixelwrightError('network', `The proxy on the way to ${url} wants a login.`, {
      next: 'Put user and password into HTTPS_PROXY: http://user:password@host:port.',
      details,
    });
  }
  if (status === 429) {
    const time = waitMs === undefined ? 'some minutes' : formatDuration(waitMs / 1000);
    return new PixelwrightError('network', `Expected a model, but ${came}: too many requests from here.`, {
      next: `Run the command again in ${time}: it goes on where it stopped.${sentToken ? '' : ' With HF_TOKEN more is allowed.'}`,
      details: { ...details, ...(waitMs === undefined ? {} : { retryAfterSeconds: waitMs / 1000 }) },
    });
  }
  return new PixelwrightError('network', `Expected a model, but ${came}.`, {
    next:
      status >= 500
        ? 'Try again later: the command goes on where it stopped.'
        : 'Correct the address of the hub.',
    details,
  });
}

/** Milliseconds of a `Retry-After` header: seconds, or a date. @param now milliseconds since 1970. */
export function retryAfterMs(header: string | undefined, now: number): number | undefined {
  if (header === undefined || header.trim() === '') return undefined;
  if (/^\s*\d+\s*$/.test(header)) return Number(header) * 1000;
  const date = Date.parse(header);
  return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}

/** A fault of the connection. All but a bad certificate are tried again: a download outlives most faults. */
export function connectionError(url: string, cause: unknown): Interrupted | PixelwrightError {
  const { code, message } = rootOf(cause);
  const details = { code, url };
  const host = URL.canParse(url) ? new URL(url).host : url;
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') {
    return failed(
      `The host ${host} is not known here.`,
      'Check the network connection and the address.',
      details,
      cause,
    );
  }
  if (code === 'ECONNREFUSED') {
    return failed(`Nothing answers at ${host}: the connection was refused.`, withProxy, details, cause);
  }
  if (/CERT|SELF_SIGNED|UNABLE_TO_VERIFY/.test(code)) {
    const next = 'Let Node know the certificate of your network: set NODE_EXTRA_CA_CERTS to its file.';
    return failed(`The certificate of ${host} is not trusted (${code}).`, next, details, cause).error;
  }
  return failed(`The connection to ${host} failed: ${message}.`, withProxy, details, cause);
}

const withProxy =
  'Check the network connection; behind a proxy set HTTPS_PROXY, for a mirror HF_ENDPOINT. The download goes on where it stopped.';

function failed(
  message: string,
  next: string,
  details: Readonly<Record<string, unknown>>,
  cause: unknown,
): Interrupted {
  return new Interrupted(new PixelwrightError('network', message, { next, details, cause }));
}

/** The innermost fault that has a code: the others only wrap it. */
function rootOf(error: unknown): { readonly code: string; readonly message: string } {
  let found = { code: 'unknown', message: error instanceof Error ? error.message : String(error) };
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    if ('code' in cause && typeof cause.code === 'string') {
      found = { code: cause.code, message: cause.message || cause.code };
    }
  }
  return found;
}
