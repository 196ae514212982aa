/** The vocabulary of the tiny pair, and learning one. */
import { describe, expect, it } from 'vitest';
import { tinyTokenIds, tinyVocabulary } from './index.ts';
import { byteAlphabet, bytesOfToken, controlTokens, learnVocabulary } from './vocabulary.ts';

describe('the tiny vocabulary', () => {
  const { tokens, types, merges } = tinyVocabulary();

  it('has 1024 different tokens, each with a type', () => {
    expect(new Set(tokens).size).toBe(1024);
    expect(types).toHaveLength(1024);
  });

  it('spells every byte', () => {
    expect(tokens.slice(0, 256)).toEqual(byteAlphabet);
    expect(tokens.slice(0, 256).map((token) => [...bytesOfToken(token)])).toEqual(
      Array.from({ length: 256 }, (_, byte) => [byte]),
    );
  });

  it('has both halves and the whole of each pair, in the order in which they are learnt', () => {
    for (const [index, merge] of merges.entries()) {
      const [left = '', right = ''] = merge.split(' ');
      expect(tokens.indexOf(left + right)).toBe(256 + index);
      expect(tokens.slice(0, 256 + index)).toEqual(expect.arrayContaining([left, right]));
    }
  });

  it('has control tokens at the ids that are given by name', () => {
    for (const token of controlTokens) expect(tokens.indexOf(token)).toBe(tinyTokenIds[token]);
    expect(types.map((type, id) => (type === 3 ? tokens[id] : '')).filter(Boolean)).toEqual(controlTokens);
  });

  it('ends with tokens of no text', () => {
    expect(types.flatMap((type, id) => (type === 5 ? [id] : []))).toEqual([
      1016, 1017, 1018, 1019, 1020, 1021, 1022, 1023,
    ]);
  });
});

describe('learnVocabulary', () => {
  const learnt = (text: string, pairs: number) => learnVocabulary(text, 256 + 8 + pairs, 0).merges;

  it('takes the most frequent pair first, and of equals the first in the text', () => {
    expect(learnt('xy xy ab ab ab', 3)).toEqual(['Ġ a', 'Ġa b', 'x y']);
  });

  it('joins a run of one letter from its left', () => {
    expect(learnt('aaaaa', 2)).toEqual(['a a', 'aa aa']);
  });

  it('joins nothing across words, and no digits', () => {
    expect(() => learnt('a 1 23', 1)).toThrow('The text should have 1 pairs to learn; it has 0.');
  });

  it('learns from bytes, not from characters', () => {
    expect(learnt('éé', 1)).toEqual(['Ã ©']);
  });
});
