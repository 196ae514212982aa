/** What to tell of an error, and which buttons do the next step. Knows nothing of the editor, so that it can be tested. */
import { type ErrorCode, PixelwrightError } from '../shared/start.ts';

/** The next step of somebody who met an error. */
export type ErrorAction =
  | { readonly kind: 'set-up-model' }
  | { readonly kind: 'open-settings'; readonly setting: string }
  | { readonly kind: 'show-log' };

export interface ErrorView {
  /** `none`: what the user asked for, so nothing is to be told. */
  readonly severity: 'none' | 'warning' | 'error';
  readonly message: string;
  /** The likeliest first. */
  readonly actions: readonly ErrorAction[];
}

const setUp: ErrorAction = { kind: 'set-up-model' };
const log: ErrorAction = { kind: 'show-log' };
const setting = (name: string): ErrorAction => ({ kind: 'open-settings', setting: name });

/** What a server of the user's own may need. */
const server = setting('baseUrl');

const actionsOf: Readonly<Record<ErrorCode, readonly ErrorAction[]>> = {
  'input-not-found': [],
  'input-unsupported': [],
  'input-too-large': [setting('maxPixels')],
  'not-allowed': [log],
  'option-invalid': [setting(''), log],
  'output-not-writable': [log],
  'model-missing': [setUp, server],
  'model-corrupt': [setUp, log],
  'engine-unavailable': [server, log],
  'engine-crashed': [log, setting('device')],
  'browser-missing': [setting('browser'), log],
  'out-of-memory': [setting('contextSize'), log],
  cancelled: [],
  truncated: [setting('maxTokens'), log],
  repetition: [log],
  'output-invalid': [log],
  network: [server, log],
};

/** Whose next step is the same in an editor as on the command line. */
const nextIsNeutral: readonly ErrorCode[] = [
  'input-not-found',
  'input-unsupported',
  'engine-unavailable',
  'network',
];

export function errorView(error: unknown): ErrorView {
  if (!(error instanceof PixelwrightError)) {
    return { severity: 'error', message: `Unexpected fault: ${messageOf(error)}`, actions: [log] };
  }
  const { code, message, next, details } = error;
  const named = details['setting'];
  const actions = actionsOf[code].map((action) =>
    action.kind === 'open-settings' && code === 'option-invalid' && typeof named === 'string'
      ? setting(named)
      : action,
  );
  return {
    severity: code === 'cancelled' ? 'none' : code === 'model-missing' ? 'warning' : 'error',
    message:
      next !== undefined && nextIsNeutral.includes(code) && !/--\w|pixelwright /.test(next)
        ? `${message} ${next}`
        : message,
    actions,
  };
}

/** Everything known of an error, for the log. */
export function errorTrace(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const about = error instanceof PixelwrightError ? ` [${error.code}] ${JSON.stringify(error.details)}` : '';
  const cause = error.cause === undefined ? '' : `\ncaused by ${errorTrace(error.cause)}`;
  return `${error.stack ?? error.message}${about}${cause}`;
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
