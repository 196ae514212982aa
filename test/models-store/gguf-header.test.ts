/** Headers of GGUF files: what is read, and that nothing broken is taken for whole. */
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readGgufHeader } from '../../shared/engine/models/index.ts';
import { folder } from '../cli/command.ts';
import { ggufBytes, modelBytes, projectorBytes } from './gguf-bytes.ts';

async function read(bytes: Uint8Array) {
  return await readGgufHeader(path.join(await folder({ 'a.gguf': bytes }), 'a.gguf'));
}

describe('a header', () => {
  it('gives its single values and passes over its lists', async () => {
    const { values, tensors, version } = await read(projectorBytes());
    expect(Object.fromEntries(values)).toEqual({
      'general.architecture': 'clip',
      'clip.has_vision_encoder': true,
      'clip.projector_type': 'qwen3vl_merger',
      'clip.vision.projection_dim': 2048,
    });
    expect({ tensors, version }).toEqual({ tensors: 1, version: 3 });
  });

  it('may be larger than what is read at once', async () => {
    const words = Array.from({ length: 150_000 }, (_, index) => `a rather long word ${index}`);
    const { values } = await read(
      ggufBytes({ 'general.architecture': 'qwen3vl', words, 'qwen3vl.embedding_length': 2048 }),
    );
    expect(values.get('qwen3vl.embedding_length')).toBe(2048);
  });

  it('tells where the data begins', async () => {
    const bytes = modelBytes({ weights: 64 });
    expect((await read(bytes)).dataStart).toBe(bytes.length - 64 * 4);
  });
});

describe('a file that is no whole GGUF', () => {
  it.each([
    ['', 'is empty'],
    ['<!DOCTYPE html><html>', 'is a web page, not a model'],
    ['version https://git-lfs.github.com/spec/v1\n', 'is a pointer of Git LFS, not the model itself'],
    ['PK\u0003\u0004 and more', 'is a ZIP archive'],
    ['some text', 'begins with "some", not with "GGUF"'],
    ['GGUF', 'ends in the middle of its header'],
  ])('%j is told as such', async (text, expected) => {
    await expect(read(Buffer.from(text))).rejects.toMatchObject({
      code: 'model-corrupt',
      message: expect.stringContaining(expected),
    });
  });

  it.each([1, 4])('version %i is refused', async (version) => {
    await expect(read(ggufBytes({}, { version }))).rejects.toThrow(
      `has GGUF version ${version}; known are 2 and 3`,
    );
  });

  it('cut anywhere, it is refused', async () => {
    const whole = modelBytes();
    const file = path.join(await folder(), 'a.gguf');
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 0, max: whole.length - 1 }), async (length) => {
        await writeFile(file, whole.subarray(0, length));
        await expect(readGgufHeader(file)).rejects.toMatchObject({ code: 'model-corrupt' });
      }),
      { numRuns: 200 },
    );
  });

  it('damaged anywhere in its header, it is read or refused, and nothing else', async () => {
    const whole = projectorBytes();
    const file = path.join(await folder(), 'a.gguf');
    await fc.assert(
      fc.asyncProperty(fc.nat(whole.length - 300), fc.nat(255), async (at, value) => {
        const bytes = Buffer.from(whole);
        bytes[at] = value;
        await writeFile(file, bytes);
        const result = await readGgufHeader(file).catch((error: unknown) => error);
        if (result instanceof Error) expect(result).toMatchObject({ code: 'model-corrupt' });
      }),
      { numRuns: 300 },
    );
  });

  it('a folder and a missing file are told apart', async () => {
    const at = await folder();
    await mkdir(path.join(at, 'b.gguf'));
    await expect(readGgufHeader(path.join(at, 'a.gguf'))).rejects.toMatchObject({
      code: 'model-missing',
      message: expect.stringContaining('there is no such file'),
    });
    await expect(readGgufHeader(path.join(at, 'b.gguf'))).rejects.toMatchObject({ code: 'model-corrupt' });
  });
});
