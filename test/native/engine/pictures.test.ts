/** Pictures through the whole engine: encoded once, shared, found again, told in the usage. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ImagePart } from '../../../shared/engine/engine.ts';
import type { NativeEngine } from '../../../shared/engine/native/native-engine.ts';
import { ask, assistant, greedy, open, openEngine, picture, text, user } from './helpers.ts';

let engine: NativeEngine;
/** 4 × 3 and 3 × 5 image tokens. */
let square: ImagePart;
let tall: ImagePart;

beforeEach(async () => {
  engine = await openEngine({ parallel: 4 });
  square = await picture({ width: 128, height: 96, seed: 1 });
  tall = await picture({ width: 96, height: 160, seed: 2 });
});
afterEach(() => engine.close());

const isEncoding = expect.objectContaining({ type: 'stage-progress', stage: 'encoding' });

describe('a picture', () => {
  it('is told with its tokens, and encoded before it is read', async () => {
    const { parts, finish } = await ask(engine, greedy([square, text('What?')]));
    expect(finish.usage).toMatchObject({ imageTokens: 12, cached: { promptTokens: 0, images: 0 } });
    const total = finish.usage?.promptTokens ?? 0;
    const kinds = parts.map(({ type }) => type);
    expect(parts).toContainEqual(isEncoding);
    expect(kinds.indexOf('stage-progress')).toBeLessThan(kinds.indexOf('text-delta'));
    expect(kinds.lastIndexOf('prefill-progress')).toBeLessThan(kinds.indexOf('text-delta'));
    const progress = parts.flatMap((part) => (part.type === 'prefill-progress' ? [part] : []));
    expect(progress.map(({ processed }) => processed)).toEqual(
      progress.map(({ processed }) => processed).toSorted((a, b) => a - b),
    );
    expect(progress.at(-1)).toEqual({ type: 'prefill-progress', processed: total, total });
  });

  it('makes another answer than another picture', async () => {
    const one = await ask(engine, greedy([square, text('What?')]));
    const two = await ask(engine, greedy([tall, text('What?')]));
    const none = await ask(engine, greedy([text('What?')]));
    expect(new Set([one.text, two.text, none.text]).size).toBe(3);
  });

  it('asked about again: nothing is encoded, and the cached tokens cover it', async () => {
    const first = await ask(engine, greedy([square, text('What is it?')]));
    const { finish, parts, text: again } = await ask(engine, greedy([square, text('What colour?')]));
    expect(finish.usage?.cached?.images).toBe(1);
    // The turn's head, the mark before the picture, and the picture.
    expect(finish.usage?.cached?.promptTokens).toBeGreaterThanOrEqual(12 + 3);
    expect(parts).not.toContainEqual(isEncoding);
    expect(again).not.toBe(first.text);
  });

  it('in a conversation that goes on: all before is there', async () => {
    const question = user(square, text('What is it?'));
    const first = await ask(engine, { ...greedy([]), messages: [question] });
    const messages = [question, assistant(first.text), user(text('Why?'))];
    const second = await ask(engine, { ...greedy([]), messages });
    expect(second.finish.usage?.cached?.images).toBe(1);
    expect(second.finish.usage?.cached?.promptTokens).toBeGreaterThanOrEqual(
      (first.finish.usage?.promptTokens ?? 0) - 1,
    );
    // With nothing kept, the same is said.
    const fresh = await openEngine();
    expect((await ask(fresh, { ...greedy([]), messages })).text).toBe(second.text);
    await fresh.close();
  });

  it('that is new, asked about twice at once: encoded once, and its cells are shared', async () => {
    const answers = await Promise.all(
      ['What is it?', 'What colour?'].map((words) => ask(engine, greedy([square, text(words)]))),
    );
    // Whichever came first, since both were measured in between.
    const [first, second] = answers.toSorted(
      (a, b) => (a.finish.usage?.cached?.images ?? 0) - (b.finish.usage?.cached?.images ?? 0),
    );
    expect(first?.finish.usage?.cached).toEqual({ promptTokens: 0, images: 0 });
    expect(first?.parts).toContainEqual(isEncoding);
    expect(second?.finish.usage?.cached?.images).toBe(1);
    expect(second?.finish.usage?.cached?.promptTokens).toBeGreaterThanOrEqual(12 + 3);
    expect(second?.parts).not.toContainEqual(isEncoding);
  });

  it('after other words: its embeddings are there though its cells are not', async () => {
    await ask(engine, greedy([square, text('What is it?')]));
    const { finish, parts } = await ask(engine, greedy([text('Look: '), square, text('What is it?')]));
    expect(finish.usage?.cached?.images).toBe(1);
    expect(finish.usage?.cached?.promptTokens).toBeLessThan(12);
    expect(parts).not.toContainEqual(isEncoding);
  });

  it('whose prefix had to give way: its embeddings are there', async () => {
    const small = await openEngine({ contextSize: 256 });
    const request = greedy([square, text('What is it?')]);
    const before = await ask(small, request);
    await ask(small, greedy([text('0'.repeat(230))], { maxTokens: 3 }));
    const after = await ask(small, request);
    expect(after.finish.usage?.cached).toMatchObject({ images: 1 });
    expect(after.finish.usage?.cached?.promptTokens).toBeLessThan(12);
    expect(after.text).toBe(before.text);
    await small.close();
  });

  it('twice in a prompt: encoded once', async () => {
    const { finish, parts } = await ask(engine, greedy([square, square, text('What differs?')]));
    expect(finish.usage?.imageTokens).toBe(24);
    expect(
      parts.filter((part) => isEncoding.asymmetricMatch(part) && 'fraction' in part && part.fraction === 1),
    ).toHaveLength(1);
  });

  it('of the same pixels in another file is another picture, and looks the same', async () => {
    const { default: sharp } = await import('sharp');
    const other: ImagePart = {
      ...square,
      bytes: await sharp(square.bytes).png({ compressionLevel: 1 }).toBuffer(),
    };
    const one = await ask(engine, greedy([square, text('What is it?')]));
    const two = await ask(engine, greedy([other, text('What is it?')]));
    expect(two.finish.usage?.cached?.images).toBe(0);
    expect(two.text).toBe(one.text);
  });
});

