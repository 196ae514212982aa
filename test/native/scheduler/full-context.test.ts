/** A context that runs full while a picture is awaited: nobody waits for ever, nobody gets another's picture. */
import { afterEach, describe, expect, it } from 'vitest';
import type { EnginePart } from '../../../shared/engine/engine.ts';
import type { Entry } from '../../../shared/engine/native/scheduler/entries.ts';
import type { DrawnToken } from '../../../shared/engine/native/scheduler/request.ts';
import { distance, tolerance } from '../engine/helpers.ts';
import { never, openScheduler, read, type TinyScheduler } from './helpers.ts';

let tiny: TinyScheduler | undefined;
afterEach(() => tiny?.close());

describe('a full context', () => {
  it('ends an answer that fills it alone, though another request has a place and no cells of its own', async () => {
    tiny = await openScheduler({ size: 512 });
    const { scheduler, request, entries, picture } = tiny;
    // Each step of the encoder takes a token of the answer along: the context is full long before the last.
    const held = picture('held', { steps: 2000 });
    const prefix = await entries('The same beginning for both of them.');
    const older = read(
      scheduler.submit(request([...prefix, held.entry, ...(await entries('What?'))], 8), never()),
    );
    await held.begun();
    const younger = read(scheduler.submit(request([...prefix, ...(await entries('Go on'))], 5000), never()));
    held.pass(1000);
    const finish = (await younger).at(-1);
    expect(finish).toMatchObject({ type: 'finish', reason: 'length' });
    if (finish?.type !== 'finish') throw new Error('no finish part came');
    const { promptTokens = 0, completionTokens = 0 } = finish.usage ?? {};
    expect(promptTokens + completionTokens).toBe(513);
    held.pass();
    expect((await older).at(-1)).toMatchObject({ type: 'finish', usage: { completionTokens: 8 } });
  });

  it('goes on with a picture that found no cells in its middle', async () => {
    tiny = await openScheduler({ size: 768 });
    const { scheduler, request, entries } = tiny;
    // The encoder leaves the text so much time that half of the picture finds cells.
    const large = { columns: 16, rows: 16, steps: 600 };
    const prompt = async ({ picture, entries: encode }: TinyScheduler): Promise<Entry[]> => {
      const held = picture('large', large);
      held.pass();
      return [...(await encode('See')), held.entry, ...(await encode('What?'))];
    };
    const reading = drawn(tiny, await prompt(tiny));
    const text = read(scheduler.submit(request(await entries('Go on'), 5000), never()));
    const { parts, logits } = await reading;
    // Never back: what was read of it stays.
    const progress = parts.flatMap((part) => (part.type === 'prefill-progress' ? [part.processed] : []));
    expect(progress).toEqual(progress.toSorted((a, b) => a - b));
    expect((await text).some(isWaiting)).toBe(true);
    await tiny.close();
    tiny = await openScheduler({ size: 768 });
    const alone = await drawn(tiny, await prompt(tiny));
    expect(distance(logits, alone.logits)).toBeLessThan(tolerance);
  });

  it('reads a prompt of two pictures again, each with its own embeddings', async () => {
    tiny = await openScheduler({ size: 1024 });
    const { scheduler, request, entries } = tiny;
    const prompt = await twoPictures(tiny, ['first', 'second']);
    const text = read(scheduler.submit(request(await entries('Go on'), 5000), never()));
    const { parts, logits } = await drawn(tiny, prompt);
    // Its place was lost after the first picture had been read, and found again.
    expect(parts.findLastIndex(isWaiting)).toBeGreaterThan(
      parts.findIndex((part) => part.type === 'prefill-progress' && part.processed >= 192),
    );
    await text;
    await tiny.close();
    tiny = await openScheduler({ size: 1024 });
    const alone = await drawn(tiny, await twoPictures(tiny, ['first', 'second']));
    expect(alone.parts.some(isWaiting)).toBe(false);
    expect(distance(logits, alone.logits)).toBeLessThan(tolerance);
    const twice = await drawn(tiny, await twoPictures(tiny, ['second', 'second']));
    expect(distance(logits, twice.logits)).toBeGreaterThan(tolerance);
  });
});

const isWaiting = (part: EnginePart): boolean => part.type === 'stage-progress' && part.stage === 'waiting';

/** The encoding of the last one has so many steps that a text takes the cells that it needs meanwhile. */
async function twoPictures({ picture, entries }: TinyScheduler, names: [string, string]): Promise<Entry[]> {
  const [first, second] = names.map((name, index) =>
    picture(name, { columns: 16, rows: 12, steps: index === 0 ? 1 : 700 }),
  );
  first?.pass();
  second?.pass();
  if (first === undefined || second === undefined) throw new Error('there are two names');
  return [first.entry, ...(await entries('and')), second.entry, ...(await entries('What?'))];
}

/** The parts, and the logits of the first token. */
async function drawn(
  { scheduler, request }: TinyScheduler,
  prompt: readonly Entry[],
): Promise<{ readonly parts: EnginePart[]; readonly logits: Float32Array }> {
  let first: Float32Array | undefined;
  const onDraw = ({ logits }: DrawnToken): void => {
    first ??= logits.slice();
  };
  const parts = await read(scheduler.submit(request(prompt, 4, { onDraw }), never()));
  if (first === undefined) throw new Error('nothing was drawn');
  return { parts, logits: first };
}
