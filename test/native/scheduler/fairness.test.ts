/** Nobody starves: short requests beside long ones, streams beside prompts and pictures that are read. */
import { afterEach, describe, expect, it } from 'vitest';
import { never, openScheduler, read, type TinyScheduler } from './helpers.ts';

let tiny: TinyScheduler;
afterEach(() => tiny.close());

describe('short and long requests', () => {
  it('a short one beside eight long ones is done before any of them', async () => {
    tiny = await openScheduler({ size: 2048, parallel: 9, sequences: 12, outputs: 41 });
    const { scheduler, request, entries } = tiny;
    const order: string[] = [];
    const submit = async (name: string, tokens: number, onText?: () => void): Promise<void> => {
      await read(scheduler.submit(request(await entries(name), tokens), never()), (part) => {
        if (part.type === 'text-delta') onText?.();
      });
      order.push(name);
    };
    let short: Promise<void> | undefined;
    const long = Array.from({ length: 8 }, (_, index) =>
      submit(`long ${index}`, 150, () => {
        short ??= submit('short', 5);
      }),
    );
    await Promise.all(long);
    await short;
    expect(order[0]).toBe('short');
    expect(order).toHaveLength(9);
  });

  it('one that waits for a place gets the first that is free, in the order of coming', async () => {
    tiny = await openScheduler({ size: 2048, parallel: 8, sequences: 12, outputs: 40 });
    const { scheduler, request, entries } = tiny;
    const order: string[] = [];
    const submit = async (name: string, tokens: number): Promise<void> => {
      await read(scheduler.submit(request(await entries(name), tokens), never()));
      order.push(name);
    };
    const long = Array.from({ length: 8 }, (_, index) => submit(`long ${index}`, 40 + 20 * index));
    await Promise.all([...long, submit('first short', 3), submit('second short', 3)]);
    expect(order.indexOf('first short')).toBe(1);
    expect(order.indexOf('second short')).toBeLessThan(5);
    expect(order.at(-1)).toBe('long 7');
  });

  it('all get a token in each step', async () => {
    tiny = await openScheduler({ size: 2048, parallel: 4 });
    const { scheduler, request, entries } = tiny;
    const drawn: number[] = [];
    await Promise.all(
      Array.from({ length: 4 }, async (_, index) => {
        const onDraw = (): void => void drawn.push(index);
        await read(scheduler.submit(request(await entries(`same ${index}`), 30, { onDraw }), never()));
      }),
    );
    for (let step = 0; step < 30; step++) {
      expect(new Set(drawn.slice(4 * step, 4 * step + 4)).size).toBe(4);
    }
  });
});

describe('prompts that are read beside a stream', () => {
  /** Tokens of a running answer between the progress parts of a prompt that comes while it is written. */
  async function between(
    prompt: Parameters<TinyScheduler['request']>[0],
  ): Promise<{ steps: number[]; tokens: number[] }> {
    const { scheduler, request, entries } = tiny;
    const controller = new AbortController();
    let drawn = 0;
    const running = request(await entries('Run'), 3000, { onDraw: () => drawn++ });
    let started: (() => void) | undefined;
    const start = new Promise<void>((resolve) => (started = resolve));
    const stream = read(scheduler.submit(running, controller.signal), (part) => {
      if (part.type === 'text-delta') started?.();
    });
    await start;
    const steps: number[] = [];
    const tokens: number[] = [];
    let before = drawn;
    await read(scheduler.submit(request(prompt, 1), never()), (part) => {
      if (part.type !== 'prefill-progress') return;
      steps.push(part.processed);
      tokens.push(drawn - before);
      before = drawn;
    });
    controller.abort();
    await expect(stream).rejects.toMatchObject({ code: 'cancelled' });
    return { steps, tokens };
  }

  it('a long text comes in pieces, a token of the stream with each', async () => {
    tiny = await openScheduler({ size: 4096 });
    const { steps, tokens } = await between(await tiny.entries('0 '.repeat(300)));
    expect(steps.slice(0, 4)).toEqual([0, 64, 128, 192]);
    expect(tokens.slice(1).every((count) => count >= 1)).toBe(true);
  });

  it('a picture comes in pieces, a token of the stream with each', async () => {
    tiny = await openScheduler({ size: 4096 });
    const large = tiny.picture('large', { columns: 24, rows: 20 });
    large.pass();
    const { steps, tokens } = await between([large.entry, ...(await tiny.entries('?'))]);
    expect(steps).toEqual([0, 64, 128, 192, 256, 320, 384, 448, 480, 481]);
    expect(tokens.slice(1).every((count) => count >= 1)).toBe(true);
  });

  it('each step of an encoder lets the stream go on', async () => {
    tiny = await openScheduler({ size: 4096 });
    const { scheduler, request, entries, picture } = tiny;
    const held = picture('held', { steps: 10 });
    held.pass();
    let drawn = 0;
    const stream = read(
      scheduler.submit(request(await entries('Run'), 60, { onDraw: () => drawn++ }), never()),
    );
    const seen: number[] = [];
    await read(scheduler.submit(request([held.entry, ...(await entries('?'))], 1), never()), (part) => {
      if (part.type === 'stage-progress' && part.stage === 'encoding') seen.push(drawn);
    });
    expect(seen).toHaveLength(10);
    expect(new Set(seen).size).toBe(10);
    await stream;
  });

  it("a stream goes on, to its end if need be, while a picture's file is decoded", async () => {
    tiny = await openScheduler({ size: 4096 });
    const { scheduler, request, entries, picture } = tiny;
    let decoded: (() => void) | undefined;
    const held = picture('held', { decoded: new Promise((resolve) => (decoded = resolve)) });
    held.pass();
    const stream = read(scheduler.submit(request(await entries('Run'), 100), never()));
    const reader = read(scheduler.submit(request([held.entry, ...(await entries('?'))], 1), never()));
    expect((await stream).at(-1)).toMatchObject({ type: 'finish', usage: { completionTokens: 100 } });
    // One that comes only now gets its answer too.
    const late = await read(scheduler.submit(request(await entries('Late'), 5), never()));
    expect(late.at(-1)).toMatchObject({ type: 'finish' });
    decoded?.();
    expect((await reader).at(-1)).toMatchObject({ type: 'finish', usage: { imageTokens: 12 } });
  });

  it('two pictures that are read at once take turns', async () => {
    tiny = await openScheduler({ size: 4096, parallel: 3 });
    const { scheduler, request, entries, picture } = tiny;
    const controller = new AbortController();
    const stream = read(scheduler.submit(request(await entries('Run'), 3000), controller.signal));
    const order: string[] = [];
    const readers = ['one', 'two'].map(async (name) => {
      const held = picture(name, { columns: 20, rows: 20, steps: 1 });
      held.pass();
      await read(scheduler.submit(request([held.entry, ...(await entries('?'))], 1), never()), (part) => {
        if (part.type === 'prefill-progress') order.push(name);
      });
    });
    await Promise.all(readers);
    controller.abort();
    await expect(stream).rejects.toMatchObject({ code: 'cancelled' });
    // Neither is read to its end before the other has begun.
    const last = (name: string): number => order.lastIndexOf(name);
    const fourth = (name: string): number => order.indexOf(name, order.indexOf(name) + 3);
    expect(fourth('one')).toBeLessThan(last('two') - 2);
    expect(fourth('two')).toBeLessThan(last('one') - 2);
  });
});
