/** Words on ink, apart from pixels: how they are cut, spread over pieces of ink, and chosen between two readers. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { chooseWords } from '../../shared/facts/given/choose-words.ts';
import { distribute, type Fragment } from '../../shared/facts/given/distribute.ts';
import { joinTokens, tokensOf } from '../../shared/facts/given/tokens.ts';

/** Every letter is half an em wide. */
const advance = (text: string): number => 0.5 * [...text].length;
const fragment = (width: number, row = 0, more: Partial<Fragment> = {}): Fragment => ({
  width,
  tall: 12,
  row,
  ...more,
});
const letters = fc.constantFrom('a', 'B', '1', '.', ',', ' ', '\n', '新', '$', 'é', '🙂', '(');
const spread = (text: string, fragments: readonly Fragment[]): (string | undefined)[] =>
  distribute(tokensOf(text), fragments, advance).map((share) => share && joinTokens(share));

describe('tokens', () => {
  it('give back the words with single spaces', () => {
    fc.assert(
      fc.property(fc.string({ unit: letters }), (text) => {
        expect(joinTokens(tokensOf(text))).toBe(text.trim().replace(/\s+/gu, ' '));
      }),
      { seed: 3 },
    );
  });

  it('part what may stand in two styles, and Chinese characters', () => {
    expect(tokensOf('$29/mo').map(({ text }) => text)).toEqual(['$29', '/mo']);
    expect(tokensOf('新茶 a').map(({ text }) => text)).toEqual(['新', '茶', 'a']);
  });
});

describe('words over pieces of ink', () => {
  it('fill rows by their widths', () => {
    expect(spread('one two three four', [fragment(70, 0), fragment(100, 1)])).toEqual([
      'one two',
      'three four',
    ]);
  });

  it('leave out ink that is none of theirs', () => {
    const read = { text: 'Menu', confidence: 0.95 };
    const other = { text: 'Offers', confidence: 0.95 };
    expect(spread('Menu', [fragment(40, 0, { read }), fragment(60, 1, { read: other })])).toEqual([
      'Menu',
      undefined,
    ]);
  });

  it('follow a change of style inside a word', () => {
    expect(spread('$29/mo', [fragment(60, 0, { tall: 28 }), fragment(24, 0, { tall: 12 })])).toEqual([
      '$29',
      '/mo',
    ]);
  });

  it('are all given out in order, whatever the ink', () => {
    const pieces = fc.array(
      fc.record({
        width: fc.integer({ min: 1, max: 400 }),
        tall: fc.integer({ min: 3, max: 40 }),
        row: fc.nat(3),
      }),
      { minLength: 1, maxLength: 6 },
    );
    fc.assert(
      fc.property(fc.lorem({ maxCount: 12 }), pieces, (text, fragments) => {
        const tokens = tokensOf(text);
        expect(distribute(tokens, fragments, advance).flatMap((share) => share ?? [])).toEqual(tokens);
      }),
      { seed: 5 },
    );
  });
});

describe('words of two readers', () => {
  const read = (text: string, confidence: number) =>
    text.split(' ').map((word) => ({ text: word, confidence }));
  const undecided = (): number => 0;

  it('are the ones that the ink speaks for', () => {
    expect(chooseWords(read('Mew here', 0.9), 'Menu here', () => 0.8).text).toBe('Menu here');
    expect(chooseWords(read('Menu here', 0.4), 'Mneu here', () => -0.8).text).toBe('Menu here');
  });

  it("are a sure recogniser's, or else the giver's, where the ink does not tell", () => {
    expect(chooseWords(read('Create account', 0.99), 'Create acount', undecided).text).toBe('Create account');
    expect(chooseWords(read('Crcatc account', 0.3), 'Create account', undecided).text).toBe('Create account');
  });

  it('are chosen word by word', () => {
    const vote = (_: string, second: string): number => (second.includes('Menu') ? 0.9 : -0.9);
    const words = [...read('Mew', 0.4), ...read('account', 0.99)];
    expect(chooseWords(words, 'Menu acount', vote).text).toBe('Menu acount');
    expect(chooseWords(words, 'Menu account', vote).text).toBe('Menu account');
  });

  it("are the giver's where a sign was read that the recogniser takes for others", () => {
    expect(chooseWords(read('41 - 18', 0.95), '41 · 18', undecided).text).toBe('41 · 18');
  });

  it('are surest where both agree', () => {
    const both = chooseWords(read('Menu', 0.9), 'Menu', undecided);
    expect(both.confidence).toBeGreaterThan(chooseWords([], 'Menu', undecided).confidence);
  });
});
