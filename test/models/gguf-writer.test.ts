/** Files of the GGUF writer, read by a reader that is not ours. */
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gguf } from '@huggingface/gguf';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Metadata, type Tensor, writeGguf } from './gguf-writer.ts';

let folder: string;
let file: string;

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'pixelwright-gguf-'));
  file = path.join(folder, 'some.gguf');
});

afterEach(async () => {
  await rm(folder, { recursive: true });
});

const metadata: Metadata = {
  'general.architecture': { type: 'string', value: 'tëst' },
  'test.count': { type: 'uint32', value: 4_294_967_295 },
  'test.ratio': { type: 'float32', value: 0.25 },
  'test.yes': { type: 'bool', value: true },
  'test.no': { type: 'bool', value: false },
  'test.texts': { type: 'array', of: 'string', values: ['a', '', '漢字'] },
  'test.numbers': { type: 'array', of: 'int32', values: [-1, 0, 2_147_483_647] },
  'test.ratios': { type: 'array', of: 'float32', values: [0.5, -2] },
  'test.flags': { type: 'array', of: 'bool', values: [true, false, true] },
};

/** Of 0, 1, 2 …, cut into pieces of `piece` bytes. */
function counting(length: number, piece: number): Tensor['pieces'] {
  const bytes = Uint8Array.from({ length }, (_, index) => index);
  return function* () {
    for (let at = 0; at < length; at += piece) yield bytes.subarray(at, at + piece);
  };
}

const tensors: readonly Tensor[] = [
  { name: 'odd', shape: [3], type: 'f32', pieces: counting(12, 5) },
  { name: 'matrix', shape: [32, 2], type: 'q8_0', pieces: counting(68, 68) },
  { name: 'kernel', shape: [2, 2, 3, 1], type: 'f16', pieces: counting(24, 1) },
  { name: 'k', shape: [256], type: 'q4_k', pieces: counting(144, 100) },
  { name: 'l', shape: [256], type: 'q6_k', pieces: counting(210, 100) },
];

describe('writeGguf', () => {
  it('writes metadata of every type', async () => {
    await writeGguf(file, metadata, []);
    const read = await gguf(file, { allowLocalFile: true });
    const plain = Object.fromEntries(
      Object.entries(metadata).map(([key, value]) => [
        key,
        value.type === 'array' ? value.values : value.value,
      ]),
    );
    expect(read.metadata).toEqual({ version: 3, tensor_count: 0n, kv_count: 9n, ...plain });
  });

  it('writes tensors where its table says they are', async () => {
    await writeGguf(file, metadata, tensors);
    const { tensorInfos, tensorDataOffset } = await gguf(file, { allowLocalFile: true });
    const bytes = await readFile(file);
    const lengths = [12, 68, 24, 144, 210];
    expect(tensorInfos.map(({ name, shape, dtype }) => ({ name, shape: shape.map(Number), dtype }))).toEqual([
      { name: 'odd', shape: [3], dtype: 0 },
      { name: 'matrix', shape: [32, 2], dtype: 8 },
      { name: 'kernel', shape: [2, 2, 3, 1], dtype: 1 },
      { name: 'k', shape: [256], dtype: 12 },
      { name: 'l', shape: [256], dtype: 14 },
    ]);
    for (const [index, { offset }] of tensorInfos.entries()) {
      const start = Number(tensorDataOffset + offset);
      const length = lengths[index] ?? 0;
      expect(start % 32).toBe(0);
      expect([...bytes.subarray(start, start + length)]).toEqual(Array.from({ length }, (_, byte) => byte));
    }
    expect(bytes.length % 32).toBe(0);
  });

  it('refuses a tensor with too few bytes', async () => {
    const short: Tensor = { name: 'short', shape: [4], type: 'f32', pieces: counting(15, 15) };
    await expect(writeGguf(file, {}, [short])).rejects.toThrow(
      'Tensor short should have 16 bytes; its pieces have 15.',
    );
  });

  it('refuses rows that are no whole number of blocks', async () => {
    const ragged: Tensor = { name: 'ragged', shape: [33], type: 'q8_0', pieces: counting(0, 1) };
    await expect(writeGguf(file, {}, [ragged])).rejects.toThrow('these have 33');
  });

  it('overwrites nothing', async () => {
    await writeGguf(file, {}, []);
    await expect(writeGguf(file, {}, [])).rejects.toThrow('EEXIST');
  });

  it('stops between pieces when it should', async () => {
    const stop = new AbortController();
    const endless: Tensor = {
      name: 'endless',
      shape: [1 << 20],
      type: 'f32',
      pieces: function* () {
        yield new Uint8Array(4);
        stop.abort(new Error('enough'));
        yield new Uint8Array(4);
      },
    };
    await expect(writeGguf(file, {}, [endless], stop.signal)).rejects.toThrow('enough');
  });
});
