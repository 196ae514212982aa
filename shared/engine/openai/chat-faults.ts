/** What a connection that fails in the middle of an answer means, by whose server it is. */
import { PixelwrightError } from '../../errors.ts';
import type { ServerAddress } from './base-url.ts';

/** `characters`: how much of the answer had come. */
export interface ChatFaults {
  /** The connection broke. @param code of the system or of undici. */
  broken(characters: number, code: string, cause: unknown): PixelwrightError;
  /** The answer ended without a finish. */
  cutShort(characters: number): PixelwrightError;
  /** Nothing came for too long. */
  silent(limitMs: number, characters: number): PixelwrightError;
}

/** Nobody counts to nought. */
const howFar = (characters: number, rest = ''): string =>
  characters === 0
    ? 'before its first character'
    : `after ${characters} ${characters === 1 ? 'character' : 'characters'}${rest === '' ? '' : ` ${rest}`}`;

/** For a server that the user keeps, and whose state nobody here knows. */
export function serverFaults(address: ServerAddress): ChatFaults {
  return {
    broken: (characters, code, cause) =>
      new PixelwrightError(
        'network',
        `The connection to the model server at ${address.label} broke ${howFar(characters, 'of the answer')} (${code}).`,
        {
          next: 'The server may have crashed: look into its log, then run again.',
          details: { code, characters, server: address.root },
          cause,
        },
      ),
    cutShort: (characters) =>
      new PixelwrightError(
        'truncated',
        `The model server at ${address.label} ended its answer ${howFar(characters)} without a finish.`,
        {
          next: 'Run again; if it stays so, look for a proxy that limits the time or the size of answers.',
          details: { characters, server: address.root },
        },
      ),
    silent: (limitMs, characters) => {
      const what = characters === 0 ? 'sent no text' : `fell silent after ${characters} characters`;
      return new PixelwrightError(
        'network',
        `The model server at ${address.label} ${what} for ${limitMs / 1000} s.`,
        {
          next: 'The server may be stuck or far too slow for this picture: look into its log, or use a smaller picture.',
          details: { limitMs, characters, server: address.root },
        },
      );
    },
  };
}
