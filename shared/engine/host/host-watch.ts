/** Watches over a host while a request waits for it: a dead process, and one that has stopped answering. */
import { setTimeout as sleep } from 'node:timers/promises';
import { answerLimitMs, prove } from './find-host.ts';
import { hostFaults } from './host-faults.ts';
import type { HostState } from './host-state.ts';
import { isAlive } from './process-alive.ts';

export interface HostWatch {
  /** Fires with an `engine-crashed` error. */
  readonly signal: AbortSignal;
  stop(): void;
}

export interface WatchTimes {
  /** Between looks at the process: a dead one closes its connections, but this does not rely on it. */
  readonly aliveMs: number;
  /** Between questions. */
  readonly pulseMs: number;
  /** For an answer. */
  readonly answerMs: number;
}

const defaultTimes: WatchTimes = { aliveMs: 500, pulseMs: 15_000, answerMs: answerLimitMs };
/** Twice, because a machine that wakes up from sleep lets the first look time out. */
const allowedSilences = 2;

/** @param log the host's log file, whose end goes into the error. */
export function watchHost(state: HostState, log: string, times: WatchTimes = defaultTimes): HostWatch {
  const crashed = new AbortController();
  const stopped = new AbortController();
  const faults = hostFaults(state, log);
  const timer = setInterval(() => {
    if (!isAlive(state.pid)) crashed.abort(faults.cutShort(0));
  }, times.aliveMs);
  timer.unref();
  void watchPulse(state, times, stopped.signal).then((silentMs) => {
    if (silentMs !== undefined) crashed.abort(faults.silent(silentMs, 0));
  });
  return {
    signal: crashed.signal,
    stop: () => {
      clearInterval(timer);
      stopped.abort();
    },
  };
}

/** Resolves with the milliseconds of silence, or undefined once it is told to stop. */
async function watchPulse(
  state: HostState,
  { pulseMs, answerMs }: WatchTimes,
  stopped: AbortSignal,
): Promise<number | undefined> {
  let silences = 0;
  try {
    for (;;) {
      await sleep(pulseMs, undefined, { signal: stopped, ref: false });
      const look = await prove(state, stopped, answerMs);
      silences = look.kind === 'silent' ? silences + 1 : 0;
      if (silences > allowedSilences) return silences * (pulseMs + answerMs);
    }
  } catch {
    // Nothing in there fails but by `stopped`.
    return undefined;
  }
}
