/** One process at a time works on a file of the store; the others wait for it. */
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import lockfile from 'proper-lockfile';
import { PixelwrightError, throwIfCancelled } from '../../errors.ts';
import { notWritable } from './part-file.ts';

/** A lock that its process has not touched for this long belongs to a process that was killed. */
const staleMs = 10_000;
const pollMs = 250;

/**
 * Does `work` while holding `<target>.lock`.
 * @param onWait called once where another process holds it; a `work` that must not wait throws there.
 * @param work is given a signal that also fires when the lock is lost (a machine that slept, a folder deleted).
 * @throws PixelwrightError `cancelled` while waiting; what `work` throws.
 */
export async function withLock<Result>(
  target: string,
  signal: AbortSignal,
  onWait: () => void,
  work: (signal: AbortSignal) => Promise<Result>,
): Promise<Result> {
  const lost = new AbortController();
  const release = await acquire(target, signal, onWait, (cause) => {
    lost.abort(
      new PixelwrightError('cancelled', `The lock of ${target} was lost: ${cause.message}`, {
        next: 'Run the command again: it goes on where it stopped.',
        cause,
      }),
    );
  });
  try {
    return await work(AbortSignal.any([signal, lost.signal]));
  } catch (error) {
    throw lost.signal.aborted ? lost.signal.reason : error;
  } finally {
    if (!lost.signal.aborted) await release();
  }
}

async function acquire(
  target: string,
  signal: AbortSignal,
  onWait: () => void,
  onCompromised: (error: Error) => void,
): Promise<() => Promise<void>> {
  await mkdir(path.dirname(target), { recursive: true }).catch((cause: unknown) => {
    throw notWritable(path.dirname(target), cause);
  });
  for (let waits = 0; ; waits++) {
    throwIfCancelled(signal);
    try {
      // The file itself need not be there yet, so its real path is not asked for.
      return await lockfile.lock(target, { realpath: false, stale: staleMs, onCompromised });
    } catch (cause) {
      const held = cause instanceof Error && 'code' in cause && cause.code === 'ELOCKED';
      if (!held) throw notWritable(`${target}.lock`, cause);
      if (waits === 0) onWait();
      await sleep(pollMs, undefined, { signal }).catch(() => throwIfCancelled(signal));
    }
  }
}
