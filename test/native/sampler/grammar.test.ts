/** A grammar holds the draws to it, whatever the model would rather say. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Candidates } from '../../../shared/engine/native/sampler/candidates.ts';
import { Grammar } from '../../../shared/engine/native/sampler/grammar.ts';
import { Sampler } from '../../../shared/engine/native/sampler/sampler.ts';
import { tinyTokenIds } from '../../models/index.ts';
import { openTinyModel, type TinyLibrary } from '../model/tiny-library.ts';
import { randomLogits } from './helpers.ts';

let tiny: TinyLibrary;
let candidates: Candidates;
let size = 0;
const end = tinyTokenIds['<|im_end|>'];

beforeAll(async () => {
  tiny = await openTinyModel();
  ({ size } = tiny.model.vocabulary);
  candidates = new Candidates(size);
});
afterAll(() => tiny.model.free());

/** A list of boxes: what answers of this engine are mostly held to. */
const boxes = `root ::= "[" box ("," box)* "]"
box ::= "{\\"x\\":" number ",\\"label\\":\\"" [a-z ]{0,8} "\\"}"
number ::= "0" | [1-9] [0-9]{0,3}`;

/** Writes from noise until the grammar ends it. @param steps most tokens, which the shapes used here never reach. */
async function write(seed: number, grammar: string, steps = 400): Promise<string> {
  const sampling = { temperature: 1.5, topK: 0, topP: 1, minP: 0, seed };
  const sampler = await Sampler.create(tiny.library, tiny.model.vocabulary, candidates, {
    sampling,
    grammar,
  });
  try {
    const tokens: number[] = [];
    for (let step = 0; step < steps; step++) {
      const logits = randomLogits(`${seed} ${step}`, size, 2);
      // What is likeliest is refused nearly always, and lists come to an end some time.
      const token = await sampler.sample(logits.map((logit, id) => (id < 900 ? logit : logit - 8)));
      sampler.accept(token);
      if (token === end) return tiny.model.vocabulary.text(tokens);
      tokens.push(token);
    }
    throw new Error(`the grammar has not ended after ${steps} tokens`);
  } finally {
    sampler.free();
  }
}

describe('fifty answers from noise', () => {
  it('are all of the grammar', async () => {
    const seen = new Set<string>();
    for (let seed = 1; seed <= 50; seed++) {
      const answer = await write(seed, boxes);
      for (const box of JSON.parse(answer)) {
        expect(box).toEqual({ x: expect.any(Number), label: expect.stringMatching(/^[a-z ]{0,8}$/) });
      }
      seen.add(answer);
    }
    expect(seen.size).toBeGreaterThan(25);
  });
});

describe('a token that is refused', () => {
  it('is replaced by the likeliest that is allowed', async () => {
    const sampler = await Sampler.create(tiny.library, tiny.model.vocabulary, candidates, {
      sampling: { temperature: 0 },
      grammar: 'root ::= [0-9]+ "!"',
    });
    const [digit = 0] = await tiny.model.vocabulary.tokenise('7');
    const [letter = 0] = await tiny.model.vocabulary.tokenise('x');
    const logits = new Float32Array(size).fill(-5);
    logits[letter] = 9;
    logits[digit] = 1;
    expect(await sampler.sample(logits)).toBe(digit);
    // One that is allowed is taken as it is.
    logits[digit] = 10;
    expect(await sampler.sample(logits)).toBe(digit);
    sampler.free();
  });

  it('is replaced even by the least likely of all', async () => {
    const sampler = await Sampler.create(tiny.library, tiny.model.vocabulary, candidates, {
      sampling: { temperature: 0 },
      grammar: 'root ::= "7"',
    });
    const [digit = 0] = await tiny.model.vocabulary.tokenise('7');
    const logits = randomLogits('rare', size);
    logits[digit] = -100;
    expect(await sampler.sample(logits)).toBe(digit);
    sampler.accept(digit);
    logits[end] = -100;
    expect(tiny.model.vocabulary.isEnd(await sampler.sample(logits))).toBe(true);
    sampler.free();
  });

  it('is replaced by what the grammar over the whole vocabulary gives, step by step', async () => {
    const { library, model } = tiny;
    const sampler = await Sampler.create(library, model.vocabulary, candidates, {
      sampling: { temperature: 0 },
      grammar: boxes,
    });
    const whole = new Grammar(library, model.vocabulary, boxes);
    const all = new Candidates(size);
    for (let step = 0; step < 60; step++) {
      const logits = randomLogits(`whole ${step}`, size);
      logits[end] = -100;
      all.all(logits);
      await whole.filter(all);
      const token = await sampler.sample(logits);
      expect(token).toBe(all.likeliest);
      if (token === end) break;
      sampler.accept(token);
      whole.accept(token);
    }
    whole.free();
    sampler.free();
  });
});

describe('a grammar that cannot be read', () => {
  it.each(['root ::= (', 'start ::= "a"', 'root ::= missing', 'root ::= root "a"', 'no grammar at all'])(
    '%j is refused with what to do',
    async (grammar) => {
      const { library, model } = tiny;
      await expect(Sampler.create(library, model.vocabulary, candidates, { grammar })).rejects.toEqual(
        expect.objectContaining({ code: 'option-invalid', next: 'Correct the grammar.' }),
      );
    },
  );
});
