/** Starts a host as a process of its own, which outlives the one that started it. */
import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, openSync, readFileSync, renameSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { builtFile } from '../../built-file.ts';
import { cancelled, PixelwrightError } from '../../errors.ts';
import { fromWireError } from '../openai/pixelwright.ts';
import type { HostFiles } from './host-state.ts';
import { startMessageSchema } from './start-message.ts';

export interface StartOptions {
  readonly files: HostFiles;
  /** What Node is to run: the host's entry and, before it, options of Node. */
  readonly command: readonly string[];
  readonly idleMinutes: number;
  readonly environment: Readonly<Record<string, string | undefined>>;
}

/** Far more than a start takes on a machine that is busy. */
export const startLimitMs = 30_000;

/** What Node runs as this package's own host. */
export function hostCommand(): readonly string[] {
  return [fileURLToPath(builtFile('engine-host.js'))];
}

/**
 * Resolves when the host has told where it is.
 * @throws PixelwrightError the host's own if it says why it cannot start; `engine-unavailable` with the end
 *   of its log if it dies without a word or takes too long; `cancelled`, after which nothing is left.
 */
export async function startHost(options: StartOptions, signal: AbortSignal): Promise<void> {
  const { files, command, idleMinutes, environment } = options;
  const log = openLog(files.log);
  let child: ChildProcess;
  try {
    const rest = [`--state-folder=${files.folder}`, `--idle-minutes=${idleMinutes}`];
    child = spawn(process.execPath, [...command, ...rest], {
      // Not the caller's folder, which could then be neither removed nor unmounted.
      cwd: files.folder,
      env: hostEnvironment(environment),
      detached: true,
      windowsHide: true,
      stdio: ['ignore', log, log, 'ipc'],
    });
  } finally {
    closeSync(log);
  }
  try {
    await told(child, files.log, signal);
  } catch (error) {
    child.kill('SIGKILL');
    throw error;
  } finally {
    if (child.connected) child.disconnect();
    child.unref();
  }
}

/** Waits for the host's one message; whatever else happens first is a failure. */
async function told(child: ChildProcess, log: string, signal: AbortSignal): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  let onAbort = (): void => {};
  let settled = false;
  try {
    await new Promise<void>((resolve, reject) => {
      const failed = (what: string, cause?: unknown): void => {
        if (!settled) reject(startFailure(what, log, cause));
      };
      timer = setTimeout(() => failed(`did not start within ${startLimitMs / 1000} s`), startLimitMs);
      onAbort = () => reject(cancelled(signal.reason));
      signal.addEventListener('abort', onAbort, { once: true });
      if (signal.aborted) onAbort();
      child.on('error', (error) => failed(`could not be started: ${error.message}`, error));
      child.once('exit', (code, name) => {
        const ended = (): void => failed(`ended before it was ready (${name ?? `exit code ${code}`})`);
        // Its message may still be on the way.
        if (child.connected) child.once('disconnect', () => setImmediate(ended));
        else setImmediate(ended);
      });
      child.once('message', (message) => {
        const parsed = startMessageSchema.safeParse(message).data;
        if (parsed?.type === 'ready') resolve();
        else if (parsed?.type === 'failed') reject(fromWireError(parsed.error));
        else failed('said something that is not known');
      });
    });
  } finally {
    settled = true;
    clearTimeout(timer);
    signal.removeEventListener('abort', onAbort);
  }
}

function startFailure(what: string, log: string, cause: unknown): PixelwrightError {
  return new PixelwrightError('engine-unavailable', `The engine host ${what}.${lastWords(log)}`, {
    next: `Look into its log, ${log}, then run again.`,
    details: { log },
    cause,
  });
}

/** The log of the host before stays beside it: it may tell of a crash. */
function openLog(file: string): number {
  try {
    renameSync(file, `${file}.old`);
  } catch {
    // There is none yet, or Windows keeps it while an old host writes to it: then it goes on in the same file.
  }
  return openSync(file, 'a', 0o600);
}

/** The end of a log as part of a sentence; empty if there is none. */
export function lastWords(log: string): string {
  try {
    const lines = readFileSync(log, 'utf8').trim().split('\n').slice(-4).join(' | ').slice(-600);
    return lines === '' ? '' : ` Its last words: ${lines}`;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return '';
    throw error;
  }
}

function hostEnvironment(environment: StartOptions['environment']): Record<string, string | undefined> {
  return {
    ...environment,
    // Debuggers and test runners of the caller put themselves in here.
    NODE_OPTIONS: undefined,
    // Electron's executable is Node only when it is told so.
    ...(process.versions['electron'] === undefined ? {} : { ELECTRON_RUN_AS_NODE: '1' }),
  };
}
