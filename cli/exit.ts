/** Turns every way to end into an exit code and a sentence. */
import { PixelwrightError } from '../shared/start.ts';

export const exitCodes = { done: 0, failed: 1, usage: 2, cancelled: 130 } as const;

/** 130 for a cancel, 2 for what the caller typed wrong, 1 for everything else. */
export function exitCodeOf(error: unknown): number {
  if (!(error instanceof PixelwrightError)) return exitCodes.failed;
  if (error.code === 'cancelled') return exitCodes.cancelled;
  return error.code === 'option-invalid' ? exitCodes.usage : exitCodes.failed;
}

/** An error as `--json` prints it. */
export interface ErrorReport {
  readonly code: string;
  readonly message: string;
  readonly next?: string;
  readonly details?: Readonly<Record<string, unknown>>;
}

/** Any error as plain data; one that is not ours is a fault of this program and says so. */
export function errorReport(error: unknown): ErrorReport {
  if (error instanceof PixelwrightError) {
    return {
      code: error.code,
      message: error.message,
      ...(error.next === undefined ? {} : { next: error.next }),
      ...(Object.keys(error.details).length === 0 ? {} : { details: error.details }),
    };
  }
  return {
    code: 'internal',
    message: `Unexpected fault: ${error instanceof Error ? error.message : String(error)}`,
    next: 'This is a fault of pixelwright. Run again with PIXELWRIGHT_DEBUG=1 and report what it prints.',
  };
}

/** One error as lines for a person: what happened, then what to do. */
export function errorText(error: unknown): string {
  const report = errorReport(error);
  const trace = process.env['PIXELWRIGHT_DEBUG'] && error instanceof Error ? `\n${traceOf(error)}` : '';
  return `${report.message}${report.next === undefined ? '' : `\n  ${report.next}`}${trace}`;
}

function traceOf(error: Error): string {
  const cause = error.cause instanceof Error ? `\ncaused by ${traceOf(error.cause)}` : '';
  return `${error.stack ?? error.message}${cause}`;
}
