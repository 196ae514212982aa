/** The tiny pair's files: the same bytes everywhere, small, and with every layer kind of the real ones. */
import { createHash } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gguf } from '@huggingface/gguf';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cached } from './cache.ts';
import { tinyModel } from './index.ts';
import { writeTinyLanguage, writeTinyVision } from './tiny.ts';

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'pixelwright-tiny-'));
});

afterAll(async () => {
  await rm(folder, { recursive: true });
});

async function digest(file: string): Promise<string> {
  return createHash('sha256')
    .update(await readFile(file))
    .digest('hex')
    .slice(0, 16);
}

describe('the bytes', () => {
  it('are those from which answers have been recorded, on every machine and each time', async () => {
    const { model, mmproj } = await tinyModel();
    const again = { model: path.join(folder, 'again'), mmproj: path.join(folder, 'again-too') };
    await writeTinyLanguage(again.model, 'f32');
    await writeTinyVision(again.mmproj, 'f32');
    const now = { model: await digest(again.model), mmproj: await digest(again.mmproj) };
    expect({ model: await digest(model), mmproj: await digest(mmproj) }).toEqual(now);
    // Where these change on purpose (weights, vocabulary, one of the pages it is learnt from), whatever
    // has been recorded with the tiny pair has to be recorded again.
    expect(now).toEqual({ model: '6acfc2646bfdf467', mmproj: 'e596dc28f71f34bf' });
  });

  it.each(['f32', 'f16', 'q8_0'] as const)('of %s are few', async (type) => {
    const { model, mmproj } = await tinyModel({ language: type, projector: type });
    const most = { f32: 2_000_000, f16: 1_100_000, q8_0: 900_000 }[type];
    expect((await stat(model)).size).toBeLessThan(most);
    expect((await stat(mmproj)).size).toBeLessThan(most);
  });
});

describe('the language model', () => {
  it('has metadata that llama.cpp asks for', async () => {
    const { metadata } = await gguf((await tinyModel()).model, { allowLocalFile: true });
    expect(metadata).toMatchObject({
      'general.architecture': 'qwen3vl',
      'qwen3vl.block_count': 4,
      'qwen3vl.embedding_length': 64,
      'qwen3vl.attention.head_count': 4,
      'qwen3vl.attention.head_count_kv': 2,
      'qwen3vl.attention.key_length': 64,
      'qwen3vl.rope.dimension_sections': [12, 10, 10, 0],
      'qwen3vl.n_deepstack_layers': 2,
      'tokenizer.ggml.model': 'gpt2',
      'tokenizer.ggml.pre': 'qwen2',
      'tokenizer.ggml.eos_token_id': 1010,
    });
  });

  it('stores matrices in the type that was asked for, and norms exactly', async () => {
    const { model } = await tinyModel({ language: 'q8_0' });
    const { tensorInfos } = await gguf(model, { allowLocalFile: true });
    const types = new Map(tensorInfos.map(({ name, dtype }) => [name, dtype]));
    expect(types.get('token_embd.weight')).toBe(8);
    expect(types.get('blk.3.ffn_down.weight')).toBe(8);
    expect(types.get('blk.3.attn_q_norm.weight')).toBe(0);
    expect(types.has('output.weight')).toBe(false);
    expect(tensorInfos).toHaveLength(2 + 4 * 11);
  });
});

describe('the projector', () => {
  it('has as many DeepStack mergers as the language model has layers for them', async () => {
    const { metadata, tensorInfos } = await gguf((await tinyModel()).mmproj, { allowLocalFile: true });
    expect(metadata).toMatchObject({
      'general.architecture': 'clip',
      'clip.projector_type': 'qwen3vl_merger',
      'clip.vision.projection_dim': 64,
      'clip.vision.is_deepstack_layers': [false, true, true, false],
    });
    const names = tensorInfos.map(({ name }) => name);
    expect(names).toEqual(
      expect.arrayContaining([
        'v.patch_embd.weight',
        'v.patch_embd.weight.1',
        'v.deepstack.2.fc2.bias',
        'mm.2.bias',
      ]),
    );
  });

  it('never quantises the patch kernels and the position grid', async () => {
    const { tensorInfos } = await gguf((await tinyModel({ projector: 'q8_0' })).mmproj, {
      allowLocalFile: true,
    });
    const types = new Map(tensorInfos.map(({ name, dtype }) => [name, dtype]));
    expect(types.get('v.patch_embd.weight')).toBe(0);
    expect(types.get('v.position_embd.weight')).toBe(0);
    expect(types.get('v.blk.0.attn_qkv.weight')).toBe(8);
  });
});

describe('cached', () => {
  it('gives the same file to two who make it at once, and leaves nothing else', async () => {
    const place = path.join(folder, 'at-once');
    const make = async (file: string) => {
      await writeFile(file, 'half ');
      await writeFile(file, 'whole', { flag: 'a' });
    };
    const files = await Promise.all([cached('one', make, place), cached('one', make, place)]);
    expect(new Set(files)).toEqual(new Set([path.join(place, 'one')]));
    expect(await readFile(path.join(place, 'one'), 'utf8')).toBe('half whole');
    expect(await readdir(place)).toEqual(['one']);
  });

  it('keeps nothing of a file that could not be made', async () => {
    const place = path.join(folder, 'broken');
    const make = async (file: string) => {
      await writeFile(file, 'half');
      throw new Error('no more');
    };
    await expect(cached('one', make, place)).rejects.toThrow('no more');
    expect(await readdir(place)).toEqual([]);
  });
});
