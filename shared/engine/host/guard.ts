/** Who may talk to the host: somebody with the token, from a program and not from a web page. */
import type { IncomingMessage } from 'node:http';
import { isIPv4, isIPv6 } from 'node:net';
import { hostname } from 'node:os';
import { PixelwrightError } from '../../errors.ts';
import { answerChallenge, sameSecret } from './proof.ts';

export interface GuardOptions {
  readonly token: string;
  readonly port: number;
  /** The host listens on other addresses than loopback, because its user said so. */
  readonly open: boolean;
}

export interface Refusal {
  readonly status: 401 | 403;
  readonly error: PixelwrightError;
}

/**
 * Who may read a page that stands on the host's port and what belongs to it: a browser of this machine that calls
 * it by its own name. What it may do beyond that is the page's own business.
 */
export function guardPage(
  { headers }: IncomingMessage,
  { port, open }: Omit<GuardOptions, 'token'>,
): Refusal | undefined {
  if (!isOwnName(headers.host ?? '', port, open)) return wrongName(headers.host ?? '', port);
  const { origin } = headers;
  const site = headers['sec-fetch-site'];
  const isOwn = origin === undefined || origin === `http://${headers.host}`;
  if (isOwn && (site === undefined || site === 'same-origin' || site === 'none')) return undefined;
  const from = origin ?? String(site);
  return refuse(403, `The panel takes no requests from other web pages; this one is from ${from}.`, {
    next: 'Open the panel by its address.',
  }).refusal;
}

/** The answer to a challenge if the request carries one; a refusal if it may not pass. */
export function guard(
  { headers, url }: IncomingMessage,
  { token, port, open }: GuardOptions,
): { readonly refusal?: Refusal; readonly proof?: string } {
  if (!isOwnName(headers.host ?? '', port, open)) {
    return { refusal: wrongName(headers.host ?? '', port) };
  }
  if (headers.origin !== undefined) {
    return refuse(
      403,
      `The engine host takes no requests from web pages; this one is from ${headers.origin}.`,
      {
        next: 'Send the request from a program, without an Origin header.',
      },
    );
  }
  const authorization = headers.authorization ?? '';
  const bearer = /^Bearer +(\S+)$/i.exec(authorization)?.[1];
  if (bearer !== undefined && sameSecret(bearer, token)) return {};
  // A challenge proves the host to a client; it lets the client do nothing.
  const proof = url === '/health' ? answerChallenge(token, authorization) : undefined;
  if (proof !== undefined) return { proof };
  const what = authorization === '' ? 'no token came' : 'the token is a wrong one';
  return refuse(401, `The engine host needs its token, and ${what}.`, {
    next: 'Send "Authorization: Bearer TOKEN"; "pixelwright status --token" prints it to the user who started the host.',
  });
}

const wrongName = (name: string, port: number): Refusal =>
  refuse(403, `The engine host at port ${port} was called by the name "${name}".`, {
    next: `Call it 127.0.0.1:${port}: a web page that renames itself to this machine must not get in.`,
  }).refusal;

function refuse(status: 401 | 403, message: string, { next }: { next: string }): { refusal: Refusal } {
  return { refusal: { status, error: new PixelwrightError('not-allowed', message, { next }) } };
}

function isOwnName(host: string, port: number, open: boolean): boolean {
  const [, name = '', given] = /^(\[[^\]]+\]|[^:]*)(?::(\d+))?$/.exec(host.toLowerCase()) ?? [];
  if (name === '' || Number(given ?? 80) !== port) return false;
  if (['127.0.0.1', 'localhost', '[::1]'].includes(name)) return true;
  // An address cannot be renamed; this machine's own name could, but its user has opened the port.
  return open && (isIPv4(name) || isIPv6(name.slice(1, -1)) || name === hostname().toLowerCase());
}
