/** The store over its life: full disks, locks, verifying, listing, removing. */
import { mkdir, readdir, readFile, rm, utimes, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { listModels, removeModel, verifyModels } from '../../shared/engine/models/index.ts';
import { modelBytes } from './gguf-bytes.ts';
import { cutAfter, hangUp, model, projector, sha256, stallAfter, startHub } from './hub.ts';
import { newStore, pull, quick, type Store } from './store.ts';

const { signal } = new AbortController();
const at = ({ environment }: Store) => ({ signal, environment });
const q8 = 'Qwen3VL-2B-Instruct-Q8_0.gguf';

describe('a disk that is too small', () => {
  it('is told before a byte is asked for, with how much is missing', async () => {
    const hub = await startHub();
    const store = await newStore(hub);
    hub.listedBytes.set(model, 8e15);
    await expect(pull(store)).rejects.toMatchObject({
      code: 'output-not-writable',
      message: expect.stringMatching(
        /^Expected 8 PB free at .*; there are [\d.]+ [MGT]B: [\d.]+ PB are missing\.$/,
      ),
      next: expect.stringContaining('PIXELWRIGHT_HOME'),
    });
    expect(hub.ranges()).toEqual([]);
  });

  it('and a folder that cannot be made are told apart', async () => {
    const hub = await startHub();
    const store = await newStore(hub);
    await writeFile(store.environment['PIXELWRIGHT_HOME'] ?? '', 'a file');
    await expect(pull(store)).rejects.toMatchObject({
      code: 'output-not-writable',
      message: expect.stringContaining('cannot be written'),
    });
  });
});

describe('two at a time', () => {
  it('download a file once; the second waits and finds it whole', async () => {
    const hub = await startHub();
    const store = await newStore(hub);
    const bytes = hub.files.get(model) ?? Buffer.alloc(0);
    // The first is cut in its middle, so that the second is there before it ends.
    hub.onStorage.push(cutAfter(bytes, `${store.at(model)}.part`, 100_000));
    const notes: string[] = [];
    const onNote = (note: string) => notes.push(note);
    const both = await Promise.all([
      pull(store, {}, { retryDelaysMs: [100], onNote }),
      pull(store, {}, { retryDelaysMs: [100], onNote }),
    ]);
    expect(both.flatMap(({ downloaded }) => downloaded).sort()).toEqual([model, projector].sort());
    expect(hub.ranges().sort()).toEqual(
      [`${model} bytes=100000-`, `${model} whole`, `${projector} whole`].sort(),
    );
    expect(notes).toContain(`Another process is downloading ${model}; waiting for it to end.`);
    expect(sha256(await readFile(store.at(model)))).toBe(sha256(bytes));
  });

  it('the lock of a process that was killed is cleared', async () => {
    const hub = await startHub();
    const store = await newStore(hub);
    const lock = `${store.at(model)}.lock`;
    await mkdir(lock, { recursive: true });
    const longAgo = new Date(Date.now() - 3_600_000);
    await utimes(lock, longAgo, longAgo);
    expect((await pull(store)).downloaded).toEqual([model, projector]);
    expect((await readdir(store.at(''))).filter((name) => name.endsWith('.lock'))).toEqual([]);
  });

  it('one that waits can be cancelled', async () => {
    const hub = await startHub();
    const store = await newStore(hub);
    await mkdir(`${store.at(model)}.lock`, { recursive: true });
    const controller = new AbortController();
    const waiting = pull(store, {}, { signal: controller.signal, onNote: () => controller.abort() });
    await expect(waiting).rejects.toMatchObject({ code: 'cancelled' });
    expect(hub.ranges()).toEqual([]);
  });
});

describe('verifying', () => {
  it('reads every file again', async () => {
    const hub = await startHub();
    const store = await newStore(hub);
    await pull(store);
    const bytes = Buffer.from(hub.files.get(model) ?? '');
    await writeFile(store.at(model), bytes.fill(0, 5000, 5001));
    await writeFile(store.at(q8), modelBytes());
    const verified = await verifyModels(undefined, at(store));
    expect(verified.map(({ file, status }) => [file.name, status])).toEqual([
      [model, 'wrong'],
      [q8, 'unknown'],
      [projector, 'right'],
    ]);
    expect(verified[0]).toMatchObject({ sha256: sha256(bytes) });
    expect((await verifyModels('qwen3-vl-2b:Q8_0', at(store))).map(({ file }) => file.name)).toEqual([
      q8,
      projector,
    ]);
  });

  it('knows the checksums of Hugging Face’s cache', async () => {
    const store = await newStore();
    const link = await store.intoHubCache(model, modelBytes());
    expect(await verifyModels(undefined, at(store))).toMatchObject([{ status: 'right' }]);
    await writeFile(link, modelBytes({ seed: 7 }));
    expect(await verifyModels(undefined, at(store))).toMatchObject([{ status: 'wrong' }]);
  });

  it('can be cancelled', async () => {
    const hub = await startHub();
    const store = await newStore(hub);
    await pull(store);
    await expect(
      verifyModels(undefined, { ...at(store), signal: AbortSignal.abort() }),
    ).rejects.toMatchObject({
      code: 'cancelled',
    });
  });
});

describe('removing', () => {
  it('deletes one model; the projector goes with the last', async () => {
    const store = await newStore(await startHub());
    await pull(store);
    await pull(store, { model: 'qwen3-vl-2b:Q8_0' });
    expect((await removeModel('qwen3-vl-2b:q4_k_m', at(store))).files).toEqual([store.at(model)]);
    expect((await readdir(store.at(''))).sort()).toEqual(
      [q8, `${q8}.json`, projector, `${projector}.json`].sort(),
    );
    expect((await removeModel('qwen3-vl-2b:q8_0', at(store))).files).toEqual([
      store.at(q8),
      store.at(projector),
    ]);
    expect(await readdir(path.dirname(store.at('')))).toEqual([]);
  });

  it('deletes what was downloaded in part', async () => {
    const hub = await startHub();
    const store = await newStore(hub);
    const bytes = hub.files.get(model) ?? Buffer.alloc(0);
    hub.onStorage.push(cutAfter(bytes, `${store.at(model)}.part`, 100_000), hangUp, hangUp, hangUp);
    await expect(pull(store)).rejects.toMatchObject({ code: 'network' });
    expect(await removeModel('qwen3-vl-2b', at(store))).toMatchObject({ bytes: 100_000 });
    expect(await readdir(path.dirname(store.at('')))).toEqual([]);
  });

  it('leaves files that pixelwright did not download', async () => {
    const store = await newStore(await startHub());
    await pull(store);
    await writeFile(store.at(q8), modelBytes());
    expect(await removeModel('qwen3-vl-2b', at(store))).toMatchObject({ kept: [store.at(q8)] });
    expect(await readdir(store.at(''))).toEqual([q8]);
  });

  it('never touches Hugging Face’s cache', async () => {
    const store = await newStore();
    const link = await store.intoHubCache(model, modelBytes());
    await expect(removeModel('qwen3-vl-2b', at(store))).rejects.toMatchObject({
      code: 'model-missing',
      message: expect.stringContaining('which is not touched'),
    });
    expect((await readFile(link)).length).toBeGreaterThan(0);
  });

  it('does not disturb a download', async () => {
    const hub = await startHub();
    const store = await newStore(hub);
    const bytes = hub.files.get(model) ?? Buffer.alloc(0);
    const { behaviour, sent } = stallAfter(bytes, `${store.at(model)}.part`, 1000);
    hub.onStorage.push(behaviour);
    const controller = new AbortController();
    const running = pull(store, {}, { signal: controller.signal });
    await sent;
    await expect(removeModel('qwen3-vl-2b', at(store))).rejects.toMatchObject({
      message: `${model} is being downloaded by another process.`,
    });
    controller.abort();
    await expect(running).rejects.toMatchObject({ code: 'cancelled' });
  });

  it('says what is not there', async () => {
    await expect(removeModel('qwen3-vl-2b', at(await newStore()))).rejects.toMatchObject({
      code: 'model-missing',
    });
  });
});

describe('the list', () => {
  it('tells what is here, where, and what would be pulled', async () => {
    const hub = await startHub();
    const store = await newStore(hub);
    const bytes = hub.files.get(q8) ?? Buffer.alloc(0);
    await pull(store);
    await rm(store.at(projector));
    const link = await store.intoHubCache(projector, hub.files.get(projector) ?? Buffer.alloc(0));
    hub.onStorage.push(cutAfter(bytes, `${store.at(q8)}.part`, 500), hangUp, hangUp, hangUp);
    await expect(pull(store, { model: 'qwen3-vl-2b:Q8_0' })).rejects.toMatchObject({ code: 'network' });
    const { files, folder, hubCache } = await listModels(quick.memory, store.environment);
    expect({ folder, hubCache }).toEqual({
      folder: path.dirname(store.at('')).replace(/\/qwen3-vl-2b$/, ''),
      hubCache: store.environment['HF_HUB_CACHE'],
    });
    expect(files.slice(0, 5)).toMatchObject([
      { name: 'qwen3-vl-2b:Q4_K_M', recommended: true, origin: 'store', path: store.at(model) },
      { name: 'qwen3-vl-2b:Q8_0', recommended: false, partBytes: 500, bytes: 1_830_000_000 },
      { name: 'qwen3-vl-2b:F16', recommended: false, bytes: 3_450_000_000 },
      { name: 'qwen3-vl-2b', quantisation: 'Q8_0', recommended: true, origin: 'hub-cache', path: link },
      { name: 'qwen3-vl-2b', quantisation: 'F16', recommended: false },
    ]);
    expect(files.filter(({ tested }) => !tested).map(({ name }) => name)).toContain('qwen3-vl-8b:Q8_0');
  });
});
