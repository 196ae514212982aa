/** The reference side: llama-server, on the libraries it was built with or on the shipped ones. */
import { pngOf } from '../../test/native/parity/pictures.ts';
import type { Contestant, EngineSettings, Job, Outcome } from './contestant.ts';
import { type Completion, complete, tokenOf } from './llama-server/completion.ts';
import { mediaMarker, startLlamaServer } from './llama-server/server.ts';

export interface ReferenceOptions {
  readonly name: string;
  readonly program: string;
  readonly libraries?: string;
  readonly settings: EngineSettings;
}

/** The flags of one start, and nothing that depends on the machine. */
export function flagsOf({ threads, contextSize, parallel }: EngineSettings): string[] {
  const sizes = ['-t', String(threads), '-c', String(contextSize), '-np', String(parallel)];
  // One cache for all slots, as with the native engine; no copies of it in memory beside it (-cram 0).
  return [...sizes, '-kvu', '-cram', '0', '--no-warmup', '-lv', '4', '--log-timestamps'];
}

export function referenceContestant(options: ReferenceOptions): Contestant {
  return {
    name: options.name,
    start: async (signal) => {
      const server = await startLlamaServer({
        program: options.program,
        ...(options.libraries === undefined ? {} : { libraries: options.libraries }),
        model: options.settings.model,
        projector: options.settings.projector,
        flags: flagsOf(options.settings),
        signal,
      });
      const forcedToken = await tokenOf(server.baseUrl, 'a', signal);
      return {
        pid: server.pid,
        close: () => server.close(),
        run: async (job, jobSignal) => {
          const before = server.log().length;
          const pictures = await Promise.all(job.pictures.map(pngOf));
          const done = await complete(server.baseUrl, {
            prompt: chatPrompt(job),
            pictures: pictures.map((bytes) => bytes.toString('base64')),
            maxTokens: job.maxTokens,
            ignoreEnd: true,
            forcedToken,
            signal: jobSignal,
          });
          return outcomeOf(done, server.log().slice(before));
        },
      };
    },
  };
}

/** One user turn in the format that the model was trained with; the server adds the vision marks itself. */
export function chatPrompt(job: Job): string {
  const pictures = mediaMarker.repeat(job.pictures.length);
  return `<|im_start|>user\n${pictures}${job.text}<|im_end|>\n<|im_start|>assistant\n`;
}

function outcomeOf(done: Completion, log: string): Outcome {
  const [first, last] = [done.steps[0], done.steps.at(-1)];
  if (!(first && last)) throw new Error('llama-server gave no token.');
  const encodeMs = encodeTime(log);
  return {
    promptTokens: done.promptTokens,
    cachedPromptTokens: done.cachedPromptTokens,
    completionTokens: done.steps.length,
    firstTokenMs: first.atMs,
    lastTokenMs: last.atMs,
    ...(encodeMs === undefined ? {} : { encodeMs }),
  };
}

/** The time stamps of its own log: from the start of encoding until the first embeddings are decoded. */
function encodeTime(log: string): number | undefined {
  const stamp = String.raw`(\d+)\.(\d+)\.(\d+)\.(\d+)`;
  const started = new RegExp(`${stamp}[^\n]*encoding mtmd batch`).exec(log);
  const ended = new RegExp(`${stamp}[^\n]*decoding image batch 1/`).exec(log);
  if (!(started && ended)) return undefined;
  return milliseconds(ended) - milliseconds(started);
}

/** Minutes, seconds, milliseconds, microseconds. */
function milliseconds(stamp: RegExpExecArray): number {
  const [, minutes = '0', seconds = '0', thousandths = '0', millionths = '0'] = stamp;
  return (Number(minutes) * 60 + Number(seconds)) * 1000 + Number(thousandths) + Number(millionths) / 1000;
}
