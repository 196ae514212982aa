/** What a hub refuses, and to whom the user's token is shown. */
import { describe, expect, it } from 'vitest';
import { retryAfterMs } from '../../shared/engine/models/hub-errors.ts';
import { cutAfter, hangUp, model, refuse, repository, startHub } from './hub.ts';
import { newStore, pull } from './store.ts';

const times = <Thing>(count: number, thing: Thing): Thing[] => Array.from({ length: count }, () => thing);

describe('a refusal', () => {
  it.each([
    [401, {}, 'not-allowed', 'it wants a login', 'Set HF_TOKEN'],
    [401, { HF_TOKEN: 'hf_x' }, 'not-allowed', 'the token is not valid there', 'unset HF_TOKEN'],
    [
      403,
      {},
      'not-allowed',
      'access is refused',
      `/${repository} in a browser, accept the terms there, and set HF_TOKEN`,
    ],
    [
      403,
      { HF_TOKEN: 'hf_x' },
      'not-allowed',
      'access is refused',
      'with the token’s account'.replace('’', "'"),
    ],
    [404, {}, 'model-missing', 'it has no such file', 'HF_ENDPOINT'],
    [407, {}, 'network', 'wants a login', 'user and password into HTTPS_PROXY'],
    [418, {}, 'network', 'answered with HTTP status 418', 'Correct the address of the hub'],
  ])(
    'with status %i is no reason to ask again; it says what to do (%j)',
    async (status, extra, code, message, next) => {
      for (const queue of ['onTree', 'onResolve'] as const) {
        const hub = await startHub();
        const store = await newStore(hub);
        Object.assign(store.environment, extra);
        hub[queue].push(refuse(status));
        await expect(pull(store)).rejects.toMatchObject({
          code,
          message: expect.stringContaining(message),
          next: expect.stringContaining(next),
        });
        expect(hub.seen).toHaveLength(queue === 'onTree' ? 1 : 2);
      }
    },
  );

  it('of too many requests is waited for as long as the hub asks', async () => {
    const hub = await startHub();
    hub.onTree.push(refuse(429, { 'retry-after': '0' }));
    hub.onResolve.push(refuse(429, { 'retry-after': '1' }));
    const notes: string[] = [];
    await pull(await newStore(hub), {}, { onNote: (note) => notes.push(note) });
    expect(notes).toEqual([
      expect.stringMatching(/too many requests from here\. Trying again in 0 s\.$/),
      expect.stringMatching(/too many requests from here\. Trying again in 1 s\.$/),
    ]);
  });

  it('that asks for an hour is told at once', async () => {
    const hub = await startHub();
    hub.onTree.push(refuse(429, { 'retry-after': '3600' }));
    await expect(pull(await newStore(hub))).rejects.toMatchObject({
      code: 'network',
      next: 'Run the command again in 1 h: it goes on where it stopped. With HF_TOKEN more is allowed.',
      details: { status: 429, retryAfterSeconds: 3600 },
    });
    expect(hub.seen).toHaveLength(1);
  });

  it('by a hub that is out of order is tried again, and told if it stays', async () => {
    const hub = await startHub();
    hub.onStorage.push(refuse(503), refuse(500));
    const store = await newStore(hub);
    await pull(store);
    hub.files.delete(model);
    hub.onTree.push(...times(3, refuse(502)));
    await expect(pull(await newStore(hub))).rejects.toMatchObject({
      code: 'network',
      next: expect.stringContaining('Try again later'),
    });
  });

  it('in the middle of a file keeps what has come', async () => {
    const hub = await startHub();
    const store = await newStore(hub);
    const bytes = hub.files.get(model) ?? Buffer.alloc(0);
    hub.onStorage.push(cutAfter(bytes, `${store.at(model)}.part`, 100_000), refuse(403));
    await expect(pull(store)).rejects.toMatchObject({ code: 'not-allowed' });
    await pull(store);
    expect(hub.ranges()).toContain(`${model} bytes=100000-`);
  });
});

describe('Retry-After', () => {
  const now = Date.parse('2026-01-01T00:00:00Z');
  it.each([
    ['120', 120_000],
    [' 5 ', 5000],
    ['Thu, 01 Jan 2026 00:01:00 GMT', 60_000],
    ['Wed, 31 Dec 2025 00:00:00 GMT', 0],
    ['soon', undefined],
    ['', undefined],
    [undefined, undefined],
  ])('%j is %s ms', (header, expected) => {
    expect(retryAfterMs(header, now)).toBe(expected);
  });
});

