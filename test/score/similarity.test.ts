/** Likeness of texts, against figures that Python's difflib gives. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { similarityBound, textSimilarity } from '../../shared/score/text-similarity.ts';

describe('textSimilarity', () => {
  it.each([
    ['abcd', 'bcde', 0.75],
    ['private thread currentthread;', 'private volatile thread currentthread;', 0.8656716417910447],
    ['add to cart', 'add to card', 0.9090909090909091],
    ['menu', 'mew', 0.5714285714285714],
    ['tide tables', 'the tide tables for today', 0.6111111111111112],
    ['abc', 'xyz', 0],
    ['租船价格', '租船的价格', 0.8888888888888888],
    ['qabxcd', 'abycdf', 0.6666666666666666],
  ])('%s / %s', (a, b, expected) => {
    expect(textSimilarity(a, b)).toBeCloseTo(expected, 12);
  });

  it('is 1 for equal texts, within 0..1 for all, and never above its bound', () => {
    const words = fc.string({ unit: fc.constantFrom('a', 'b', 'c', ' ', '船', '🚤'), maxLength: 30 });
    fc.assert(
      fc.property(words, words, (a, b) => {
        const value = textSimilarity(a, b);
        expect(textSimilarity(a, a)).toBe(1);
        expect(value).toBeGreaterThanOrEqual(0);
        expect(value).toBeLessThanOrEqual(Math.min(1, similarityBound(a, b) + 1e-12));
      }),
    );
  });
});
