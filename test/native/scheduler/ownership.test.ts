/** Whatever the moment at which a request ends: what it holds is given back once. */
import { afterEach, expect, it } from 'vitest';
import type { TokenSampler } from '../../../shared/engine/native/scheduler/request.ts';
import { randomFor } from '../../models/random.ts';
import { type HeldPicture, never, openScheduler, read, type TinyScheduler } from './helpers.ts';

let tiny: TinyScheduler;
afterEach(() => tiny.close());

/** Counts how often a sampler is freed, and that it is not used afterwards. */
function watched(sampler: TokenSampler): TokenSampler & { readonly frees: number } {
  let frees = 0;
  const used = (): void => {
    if (frees > 0) throw new Error('a sampler was used after it was freed');
  };
  return {
    get frees() {
      return frees;
    },
    sample(logits) {
      used();
      return sampler.sample(logits);
    },
    accept(token) {
      used();
      sampler.accept(token);
    },
    free() {
      frees++;
      if (frees === 1) sampler.free();
    },
  };
}

it('samplers and encoders of 200 requests that are given up at random are freed once', async () => {
  tiny = await openScheduler({ size: 512, parallel: 3, sequences: 5 });
  const { scheduler, request, entries, picture } = tiny;
  const random = randomFor('ownership');
  const below = (limit: number): number => random() % limit;
  const samplers: ReturnType<typeof watched>[] = [];
  const pictures: HeldPicture[] = Array.from({ length: 40 }, (_, index) => {
    const held = picture(`picture ${index}`, { columns: 6 + (index % 9), rows: 5, steps: 1 + (index % 4) });
    held.pass();
    return held;
  });
  const outcomes = { finished: 0, cancelled: 0 };

  const run = async (number: number): Promise<void> => {
    const image = below(2) === 0 ? pictures[below(pictures.length)] : undefined;
    const words = await entries(`${'word '.repeat(below(4) === 0 ? 40 : 1)}${number}`);
    const asked = request([...(image ? [image.entry] : []), ...words], 1 + below(80));
    const sampler = watched(asked.sampler);
    samplers.push(sampler);
    const controller = new AbortController();
    const scheduled = scheduler.submit({ ...asked, sampler }, controller.signal);
    const way = below(3);
    const moment = below(30);
    if (way === 1) {
      void (async () => {
        for (let turn = 0; turn < moment; turn++) await new Promise((resolve) => setImmediate(resolve));
        controller.abort();
      })();
    }
    let seen = 0;
    try {
      await read(scheduled, () => {
        if (way === 2 && seen++ === moment) scheduler.leave(scheduled);
      });
      outcomes.finished++;
    } catch (error) {
      expect(error).toMatchObject({ code: 'cancelled' });
      outcomes.cancelled++;
    }
  };
  let next = 0;
  const worker = async (): Promise<void> => {
    while (next < 200) await run(next++);
  };
  await Promise.all(Array.from({ length: 8 }, worker));

  expect(outcomes.finished + outcomes.cancelled).toBe(200);
  expect(Math.min(outcomes.finished, outcomes.cancelled)).toBeGreaterThan(20);
  expect(scheduler.status).toMatchObject({ running: 0, waiting: 0 });
  // A request as large as the context gets it: no cell and no sequence is lost.
  const whole = await read(scheduler.submit(request(await entries('0'.repeat(510)), 2), never()));
  expect(whole.at(-1)).toMatchObject({ type: 'finish', usage: { promptTokens: 510 } });
  await scheduler.close();
  expect(samplers.map(({ frees }) => frees)).toEqual(samplers.map(() => 1));
  expect(pictures.map(({ disposed }) => disposed)).toEqual(pictures.map(({ encodings }) => encodings));
  expect(Math.max(...pictures.map(({ encodings }) => encodings))).toBeGreaterThan(0);
});
