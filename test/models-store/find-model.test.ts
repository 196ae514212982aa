/** Which model is loaded: the settings' own, the store's, Hugging Face's; and what is said about a wrong one. */
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { hubCacheFolder } from '../../shared/engine/models/hub-cache.ts';
import { findModel, type ModelSettings } from '../../shared/engine/models/index.ts';
import { folder } from '../cli/command.ts';
import { ggufBytes, modelBytes, projectorBytes } from './gguf-bytes.ts';
import { defaultFiles, model, projector } from './hub.ts';
import { newStore, type Store } from './store.ts';

async function put(store: Store, ...names: readonly string[]): Promise<void> {
  for (const name of names) {
    await mkdir(path.dirname(store.at(name)), { recursive: true });
    await writeFile(store.at(name), defaultFiles().get(name) ?? '');
  }
}

const find = (store: Store, settings: ModelSettings = {}, freeGpuBytes?: number) =>
  findModel(settings, {
    environment: store.environment,
    ...(freeGpuBytes === undefined ? {} : { memory: { freeGpuBytes, freeSystemBytes: 16e9 } }),
  });

const q8 = 'Qwen3VL-2B-Instruct-Q8_0.gguf';
const projectorF16 = 'mmproj-Qwen3VL-2B-Instruct-F16.gguf';

describe('installed models', () => {
  it('are none on a new machine', async () => {
    expect(await find(await newStore())).toBeUndefined();
  });

  it('need their projector', async () => {
    const store = await newStore();
    await put(store, model);
    expect(await find(store)).toBeUndefined();
  });

  it('are found in the store', async () => {
    const store = await newStore();
    await put(store, model, projector);
    expect(await find(store)).toEqual({
      model: store.at(model),
      mmproj: store.at(projector),
      name: 'qwen3-vl-2b:Q4_K_M',
      quantisation: 'Q4_K_M',
    });
  });

  it('are used where Hugging Face’s tools have put them', async () => {
    const store = await newStore();
    const there = await store.intoHubCache(model, modelBytes());
    await put(store, projector);
    expect(await find(store)).toMatchObject({ model: there, mmproj: store.at(projector) });
  });

  it('a link to a blob that is gone is none', async () => {
    const store = await newStore();
    await store.intoHubCache(projector, projectorBytes());
    await store.intoHubCache(model, modelBytes());
    await rm(
      path.join(store.environment['HF_HUB_CACHE'] ?? '', 'models--Qwen--Qwen3-VL-2B-Instruct-GGUF', 'blobs'),
      {
        recursive: true,
      },
    );
    expect(await find(store)).toBeUndefined();
  });

  it('of several snapshots the one that main names is taken', async () => {
    const store = await newStore();
    const [older, newer] = ['a'.repeat(40), 'b'.repeat(40)];
    await store.intoHubCache(model, modelBytes({ seed: 1 }), older);
    await store.intoHubCache(model, modelBytes({ seed: 2 }), newer);
    await store.intoHubCache(projector, projectorBytes(), older);
    const repository = path.join(
      store.environment['HF_HUB_CACHE'] ?? '',
      'models--Qwen--Qwen3-VL-2B-Instruct-GGUF',
    );
    await mkdir(path.join(repository, 'refs'));
    for (const commit of [older, newer]) {
      await writeFile(path.join(repository, 'refs', 'main'), commit);
      expect((await find(store))?.model).toContain(commit);
    }
  });

  it('of several quantisations the one for the memory at hand is taken', async () => {
    const store = await newStore();
    await put(store, model, q8, projector, projectorF16);
    expect(await find(store)).toMatchObject({ quantisation: 'Q4_K_M', mmproj: store.at(projector) });
    expect(await find(store, {}, 8e9)).toMatchObject({
      quantisation: 'Q8_0',
      mmproj: store.at(projectorF16),
    });
  });

  it('one that the settings name must be there', async () => {
    const store = await newStore();
    await put(store, model, projector);
    expect(await find(store, { model: 'qwen3-vl-2b:q4_k_m' })).toMatchObject({ quantisation: 'Q4_K_M' });
    await expect(find(store, { model: 'qwen3-vl-2b:Q8_0' })).rejects.toMatchObject({
      code: 'model-missing',
      message: 'The model qwen3-vl-2b:Q8_0 is not installed.',
      next: 'Download it with "pixelwright models pull qwen3-vl-2b:Q8_0".',
    });
    await expect(find(store, { model: 'qwen3-vl-2b', mmproj: 'F16' })).rejects.toMatchObject({
      next: 'Download it with "pixelwright models pull qwen3-vl-2b --mmproj F16".',
    });
  });

  it('one that was cut since its download is refused', async () => {
    const store = await newStore();
    await put(store, model, projector);
    const receipt = {
      repository: 'a/b',
      revision: 'main',
      file: model,
      hub: 'http://h',
      downloaded: '',
      sha256: 'a'.repeat(64),
    };
    await writeFile(`${store.at(model)}.json`, JSON.stringify({ ...receipt, bytes: 5 }));
    await expect(find(store)).rejects.toMatchObject({ code: 'model-corrupt' });
  });
});

