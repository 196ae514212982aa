/** What goes into the next decode: answers first, then pieces of prompts, each its share. */
import { describe, expect, it } from 'vitest';
import { type Entry, imageEntry, tokenEntry } from '../../../shared/engine/native/scheduler/entries.ts';
import { planTokens } from '../../../shared/engine/native/scheduler/plan.ts';
import { ScheduledRequest } from '../../../shared/engine/native/scheduler/request.ts';
import { never } from './helpers.ts';

const limits = { capacity: 100, outputs: 10, prefillChunk: 16 };
const texts = { bytes: () => new Uint8Array(), isEnd: () => false };
const image = imageEntry({
  key: 'x',
  columns: 2,
  rows: 2,
  encode: () => Promise.reject(new Error('not asked')),
});

const tokens = (count: number): Entry[] => Array.from({ length: count }, (_, id) => tokenEntry(id));

/** A request with a place. @param written tokens of its answer; the prompt has been read if there are any. */
function active(
  prompt: readonly Entry[],
  { written = 0, done = 0, maxTokens = 50, guesses = [] as number[] } = {},
) {
  const sampler = { sample: () => 0, accept: () => {}, free: () => {} };
  const drafter = { propose: (most: number) => guesses.slice(0, most), accept: () => {} };
  const scheduled = new ScheduledRequest({ prompt, sampler, drafter, maxTokens }, texts, never(), 0);
  const entries = prompt.slice(0, written > 0 ? prompt.length : done);
  scheduled.place({ id: 0, entries: [...entries], position: entries.length }, 0);
  for (let token = 0; token < written; token++) {
    if (token > 0) scheduled.sequence?.entries.push(tokenEntry(token - 1));
    scheduled.take(token);
  }
  return scheduled;
}

const shapes = (rows: ReturnType<typeof planTokens>) =>
  rows.map(({ entries, draft, logits, reads }) => [entries.length, draft.length, logits, reads]);

describe('the next decode', () => {
  it('takes prompts alone as far as it holds', () => {
    expect(shapes(planTokens([active(tokens(300))], limits))).toEqual([[100, 0, false, true]]);
    expect(shapes(planTokens([active(tokens(30))], limits))).toEqual([[30, 0, true, true]]);
  });

  it('takes a token of each answer, and then a small piece of a prompt', () => {
    const plan = planTokens([active(tokens(300)), active(tokens(5), { written: 3 })], limits);
    expect(shapes(plan)).toEqual([
      [1, 0, true, false],
      [16, 0, false, true],
    ]);
  });

  it('shares the piece among prompts; what one does not need is for the others', () => {
    const plan = planTokens(
      [active(tokens(2)), active(tokens(300)), active(tokens(300)), active(tokens(5), { written: 1 })],
      limits,
    );
    expect(shapes(plan).slice(1)).toEqual([
      [2, 0, true, true],
      [7, 0, false, true],
      [7, 0, false, true],
    ]);
  });

  it('reads up to a picture, and not beyond', () => {
    const prompt = [...tokens(4), image, ...tokens(3)];
    expect(shapes(planTokens([active(prompt)], limits))).toEqual([[4, 0, false, true]]);
    expect(planTokens([active(prompt, { done: 4 })], limits)).toEqual([]);
    expect(shapes(planTokens([active(prompt, { done: 5 })], limits))).toEqual([[3, 0, true, true]]);
  });

  it('takes as many guesses as logits can be had, and none that the limit cuts off', () => {
    const guesses = [1, 2, 3, 4, 5, 6, 7, 8];
    const writing = (maxTokens = 50) => active(tokens(5), { written: 2, guesses, maxTokens });
    // 10 outputs, one for each of the two answers.
    expect(shapes(planTokens([writing(), writing()], limits))).toEqual([
      [1, 8, true, false],
      [1, 0, true, false],
    ]);
    expect(shapes(planTokens([writing(5)], limits))).toEqual([[1, 2, true, false]]);
    expect(shapes(planTokens([writing()], { ...limits, outputs: 0 }))).toEqual([[1, 0, true, false]]);
    // A prompt that ends in this decode wants logits too.
    expect(shapes(planTokens([writing(), active(tokens(3))], limits))).toEqual([
      [1, 8, true, false],
      [3, 0, true, true],
    ]);
  });

  it('leaves out who is over', () => {
    const over = active(tokens(5), { written: 1 });
    over.finish('stop');
    expect(planTokens([over], limits)).toEqual([]);
  });
});
