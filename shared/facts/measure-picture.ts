/** Measures a picture in a worker thread, so that the caller's thread stays free. */
import { Worker } from 'node:worker_threads';
import { builtFile } from '../built-file.ts';
import type { RunContext } from '../context.ts';
import { cancelled, PixelwrightError, throwIfCancelled } from '../errors.ts';
import type { SourcePicture } from '../image/picture.ts';
import type { Given, GivenFacts } from './given/given.ts';
import type { PageFacts } from './page-facts.ts';
import type { FactsJob, FactsJobs, WorkerFailure, WorkerMessage } from './worker.ts';

/**
 * @returns the facts in CSS pixels; see `PageFacts`.
 * @throws PixelwrightError `cancelled` as soon as the signal fires; the worker is ended before this returns.
 */
export function measurePicture(picture: SourcePicture, context: RunContext): Promise<PageFacts> {
  return inWorker('measure', { raster: picture.raster }, context);
}

/**
 * Measures what somebody else perceived on a picture that was measured before.
 * @param facts of the same picture.
 * @throws PixelwrightError as `measurePicture`.
 */
export function measureGivenIn(
  picture: SourcePicture,
  facts: PageFacts,
  given: Given,
  context: RunContext,
): Promise<GivenFacts> {
  return inWorker('given', { raster: picture.raster, facts, given }, context);
}

/**
 * Does a job in a worker thread of its own.
 * @throws PixelwrightError as `measurePicture`.
 */
export async function inWorker<Job extends FactsJob>(
  job: Job,
  input: FactsJobs[Job]['input'],
  context: RunContext,
): Promise<FactsJobs[Job]['output']> {
  throwIfCancelled(context.signal);
  const worker = new Worker(builtFile('facts-worker.js'), { workerData: { job, input } });
  const abort = (): void => worker.postMessage('stop');
  try {
    return await new Promise<FactsJobs[Job]['output']>((resolve, reject) => {
      const onAbort = (): void => {
        abort();
        reject(cancelled(context.signal.reason));
      };
      context.signal.addEventListener('abort', onAbort, { once: true });
      worker.on('message', (message: WorkerMessage) => {
        if (message.kind === 'progress') context.progress(message.event);
        // The worker answers the job that it was started for.
        else if (message.kind === 'done') resolve(message.output as FactsJobs[Job]['output']);
        else reject(toError(message.error));
      });
      worker.once('error', reject);
      worker.once('exit', (code) => {
        reject(
          new PixelwrightError(
            'engine-crashed',
            `Measuring ended with exit code ${code} before it had a result.`,
          ),
        );
      });
      worker.once('exit', () => context.signal.removeEventListener('abort', onAbort));
    });
  } finally {
    await worker.terminate();
  }
}

function toError(failure: WorkerFailure): Error {
  if (failure.code === undefined) {
    return new PixelwrightError('engine-crashed', `Measuring the picture failed: ${failure.message}`, {
      next: 'This is a fault of pixelwright: please report it together with the picture.',
      cause: failure.stack,
    });
  }
  const next = failure.next === undefined ? {} : { next: failure.next };
  return new PixelwrightError(failure.code, failure.message, next);
}
