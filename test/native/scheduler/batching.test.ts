/** Requests that are computed together get what each would get alone. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { NativeEngine, NativeRequest } from '../../../shared/engine/native/native-engine.ts';
import {
  ask,
  greedy,
  openEngine,
  picture,
  type Recording,
  record,
  replay,
  text,
  tolerance,
} from '../engine/helpers.ts';

/** A lead of the likeliest token that rounding cannot turn; single logits differ by 0.2 at most. */
const clearMargin = 0.3;

let engine: NativeEngine;
let requests: NativeRequest[];
let alone: Recording[];

beforeAll(async () => {
  engine = await openEngine();
  const square = await picture({ width: 128, height: 96, seed: 1 });
  const tall = await picture({ width: 64, height: 160, seed: 2 });
  // The numbers are those for which the answers are decided most clearly.
  const what = (number: number) => text(`What is it? ${number}`);
  requests = [
    [what(98)],
    [what(104)],
    [what(111)],
    [what(141)],
    [square, what(109)],
    [square, what(126)],
    [tall, what(39)],
    [square, tall, what(116)],
  ].map((parts) => greedy(parts, { ignoreEnd: true }));
  alone = [];
  // An engine each, so that no kept prefix has a part in it.
  for (const request of requests) {
    const own = await openEngine();
    alone.push(await record(own, request));
    await own.close();
  }
});
afterAll(() => engine.close());

const recordingOf = (index: number): Recording => {
  const found = alone[index];
  if (found === undefined) throw new Error(`request ${index} was not recorded`);
  return found;
};

describe('eight requests at once', () => {
  it('have the logits that each has alone', async () => {
    const together = await Promise.all(
      requests.map((request, index) => replay(engine, request, recordingOf(index))),
    );
    for (const { difference } of together) expect(difference).toBeLessThan(tolerance);
  });

  it('write the text that each writes alone, where that is decided clearly', async () => {
    const answers = await Promise.all(requests.map((request) => ask(engine, request)));
    const clear = answers.flatMap((answer, index) => {
      const { margin, answer: own } = recordingOf(index);
      return margin > clearMargin ? [{ together: answer.text, alone: own.text }] : [];
    });
    // All eight on a processor with AVX-512; another one may round a margin away.
    expect(clear.length).toBeGreaterThanOrEqual(4);
    expect(clear.map((texts) => texts.together)).toEqual(clear.map((texts) => texts.alone));
  });

  it('are told apart by the tolerance', async () => {
    const [first, second] = [recordingOf(0), recordingOf(1)];
    const [request] = requests;
    if (request === undefined) throw new Error('there is no request');
    const { difference } = await replay(engine, request, { ...first, logits: second.logits });
    expect(difference).toBeGreaterThan(4 * tolerance);
  });

  it('leave nothing running, and prefixes for later', async () => {
    await Promise.all(requests.map((request) => ask(engine, request)));
    expect(engine.status).toMatchObject({ running: 0, waiting: 0, cells: 4096 });
    expect(engine.status.usedCells).toBeGreaterThan(100);
    expect(engine.status.usedCells).toBeLessThanOrEqual(4096);
  });
});

describe('a context that runs full', () => {
  it('lets the youngest wait, and all answers are whole', async () => {
    const small = await openEngine({ contextSize: 512 });
    const long = { maxTokens: 200, ignoreEnd: true, unguarded: true };
    const texts = ['one', 'two', 'three', 'four', 'five', 'six'].map((word) => greedy([text(word)], long));
    const recordings: Recording[] = [];
    for (const request of texts) recordings.push(await record(engine, request));
    const together = await Promise.all(
      texts.map((request, index) => replay(small, request, recordings[index] ?? recordingOf(-1))),
    );
    for (const { difference, answer } of together) {
      expect(difference).toBeLessThan(tolerance);
      expect(answer.finish).toMatchObject({ reason: 'length', usage: { completionTokens: 200 } });
    }
    // 6 × 210 tokens in 512 cells: some had to give way after their text had begun.
    const displaced = together.filter(({ answer: { parts } }) => {
      const firstText = parts.findIndex(({ type }) => type === 'text-delta');
      return parts.slice(firstText).some(({ type }) => type === 'stage-progress');
    });
    expect(displaced.length).toBeGreaterThan(0);
    expect(small.status).toMatchObject({ running: 0, waiting: 0 });
    await small.close();
  });

  it('ends the only answer with `length`, at its last cell', async () => {
    const small = await openEngine({ contextSize: 256 });
    const request = greedy([text('one')], { maxTokens: 5000, ignoreEnd: true, unguarded: true });
    const { finish } = await ask(small, request);
    expect(finish.reason).toBe('length');
    const { promptTokens = 0, completionTokens = 0 } = finish.usage ?? {};
    // The last token is drawn from a full context and needs no cell.
    expect(promptTokens + completionTokens).toBe(257);
    await small.close();
  });

  it('ends it at the same cell with speculation', async () => {
    const small = await openEngine({ contextSize: 256 });
    const request = greedy([text('one')], { maxTokens: 5000, ignoreEnd: true, unguarded: true });
    const plain = await record(small, request);
    // Guesses that are right come in runs, so that the last of them reach beyond the end.
    const guessed = await record(small, {
      ...request,
      forcedTokens: plain.tokens,
      speculation: { texts: [plain.answer.text] },
    });
    expect(guessed.answer.finish.usage?.draft?.accepted).toBeGreaterThan(20);
    expect(guessed.tokens).toEqual(plain.tokens);
    await small.close();
  });

  it('refuses a prompt that it can never hold, with the numbers', async () => {
    const small = await openEngine({ contextSize: 256 });
    const request = greedy([text('0 '.repeat(400))]);
    await expect(ask(small, request)).rejects.toMatchObject({
      code: 'input-too-large',
      message: expect.stringMatching(/\d{3,4} tokens .* 256/),
      next: expect.stringContaining('--context-size'),
      details: { contextSize: 256, promptTokens: expect.any(Number) },
    });
    const large = greedy([await picture({ width: 640, height: 480, seed: 1 }), text('What?')]);
    await expect(ask(small, large)).rejects.toMatchObject({ code: 'input-too-large' });
    expect(small.status).toMatchObject({ running: 0, waiting: 0, usedCells: 0 });
    expect((await ask(small, greedy([text('still there?')]))).finish.usage?.completionTokens).toBe(24);
    await small.close();
  });

  it('answers one token to a prompt that leaves one cell', async () => {
    const small = await openEngine({ contextSize: 256 });
    const empty = (await ask(small, greedy([text('x')], { maxTokens: 1 }))).finish.usage?.promptTokens ?? 0;
    // Each digit is a token.
    const filling = greedy([text(`x${'0'.repeat(255 - empty)}`)], { ignoreEnd: true });
    const { finish } = await ask(small, filling);
    expect(finish).toMatchObject({ reason: 'length', usage: { promptTokens: 255, completionTokens: 2 } });
    await small.close();
  });
});
