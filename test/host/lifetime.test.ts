/** How long a request, a model and a host live. */
import { readdir, rm } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { hostFiles, readState, writeState } from '../../shared/engine/host/host-state.ts';
import { runHost } from '../../shared/engine/host/run-host.ts';
import { collect } from '../../shared/engine/stream/collect.ts';
import { failure, readAll } from '../engine/helpers.ts';
import {
  ask,
  bundle,
  call,
  ended,
  hostEngine,
  hostFolder,
  localHost,
  never,
  stateIn,
  until,
} from './helpers.ts';
import { loadScripted } from './scripted-engine.ts';

const [main = '', hasty = ''] = await bundle('scripted-main', 'hasty-main');

const chat = '/v1/chat/completions';
const says = (content: string) => ({ messages: [{ role: 'user', content }] });

it('a client that leaves ends its request, streamed or not', async () => {
  const host = await localHost();
  const status = async () => (await call(host, '/status')).json();
  for (const stream of [true, false]) {
    const leave = new AbortController();
    const body = { ...says('count'), stream };
    const answer = call(host, chat, { body, signal: leave.signal });
    const gone = expect(answer.then((response) => response.text())).rejects.toThrow(/abort/);
    await until(async () => (await status()).requests.running === 1);
    leave.abort();
    await gone;
    await until(async () => (await status()).requests.running === 0);
  }
});

it('a client of ours that leaves the loop ends its request', async () => {
  const folder = await hostFolder();
  const engine = hostEngine(folder, main);
  for await (const part of engine.stream(ask('count'), { signal: never })) {
    if (part.type === 'text-delta') break;
  }
  const { port, token } = await stateIn(folder);
  const status = async () =>
    (
      await fetch(`http://127.0.0.1:${port}/status`, { headers: { authorization: `Bearer ${token}` } })
    ).json();
  await until(async () => (await status()).requests.running === 0);
});

it('closing an engine ends its own requests and not the host', async () => {
  const folder = await hostFolder();
  const [engine, other] = [hostEngine(folder, main), hostEngine(folder, main)];
  const running = failure(readAll(engine.stream(ask('count'), { signal: never })));
  expect((await collect(other.stream(ask('say hello'), { signal: never }))).text).toBe('hello ');
  const { pid } = await stateIn(folder);
  await engine.close();
  expect((await running).message).toBe('The engine was closed.');
  expect((await failure(readAll(engine.stream(ask('say x'), { signal: never })))).message).toBe(
    'The engine was closed.',
  );
  expect((await collect(other.stream(ask('say hello'), { signal: never }))).text).toBe('hello ');
  expect((await stateIn(folder)).pid).toBe(pid);
});

it('cancelling while the model loads ends the loading', async () => {
  const host = await localHost({ defaultModel: async () => ({ model: '/models/slow.gguf' }) });
  const leave = new AbortController();
  const answer = call(host, chat, { body: says('say x'), signal: leave.signal });
  const gone = expect(answer).rejects.toThrow();
  const status = async () => (await call(host, '/status')).json();
  await until(async () => (await status()).model?.state === 'loading');
  leave.abort();
  await gone;
  await until(async () => (await status()).model === undefined);
});

it('a host unloads when idle and then ends, and nothing of it is left but its log', async () => {
  const folder = await hostFolder();
  // Long enough for a busy machine to ask within it.
  const engine = hostEngine(folder, hasty, { idleMinutes: 0.03 });
  expect((await collect(engine.stream(ask('say hello'), { signal: never }))).text).toBe('hello ');
  const { pid } = await stateIn(folder);
  await ended(pid);
  expect(await readState(hostFiles(folder).state)).toBeUndefined();
  // On a busy machine a first host may have ended before it was asked; its log is kept, too.
  const left = (await readdir(folder)).map((name) => name.replace(/.*\./, ''));
  expect(left.filter((ending) => ending !== 'old')).toEqual(['log']);
  expect((await collect(engine.stream(ask('say hello'), { signal: never }))).text).toBe('hello ');
});

it('a host does not end while a request runs', async () => {
  const folder = await hostFolder();
  const engine = hostEngine(folder, hasty, { idleMinutes: 0.0001 });
  let texts = 0;
  for await (const part of engine.stream(ask('count'), { signal: never })) {
    if (part.type === 'text-delta') texts += 1;
    // Longer than it idles and lingers together.
    if (texts === 100) break;
  }
  expect(texts).toBe(100);
});

it.each(['SIGTERM', 'SIGINT', 'SIGHUP'] as const)('%s ends a host cleanly', async (signal) => {
  const folder = await hostFolder();
  await hostEngine(folder, main).describe({ signal: never });
  const { pid } = await stateIn(folder);
  await ended(pid, signal);
  expect(await readState(hostFiles(folder).state)).toBeUndefined();
});

it('does not remove the state of another', async () => {
  const folder = await hostFolder();
  const options = { load: loadScripted, idleMs: 1000, folder };
  const { host } = await runHost(options);
  const own = await stateIn(folder);
  const theirs = { ...own, token: own.token.split('').reverse().join('') };
  await writeState(hostFiles(folder).state, theirs);
  await host.end('the test wants it');
  expect(await stateIn(folder)).toEqual(theirs);
});

it('a host that nobody can find any more ends, but not before its requests', async () => {
  const folder = await hostFolder();
  const options = { load: loadScripted, idleMs: 60_000, lingerMs: 60_000, orphanCheckMs: 10, folder };
  const { host } = await runHost({ ...options, defaultModel: async () => ({ model: '/models/tiny.gguf' }) });
  const leave = new AbortController();
  const body = { ...says('count'), stream: true };
  const response = await call(host, chat, { body, signal: leave.signal });
  await rm(hostFiles(folder).state);
  const { host: heir } = await runHost(options);
  // The old one looks many times while the new one starts.
  expect(
    await Promise.race([host.ended.then(() => 'ended'), heir.ended.then(() => 'ended'), after(1500)]),
  ).toBe('running');
  leave.abort();
  await expect(response.text()).rejects.toThrow();
  await host.ended;
  expect((await stateIn(folder)).port).toBe(heir.port);
  await heir.end('the test is over');
});

const after = (milliseconds: number) =>
  new Promise<string>((resolve) => setTimeout(() => resolve('running'), milliseconds));

it('a second host of one user is refused', async () => {
  const options = { load: loadScripted, idleMs: 1000, folder: await hostFolder() };
  const { host } = await runHost(options);
  const error = await failure(runHost(options));
  expect(error.message).toMatch(
    /^An engine host of this user runs already: process \d+ at http:\/\/127\.0\.0\.1:\d+\/v1\.$/,
  );
  await host.end('the test is over');
  const { host: next } = await runHost(options);
  await next.end('the test is over');
});

it('ends requests that run when it ends, and takes no more', async () => {
  const host = await localHost();
  const running = call(host, chat, { body: { ...says('count'), stream: true } });
  const response = await running;
  const [ending, text] = await Promise.all([host.end('the test wants it'), response.text()]);
  expect(ending).toBeUndefined();
  expect(text).toContain('The engine host is ending: the test wants it.');
  await expect(call(host, '/health')).rejects.toThrow();
});
