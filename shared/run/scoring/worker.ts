/** Worker entry: renders and compares pages, so that a browser's library and the pixels hold nobody's thread. */
import { parentPort, workerData } from 'node:worker_threads';
import type { Limits } from '../../config.ts';
import { createContext } from '../../context.ts';
import { PixelwrightError } from '../../errors.ts';
import type { Log } from '../../log.ts';
import { doers, type ScoringJob, type ScoringJobs } from './jobs.ts';
import type { ScoringMessage } from './messages.ts';

export type ScoringRequest = {
  readonly [Job in ScoringJob]: {
    readonly job: Job;
    readonly input: ScoringJobs[Job]['input'];
    readonly limits: Limits;
  };
}[ScoringJob];

const send = (message: ScoringMessage): void => parentPort?.postMessage(message);

const logTo = (level: keyof Log) => (text: string) => send({ kind: 'log', level, text });

async function answer(request: ScoringRequest): Promise<void> {
  const stop = new AbortController();
  parentPort?.once('message', () => stop.abort());
  const context = createContext(stop.signal, {
    limits: request.limits,
    log: { debug: logTo('debug'), info: logTo('info'), warn: logTo('warn'), error: logTo('error') },
    progress: (event) => send({ kind: 'progress', event }),
  });
  try {
    send({ kind: 'done', output: await done(request, context) });
  } catch (error) {
    const isOurs = error instanceof PixelwrightError;
    send({
      kind: 'failed',
      message: error instanceof Error ? error.message : String(error),
      stack: error instanceof Error ? error.stack : undefined,
      ...(isOurs ? { code: error.code, next: error.next, details: plain(error.details) } : {}),
    });
  } finally {
    parentPort?.close();
  }
}

/** A request's job and input belong together, which only each case by itself shows. */
async function done(request: ScoringRequest, context: Parameters<typeof doers.choose>[1]) {
  if (request.job === 'choose') return await doers.choose(request.input, context);
  if (request.job === 'fault') return await doers.fault(request.input, context);
  if (request.job === 'images') return await doers.images(request.input, context);
  return await doers.page(request.input, context);
}

/** Details are for logs: what cannot cross the border is told as text. */
const plain = (details: PixelwrightError['details']): Record<string, unknown> =>
  JSON.parse(JSON.stringify(details));

// What in-worker.ts passes; both sides are built together.
await answer(workerData as ScoringRequest);
