/** The tower's input against what llama.cpp's own preprocessing made of the same pictures, bit for bit. */
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { fitPicture } from '../../../shared/engine/native/vision/fit.ts';
import type { Patches, PatchShape } from '../../../shared/engine/native/vision/patches.ts';
import { preprocess } from '../../../shared/engine/native/vision/preprocess.ts';
import type { Raster } from '../../../shared/image/index.ts';
import recorded from './preprocess.json' with { type: 'json' };

const cases = z
  .array(
    z.object({
      width: z.int(),
      height: z.int(),
      minTokens: z.int(),
      maxTokens: z.int(),
      canvas: z.tuple([z.int(), z.int()]),
      hash: z.int(),
    }),
  )
  .parse(recorded);

const shape: PatchShape = { patchSize: 16, mergeSize: 2, mean: [0.5, 0.5, 0.5], deviation: [0.5, 0.5, 0.5] };
const { signal } = new AbortController();

/** The same numbers as in record-preprocess.cpp. */
function noise(width: number, height: number): Raster {
  const data = new Uint8Array(width * height * 3);
  let state = 1;
  for (let index = 0; index < data.length; index++) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    data[index] = state >>> 24;
  }
  return { width, height, data };
}

/** FNV-1a over the bits of the values, pixel after pixel, row after row. */
function hashOf({ across, down, data }: Patches): number {
  const bytes = new Uint8Array(data.buffer);
  let hash = 2166136261;
  for (let y = 0; y < down * 16; y++) {
    for (let x = 0; x < across * 16; x++) {
      const [column, row] = [Math.floor(x / 16), Math.floor(y / 16)];
      const token = Math.floor(row / 2) * (across / 2) + Math.floor(column / 2);
      const patch = token * 4 + (row % 2) * 2 + (column % 2);
      for (let channel = 0; channel < 3; channel++) {
        const at = (patch * 768 + channel * 256 + (y % 16) * 16 + (x % 16)) * 4;
        for (let byte = 0; byte < 4; byte++) {
          hash = Math.imul(hash ^ (bytes[at + byte] ?? 0), 16777619);
        }
      }
    }
  }
  return hash >>> 0;
}

describe('preprocess', () => {
  it.each(cases)('$width × $height within $minTokens to $maxTokens tokens', async (wanted) => {
    const { width, height, minTokens, maxTokens } = wanted;
    const made = await preprocess([noise(width, height)], shape, { minTokens, maxTokens }, signal);
    expect([made.fit.width, made.fit.height]).toEqual(wanted.canvas);
    expect([made.columns * 32, made.rows * 32, made.tokens * 1024]).toEqual([
      ...wanted.canvas,
      made.fit.width * made.fit.height,
    ]);
    expect(hashOf(made.frames[0])).toBe(wanted.hash);
  });

  it('tells contents, sizes and budgets apart by their hash', async () => {
    const budget = { minTokens: 8, maxTokens: 64 };
    const hashes = await Promise.all([
      preprocess([noise(64, 32)], shape, budget, signal),
      preprocess([noise(32, 64)], shape, budget, signal),
      preprocess([noise(64, 32)], shape, { ...budget, maxTokens: 65 }, signal),
      preprocess([noise(64, 32), noise(64, 32)], shape, budget, signal),
      preprocess([noise(64, 32)], shape, budget, signal, ['file']),
      preprocess([noise(64, 32)], shape, budget, signal),
    ]);
    const [first, ...others] = hashes.map(({ hash }) => hash);
    expect(first).toMatch(/^[0-9a-f]{64}$/);
    expect(new Set([first, ...others]).size).toBe(5);
    expect(others.at(-1)).toBe(first);
  });

  it('ends when it is cancelled', async () => {
    const stop = new AbortController();
    const working = preprocess([noise(3000, 2000)], shape, { minTokens: 8, maxTokens: 256 }, stop.signal);
    stop.abort();
    await expect(working).rejects.toMatchObject({ code: 'cancelled' });
  });

  it.each([
    [0, 10],
    [9, 8],
    [1.5, 8],
    [8, 20_000],
  ])('refuses a budget of %d to %d tokens', async (minTokens, maxTokens) => {
    const working = preprocess([noise(64, 64)], shape, { minTokens, maxTokens }, signal);
    await expect(working).rejects.toMatchObject({ code: 'option-invalid' });
  });
});

describe('fitPicture', () => {
  const budget = { minTokens: 8, maxTokens: 4096 };

  it('keeps the proportions and centres what is left', () => {
    expect(fitPicture(1920, 1080, budget, 32)).toEqual({
      width: 1920,
      height: 1088,
      content: { x: 0, y: 4, width: 1920, height: 1080 },
    });
  });

  it.each([
    [1_000_000, 40],
    [3, 90_000_000],
  ])('keeps a strip of %d × %d within the budget', (width, height) => {
    const fit = fitPicture(width, height, budget, 32);
    expect((fit.width / 32) * (fit.height / 32)).toBeLessThanOrEqual(4096);
    expect(fit.content.width).toBeLessThanOrEqual(fit.width);
    expect(fit.content.height).toBeLessThanOrEqual(fit.height);
  });
});
