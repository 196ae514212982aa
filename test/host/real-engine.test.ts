/** The product's own host with the native engine and a tiny model: one for ten clients, and one after a crash. */
import { readFile } from 'node:fs/promises';
import { beforeAll, expect, it } from 'vitest';
import type { Engine } from '../../shared/engine/engine.ts';
import { createHostEngine } from '../../shared/engine/host/host-engine.ts';
import { hostFiles } from '../../shared/engine/host/host-state.ts';
import { hostCommand, startHost } from '../../shared/engine/host/start-host.ts';
import type { WantedModel } from '../../shared/engine/host/wanted-model.ts';
import { collect } from '../../shared/engine/stream/collect.ts';
import { failure, readAll } from '../engine/helpers.ts';
import { tinyModel } from '../models/index.ts';
import { pngOf } from '../native/parity/pictures.ts';
import { ask, hostFolder, never, stateIn } from './helpers.ts';

let tiny: WantedModel;

beforeAll(async () => {
  tiny = { ...(await tinyModel()), device: 'cpu', threads: 1, contextSize: 4096 };
});

function engineIn(folder: string, model: WantedModel = tiny): Engine {
  return createHostEngine({ model, idleMinutes: 10, folder });
}

const greedy = { sampling: { temperature: 0 }, maxTokens: 12 };
/** Hot enough for words without end. */
const endless = { sampling: { temperature: 3, seed: 1 }, maxTokens: 3000 };

const textOf = async (engine: Engine): Promise<string> =>
  (await collect(engine.stream({ ...ask('Say hello.'), ...greedy }, { signal: never }))).text;

it('ten clients at once get one host, one model and one answer', async () => {
  const folder = await hostFolder();
  const engines = Array.from({ length: 10 }, () => engineIn(folder));
  const answers = await Promise.all(engines.map(textOf));
  expect(answers[0]).not.toBe('');
  expect(new Set(answers).size).toBe(1);
  const { pid, port, token } = await stateIn(folder);
  const response = await fetch(`http://127.0.0.1:${port}/status`, {
    headers: { authorization: `Bearer ${token}` },
  });
  expect(await response.json()).toMatchObject({
    pid,
    model: { state: 'ready', engine: 'pixelwright on CPU', contextSize: 4096, ...tiny },
    requests: { running: 0, served: 10 },
  });
  await Promise.all(engines.map((engine) => engine.close()));
});

it('a host that is killed in the middle of an answer costs that answer, and the next request works', async () => {
  const folder = await hostFolder();
  const engine = engineIn(folder);
  const before = await textOf(engine);
  const { pid } = await stateIn(folder);
  let killed: number | undefined;
  const stream = async (): Promise<void> => {
    for await (const part of engine.stream({ ...ask('Tell a story.'), ...endless }, { signal: never })) {
      if (part.type !== 'text-delta' || killed !== undefined) continue;
      killed = performance.now();
      process.kill(pid, 'SIGKILL');
    }
  };
  const error = await failure(stream());
  expect(performance.now() - (killed ?? 0)).toBeLessThan(2000);
  expect(error.code).toBe('engine-crashed');
  expect(await textOf(engine)).toBe(before);
  expect((await stateIn(folder)).pid).not.toBe(pid);
  await engine.close();
});

it('a picture is encoded once for all clients', async () => {
  const folder = await hostFolder();
  const bytes = await pngOf({ width: 64, height: 64, seed: 1 });
  const request = { ...ask('What is it?', { type: 'image', bytes, mediaType: 'image/png' }), ...greedy };
  const [one, two] = [engineIn(folder), engineIn(folder)];
  const first = await collect(one.stream(request, { signal: never }));
  const second = await collect(two.stream(request, { signal: never }));
  expect(second.text).toBe(first.text);
  expect(first.finish.usage?.cached?.promptTokens).toBe(0);
  expect(second.finish.usage?.cached?.promptTokens).toBeGreaterThan(0);
  await Promise.all([one.close(), two.close()]);
});

it('a client that leaves frees its place in the engine', async () => {
  const folder = await hostFolder();
  const engine = engineIn(folder, { ...tiny, parallel: 1 });
  const leave = new AbortController();
  const left = readAll(engine.stream({ ...ask('Tell a story.'), ...endless }, { signal: leave.signal }));
  leave.abort();
  expect((await failure(left)).code).toBe('cancelled');
  expect(await textOf(engine)).not.toBe('');
  await engine.close();
});

it('errors of the engine come as they are', async () => {
  const folder = await hostFolder();
  const absent = engineIn(folder, { ...tiny, model: '/nowhere/model.gguf' });
  const missing = await failure(readAll(absent.stream(ask('x'), { signal: never })));
  expect(missing.code).toBe('model-missing');
  expect(missing.message).toContain('/nowhere/model.gguf');
  await absent.close();
  const engine = engineIn(folder);
  const long = await failure(readAll(engine.stream(ask('word '.repeat(9000)), { signal: never })));
  expect(long.code).toBe('input-too-large');
  expect(long.message).toMatch(/4096/);
  await engine.close();
});

it('nothing native is loaded before a request needs it', async () => {
  const folder = await hostFolder();
  const start = {
    files: hostFiles(folder),
    command: hostCommand(),
    idleMinutes: 10,
    environment: process.env,
  };
  await startHost(start, never);
  const { pid } = await stateIn(folder);
  const isLoaded = async () => /libllama|libggml/.test(await readFile(`/proc/${pid}/maps`, 'utf8'));
  // Only Linux has this list of what is mapped into a process.
  if (process.platform !== 'linux') return;
  expect(await isLoaded()).toBe(false);
  const engine = engineIn(folder);
  await textOf(engine);
  expect(await isLoaded()).toBe(true);
  await engine.close();
});
