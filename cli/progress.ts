/** Runs several jobs with bounded concurrency and shows how far they are. */
import pLimit from 'p-limit';
import { cancelled, type ProgressEvent } from '../shared/index.ts';
import { printNote } from './session.ts';

/** `live`: redrawn lines for a person at a terminal; `lines`: one line a step; `silent`: for `--json`. */
export type ProgressStyle = 'live' | 'lines' | 'silent';

export interface Job<Result> {
  readonly title: string;
  readonly run: (progress: (event: ProgressEvent) => void) => Promise<Result>;
}

export type Outcome<Result> =
  | { readonly status: 'done'; readonly value: Result }
  | { readonly status: 'failed'; readonly error: unknown };

export function progressStyle(json: boolean): ProgressStyle {
  if (json) return 'silent';
  return process.stderr.isTTY && !process.env['CI'] && process.env['TERM'] !== 'dumb' ? 'live' : 'lines';
}

/** Outcomes in the order of `jobs`; one failure stops no other. Jobs not begun when `signal` fires never begin. */
export async function runJobs<Result>(
  jobs: readonly Job<Result>[],
  options: { readonly concurrency: number; readonly style: ProgressStyle; readonly signal: AbortSignal },
): Promise<Outcome<Result>[]> {
  const settle = async (
    job: Job<Result>,
    progress: (event: ProgressEvent) => void,
  ): Promise<Outcome<Result>> => {
    if (options.signal.aborted) return { status: 'failed', error: cancelled(options.signal.reason) };
    try {
      return { status: 'done', value: await job.run(progress) };
    } catch (error) {
      return { status: 'failed', error };
    }
  };
  if (options.style === 'live') return await runLive(jobs, options.concurrency, settle);
  const limit = pLimit(options.concurrency);
  return await Promise.all(
    jobs.map((job) =>
      limit(async () => {
        let last = '';
        return await settle(job, ({ message }) => {
          if (options.style === 'lines' && message !== last) printNote(`${job.title}: ${message}`);
          last = message;
        });
      }),
    ),
  );
}

async function runLive<Result>(
  jobs: readonly Job<Result>[],
  concurrency: number,
  settle: (job: Job<Result>, progress: (event: ProgressEvent) => void) => Promise<Outcome<Result>>,
): Promise<Outcome<Result>[]> {
  // Loaded only for a person at a terminal: scripts start faster without it.
  const { Listr, ListrLogger, ProcessOutput } = await import('listr2');
  const outcomes = new Map<Job<Result>, Outcome<Result>>();
  // Both streams are stderr: stdout carries results only.
  const output = new ProcessOutput(process.stderr, process.stderr, { leaveEmptyLine: false });
  const list = new Listr(
    jobs.map((job) => ({
      title: job.title,
      task: async (_: unknown, task: { output: string }) => {
        const outcome = await settle(job, ({ message }) => {
          task.output = message;
        });
        outcomes.set(job, outcome);
        if (outcome.status === 'failed') throw outcome.error;
      },
    })),
    {
      concurrent: concurrency,
      exitOnError: false,
      registerSignalListeners: false,
      collectErrors: false,
      // The summary tells the errors, with what to do.
      rendererOptions: { logger: new ListrLogger({ processOutput: output }), showErrorMessage: false },
    },
  );
  await list.run();
  return jobs.map((job) => outcomes.get(job) ?? { status: 'failed', error: cancelled() });
}

/** One job; its error is thrown. */
export async function runOne<Result>(
  options: { readonly title: string; readonly style: ProgressStyle; readonly signal: AbortSignal },
  run: Job<Result>['run'],
): Promise<Result> {
  const [outcome] = await runJobs([{ title: options.title, run }], { ...options, concurrency: 1 });
  if (outcome?.status === 'done') return outcome.value;
  throw outcome?.error;
}
