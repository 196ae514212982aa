/** The composing worker, seen from the caller's thread. */
import { Worker } from 'node:worker_threads';
import { builtFile } from '../built-file.ts';
import type { MeasuredOptions } from '../compose/measured/index.ts';
import { cancelled, PixelwrightError, throwIfCancelled } from '../errors.ts';
import type { PageFacts } from '../facts/page-facts.ts';
import type { ComposedPage, ComposeRequest } from './compose-worker.ts';

export interface Composer {
  /** May be called once. @throws PixelwrightError `cancelled` as soon as the signal fires. */
  compose(facts: PageFacts, options: MeasuredOptions, signal: AbortSignal): Promise<ComposedPage>;
  close(): Promise<void>;
}

/** Starts the worker, which loads its libraries while the caller does something else. The caller closes it. */
export function startComposer(): Composer {
  const worker = new Worker(builtFile('compose-worker.js'));
  let fail: (error: unknown) => void = () => {};
  // A worker that fails before it is asked: told to whoever asks.
  let broken: unknown;
  worker.on('error', (error) => {
    broken = error;
    fail(error);
  });
  worker.on('exit', () => {
    broken ??= new PixelwrightError('engine-crashed', 'Composing ended before it had a page.');
    fail(broken);
  });
  return {
    async compose(facts, options, signal) {
      throwIfCancelled(signal);
      if (broken !== undefined) throw broken;
      const abort = (): void => fail(cancelled(signal.reason));
      signal.addEventListener('abort', abort, { once: true });
      try {
        return await new Promise<ComposedPage>((resolve, reject) => {
          fail = reject;
          worker.once('message', resolve);
          worker.postMessage({ facts, options } satisfies ComposeRequest);
        });
      } finally {
        signal.removeEventListener('abort', abort);
      }
    },
    async close() {
      await worker.terminate();
    },
  };
}
