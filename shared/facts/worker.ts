/** Worker entry: measures one picture, or what was given about one, off the main thread; reports by messages. */
import { parentPort, workerData } from 'node:worker_threads';
import type { ProgressEvent } from '../context.ts';
import { PixelwrightError } from '../errors.ts';
import type { Raster } from '../image/picture.ts';
import type { DiagramFacts } from './diagram/diagram-facts.ts';
import { measureDiagramRaster } from './diagram/measure.ts';
import type { Given, GivenFacts } from './given/given.ts';
import { measureGiven } from './given/measure-given.ts';
import { measureRaster } from './measure.ts';
import type { PageFacts } from './page-facts.ts';
import { createRecogniser } from './recogniser/index.ts';
import type { LineReader, TypographyFitter } from './text/reading.ts';
import { fitTypography } from './typography/index.ts';
import { unlikeLetters } from './typography/unlike-letters.ts';

/** What can be asked of a worker, with what is answered. */
export interface FactsJobs {
  readonly measure: { readonly input: { readonly raster: Raster }; readonly output: PageFacts };
  readonly given: {
    readonly input: { readonly raster: Raster; readonly facts: PageFacts; readonly given: Given };
    readonly output: GivenFacts;
  };
  readonly diagram: { readonly input: { readonly raster: Raster }; readonly output: DiagramFacts };
}

export type FactsJob = keyof FactsJobs;

type Requests = {
  readonly [Job in FactsJob]: { readonly job: Job; readonly input: FactsJobs[Job]['input'] };
};
export type FactsRequest = Requests[FactsJob];

export type WorkerMessage =
  | { readonly kind: 'progress'; readonly event: ProgressEvent }
  | { readonly kind: 'done'; readonly output: FactsJobs[FactsJob]['output'] }
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

/** Hands a recogniser to the work, started beside it, and closes it afterwards. */
async function withReader<Facts>(work: (reader: LineReader) => Promise<Facts>): Promise<Facts> {
  const starting = createRecogniser();
  // Awaited below; a failure to start must not count as unhandled while pixels are measured.
  starting.catch(() => {});
  try {
    return await work({ recognise: async (lines, stop) => (await starting).recognise(lines, stop) });
  } finally {
    await starting.then(
      (recogniser) => recogniser.close(),
      () => {},
    );
  }
}

const fitLines: TypographyFitter = (lines, pixelRatio) => fitTypography(lines, { pixelRatio });

async function run(request: FactsRequest): Promise<void> {
  const stop = new AbortController();
  parentPort?.once('message', () => stop.abort());
  try {
    const { signal } = stop;
    const progress = (event: ProgressEvent): void => send({ kind: 'progress', event });
    if (request.job === 'measure') {
      const { raster } = request.input;
      const measure = (reader: LineReader) =>
        measureRaster(raster, { reader, fitLines, unlikeLetters, signal, progress });
      send({ kind: 'done', output: await withReader(measure) });
    } else if (request.job === 'diagram') {
      const { raster } = request.input;
      const measure = (reader: LineReader) => measureDiagramRaster(raster, { reader, signal, progress });
      send({ kind: 'done', output: await withReader(measure) });
    } else {
      const { raster, facts, given } = request.input;
      progress({ stage: 'measure', message: 'measuring what was perceived' });
      send({ kind: 'done', output: measureGiven(raster, facts, given, fitLines) });
    }
  } catch (error) {
    send({ kind: 'failed', error: failureOf(error) });
  } finally {
    parentPort?.close();
  }
}

// What measure-picture.ts passes; both sides are built together.
await run(workerData as FactsRequest);
