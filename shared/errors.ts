/** The one error class of the core: a closed set of codes, with evidence and a next step. */

export const errorCodes = [
  'input-not-found',
  'input-unsupported',
  'input-too-large',
  'not-allowed',
  'option-invalid',
  'output-not-writable',
  'model-missing',
  'model-corrupt',
  'engine-unavailable',
  'engine-crashed',
  'browser-missing',
  'out-of-memory',
  'cancelled',
  'truncated',
  'repetition',
  'output-invalid',
  'network',
] as const;

export type ErrorCode = (typeof errorCodes)[number];

export interface ErrorOptions {
  /** What the user can do now, as one sentence. */
  readonly next?: string;
  /** Figures and names behind the message, for logs and `--json`. */
  readonly details?: Readonly<Record<string, unknown>>;
  readonly cause?: unknown;
}

/** An error that a host may show as it is: `message` says what was expected and what came. */
export class PixelwrightError extends Error {
  override readonly name = 'PixelwrightError';
  readonly code: ErrorCode;
  readonly next: string | undefined;
  readonly details: Readonly<Record<string, unknown>>;

  constructor(code: ErrorCode, message: string, options: ErrorOptions = {}) {
    super(message, options.cause === undefined ? {} : { cause: options.cause });
    this.code = code;
    this.next = options.next;
    this.details = options.details ?? {};
  }
}

/** Throws `signal.reason` as a `cancelled` error once the signal has fired. */
export function throwIfCancelled(signal: AbortSignal): void {
  if (signal.aborted) throw cancelled(signal.reason);
}

export function cancelled(cause?: unknown): PixelwrightError {
  return new PixelwrightError('cancelled', 'The work was cancelled.', { cause });
}
