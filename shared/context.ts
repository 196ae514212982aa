/** What every stage is given by its host: cancellation, logging, progress, limits. */
import { defaultLimits, type Limits } from './config.ts';
import { type Log, silentLog } from './log.ts';

/** One step of progress. `fraction` is 0..1 of the whole task where it can be told. */
export interface ProgressEvent {
  readonly stage: 'read' | 'prepare' | 'measure' | 'model' | 'compose' | 'score' | 'write';
  /** A line worth reading: "reading words, 64 lines". */
  readonly message: string;
  readonly fraction?: number;
}

export interface RunContext {
  /** Required, so that no caller can forget that work must be cancellable. */
  readonly signal: AbortSignal;
  readonly log: Log;
  readonly progress: (event: ProgressEvent) => void;
  readonly limits: Limits;
}

/** A context with a silent log and default limits. @param signal cancels the work. */
export function createContext(
  signal: AbortSignal,
  parts: Partial<Omit<RunContext, 'signal'>> = {},
): RunContext {
  return {
    signal,
    log: parts.log ?? silentLog,
    progress: parts.progress ?? (() => {}),
    limits: parts.limits ?? defaultLimits,
  };
}