describe('what is no picture', () => {
  it('fails alone, with the words of the image stage', async () => {
    const broken: ImagePart = { ...square, bytes: Buffer.from('no picture at all') };
    const cut: ImagePart = { ...square, bytes: square.bytes.subarray(0, square.bytes.length >> 1) };
    const good = ask(engine, greedy([square, text('What?')]));
    await expect(ask(engine, greedy([broken, text('What?')]))).rejects.toMatchObject({
      code: 'input-unsupported',
    });
    await expect(ask(engine, greedy([cut, text('What?')]))).rejects.toMatchObject({
      code: expect.stringMatching(/^input-/),
    });
    expect((await good).finish.usage?.completionTokens).toBe(24);
    expect(engine.status).toMatchObject({ running: 0, waiting: 0 });
  });
});

describe('films', () => {
  const film = (frames: readonly ImagePart[]) => ({
    type: 'video' as const,
    frames: frames.map((image, index) => ({ image, seconds: index / 2 })),
  });

  it('take the tokens of a picture for each pair of frames', async () => {
    const other = await picture({ width: 128, height: 96, seed: 5 });
    const two = await ask(engine, greedy([film([square, other]), text('What happens?')]));
    expect(two.finish.usage?.imageTokens).toBe(12);
    const three = await ask(engine, greedy([film([square, other, square]), text('What happens?')]));
    expect(three.finish.usage?.imageTokens).toBe(24);
    // The first pair was encoded for the film before.
    expect(three.finish.usage?.cached).toMatchObject({ images: 1 });
  });

  it('of a still picture, and of the same frames the other way round, are answered differently', async () => {
    const other = await picture({ width: 128, height: 96, seed: 5 });
    const answers = [];
    for (const frames of [
      [square, square],
      [square, other],
      [other, square],
    ]) {
      answers.push((await ask(engine, greedy([film(frames), text('What?')]))).text);
    }
    expect(new Set(answers).size).toBe(3);
  });

  it('want frames of one size', async () => {
    await expect(ask(engine, greedy([film([square, tall]), text('What?')]))).rejects.toMatchObject({
      code: 'input-unsupported',
    });
  });
});

describe('cancelling', () => {
  it('while the picture is encoded: another one with it goes on', async () => {
    const large = await picture({ width: 640, height: 480, seed: 3 });
    const controller = new AbortController();
    const first = open(engine, greedy([large, text('One?')]), controller.signal);
    await first.until('prefill-progress');
    const second = ask(engine, greedy([large, text('Two?')]));
    controller.abort();
    await expect(first.rest()).rejects.toMatchObject({ code: 'cancelled' });
    expect((await second).finish.usage).toMatchObject({ imageTokens: 300, completionTokens: 24 });
  });
});
