/** Finds this user's host, or starts one; of many who do so at once, one starts it and the others wait. */
import { setTimeout as sleep } from 'node:timers/promises';
import { cancelled, PixelwrightError, throwIfCancelled } from '../../errors.ts';
import { findHost } from './find-host.ts';
import type { HostState } from './host-state.ts';
import { type StartOptions, startHost, startLimitMs } from './start-host.ts';
import { tryLock } from './start-lock.ts';
import { notWritable, openStateFolder } from './state-folder.ts';

const pollMs = 40;

/**
 * @throws PixelwrightError `engine-unavailable` (it does not start, or does not answer), `not-allowed` and
 *   `output-not-writable` (the state folder), `cancelled`.
 */
export async function attachHost(options: StartOptions, signal: AbortSignal): Promise<HostState> {
  await openStateFolder(options.files.folder);
  try {
    return await findOrStart(options, signal);
  } catch (cause) {
    if (cause instanceof PixelwrightError) throw cause;
    // A full disk, a folder that has become read-only: lock or log could not be written.
    throw notWritable(options.files.folder, cause);
  }
}

async function findOrStart(options: StartOptions, signal: AbortSignal): Promise<HostState> {
  const { files } = options;
  // Time for a start that fails and one of our own.
  const deadline = performance.now() + 2 * startLimitMs;
  for (;;) {
    throwIfCancelled(signal);
    const running = await look(options, signal);
    if (running) return running;
    const unlock = tryLock(files.lock);
    if (unlock) {
      try {
        // Somebody may have finished between the look and the lock.
        const meanwhile = await look(options, signal);
        if (meanwhile) return meanwhile;
        await startHost(options, signal).catch(unlessRunning);
        const started = await look(options, signal);
        if (started) return started;
      } finally {
        unlock();
      }
    }
    if (performance.now() > deadline) throw tooLong(files.lock);
    await sleep(pollMs, undefined, { signal }).catch(() => {
      throw cancelled(signal.reason);
    });
  }
}

async function look({ files }: StartOptions, signal: AbortSignal): Promise<HostState | undefined> {
  const found = await findHost(files, signal);
  if (found.kind === 'silent') throw silentHost(found.state, files.state);
  return found.kind === 'running' ? found.state : undefined;
}

/** One that was started without this lock, by "pixelwright serve", is as good. */
function unlessRunning(error: unknown): void {
  if (error instanceof PixelwrightError && error.details['alreadyRunning'] === true) return;
  throw error;
}

export function silentHost({ pid, port }: HostState, file: string): PixelwrightError {
  return new PixelwrightError(
    'engine-unavailable',
    `The engine host (process ${pid}, port ${port}) is there, but does not answer.`,
    {
      next: `End it with "pixelwright stop --force", or, if process ${pid} is another program, delete ${file}.`,
      details: { pid, port },
    },
  );
}

function tooLong(lock: string): PixelwrightError {
  return new PixelwrightError(
    'engine-unavailable',
    `Another program has been starting the engine host for ${(2 * startLimitMs) / 1000} s.`,
    { next: `Run again; if it stays so, delete ${lock}.`, details: { lock } },
  );
}
