/** What the scoring worker tells its caller. */
import type { ProgressEvent } from '../../context.ts';
import type { ErrorCode } from '../../errors.ts';
import type { Log } from '../../log.ts';
import type { ScoringJob, ScoringJobs } from './jobs.ts';

export type ScoringMessage =
  | { readonly kind: 'progress'; readonly event: ProgressEvent }
  | { readonly kind: 'log'; readonly level: keyof Log; readonly text: string }
  | { readonly kind: 'done'; readonly output: ScoringJobs[ScoringJob]['output'] }
  | {
      readonly kind: 'failed';
      readonly message: string;
      readonly stack?: string | undefined;
      /** Absent for what is no error of ours. */
      readonly code?: ErrorCode;
      readonly next?: string | undefined;
      readonly details?: Readonly<Record<string, unknown>>;
    };