describe('answers that are none', () => {
  it.each([
    ['<html>log in</html>', 'got a web page'],
    ['{"error":"x"}', 'got "{\\"error\\":\\"x\\"}"'],
  ])('%s as listing', async (text, message) => {
    const hub = await startHub();
    hub.onTree.push((_, response) => void response.end(text));
    await expect(pull(await newStore(hub))).rejects.toMatchObject({
      code: 'network',
      message: expect.stringContaining(message),
    });
  });

  it('a listing without what is wanted names what there is', async () => {
    const hub = await startHub();
    hub.files.delete(model);
    await expect(pull(await newStore(hub))).rejects.toMatchObject({
      code: 'model-missing',
      message: expect.stringMatching(
        /^Expected a model in Q4_K_M in Qwen\/.*; the hub lists Qwen3VL-2B-Instruct-Q8_0\.gguf, /,
      ),
    });
  });

  it('no server at all', async () => {
    const store = await newStore();
    store.environment['HF_ENDPOINT'] = 'http://127.0.0.1:9';
    await expect(pull(store)).rejects.toMatchObject({
      code: 'network',
      message: 'Nothing answers at 127.0.0.1:9: the connection was refused.',
    });
  });

  it('a redirect in a circle, and one to another protocol', async () => {
    const hub = await startHub();
    hub.onResolve.push(...times(11, refuse(302, { location: '?again' })));
    await expect(pull(await newStore(hub))).rejects.toThrow('redirects in a circle');
    const other = await startHub();
    other.onResolve.push(refuse(302, { location: 'file:///etc/passwd' }));
    await expect(pull(await newStore(other))).rejects.toMatchObject({ code: 'not-allowed' });
  });
});

describe('the address of the hub', () => {
  it('is the setting before HF_ENDPOINT, and may have a path', async () => {
    const hub = await startHub();
    const store = await newStore();
    store.environment['HF_ENDPOINT'] = 'http://127.0.0.1:9';
    await pull(store, {}, { modelHub: `${hub.url}/` });
    expect(hub.seen[0]?.path).toBe(`/api/models/${repository}/tree/main`);
    await expect(pull(await newStore(), {}, { modelHub: `${hub.url}/mirror/` })).rejects.toMatchObject({
      code: 'model-missing',
    });
    expect(hub.seen.at(-1)?.path).toBe(`/mirror/api/models/${repository}/tree/main`);
  });

  it.each([
    ['ftp://hub', 'option-invalid'],
    ['hub', 'option-invalid'],
    ['http://user:secret@hub', 'not-allowed'],
  ])('%s is refused, and no password is shown', async (address, code) => {
    const store = await newStore();
    store.environment['HF_ENDPOINT'] = address;
    await expect(pull(store)).rejects.toMatchObject({ code, message: expect.not.stringContaining('secret') });
  });
});

describe('the token', () => {
  it('is shown to the hub, and not to the storage that it leads to', async () => {
    const hub = await startHub();
    const store = await newStore(hub);
    store.environment['HF_TOKEN'] = 'hf_secret';
    await pull(store);
    const shown = hub.seen.filter(({ headers }) => headers.authorization === 'Bearer hf_secret');
    expect(new Set(shown.map(({ host }) => `http://${host}`))).toEqual(new Set([hub.url]));
    expect(shown).toHaveLength(3);
    expect(hub.seen).toHaveLength(5);
  });

  it('is not shown to the hub again after another host has led back to it', async () => {
    const hub = await startHub();
    const store = await newStore(hub);
    store.environment['HF_TOKEN'] = 'hf_secret';
    hub.onStorage.push(refuse(302, { location: `${hub.url}/elsewhere` }));
    await expect(pull(store)).rejects.toMatchObject({ code: 'model-missing' });
    expect(hub.seen.at(-1)).toMatchObject({ path: '/elsewhere', headers: { host: new URL(hub.url).host } });
    expect(hub.seen.at(-1)?.headers.authorization).toBeUndefined();
  });

  it('and the signature of a storage address are in no message', async () => {
    const hub = await startHub();
    const store = await newStore(hub);
    store.environment['HF_TOKEN'] = 'hf_secret';
    hub.onStorage.push(...times(4, hangUp));
    const error = await pull(store).catch((fault: unknown) => fault);
    expect(error).toMatchObject({ code: 'network' });
    expect(JSON.stringify([error, error instanceof Error && error.message])).not.toMatch(/secret/);
  });
});
