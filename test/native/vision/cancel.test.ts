/** Giving up half-way: what runs ends early, everything is freed, and the next picture is encoded as ever. */
import { describe, expect, it } from 'vitest';
import { encode, rasterOf, signal, towerBench } from './setup.ts';

const bench = towerBench();
const image = rasterOf({ width: 640, height: 480, seed: 4 });

describe('a job', () => {
  it('ends at the next operation when its step is cancelled', async () => {
    const encoder = await bench.encoder({ workPerStep: 1e12 });
    const whole = await encode(encoder, image);
    // Half a second of work on any processor.
    const large = rasterOf({ width: 1600, height: 1200, seed: 5 });
    const job = encoder.start(await encoder.prepare(large, { signal }));
    const stop = new AbortController();
    const step = job.step(stop.signal);
    setTimeout(() => stop.abort(), 20);
    await expect(step).rejects.toMatchObject({ code: 'cancelled' });
    expect(job.done).toBe(false);
    expect(() => job.result()).toThrow('not encoded');
    await expect(job.step()).rejects.toMatchObject({ code: 'cancelled' });
    expect(await encode(encoder, image)).toEqual(whole);
  });

  it('can be aborted between steps and disposed of at any time', async () => {
    const encoder = await bench.encoder({ workPerStep: 3e7 });
    const prepared = await encoder.prepare(image, { signal });
    const aborted = encoder.start(prepared);
    await aborted.step();
    aborted.abort();
    await expect(aborted.step()).rejects.toMatchObject({ code: 'cancelled' });
    aborted.dispose();
    aborted.dispose();
    const untouched = encoder.start(prepared);
    untouched.dispose();
    await expect(untouched.step()).rejects.toMatchObject({ code: 'cancelled' });
    const running = encoder.start(prepared);
    const step = running.step();
    running.dispose();
    await expect(step).rejects.toMatchObject({ code: 'cancelled' });
  });

  it('that waits does not disturb the one that runs when it is aborted', async () => {
    const encoder = await bench.encoder({ workPerStep: 1e12 });
    const prepared = await encoder.prepare(image, { signal });
    const [first, second] = [encoder.start(prepared), encoder.start(prepared)];
    const steps = [first.step(), second.step()];
    second.abort();
    await expect(steps[1]).rejects.toMatchObject({ code: 'cancelled' });
    await expect(steps[0]).resolves.toBe(true);
    first.dispose();
  });

  it('refuses two steps at once', async () => {
    const encoder = await bench.encoder();
    const job = encoder.start(await encoder.prepare(image, { signal }));
    const step = job.step();
    await expect(job.step()).rejects.toThrow('running already');
    await step;
    job.dispose();
  });
});

describe('an encoder', () => {
  it('ends what runs when it is closed, and starts nothing afterwards', async () => {
    const encoder = await bench.encoder({ workPerStep: 1e12 });
    const prepared = await encoder.prepare(image, { signal });
    const step = encoder.start(prepared).step();
    const ended = expect(step).rejects.toMatchObject({ code: 'cancelled' });
    await encoder.close();
    await ended;
    expect(() => encoder.start(prepared)).toThrow('closed');
    await encoder.close();
  });

  it('keeps no memory of pictures that were given up', async () => {
    const encoder = await bench.encoder({ workPerStep: 1e8 });
    const prepared = await encoder.prepare(image, { signal });
    const giveUp = async () => {
      const job = encoder.start(prepared);
      await job.step();
      await job.step();
      job.dispose();
    };
    for (let round = 0; round < 10; round++) await giveUp();
    const before = process.memoryUsage.rss();
    for (let round = 0; round < 60; round++) await giveUp();
    // Each of them holds 6 MB and more while it runs.
    expect(process.memoryUsage.rss() - before).toBeLessThan(100_000_000);
  });
});
