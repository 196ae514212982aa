/** Worker entry: measures one picture off the main thread, and reports progress by messages. */
import { parentPort, workerData } from 'node:worker_threads';
import type { ProgressEvent } from '../context.ts';
import { PixelwrightError } from '../errors.ts';
import type { Raster } from '../image/picture.ts';
import { measureRaster } from './measure.ts';
import type { PageFacts } from './page-facts.ts';
import { createRecogniser } from './recogniser/index.ts';
import { fitTypography } from './typography/index.ts';

export type WorkerMessage =
  | { readonly kind: 'progress'; readonly event: ProgressEvent }
  | { readonly kind: 'done'; readonly facts: PageFacts }
  | { readonly kind: 'failed'; readonly error: WorkerFailure };

/** An error as it crosses the thread border. */
export interface WorkerFailure {
  readonly message: string;
  readonly code?: PixelwrightError['code'];
  readonly next?: string;
  readonly stack?: string;
}

function send(message: WorkerMessage): void {
  parentPort?.postMessage(message);
}

function failureOf(error: unknown): WorkerFailure {
  if (!(error instanceof Error)) return { message: String(error) };
  const stack = error.stack === undefined ? {} : { stack: error.stack };
  if (!(error instanceof PixelwrightError)) return { message: error.message, ...stack };
  return {
    message: error.message,
    code: error.code,
    ...(error.next === undefined ? {} : { next: error.next }),
    ...stack,
  };
}

async function run(raster: Raster): Promise<void> {
  const stop = new AbortController();
  parentPort?.once('message', () => stop.abort());
  const starting = createRecogniser();
  // Awaited below; a failure to start must not count as unhandled while pixels are measured.
  starting.catch(() => {});
  try {
    const facts = await measureRaster(raster, {
      reader: { recognise: async (lines, signal) => (await starting).recognise(lines, signal) },
      fitLines: (lines, pixelRatio) => fitTypography(lines, { pixelRatio }),
      signal: stop.signal,
      progress: (event) => send({ kind: 'progress', event }),
    });
    send({ kind: 'done', facts });
  } catch (error) {
    send({ kind: 'failed', error: failureOf(error) });
  } finally {
    await starting.then(
      (recogniser) => recogniser.close(),
      () => {},
    );
    parentPort?.close();
  }
}

// What measurePicture passes; both sides are built together.
await run(workerData as Raster);
