/** Files that are no projector of Qwen3-VL are refused with a sentence; nothing reaches ggml's assertions. */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadVisionEncoder } from '../../../shared/engine/native/vision/index.ts';
import { tinyModel } from '../../models/index.ts';
import { signal, towerBench } from './setup.ts';

const bench = towerBench();
let folder = '';
let projector: Buffer;

beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'pixelwright-vision-'));
  projector = await readFile((await tinyModel({ projector: 'f32' })).mmproj);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function load(file: string): Promise<unknown> {
  return loadVisionEncoder(bench.library(), { path: file, threads: 1, signal });
}

async function loadBytes(bytes: Uint8Array): Promise<unknown> {
  const file = path.join(folder, 'projector.gguf');
  await writeFile(file, bytes);
  return load(file);
}

/** The projector with one name or text exchanged for another of the same length. */
function exchanged(from: string, to: string): Buffer {
  expect(to).toHaveLength(from.length);
  const at = projector.indexOf(from);
  expect(at).toBeGreaterThan(0);
  const bytes = Buffer.from(projector);
  bytes.write(to, at, 'latin1');
  return bytes;
}

/** The projector with the value of a key replaced; GGUF writes a key, four bytes of type, then the value. */
function withInteger(key: string, value: number): Buffer {
  const bytes = Buffer.from(projector);
  const at = bytes.indexOf(key);
  expect(at).toBeGreaterThan(0);
  expect(bytes.readUInt32LE(at + key.length)).toBe(4);
  bytes.writeUInt32LE(value, at + key.length + 4);
  return bytes;
}

describe('loadVisionEncoder', () => {
  it('says where no file is', async () => {
    await expect(load(path.join(folder, 'absent.gguf'))).rejects.toMatchObject({
      code: 'model-missing',
      next: expect.stringContaining('--mmproj'),
    });
  });

  it('refuses what is no GGUF file', async () => {
    await expect(loadBytes(Buffer.from('no model at all'))).rejects.toMatchObject({
      code: 'model-corrupt',
      message: expect.stringContaining('not a GGUF file'),
    });
  });

  it('refuses a language model', async () => {
    const { model } = await tinyModel();
    await expect(load(model)).rejects.toMatchObject({
      code: 'model-corrupt',
      message: expect.stringContaining('architecture is qwen3vl'),
    });
  });

  it.each([0.2, 0.6, 0.99])('refuses a file cut at %d of its length', async (share) => {
    await expect(loadBytes(projector.subarray(0, projector.length * share))).rejects.toMatchObject({
      code: 'model-corrupt',
    });
  });

  it.each([
    ['qwen3vl_merger', 'gemma3xxmerger', 'its projector is gemma3xxmerger'],
    ['v.blk.2.ffn_up.weight', 'v.blk.2.ffn_xx.weight', 'v.blk.2.ffn_up.weight is absent'],
    ['clip.vision.patch_size', 'clip.vision.patch_sixe', 'the key clip.vision.patch_size is absent'],
  ])('refuses a file with %s for %s', async (from, to, reason) => {
    await expect(loadBytes(exchanged(from, to))).rejects.toMatchObject({
      code: 'model-corrupt',
      message: expect.stringContaining(reason),
    });
  });

  it.each([
    ['clip.vision.embedding_length', 128, 'should be'],
    ['clip.vision.feed_forward_length', 96, 'should be'],
    ['clip.vision.attention.head_count', 7, '7 heads do not fit'],
    ['clip.vision.spatial_merge_size', 3, '3 × 3'],
    ['clip.vision.patch_size', 1000, '1000 pixels'],
    ['clip.vision.block_count', 9, 'is absent'],
  ])('refuses a file whose %s is %d', async (key, value, reason) => {
    await expect(loadBytes(withInteger(key, value))).rejects.toMatchObject({
      code: 'model-corrupt',
      message: expect.stringContaining(reason),
    });
  });

  it('ends when it is cancelled while it reads', async () => {
    const stop = new AbortController();
    const { mmproj } = await tinyModel({ projector: 'f32' });
    const loading = loadVisionEncoder(bench.library(), {
      path: mmproj,
      threads: 1,
      signal: stop.signal,
      onProgress: () => stop.abort(),
    });
    await expect(loading).rejects.toMatchObject({ code: 'cancelled' });
  });

  it('tells how far it is', async () => {
    const told: number[] = [];
    await bench.encoder({ onProgress: (fraction) => told.push(fraction) });
    expect(told.length).toBeGreaterThan(10);
    expect(told.toSorted((a, b) => a - b)).toEqual(told);
    expect(told.at(-1)).toBe(1);
  });
});
