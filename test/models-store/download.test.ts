/** Downloads from a hub: what lies in the store afterwards, whatever happens on the way. */
import { readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import type { TransferProgress } from '../../shared/engine/models/index.ts';
import { modelBytes } from './gguf-bytes.ts';
import { cutAfter, etagOf, type Hub, hangUp, model, projector, sha256, stallAfter, startHub } from './hub.ts';
import { newStore, pull, type Store } from './store.ts';

let hub: Hub;
let store: Store;
let bytes: Buffer;

beforeEach(async () => {
  hub = await startHub();
  store = await newStore(hub);
  bytes = hub.files.get(model) ?? Buffer.alloc(0);
});

/** Sends that many bytes of the model more, then cuts the line. */
const cut = (count: number, headers?: Record<string, string>) =>
  cutAfter(bytes, `${store.at(model)}.part`, count, headers);
const inStore = async (): Promise<string[]> => await readdir(path.dirname(store.at('')));
const files = async (): Promise<string[]> => (await readdir(store.at(''))).sort();
const whole = [model, `${model}.json`, projector, `${projector}.json`].sort();

async function expectWhole(): Promise<void> {
  expect(await inStore()).toEqual(['qwen3-vl-2b']);
  expect(await files()).toEqual(whole);
  expect(sha256(await readFile(store.at(model)))).toBe(sha256(bytes));
}

describe('a download', () => {
  it('puts model and projector into the store with receipts, and nothing else', async () => {
    const progress: TransferProgress[] = [];
    const pulled = await pull(store, {}, { onProgress: (event) => progress.push(event) });
    expect(pulled).toEqual({
      model: store.at(model),
      mmproj: store.at(projector),
      name: 'qwen3-vl-2b:Q4_K_M',
      quantisation: 'Q4_K_M',
      downloaded: [model, projector],
    });
    await expectWhole();
    expect(JSON.parse(await readFile(`${store.at(model)}.json`, 'utf8'))).toMatchObject({
      repository: 'Qwen/Qwen3-VL-2B-Instruct-GGUF',
      hub: hub.url,
      bytes: bytes.length,
      sha256: sha256(bytes),
    });
    expect(progress.at(0)).toEqual({ file: model, receivedBytes: 0, totalBytes: bytes.length });
    expect(progress.at(-1)).toMatchObject({
      file: projector,
      receivedBytes: hub.files.get(projector)?.length,
    });
  });

  it('asks nobody for what is here already', async () => {
    await pull(store);
    const asked = hub.seen.length;
    expect((await pull(store)).downloaded).toEqual([]);
    expect(hub.seen.length).toBe(asked);
  });

  it('takes the quantisations that are asked for', async () => {
    const pulled = await pull(store, { model: 'Qwen3-VL-2B-Instruct:q8_0', mmproj: 'f16' });
    expect(pulled.name).toBe('qwen3-vl-2b:Q8_0');
    expect(pulled.downloaded).toEqual([
      'Qwen3VL-2B-Instruct-Q8_0.gguf',
      'mmproj-Qwen3VL-2B-Instruct-F16.gguf',
    ]);
  });

  it('takes names as the hub lists them now', async () => {
    const renamed = 'other-name.q4_k_m.gguf';
    hub.files.delete(model);
    hub.files.set(renamed, bytes);
    expect((await pull(store)).model).toBe(store.at(renamed));
  });
});

describe('a line that is cut', () => {
  it('is taken up where it was cut, several times', async () => {
    hub.onStorage.push(cut(100_000), cut(50_000), cut(50_000));
    const notes: string[] = [];
    await pull(store, {}, { onNote: (note) => notes.push(note) });
    expect(hub.ranges().slice(0, 4)).toEqual([
      `${model} whole`,
      `${model} bytes=100000-`,
      `${model} bytes=150000-`,
      `${model} bytes=200000-`,
    ]);
    expect(hub.seen.find(({ headers }) => headers.range)?.headers['if-range']).toBe(etagOf(bytes));
    expect(notes).toHaveLength(3);
    await expectWhole();
  });

  it('is no reason to give up while bytes come', async () => {
    for (let time = 0; time < 10; time++) hub.onStorage.push(cut(1000));
    await pull(store, {}, { retryDelaysMs: [0] });
    await expectWhole();
  });

  it('is told when nothing comes any more, and the next run goes on', async () => {
    hub.onStorage.push(cut(100_000), hangUp, hangUp, hangUp);
    await expect(pull(store, {}, { retryDelaysMs: [0, 0] })).rejects.toMatchObject({
      code: 'network',
      message: expect.stringContaining('connection to localhost'),
      next: expect.stringContaining('goes on where it stopped'),
    });
    expect(await files()).toEqual([`${model}.part`, `${model}.part.json`]);
    await pull(store);
    expect(hub.ranges()).toContain(`${model} bytes=100000-`);
    await expectWhole();
  });

  it('begins anew where the file has changed since', async () => {
    const newer = modelBytes({ weights: 90_000, seed: 9 });
    hub.onStorage.push(
      cutAfter(newer, `${store.at(model)}.part`, 100_000, { etag: '"old"', 'content-length': bytes.length }),
    );
    await pull(store);
    expect(hub.ranges().slice(0, 2)).toEqual([`${model} whole`, `${model} bytes=100000-`]);
    await expectWhole();
  });

  it('begins anew where the listing names another file in the next run', async () => {
    hub.onStorage.push(cut(100_000), hangUp, hangUp, hangUp);
    await expect(pull(store)).rejects.toMatchObject({ code: 'network' });
    const newer = modelBytes({ weights: 90_000, seed: 9 });
    hub.files.set(model, newer);
    await pull(store);
    expect(hub.ranges().filter((range) => range === `${model} whole`)).toHaveLength(2);
    expect(sha256(await readFile(store.at(model)))).toBe(sha256(newer));
  });

  it('begins anew at a server that knows no ranges', async () => {
    hub.onStorage.push(cut(100_000), (_, response) => {
      response.writeHead(200, { 'content-length': bytes.length }).end(bytes);
    });
    await pull(store);
    expect(hub.ranges().slice(0, 2)).toEqual([`${model} whole`, `${model} bytes=100000-`]);
    await expectWhole();
  });

  it.each([
    ['another place', { 'content-range': 'bytes 5-9/10' }],
    ['a file of another length', { 'content-range': 'bytes 100000-400000/400001' }],
    ['another version', { etag: '"other"' }],
  ])('begins anew where the server goes on at %s', async (_, headers) => {
    hub.onStorage.push(cut(100_000), cut(10, headers));
    await pull(store);
    expect(hub.ranges().slice(0, 3)).toEqual([`${model} whole`, `${model} bytes=100000-`, `${model} whole`]);
    await expectWhole();
  });
});

describe('a server that tells lies', () => {
  it('about the content: the download is deleted, and it is said', async () => {
    const other = Buffer.from(bytes).fill(7, 1000, 2000);
    hub.onStorage.push((_, response) => {
      response.writeHead(200, { 'content-length': other.length }).end(other);
    });
    await expect(pull(store)).rejects.toMatchObject({
      code: 'model-corrupt',
      message: `Expected ${model} with the SHA-256 ${sha256(bytes)}; what came has ${sha256(other)}. The download was deleted.`,
    });
    expect(await files()).toEqual([]);
    await pull(store);
    await expectWhole();
  });

  it('about the length: nothing of it is taken', async () => {
    const page = Buffer.from('<html>Please log in</html>');
    for (let time = 0; time < 4; time++) {
      hub.onStorage.push((_, response) => {
        response.writeHead(200, { 'content-length': page.length }).end(page);
      });
    }
    await expect(pull(store)).rejects.toMatchObject({
      code: 'network',
      message: expect.stringContaining(`with ${bytes.length} bytes`),
      next: expect.stringContaining('login page'),
    });
    await pull(store);
    expect(hub.ranges().some((range) => range.startsWith(`${model} bytes`))).toBe(false);
    await expectWhole();
  });

  it('and sends more than there is: it is stopped', async () => {
    hub.onStorage.push((_, response) => {
      response.writeHead(200).write(Buffer.concat([bytes, bytes]));
    });
    await expect(pull(store)).rejects.toMatchObject({
      code: 'network',
      message: expect.stringContaining(`it sends more than ${bytes.length} bytes`),
    });
    expect(await inStore()).toEqual(['qwen3-vl-2b']);
    await pull(store);
    await expectWhole();
  });

  it('and sends a login page of unknown length: it is not taken for a part', async () => {
    hub.onStorage.push((_, response) => {
      response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end('<html>');
    });
    await pull(store);
    await expectWhole();
  });
});

describe('what lies in the store', () => {
  it('damaged part: the whole is refused, because what was there is hashed too', async () => {
    hub.onStorage.push(cut(100_000), hangUp, hangUp, hangUp);
    await expect(pull(store)).rejects.toMatchObject({ code: 'network' });
    const part = await readFile(`${store.at(model)}.part`);
    await writeFile(`${store.at(model)}.part`, part.fill(0, 500, 600));
    await expect(pull(store)).rejects.toMatchObject({ code: 'model-corrupt' });
    expect(await files()).toEqual([]);
  });

  it('a part that is complete is only checked', async () => {
    hub.onStorage.push(cut(100_000), hangUp, hangUp, hangUp);
    await expect(pull(store)).rejects.toMatchObject({ code: 'network' });
    await writeFile(`${store.at(model)}.part`, bytes);
    const before = hub.ranges().length;
    await pull(store);
    expect(hub.ranges().slice(before)).toEqual([`${projector} whole`]);
    await expectWhole();
  });

  it('a part that is too long is dropped', async () => {
    hub.onStorage.push(cut(100_000), hangUp, hangUp, hangUp);
    await expect(pull(store)).rejects.toMatchObject({ code: 'network' });
    await writeFile(`${store.at(model)}.part`, Buffer.concat([bytes, bytes]));
    await pull(store);
    await expectWhole();
  });

  it('a file that was cut after its download is downloaded again', async () => {
    await pull(store);
    await writeFile(store.at(model), bytes.subarray(0, 1000));
    expect((await pull(store)).downloaded).toEqual([model]);
    await expectWhole();
  });
});

describe('a cancel', () => {
  it('keeps what has come, and the next run goes on', async () => {
    const { behaviour, sent } = stallAfter(bytes, `${store.at(model)}.part`, 150_000);
    hub.onStorage.push(behaviour);
    const controller = new AbortController();
    const running = pull(store, {}, { signal: controller.signal });
    await sent;
    controller.abort();
    await expect(running).rejects.toMatchObject({ code: 'cancelled' });
    expect(await files()).toEqual([`${model}.part`, `${model}.part.json`]);
    const kept = await readFile(`${store.at(model)}.part`);
    expect(kept.equals(bytes.subarray(0, 150_000))).toBe(true);
    await pull(store);
    expect(hub.ranges()).toContain(`${model} bytes=150000-`);
    await expectWhole();
  });

  it('before it began asks nobody', async () => {
    await expect(pull(store, {}, { signal: AbortSignal.abort() })).rejects.toMatchObject({
      code: 'cancelled',
    });
    expect(hub.seen).toEqual([]);
  });
});
