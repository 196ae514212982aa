/** What a drafter promises, whatever it is given. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createDrafter, prepareDrafter } from '../../../shared/engine/native/speculation/index.ts';

/** Few different tokens, so that contexts come again. */
const tokens = (maxLength: number) => fc.array(fc.integer({ min: 0, max: 5 }), { maxLength });
const sources = fc.record({
  texts: fc.array(tokens(60), { maxLength: 3 }),
  phrases: fc.array(tokens(40), { maxLength: 2 }),
  prompt: tokens(60),
});
const cheap = (count: number) => 1 + 0.05 * (count - 1);

function accept(drafter: { accept(token: number): void }, all: readonly number[]): void {
  for (const token of all) drafter.accept(token);
}

describe('any proposal', () => {
  it('is not longer than asked and made of tokens of the sources', () => {
    fc.assert(
      fc.property(sources, tokens(80), fc.integer({ min: 0, max: 9 }), (given, answer, most) => {
        const drafter = createDrafter({ ...given, costOfBatch: cheap });
        const seen = new Set([...given.texts, ...given.phrases, given.prompt].flat());
        for (const token of answer) {
          const draft = drafter.propose(most);
          expect(draft.length).toBeLessThanOrEqual(most);
          for (const guess of draft) expect(seen).toContain(guess);
          drafter.accept(token);
          seen.add(token);
        }
      }),
    );
  });

  it('is the same for the same past', () => {
    fc.assert(
      fc.property(sources, tokens(80), (given, answer) => {
        const one = createDrafter({ ...given, costOfBatch: cheap });
        const other = createDrafter({ ...given, costOfBatch: cheap });
        for (const token of answer) {
          expect(one.propose(8)).toEqual(other.propose(8));
          one.accept(token);
          other.accept(token);
        }
      }),
    );
  });

  it('is nothing from nothing', () => {
    const drafter = createDrafter();
    expect(drafter.propose(8)).toEqual([]);
    drafter.accept(7);
    expect(drafter.propose(8)).toEqual([]);
  });
});

describe('a proposal', () => {
  it('continues what has come before', () => {
    const drafter = createDrafter({ costOfBatch: cheap });
    accept(drafter, [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 1, 2, 3, 4, 5, 6]);
    expect(drafter.propose(4)).toEqual([7, 8, 9, 10]);
  });

  it('continues the longer of two agreements', () => {
    const drafter = createDrafter({ costOfBatch: cheap });
    accept(drafter, [1, 2, 3, 4, 5, 60, 61, 4, 5, 70, 71, 80, 1, 2, 3, 4, 5]);
    expect(drafter.propose(1)).toEqual([60]);
  });

  it('continues the later of two agreements of one length', () => {
    const drafter = createDrafter({ costOfBatch: cheap });
    accept(drafter, [1, 2, 3, 4, 5, 60, 61, 1, 2, 3, 4, 5, 70, 71, 1, 2, 3, 4, 5]);
    expect(drafter.propose(1)).toEqual([70]);
  });

  it('stays with a text that is being followed, though the answer has had another continuation', () => {
    const text = Array.from({ length: 60 }, (_, index) => 100 + index);
    text.splice(40, 0, 1, 2, 3);
    const drafter = createDrafter({ texts: [text], costOfBatch: cheap });
    accept(drafter, [1, 2, 3, 9, 9]);
    accept(drafter, text.slice(0, 43));
    expect(drafter.propose(4)).toEqual(text.slice(43, 47));
  });

  it('takes up a text again after words that differ in number', () => {
    const text = Array.from({ length: 100 }, (_, index) => 100 + index);
    const drafter = createDrafter({ texts: [text], costOfBatch: cheap });
    accept(drafter, [...text.slice(0, 30), 1, 2, 3, 4, ...text.slice(31, 50), 5, ...text.slice(57, 60)]);
    expect(drafter.propose(4)).toEqual(text.slice(60, 64));
  });

  it('reaches from the prompt into the answer', () => {
    const drafter = createDrafter({ prompt: [1, 2, 3, 4, 5, 6, 7, 8, 1, 2, 3, 4], costOfBatch: cheap });
    expect(drafter.propose(2)).toEqual([5, 6]);
  });

  it('names the element that a closing tag closes', () => {
    const pieces = ['<', 'div', '>', 'span', '</', 'word', 'x', 'y', 'z'];
    const [open, div, end, span, close, word] = [0, 1, 2, 3, 4, 5];
    const drafter = createDrafter({ textOf: (token) => pieces[token] ?? '', costOfBatch: cheap });
    accept(drafter, [open, div, end, open, span, end, word, close]);
    expect(drafter.propose(1)).toEqual([span]);
    accept(drafter, [span, end, word, close]);
    expect(drafter.propose(1)).toEqual([div]);
  });
});

describe('a drafter that is prepared', () => {
  const text = Array.from({ length: 5000 }, (_, index) => (index * index) % 97);

  it('guesses as one that is created', async () => {
    const options = { texts: [text], prompt: text.slice(0, 300), costOfBatch: cheap };
    const prepared = await prepareDrafter(options, new AbortController().signal);
    const created = createDrafter(options);
    for (const token of text.slice(0, 200)) {
      expect(prepared.propose(8)).toEqual(created.propose(8));
      prepared.accept(token);
      created.accept(token);
    }
  });

  it('lets others work, and stops when it is cancelled', async () => {
    const controller = new AbortController();
    setImmediate(() => controller.abort());
    await expect(prepareDrafter({ texts: [text] }, controller.signal)).rejects.toMatchObject({
      code: 'cancelled',
    });
  });
});
