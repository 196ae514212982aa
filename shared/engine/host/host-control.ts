/** Looks at this user's host and ends it, for `pixelwright status` and `pixelwright stop`. */
import { setTimeout as sleep } from 'node:timers/promises';
import { type Dispatcher, request } from 'undici';
import { cancelled, PixelwrightError, throwIfCancelled } from '../../errors.ts';
import { silentHost } from './attach.ts';
import { findHost } from './find-host.ts';
import { rootUrl } from './host-address.ts';
import { type HostFiles, type HostState, hostFiles, removeState } from './host-state.ts';
import { isAlive } from './process-alive.ts';
import { type HostStatus, hostStatusSchema } from './protocol.ts';
import { stateFolder } from './state-folder.ts';

export interface ControlOptions {
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly signal: AbortSignal;
}

export interface HostReport {
  readonly status: HostStatus;
  /** What OpenAI clients call the API key. */
  readonly token: string;
  /** Its log, where it runs in the background. */
  readonly log: string;
}

/** What a host does within moments. */
const answerLimitMs = 5000;
/** A native engine may have to finish a step first. */
const endLimitMs = 15_000;

/**
 * What the host says about itself; undefined if there is none.
 * @throws PixelwrightError `engine-unavailable` for one that does not answer, `cancelled`.
 */
export async function hostReport({ environment, signal }: ControlOptions): Promise<HostReport | undefined> {
  const files = hostFiles(stateFolder(environment));
  const state = await running(files, signal);
  if (state === undefined) return undefined;
  const status = hostStatusSchema.parse(await ask(state, 'GET', '/status', signal));
  return { status, token: state.token, log: files.log };
}

/**
 * Ends the host: requests that run get an error that says so. Returns its process number when it is gone, or
 * undefined if there was none.
 * @param force ends also one that does not answer, without a last word.
 * @throws PixelwrightError `engine-unavailable` for one that does not answer or does not end, `cancelled`.
 */
export async function stopHost({
  environment,
  signal,
  force,
}: ControlOptions & { readonly force: boolean }): Promise<number | undefined> {
  const files = hostFiles(stateFolder(environment));
  const found = await findHost(files, signal, answerLimitMs);
  if (found.kind === 'absent') return undefined;
  const { state } = found;
  if (found.kind === 'silent' && !force) throw silentHost(state, files.state);
  if (found.kind === 'running') await ask(state, 'POST', '/stop', signal);
  if (found.kind === 'running' && (await gone(state.pid, endLimitMs, signal))) return state.pid;
  if (!force) throw stillThere(state);
  if (isAlive(state.pid)) process.kill(state.pid, 'SIGKILL');
  removeState(files.state, state.token);
  if (!(await gone(state.pid, endLimitMs, signal))) throw stillThere(state);
  return state.pid;
}

async function running(files: HostFiles, signal: AbortSignal): Promise<HostState | undefined> {
  const found = await findHost(files, signal, answerLimitMs);
  if (found.kind === 'silent') throw silentHost(found.state, files.state);
  return found.kind === 'running' ? found.state : undefined;
}

async function ask(
  { address, port, token }: HostState,
  method: Dispatcher.HttpMethod,
  path: string,
  signal: AbortSignal,
): Promise<unknown> {
  const limit = AbortSignal.timeout(answerLimitMs);
  try {
    const { body } = await request(rootUrl(address, port) + path, {
      method,
      headers: { authorization: `Bearer ${token}` },
      signal: AbortSignal.any([signal, limit]),
      reset: true,
    });
    return await body.json();
  } catch (cause) {
    if (signal.aborted) throw cancelled(signal.reason);
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new PixelwrightError('engine-unavailable', `The engine host did not answer ${path}: ${reason}.`, {
      next: 'Run again.',
      cause,
    });
  }
}

async function gone(pid: number, limitMs: number, signal: AbortSignal): Promise<boolean> {
  for (let waited = 0; waited < limitMs; waited += 25) {
    throwIfCancelled(signal);
    if (!isAlive(pid)) return true;
    await sleep(25);
  }
  return false;
}

function stillThere({ pid }: HostState): PixelwrightError {
  return new PixelwrightError(
    'engine-unavailable',
    `The engine host (process ${pid}) was told to stop, and has not ended after ${endLimitMs / 1000} s.`,
    { next: 'End it with "pixelwright stop --force".', details: { pid } },
  );
}
