/** Cancelling at each stage: at once, without harm to others, and the place is free again. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { never, openScheduler, read, type TinyScheduler } from './helpers.ts';

let tiny: TinyScheduler;
beforeEach(async () => {
  tiny = await openScheduler({ size: 1024, parallel: 1 });
});
afterEach(() => tiny.close());

const isCancelled = expect.objectContaining({ code: 'cancelled' });

/** Nothing runs or waits, and the next request is answered. */
async function expectFree(): Promise<void> {
  const { scheduler, request, entries } = tiny;
  const parts = await read(scheduler.submit(request(await entries('Next'), 3), never()));
  expect(parts.at(-1)).toMatchObject({ type: 'finish', usage: { completionTokens: 3 } });
  expect(scheduler.status).toMatchObject({ running: 0, waiting: 0 });
}

describe('a request that is cancelled', () => {
  it('before it was given in: is refused, its sampler freed', async () => {
    const { scheduler, request, entries } = tiny;
    let freed = 0;
    const one = request(await entries('One'), 3);
    const sampler = { sample: () => 0, accept: () => {}, free: () => freed++ };
    one.sampler.free();
    expect(() => scheduler.submit({ ...one, sampler }, AbortSignal.abort())).toThrow(isCancelled);
    expect(freed).toBe(1);
    await expectFree();
  });

  it('while waiting: leaves the queue, the one before goes on', async () => {
    const { scheduler, request, entries } = tiny;
    const controller = new AbortController();
    const running = read(scheduler.submit(request(await entries('One'), 60), never()));
    const reason = new Error('enough');
    const waiting = read(scheduler.submit(request(await entries('Two'), 60), controller.signal), (part) => {
      if (part.type === 'stage-progress') controller.abort(reason);
    });
    await expect(waiting).rejects.toMatchObject({ code: 'cancelled', cause: reason });
    expect(scheduler.status).toMatchObject({ running: 1, waiting: 0 });
    expect((await running).at(-1)).toMatchObject({ type: 'finish', usage: { completionTokens: 60 } });
    await expectFree();
  });

  it('while its picture is encoded: ends the step, and the next one gets the place', async () => {
    const { scheduler, request, entries, picture } = tiny;
    const controller = new AbortController();
    const held = picture('held');
    const encoding = read(
      scheduler.submit(request([held.entry, ...(await entries('?'))], 3), controller.signal),
    );
    const next = read(scheduler.submit(request(await entries('Two'), 3), never()));
    await held.begun();
    controller.abort();
    await expect(encoding).rejects.toEqual(isCancelled);
    expect((await next).at(-1)).toMatchObject({ type: 'finish', usage: { completionTokens: 3 } });
    expect([held.encodings, held.aborted, held.disposed]).toEqual([1, 1, 1]);
    await expectFree();
  });

  it('while its file is decoded: what comes of it is given back', async () => {
    const { scheduler, request, entries, picture } = tiny;
    const controller = new AbortController();
    let decoded: (() => void) | undefined;
    const held = picture('held', { decoded: new Promise((resolve) => (decoded = resolve)) });
    const encoding = read(
      scheduler.submit(request([held.entry, ...(await entries('?'))], 3), controller.signal),
      () => controller.abort(),
    );
    await expect(encoding).rejects.toEqual(isCancelled);
    await expectFree();
    decoded?.();
    await expectFree();
    expect(held.disposed).toBe(held.encodings);
  });

  it('while reading a long prompt: ends the decode, its cells are free again', async () => {
    const { scheduler, request, entries } = tiny;
    const controller = new AbortController();
    const prompt = await entries('0 '.repeat(450));
    const reading = read(scheduler.submit(request(prompt, 3), controller.signal), (part) => {
      if (part.type === 'prefill-progress' && part.processed > 0) controller.abort();
    });
    await expect(reading).rejects.toEqual(isCancelled);
    await expectFree();
    // What was decoded stays for a prompt that begins like it, and nothing else.
    expect(scheduler.status.usedCells).toBeLessThanOrEqual(512 + 5);
    const again = await read(scheduler.submit(request(prompt, 3), never()));
    const fresh = await openScheduler({ size: 1024, parallel: 1 });
    const alone = await read(fresh.scheduler.submit(fresh.request(prompt, 3), never()));
    await fresh.close();
    const words = (parts: typeof again): string =>
      parts.map((part) => (part.type === 'text-delta' ? part.text : '')).join('');
    expect(words(again)).toBe(words(alone));
  });

  it('while its picture is read piece by piece: the picture is read whole by the next', async () => {
    const other = await openScheduler({ size: 1024, parallel: 2 });
    const { scheduler, request, entries, picture } = other;
    const controller = new AbortController();
    const writer = new AbortController();
    const large = picture('large', { columns: 16, rows: 16 });
    large.pass();
    const writing = read(scheduler.submit(request(await entries('One'), 800), writer.signal));
    const prompt = [large.entry, ...(await entries('What?'))];
    const seen: number[] = [];
    const reading = read(scheduler.submit(request(prompt, 3), controller.signal), (part) => {
      if (part.type !== 'prefill-progress') return;
      seen.push(part.processed);
      if (part.processed === 128) controller.abort();
    });
    await expect(reading).rejects.toEqual(isCancelled);
    expect(seen).toEqual([0, 64, 128]);
    const again = await read(scheduler.submit(request(prompt, 3), never()));
    expect(again.at(-1)).toMatchObject({ usage: { cached: { promptTokens: 0, images: 1 } } });
    expect(large.encodings).toBe(1);
    writer.abort();
    await expect(writing).rejects.toEqual(isCancelled);
    await other.close();
  });

  it('while writing: nothing is told after the signal, and the place is free', async () => {
    const { scheduler, request, entries } = tiny;
    const controller = new AbortController();
    const running = scheduler.submit(request(await entries('One'), 500), controller.signal);
    const next = read(scheduler.submit(request(await entries('Two'), 3), never()));
    let after = 0;
    const reading = read(running, (part) => {
      if (controller.signal.aborted) after++;
      if (part.type === 'text-delta') controller.abort();
    });
    await expect(reading).rejects.toEqual(isCancelled);
    expect(after).toBe(0);
    expect((await next).at(-1)).toMatchObject({ type: 'finish', usage: { completionTokens: 3 } });
    await expectFree();
  });

  it('when it is over already: changes nothing', async () => {
    const { scheduler, request, entries } = tiny;
    const controller = new AbortController();
    const done = scheduler.submit(request(await entries('One'), 3), controller.signal);
    const parts = await read(done);
    controller.abort();
    scheduler.leave(done);
    expect(parts.at(-1)).toMatchObject({ type: 'finish', reason: 'length' });
    await expectFree();
  });
});

