/** The scoring worker, seen from the caller's thread, which stays free. */
import { Worker } from 'node:worker_threads';
import { builtFile } from '../../built-file.ts';
import type { RunContext } from '../../context.ts';
import { cancelled, PixelwrightError, throwIfCancelled } from '../../errors.ts';
import type { CompareImagesOptions, compareImages } from '../compare-images.ts';
import type { comparePage } from '../compare-page.ts';
import type { Candidate, Conversion } from '../convert/candidate.ts';
import { type Choice, chooseBest, needsBrowser } from '../convert/choose.ts';
import { isRendered, type renderFault } from '../edit/render-fault.ts';
import type { ScoringJob, ScoringJobs } from './jobs.ts';
import type { ScoringMessage } from './messages.ts';

/** As `chooseBest`. */
export async function chooseBestInWorker(
  candidates: readonly Candidate[],
  conversion: Conversion,
  rateAlone = false,
): Promise<Choice> {
  if (!needsBrowser(candidates, conversion, rateAlone))
    return await chooseBest(candidates, conversion, rateAlone);
  const { measured, options, context } = conversion;
  const { engine: _engine, onDraft: _onDraft, onText: _onText, onMade: _onMade, ...plain } = options;
  const { name, format, sha256, byteLength, raster, frames, hasAlpha, warnings } = measured.picture;
  const picture = { name, format, sha256, byteLength, raster, frames, hasAlpha, warnings };
  const input = { candidates, measured: { ...measured, picture }, options: plain, rateAlone };
  return await inScoringWorker('choose', input, context);
}

/** As `renderFault`. */
export async function renderFaultInWorker(
  ...[before, after, { browserPath }, context]: Parameters<typeof renderFault>
): ReturnType<typeof renderFault> {
  if (!isRendered(after)) return { warnings: [] };
  const options = browserPath === undefined ? {} : { browserPath };
  return await inScoringWorker('fault', { before, after, options }, context);
}

/** As `compareImages`; hosts' names are resolved by the system. */
export async function compareImagesInWorker(
  ...[expected, actual, options, context]: Parameters<typeof compareImages>
): ReturnType<typeof compareImages> {
  return await inScoringWorker('images', { expected, actual, options: sendable(options) }, context);
}

/** As `comparePage`; hosts' names are resolved by the system. */
export async function comparePageInWorker(
  ...[expected, page, options, context]: Parameters<typeof comparePage>
): ReturnType<typeof comparePage> {
  return await inScoringWorker('page', { expected, page, options: sendable(options) }, context);
}

/** Functions do not cross the border. */
function sendable<Options extends CompareImagesOptions>({ read, ...rest }: Options) {
  if (read === undefined) return rest;
  const { resolveHost: _resolveHost, ...plain } = read;
  return { ...rest, read: plain };
}

/**
 * Does a job in a worker thread of its own. After a cancel it resolves nothing before its browser has ended.
 * @throws PixelwrightError of the job, `cancelled`, `engine-crashed` where the worker fails.
 */
export async function inScoringWorker<Job extends ScoringJob>(
  job: Job,
  input: ScoringJobs[Job]['input'],
  { signal, limits, log, progress }: RunContext,
): Promise<ScoringJobs[Job]['output']> {
  throwIfCancelled(signal);
  const worker = new Worker(builtFile('score-worker.js'), { workerData: { job, input, limits } });
  const stop = (): void => worker.postMessage('stop');
  signal.addEventListener('abort', stop, { once: true });
  try {
    return await new Promise<ScoringJobs[Job]['output']>((resolve, reject) => {
      worker.on('message', (message: ScoringMessage) => {
        if (message.kind === 'progress') progress(message.event);
        else if (message.kind === 'log') log[message.level](message.text);
        // The worker answers the job that it was started for.
        else if (message.kind === 'done') resolve(message.output as ScoringJobs[Job]['output']);
        else reject(signal.aborted ? cancelled(signal.reason) : errorOf(message));
      });
      worker.once('error', reject);
      worker.once('exit', (code) => {
        const what = `Comparing ended with exit code ${code} before it had a result.`;
        reject(signal.aborted ? cancelled(signal.reason) : new PixelwrightError('engine-crashed', what));
      });
    });
  } finally {
    signal.removeEventListener('abort', stop);
    await worker.terminate();
  }
}

function errorOf({ code, message, next, details, stack }: Extract<ScoringMessage, { kind: 'failed' }>) {
  if (code === undefined) {
    return new PixelwrightError('engine-crashed', `Comparing the page failed: ${message}`, {
      next: 'This is a fault of pixelwright: please report it together with the picture.',
      cause: stack,
    });
  }
  return new PixelwrightError(code, message, {
    ...(next === undefined ? {} : { next }),
    ...(details === undefined ? {} : { details }),
  });
}
