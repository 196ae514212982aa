/** One llama-server process: started on a free port of this machine, asked over HTTP, ended by its handle. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { z } from 'zod';

/** Stands in a raw prompt for the next picture; the server would choose a random one. */
export const mediaMarker = '<__media__>';

export interface LlamaServerOptions {
  /** The folder with llama-server, or the program itself. */
  readonly program: string;
  /** A folder made by `linkShippedLibraries`; without it the server uses the libraries it was built with. */
  readonly libraries?: string;
  readonly model: string;
  readonly projector?: string;
  readonly flags: readonly string[];
  readonly signal: AbortSignal;
}

export interface LlamaServer {
  readonly baseUrl: string;
  readonly pid: number;
  /** The flags as given, without paths, ports or the program's place. */
  readonly flags: readonly string[];
  /** All that it has said so far. */
  log(): string;
  close(): Promise<void>;
}

/** @returns once the model is loaded. @throws Error with its last words if it ends before. */
export async function startLlamaServer(options: LlamaServerOptions): Promise<LlamaServer> {
  const program = options.program.endsWith('llama-server')
    ? options.program
    : path.join(options.program, 'llama-server');
  const projector = options.projector === undefined ? [] : ['--mmproj', options.projector];
  const place = ['--host', '127.0.0.1', '--port', '0', '--offline'];
  const child = spawn(program, ['-m', options.model, ...projector, ...place, ...options.flags], {
    stdio: ['ignore', 'pipe', 'pipe'],
    ...(options.libraries === undefined ? {} : { cwd: options.libraries }),
    env: environment(options.libraries),
  });
  const words: string[] = [];
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (chunk: string) => words.push(chunk));
  }
  const log = () => words.join('');
  // It would outlive us if we ended without closing it.
  const onExit = () => child.kill('SIGKILL');
  process.once('exit', onExit);
  const close = async () => {
    process.off('exit', onExit);
    await end(child);
  };
  try {
    await once(child, 'spawn', { signal: options.signal });
    const baseUrl = await untilReady(child, log, options.signal);
    if (child.pid === undefined) throw new Error('llama-server has no process id.');
    return { baseUrl, pid: child.pid, flags: options.flags, log, close };
  } catch (error) {
    await close();
    throw error;
  }
}

function environment(libraries: string | undefined): NodeJS.ProcessEnv {
  const own = { ...process.env, LLAMA_MEDIA_MARKER: mediaMarker };
  return libraries === undefined ? own : { ...own, LD_LIBRARY_PATH: libraries };
}

/** It listens before the model is loaded, and answers 503 until then. */
async function untilReady(child: ChildProcess, log: () => string, signal: AbortSignal): Promise<string> {
  for (;;) {
    signal.throwIfAborted();
    if (child.exitCode !== null || child.signalCode !== null) {
      throw new Error(
        `llama-server ended with ${child.exitCode ?? child.signalCode}:\n${log().slice(-4000)}`,
      );
    }
    const [, address] = /(http:\/\/127\.0\.0\.1:[1-9]\d*)/.exec(log()) ?? [];
    if (address !== undefined && (await isHealthy(address))) return address;
    await delay(5);
  }
}

async function isHealthy(address: string): Promise<boolean> {
  let answer: Response;
  try {
    answer = await fetch(`${address}/health`);
  } catch {
    // It names its address a moment before it accepts connections; that it has ended is noticed elsewhere.
    return false;
  }
  const body = z.object({ status: z.string().optional() }).parse(await answer.json());
  return answer.ok && body.status === 'ok';
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return;
  const closed = once(child, 'close');
  child.kill('SIGKILL');
  await closed;
}
