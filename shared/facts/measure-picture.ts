/** Measures a picture in a worker thread, so that the caller's thread stays free. */
import { Worker } from 'node:worker_threads';
import { builtFile } from '../built-file.ts';
import type { RunContext } from '../context.ts';
import { cancelled, PixelwrightError, throwIfCancelled } from '../errors.ts';
import type { SourcePicture } from '../image/picture.ts';
import type { PageFacts } from './page-facts.ts';
import type { WorkerFailure, WorkerMessage } from './worker.ts';

/**
 * @returns the facts in CSS pixels; see `PageFacts`.
 * @throws PixelwrightError `cancelled` as soon as the signal fires; the worker is ended before this returns.
 */
export async function measurePicture(picture: SourcePicture, context: RunContext): Promise<PageFacts> {
  throwIfCancelled(context.signal);
  const worker = new Worker(builtFile('facts-worker.js'), { workerData: picture.raster });
  const abort = (): void => worker.postMessage('stop');
  try {
    return await new Promise<PageFacts>((resolve, reject) => {
      const onAbort = (): void => {
        abort();
        reject(cancelled(context.signal.reason));
      };
      context.signal.addEventListener('abort', onAbort, { once: true });
      worker.on('message', (message: WorkerMessage) => {
        if (message.kind === 'progress') context.progress(message.event);
        else if (message.kind === 'done') resolve(message.facts);
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
