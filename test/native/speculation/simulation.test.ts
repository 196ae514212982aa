/** What guessing is worth on real pages, by the cost of checking. Nothing is timed: costs are curves. */
import { describe, expect, it } from 'vitest';
import { type DrafterOptions, htmlPhrases } from '../../../shared/engine/native/speculation/index.ts';
import { draftOf, pages, run, Tokeniser, together, wordsOf } from './pages.ts';

const tokeniser = new Tokeniser();
const phrases = [tokeniser.encode(htmlPhrases)];
const { textOf } = tokeniser;
const all = pages().map((page) => ({
  page: tokeniser.encode(page),
  draft: tokeniser.encode(draftOf(page)),
  words: tokeniser.encode(wordsOf(page)),
}));
type Page = (typeof all)[number];

const line = (slope: number) => (tokens: number) => 1 + slope * (tokens - 1);

function simulate(slope: number, options: (page: Page) => DrafterOptions) {
  const costOfBatch = line(slope);
  return together(all.map((page) => run(page.page, { ...options(page), costOfBatch })));
}

describe('a page that nothing is known of', () => {
  it('comes sooner even where checking a token costs a third of computing one', () => {
    expect(simulate(0.35, () => ({})).speedUp).toBeGreaterThan(1.15);
    const known = simulate(0.35, () => ({ phrases, textOf }));
    expect(known.speedUp).toBeGreaterThan(1.25);
    expect(known.accepted / known.proposed).toBeGreaterThan(0.65);
  });

  it('comes sooner still, with longer drafts, where checking is cheap', () => {
    const dear = simulate(0.35, () => ({ phrases, textOf }));
    const cheap = simulate(0.15, () => ({ phrases, textOf }));
    expect(cheap.speedUp).toBeGreaterThan(1.45);
    expect(cheap.proposed).toBeGreaterThan(dear.proposed);
  });
});

describe('a page of which a draft is known', () => {
  it('comes much sooner, though class names and words differ', () => {
    const draft = simulate(0.35, ({ draft: text }) => ({ phrases, textOf, texts: [text] }));
    expect(draft.speedUp).toBeGreaterThan(1.7);
    expect(draft.tokensPerStep).toBeGreaterThan(3.5);
    expect(simulate(0.15, ({ draft: text }) => ({ phrases, textOf, texts: [text] })).speedUp).toBeGreaterThan(
      2.5,
    );
  });

  it('comes nearly as fast as checking allows where the draft is right', () => {
    const same = simulate(0.35, ({ page }) => ({ texts: [page] }));
    const limit = 17 / line(0.35)(17);
    expect(same.speedUp).toBeGreaterThan(0.93 * limit);
    expect(same.accepted / same.proposed).toBeGreaterThan(0.99);
  });
});

describe('a page of which the words are known', () => {
  it('comes sooner than without them', () => {
    const without = simulate(0.15, () => ({ phrases, textOf }));
    const words = simulate(0.15, ({ words: text }) => ({ phrases, textOf, texts: [text] }));
    expect(words.speedUp).toBeGreaterThan(without.speedUp + 0.02);
  });
});

describe('what cannot be foreseen', () => {
  /** Numerical Recipes' linear congruential generator. */
  const noise = (length: number, seed: number) => {
    let state = seed;
    return Array.from({ length }, () => {
      state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
      return state >>> 20;
    });
  };

  it('is left alone: noise costs next to nothing', () => {
    const result = run(noise(3000, 1), { texts: [noise(3000, 2)], costOfBatch: line(0.35) });
    expect(result.speedUp).toBeGreaterThan(0.99);
  });

  it('is left alone after a few tries where a text misleads again and again', () => {
    // Eight tokens of the text, then one that is not: what follows eight tokens is always wrong.
    const text = noise(4000, 3);
    const answer = text.flatMap((token, index) => (index % 3 === 2 ? [token, 5000 + index] : [token]));
    const result = run(answer, { texts: [text], costOfBatch: line(0.9) });
    expect(result.speedUp).toBeGreaterThan(0.97);
  });

  it('is never guessed where checking costs as much as computing', () => {
    const [page] = all;
    const result = run(page?.page ?? [], { costOfBatch: (tokens) => tokens });
    expect(result.proposed).toBe(0);
    expect(result.steps).toBe(page?.page.length);
  });
});
