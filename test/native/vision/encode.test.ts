/** Embeddings against those of llama.cpp's own server, and one way of computing them against another. */
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { tinyModel } from '../../models/index.ts';
import { pngOf } from '../parity/pictures.ts';
import { embeddingCases } from './cases.ts';
import { readReference } from './reference.ts';
import { encode, finish, rasterOf, relativeDistance, signal, towerBench } from './setup.ts';

const bench = towerBench();
const recorded = await readReference();

/** On a processor of another kind sums are rounded otherwise; a wrong operation is off by tenths. */
const elsewhere = { f32: 2e-3, f16: 2e-3, q8_0: 3e-2 } as const;

describe('encoding', () => {
  it.each(embeddingCases)('equals llama-server: $name', async ({ name, picture, projector, budget }) => {
    const { mmproj } = await tinyModel({ projector });
    const references = recorded.get(name) ?? [];
    const hash = createHash('sha256').update(await readFile(mmproj));
    const file = hash.digest('hex');
    expect(references.map((each) => each.projector)).toEqual(references.map(() => file));
    const plain = await bench.encoder({ projector, repack: false, ...(budget ? { budget } : {}) });
    const made = await encode(plain, rasterOf(picture));
    const distances = references.map(({ embeddings }) => relativeDistance(made, embeddings));
    expect(references.length).toBeGreaterThan(0);
    expect(Math.min(...distances)).toBeLessThan(process.arch === 'x64' ? 1e-5 : elsewhere[projector]);
    const repacked = await bench.encoder({ projector, ...(budget ? { budget } : {}) });
    const other = await encode(repacked, rasterOf(picture));
    expect(relativeDistance(other, made)).toBeLessThan(elsewhere[projector]);
  });

  it('in small steps gives the very same numbers', async () => {
    const image = rasterOf({ width: 400, height: 300, seed: 11 });
    const whole = await bench.encoder({ workPerStep: 1e12 });
    const stepped = await bench.encoder({ workPerStep: 1e6 });
    const job = stepped.start(await stepped.prepare(image, { signal }));
    expect(job.steps).toBeGreaterThan(20);
    const progress = [job.progress];
    while (!(await job.step())) progress.push(job.progress);
    expect(progress).toEqual(progress.map((_, index) => index / job.steps));
    expect(job.progress).toBe(1);
    expect(job.result()).toEqual(await encode(whole, image));
  });

  it('of two pictures in turn mixes nothing', async () => {
    const encoder = await bench.encoder({ workPerStep: 2e6 });
    const images = [
      rasterOf({ width: 200, height: 150, seed: 1 }),
      rasterOf({ width: 96, height: 256, seed: 2 }),
    ];
    const alone = [];
    for (const image of images) alone.push(await encode(encoder, image));
    const jobs = [];
    for (const image of images) jobs.push(encoder.start(await encoder.prepare(image, { signal })));
    while (!jobs.every((job) => job.done)) await Promise.all(jobs.map((job) => job.step()));
    expect(jobs.map((job) => job.result())).toEqual(alone);
    expect(alone[0]).not.toEqual(alone[1]);
  });

  it('without flash attention, and with matrices quantised at load, is about the same', async () => {
    const image = rasterOf({ width: 300, height: 200, seed: 12 });
    const made = await encode(await bench.encoder(), image);
    const other = await encode(await bench.encoder({ attention: 'soft-max', workPerStep: 3e6 }), image);
    expect(relativeDistance(other, made)).toBeLessThan(2e-3);
    const quantised = await encode(await bench.encoder({ quantise: true }), image);
    expect(relativeDistance(quantised, made)).toBeLessThan(5e-2);
    expect(quantised).not.toEqual(made);
  });

  it('of a file equals that of its pixels, and its size is known without decoding', async () => {
    const recipe = { width: 150, height: 117, seed: 3 };
    const encoder = await bench.encoder();
    const part = { type: 'image', bytes: await pngOf(recipe), mediaType: 'image/png' } as const;
    const prepared = await encoder.prepare(part, { signal });
    const { frames, ...size } = prepared;
    expect(await encoder.measure(part, { signal })).toEqual(size);
    expect(frames).toHaveLength(1);
    expect(await finish(encoder.start(prepared))).toEqual(await encode(encoder, rasterOf(recipe)));
  });
});

describe('frames of a film', () => {
  const [first, second] = [1, 2].map((seed) => rasterOf({ width: 96, height: 96, seed }));

  it('go through one temporal kernel each', async () => {
    if (first === undefined || second === undefined) throw new Error('two frames were made');
    const encoder = await bench.encoder();
    const pair = async (a: typeof first, b: typeof first) =>
      finish(encoder.start(await encoder.prepareFrames([a, b], { signal })));
    const still = await encode(encoder, first);
    expect(await pair(first, first)).toEqual(still);
    const film = await pair(first, second);
    expect(relativeDistance(film, still)).toBeGreaterThan(0.05);
    expect(relativeDistance(await pair(second, first), film)).toBeGreaterThan(0.05);
  });

  it('must have one size', async () => {
    if (first === undefined) throw new Error('a frame was made');
    const encoder = await bench.encoder();
    const other = rasterOf({ width: 64, height: 96, seed: 1 });
    await expect(encoder.prepareFrames([first, other], { signal })).rejects.toMatchObject({
      code: 'input-unsupported',
      message: expect.stringContaining('96 × 96 and 64 × 96'),
    });
  });
});