describe('a pair of the user’s own', () => {
  const pair = { 'm-Q5_K_M.gguf': modelBytes(), 'eyes.gguf': projectorBytes() };

  it('is taken as it is', async () => {
    const at = await folder(pair);
    const settings = { model: path.join(at, 'm-Q5_K_M.gguf'), mmproj: path.join(at, 'eyes.gguf') };
    expect(await find(await newStore(), settings)).toEqual({
      ...settings,
      name: 'm-Q5_K_M',
      quantisation: 'Q5_K_M',
    });
  });

  it('its projector is found beside it if it is the only one', async () => {
    const at = await folder({ 'm.gguf': modelBytes(), 'mmproj-m.gguf': projectorBytes() });
    const settings = { model: path.join(at, 'm.gguf') };
    expect(await find(await newStore(), settings)).toMatchObject({ mmproj: path.join(at, 'mmproj-m.gguf') });
    await writeFile(path.join(at, 'mmproj-n.gguf'), projectorBytes());
    await expect(find(await newStore(), settings)).rejects.toMatchObject({
      code: 'option-invalid',
      message: expect.stringContaining('mmproj-m.gguf, mmproj-n.gguf lie beside it'),
      next: 'Name it with --mmproj FILE.',
    });
  });

  it('a projector of the user’s own serves a model of the catalogue', async () => {
    const store = await newStore();
    await put(store, model);
    const mmproj = path.join(await folder(pair), 'eyes.gguf');
    expect(await find(store, { mmproj })).toMatchObject({ model: store.at(model), mmproj });
  });

  it.each([
    ['swapped', 'eyes.gguf', 'm-Q5_K_M.gguf', 'input-unsupported', 'is the projector'],
    ['missing', 'none.gguf', 'eyes.gguf', 'model-missing', 'there is no such file'],
    ['of another kind', 'llama.gguf', 'eyes.gguf', 'input-unsupported', 'is llama'],
    ['of another size', 'large.gguf', 'eyes.gguf', 'input-unsupported', 'reads them; '],
    ['no projector', 'm-Q5_K_M.gguf', 'm-Q5_K_M.gguf', 'input-unsupported', 'is qwen3vl, not named'],
    ['a projector of another kind', 'm-Q5_K_M.gguf', 'llava.gguf', 'input-unsupported', 'is clip, mlp'],
    ['a web page', 'm-Q5_K_M.gguf', 'page.gguf', 'model-corrupt', 'is a web page'],
  ])('%s: refused before anything is loaded', async (_, modelFile, mmproj, code, message) => {
    const at = await folder({
      ...pair,
      'llama.gguf': ggufBytes({ 'general.architecture': 'llama' }),
      'large.gguf': modelBytes({ width: 4096 }),
      'llava.gguf': ggufBytes({ 'general.architecture': 'clip', 'clip.projector_type': 'mlp' }),
      'page.gguf': '<!doctype html>',
    });
    const settings = { model: path.join(at, modelFile), mmproj: path.join(at, mmproj) };
    await expect(find(await newStore(), settings)).rejects.toMatchObject({
      code,
      message: expect.stringContaining(message),
      next: expect.stringMatching(/\S/),
    });
  });
});

describe('Hugging Face’s cache', () => {
  it.each([
    [{ HF_HUB_CACHE: '/a', HF_HOME: '/b' }, '/a'],
    [{ HUGGINGFACE_HUB_CACHE: '/c' }, '/c'],
    [{ HF_HOME: '/b' }, '/b/hub'],
    [{ HF_HOME: '~/b' }, path.join(homedir(), 'b', 'hub')],
    [{ XDG_CACHE_HOME: '/x' }, '/x/huggingface/hub'],
    [{}, path.join(homedir(), '.cache', 'huggingface', 'hub')],
  ])('of %j is %s', (environment, expected) => {
    expect(hubCacheFolder(environment)).toBe(expected);
  });
});
