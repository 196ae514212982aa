/** Hosts for tests, in this process and in their own, all of which end with the test. */
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { onTestFinished } from 'vitest';
import type { Engine, EngineRequest, PromptPart } from '../../shared/engine/engine.ts';
import {
  type EngineHost,
  type EngineHostOptions,
  startEngineHost,
} from '../../shared/engine/host/engine-host.ts';
import { createHostEngine, type HostEngineOptions } from '../../shared/engine/host/host-engine.ts';
import { type HostState, hostFiles, readState } from '../../shared/engine/host/host-state.ts';
import { isAlive } from '../../shared/engine/host/process-alive.ts';
import type { WantedModel } from '../../shared/engine/host/wanted-model.ts';
import { loadScripted } from './scripted-engine.ts';

export const tiny: WantedModel = { model: '/models/tiny.gguf' };

export const never = new AbortController().signal;

export function ask(text: string, ...parts: PromptPart[]): EngineRequest {
  return { messages: [{ role: 'user', parts: [...parts, { type: 'text', text }] }] };
}

/** A host in this process, without a state file. */
export async function localHost(options: Partial<EngineHostOptions> = {}): Promise<EngineHost> {
  const host = await startEngineHost({
    load: loadScripted,
    defaultModel: async () => tiny,
    idleMs: 60_000,
    ...options,
  });
  onTestFinished(() => host.end('the test is over'));
  return host;
}

/** Asks a host by plain `fetch`, as any program would. */
export function call(
  { port, token }: EngineHost,
  where: string,
  init: { body?: unknown; headers?: Record<string, string>; signal?: AbortSignal } = {},
): Promise<Response> {
  const { body, headers = {}, signal } = init;
  return fetch(`http://127.0.0.1:${port}${where}`, {
    method: body === undefined ? 'GET' : 'POST',
    headers: { authorization: `Bearer ${token}`, ...headers },
    ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    ...(signal ? { signal } : {}),
  });
}

const repository = fileURLToPath(new URL('../..', import.meta.url));

/** Bundles a main of this folder, so that it starts as fast as the product's. */
export async function bundle(...names: readonly string[]): Promise<readonly string[]> {
  const outdir = path.join(repository, '.cache', 'test-host', String(process.pid));
  await build({
    absWorkingDir: repository,
    entryPoints: names.map((name) => `test/host/${name}.ts`),
    outdir,
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    packages: 'external',
    logLevel: 'warning',
  });
  return names.map((name) => path.join(outdir, `${name}.js`));
}

/** A folder for a host's state. Whatever host its state names is ended with the test. */
export async function hostFolder(): Promise<string> {
  const home = await mkdtemp(path.join(tmpdir(), 'pixelwright-host-'));
  const folder = path.join(home, 'host');
  await mkdir(folder, { mode: 0o700 });
  onTestFinished(async () => {
    const state = await readState(hostFiles(folder).state);
    if (state && state.pid !== process.pid && isAlive(state.pid)) await ended(state.pid, 'SIGKILL');
    await rm(home, { recursive: true, force: true });
  });
  return folder;
}

/** An engine on the host of a folder, closed with the test. */
export function hostEngine(folder: string, main: string, options: Partial<HostEngineOptions> = {}): Engine {
  const engine = createHostEngine({ model: tiny, idleMinutes: 10, folder, command: [main], ...options });
  onTestFinished(() => engine.close());
  return engine;
}

/** @throws Error if the folder has no state. */
export async function stateIn(folder: string): Promise<HostState> {
  const state = await readState(hostFiles(folder).state);
  if (state === undefined) throw new Error(`No host has told of itself in ${folder}.`);
  return state;
}

/** Sends a signal if one is given, and waits until the process is gone. */
export async function ended(pid: number, signal?: NodeJS.Signals): Promise<void> {
  if (signal !== undefined && isAlive(pid)) process.kill(pid, signal);
  await until(() => !isAlive(pid));
}

/** Waits for something that comes by itself; the test's own time limit ends it. */
export async function until(isSo: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await isSo())) await new Promise((resolve) => setTimeout(resolve, 20));
}
