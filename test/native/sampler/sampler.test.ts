/** Draws of the sampler beside those of llama.cpp's chain over the whole vocabulary, and beside arithmetic. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Sampling } from '../../../shared/engine/engine.ts';
import { Candidates } from '../../../shared/engine/native/sampler/candidates.ts';
import { Sampler } from '../../../shared/engine/native/sampler/sampler.ts';
import { openTinyModel, type TinyLibrary } from '../model/tiny-library.ts';
import { drawSeries, fullChain, randomLogits, type TokenSource } from './helpers.ts';

let tiny: TinyLibrary;
let candidates: Candidates;
let size = 0;

beforeAll(async () => {
  tiny = await openTinyModel();
  ({ size } = tiny.model.vocabulary);
  candidates = new Candidates(size);
});
afterAll(() => tiny.model.free());

async function ours(sampling: Sampling): Promise<TokenSource> {
  const sampler = await Sampler.create(tiny.library, tiny.model.vocabulary, candidates, { sampling });
  return {
    draw: (logits) => sampler.sample(logits),
    accept: (token) => sampler.accept(token),
    free: () => sampler.free(),
  };
}

async function series(coming: Promise<TokenSource>, length: number, spread?: number): Promise<number[]> {
  const source = await coming;
  try {
    return await drawSeries(source, size, length, spread);
  } finally {
    source.free();
  }
}

describe('the window of likeliest tokens', () => {
  it.each<[string, Sampling]>([
    ['the defaults', {}],
    ['top-k alone', { topK: 5, topP: 1, minP: 0, temperature: 1 }],
    ['a large top-k', { topK: 500, topP: 1, minP: 0, temperature: 1.5 }],
    ['a top-k as large as the vocabulary', { topK: 1024, topP: 1, minP: 0, temperature: 2 }],
    ['top-p alone', { topK: 0, topP: 0.7, minP: 0, temperature: 1 }],
    ['min-p alone', { topK: 0, topP: 1, minP: 0.1, temperature: 1 }],
    ['temperature alone', { topK: 0, topP: 1, minP: 0, temperature: 1.3 }],
    ['a presence penalty', { topK: 20, temperature: 1, presencePenalty: 1.5 }],
    ['a frequency penalty', { topK: 20, temperature: 1, frequencyPenalty: 0.9 }],
    ['a repetition penalty', { topK: 20, temperature: 1, repetitionPenalty: 1.4 }],
    [
      'all penalties',
      { topK: 10, temperature: 1.2, presencePenalty: 0.5, frequencyPenalty: 0.5, repetitionPenalty: 1.2 },
    ],
    ['a presence reward', { topK: 10, temperature: 1, presencePenalty: -1.5 }],
    ['a frequency reward', { topK: 10, temperature: 1, frequencyPenalty: -0.3 }],
    ['a repetition reward', { topK: 10, temperature: 1, repetitionPenalty: 0.8 }],
    ['DRY', { topK: 10, temperature: 0.7, dryMultiplier: 0.8 }],
    ['greedy with penalties', { temperature: 0, repetitionPenalty: 1.3, presencePenalty: 1 }],
    ['greedy with DRY', { temperature: 0, dryMultiplier: 2 }],
  ])('draws what the whole vocabulary would with %s', async (_name, sampling) => {
    const seeded = { seed: 7, ...sampling };
    expect(await series(ours(seeded), 150)).toEqual(await series(fullChain(tiny, seeded), 150));
  });

  it('holds when all of the tokens that were drawn are pushed out', async () => {
    // A penalty so high that each token comes once in 64.
    const sampling = { topK: 1, temperature: 1, presencePenalty: 2, repetitionPenalty: 1e6 };
    const drawn = await series(ours(sampling), 120);
    expect(drawn).toEqual(await series(fullChain(tiny, sampling), 120));
    expect(new Set(drawn.slice(0, 64)).size).toBe(64);
  });
});

describe('settings', () => {
  it('a temperature of 0 takes the likeliest token, the first of equals', async () => {
    const sampler = await ours({ temperature: 0 });
    const flat = new Float32Array(size).fill(-1);
    flat[7] = 3;
    flat[9] = 3;
    expect(await sampler.draw(flat)).toBe(7);
    for (let step = 0; step < 20; step++) {
      const logits = randomLogits(`greedy ${step}`, size);
      expect(await sampler.draw(logits)).toBe(logits.indexOf(Math.max(...logits)));
    }
    sampler.free();
  });

  it('the same seed repeats, another one does not', async () => {
    const settings = { temperature: 1.5, topK: 200, topP: 1, minP: 0 };
    const [first, again, other] = await Promise.all(
      [11, 11, 12].map((seed) => series(ours({ ...settings, seed }), 40)),
    );
    expect(again).toEqual(first);
    expect(other).not.toEqual(first);
  });

  it.each<[string, Sampling, (probability: number, rank: number, before: number, best: number) => boolean]>([
    ['top-k', { topK: 4, topP: 1, minP: 0 }, (_probability, rank) => rank < 4],
    ['top-p', { topK: 0, topP: 0.5, minP: 0 }, (_probability, _rank, before) => before < 0.5],
    [
      'min-p',
      { topK: 0, topP: 1, minP: 0.3 },
      (probability, _rank, _before, best) => probability >= 0.3 * best,
    ],
  ])('%s draws each of the tokens that it leaves, and no other', async (_name, sampling, isLeft) => {
    const logits = randomLogits('support', size, 3);
    const total = logits.reduce((sum, logit) => sum + Math.exp(logit), 0);
    const ranked = [...logits.keys()].sort((a, b) => (logits[b] ?? 0) - (logits[a] ?? 0));
    const probability = (id: number): number => Math.exp(logits[id] ?? 0) / total;
    let before = 0;
    const left = ranked.filter((id, rank) => {
      const is = isLeft(probability(id), rank, before, probability(ranked[0] ?? 0));
      before += probability(id);
      return is;
    });
    const sampler = await ours({ ...sampling, temperature: 1, seed: 3 });
    const drawn = new Set<number>();
    for (let step = 0; step < 1000; step++) drawn.add(await sampler.draw(logits));
    sampler.free();
    expect(left.length).toBeGreaterThan(2);
    expect([...drawn].sort()).toEqual([...left].sort());
  });

  it('temperature divides the logits before the draw', async () => {
    const logits = new Float32Array(size).fill(-1000);
    logits[3] = 2;
    logits[4] = 0;
    const share = async (temperature: number): Promise<number> => {
      const sampler = await ours({ temperature, topK: 0, topP: 1, minP: 0, seed: 5 });
      let first = 0;
      for (let step = 0; step < 2000; step++) if ((await sampler.draw(logits)) === 3) first++;
      sampler.free();
      return first / 2000;
    };
    // Five standard deviations of 2000 draws are 0.056 at most.
    expect(await share(1)).toBeCloseTo(1 / (1 + Math.exp(-2)), 1);
    expect(await share(4)).toBeCloseTo(1 / (1 + Math.exp(-0.5)), 1);
  });
});

describe('penalties, by hand', () => {
  /** Which of two tokens wins after token 3 has come `times` times. */
  async function winner(sampling: Sampling, times: number, lead: number): Promise<number> {
    const sampler = await ours({ temperature: 0, ...sampling });
    const logits = new Float32Array(size).fill(-50);
    logits[3] = 2 + lead;
    logits[4] = 2;
    for (let step = 0; step < times; step++) sampler.accept(3);
    const token = await sampler.draw(logits);
    sampler.free();
    return token;
  }

  it('presence counts once', async () => {
    expect(await winner({ presencePenalty: 1 }, 1, 0.9)).toBe(4);
    expect(await winner({ presencePenalty: 1 }, 5, 1.1)).toBe(3);
  });

  it('frequency counts each time', async () => {
    expect(await winner({ frequencyPenalty: 0.5 }, 1, 0.9)).toBe(3);
    expect(await winner({ frequencyPenalty: 0.5 }, 2, 0.9)).toBe(4);
  });

  it('repetition divides', async () => {
    expect(await winner({ repetitionPenalty: 2 }, 1, 1.9)).toBe(4);
    expect(await winner({ repetitionPenalty: 2 }, 3, 2.1)).toBe(3);
  });

  it('a token that came 65 tokens ago is forgotten', async () => {
    const sampler = await ours({ temperature: 0, presencePenalty: 2 });
    const logits = new Float32Array(size).fill(-50);
    logits[3] = 3;
    logits[4] = 2;
    sampler.accept(3);
    for (let step = 0; step < 63; step++) sampler.accept(9);
    expect(await sampler.draw(logits)).toBe(4);
    sampler.accept(9);
    expect(await sampler.draw(logits)).toBe(3);
    sampler.free();
  });

  it('DRY breaks a repeated sequence, and lets a new one be', async () => {
    const sampler = await ours({ temperature: 0, dryMultiplier: 5 });
    const logits = new Float32Array(size).fill(-50);
    logits[30] = 3;
    logits[40] = 2;
    for (const token of [10, 20, 25, 30, 11, 12]) sampler.accept(token);
    expect(await sampler.draw(logits)).toBe(30);
    for (const token of [10, 20, 25]) sampler.accept(token);
    expect(await sampler.draw(logits)).toBe(40);
    sampler.free();
  });
});
