/** Our side: a child process with the native engine, as an engine host has it, bundled as a release is. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { z } from 'zod';
import type { Contestant, EngineSettings, Job, Outcome, Running } from './contestant.ts';

const outcomeSchema = z.object({
  promptTokens: z.number(),
  cachedPromptTokens: z.number(),
  completionTokens: z.number(),
  firstTokenMs: z.number(),
  lastTokenMs: z.number(),
  encodeMs: z.number().optional(),
  draft: z.object({ proposed: z.number(), accepted: z.number() }).optional(),
});

const answerSchema = z.union([
  z.object({ ready: z.literal(true) }),
  z.object({ id: z.number(), outcome: outcomeSchema }),
  z.object({ id: z.number(), error: z.string() }),
]);

/** Node loads a bundle in a third of the time of the sources; what users run is bundled too. */
export async function bundleOurSide(): Promise<string> {
  const outfile = fileURLToPath(new URL('../../.cache/bench-engine/our-process.mjs', import.meta.url));
  await mkdir(path.dirname(outfile), { recursive: true });
  const entry = fileURLToPath(new URL('our-process.ts', import.meta.url));
  const common = { bundle: true, format: 'esm', platform: 'node', target: 'node20' } as const;
  await build({ ...common, entryPoints: [entry], outfile, packages: 'external', logLevel: 'warning' });
  return outfile;
}

export function ourContestant(bundle: string, settings: EngineSettings): Contestant {
  return { name: 'Pixelwright', start: async (signal) => await start(bundle, settings, signal) };
}

async function start(bundle: string, settings: EngineSettings, signal: AbortSignal): Promise<Running> {
  const child = spawn(process.execPath, [bundle, JSON.stringify(settings)], {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    signal,
  });
  const waiting = new Map<number, { resolve: (outcome: Outcome) => void; reject: (error: Error) => void }>();
  const ready = new Promise<void>((resolve, reject) => {
    child.once('exit', (code) => {
      const error = new Error(`Our process ended with ${code}.`);
      reject(error);
      for (const { reject: refuse } of waiting.values()) refuse(error);
    });
    child.on('message', (message) => {
      const answer = answerSchema.parse(message);
      if ('ready' in answer) return resolve();
      const asked = waiting.get(answer.id);
      waiting.delete(answer.id);
      if ('error' in answer) asked?.reject(new Error(answer.error));
      else asked?.resolve(withoutAbsent(answer.outcome));
    });
  });
  await ready;
  if (child.pid === undefined) throw new Error('Our process has no process id.');
  let count = 0;
  return {
    pid: child.pid,
    run: (job: Job) => {
      const id = count++;
      return new Promise((resolve, reject) => {
        waiting.set(id, { resolve, reject });
        child.send({ id, job });
      });
    },
    close: () => end(child),
  };
}

/** A key that is there and undefined is not the same as none. */
function withoutAbsent({ encodeMs, draft, ...rest }: z.infer<typeof outcomeSchema>): Outcome {
  return {
    ...rest,
    ...(encodeMs === undefined ? {} : { encodeMs }),
    ...(draft === undefined ? {} : { draft }),
  };
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exited = once(child, 'exit');
  child.disconnect();
  await exited;
}