describe('a picture that several wait for', () => {
  it('goes on when one of them leaves', async () => {
    const other = await openScheduler({ parallel: 2 });
    const { scheduler, request, entries, picture } = other;
    const controller = new AbortController();
    const held = picture('held');
    // Unequal beginnings, so that the second one does not wait for the first one's prefix.
    const prompts = [
      [...(await entries('a')), held.entry, ...(await entries('?'))],
      [...(await entries('b')), held.entry, ...(await entries('?'))],
    ] as const;
    const first = read(scheduler.submit(request(prompts[0], 3), controller.signal));
    const second = read(scheduler.submit(request(prompts[1], 3), never()));
    await held.begun();
    held.pass(1);
    controller.abort();
    await expect(first).rejects.toEqual(isCancelled);
    held.pass();
    expect((await second).at(-1)).toMatchObject({ type: 'finish', usage: { imageTokens: 12 } });
    expect([held.encodings, held.aborted]).toEqual([1, 0]);
    await other.close();
  });

  it('is begun anew for one who asks while it is being given up', async () => {
    const other = await openScheduler({ parallel: 2 });
    const { scheduler, request, entries, picture } = other;
    const controller = new AbortController();
    const held = picture('held');
    const prompt = [held.entry, ...(await entries('?'))];
    const first = read(scheduler.submit(request(prompt, 3), controller.signal));
    await held.begun();
    controller.abort();
    const second = read(scheduler.submit(request(prompt, 3), never()));
    await expect(first).rejects.toEqual(isCancelled);
    await held.begun(2);
    held.pass();
    expect((await second).at(-1)).toMatchObject({ type: 'finish', usage: { completionTokens: 3 } });
    expect([held.encodings, held.disposed]).toEqual([2, 2]);
    await other.close();
  });

  it('fails those who wait for it and nobody else', async () => {
    const other = await openScheduler({ parallel: 3 });
    const { scheduler, request, entries, picture } = other;
    const broken = picture('broken', { error: new Error('not a picture') });
    const one = read(scheduler.submit(request([broken.entry, ...(await entries('?'))], 3), never()));
    const two = read(
      scheduler.submit(request([...(await entries('a')), broken.entry, ...(await entries('?'))], 3), never()),
    );
    const three = read(scheduler.submit(request(await entries('One'), 20), never()));
    await expect(one).rejects.toThrow('not a picture');
    await expect(two).rejects.toThrow('not a picture');
    expect((await three).at(-1)).toMatchObject({ type: 'finish', usage: { completionTokens: 20 } });
    await other.close();
  });
});

describe('closing', () => {
  it('fails what runs, waits and encodes', async () => {
    const { scheduler, request, entries, picture } = tiny;
    const held = picture('held');
    const encoding = read(scheduler.submit(request([held.entry, ...(await entries('?'))], 3), never()));
    const waiting = read(scheduler.submit(request(await entries('Two'), 3), never()));
    await held.begun();
    const closing = scheduler.close();
    await expect(encoding).rejects.toEqual(isCancelled);
    await expect(waiting).rejects.toEqual(isCancelled);
    await closing;
    expect(scheduler.status).toMatchObject({ running: 0, waiting: 0 });
    expect(held.disposed).toBe(1);
    const late = request(await entries('Late'), 3);
    expect(() => scheduler.submit(late, never())).toThrow(
      expect.objectContaining({ code: 'engine-unavailable' }),
    );
  });
});
