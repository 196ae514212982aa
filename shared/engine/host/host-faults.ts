/** What a connection to our own host that fails means: the host is a process that we know. */
import { type ErrorCode, PixelwrightError } from '../../errors.ts';
import type { ChatFaults } from '../openai/chat-faults.ts';
import type { HostState } from './host-state.ts';
import { lastWords } from './start-host.ts';

const next = 'Run again: the next request starts a new engine host. If it stays so, report it with the log.';

/** @param log the host's log file, whose end goes into the error. */
export function hostFaults({ pid }: HostState, log: string): ChatFaults {
  const crashed = (what: string, details: object, cause?: unknown): PixelwrightError =>
    new PixelwrightError('engine-crashed', `The engine host (process ${pid}) ${what}.`, {
      next,
      details: { pid, log, lastWords: lastWords(log).trim(), ...details },
      cause,
    });
  return {
    broken: (characters, code, cause) =>
      crashed('ended before its answer was complete', { characters, code }, cause),
    cutShort: (characters) => crashed('ended before its answer was complete', { characters }),
    silent: (limitMs, characters) => crashed(`said nothing for ${limitMs / 1000} s`, { limitMs, characters }),
  };
}

/** `details.code` of connections that were never made, or closed before a word of an answer. */
const connectionCodes: readonly unknown[] = [
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'UND_ERR_SOCKET',
  'UND_ERR_CONNECT_TIMEOUT',
];

const connectionErrors: readonly ErrorCode[] = ['network', 'engine-unavailable'];

/** Nobody listens there, or only to say goodbye: no request has arrived. */
export function isRefused(error: unknown): boolean {
  if (!(error instanceof PixelwrightError)) return false;
  return error.details['hostEnding'] === true || error.details['code'] === 'ECONNREFUSED';
}

/** The host ended, or was ending, before a word of an answer came; so another may take the request. */
export function isGone(error: unknown): boolean {
  if (!(error instanceof PixelwrightError)) return false;
  const { code, details } = error;
  return (
    details['hostEnding'] === true ||
    (connectionErrors.includes(code) && connectionCodes.includes(details['code']))
  );
}
