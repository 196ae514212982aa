/** Whatever was measured, the draft is a valid page that holds every line once. */
import fc from 'fast-check';
import { parse } from 'parse5';
import { describe, expect, it } from 'vitest';
import type { PageFacts } from '../../shared/facts/page-facts.ts';
import { uiTreeSchema } from '../../shared/ui-tree.ts';
import { composeMeasured } from './compose-page.ts';
import { wordsOf } from './page-words.ts';
import { randomFacts } from './random-facts.ts';

const squeeze = (text: string): string => text.replace(/\s+/g, '');

/** The same page with a text on each line that occurs nowhere else. */
function numbered(facts: PageFacts): PageFacts {
  return {
    ...facts,
    lines: facts.lines.map((line, index) => ({
      ...line,
      text: `mark${index}end`,
      words: [{ text: `mark${index}end`, box: line.box, confidence: 1 }],
    })),
  };
}

describe('composing random facts', () => {
  it('gives HTML without parse errors and a tree that its schema accepts', async () => {
    await fc.assert(
      fc.asyncProperty(randomFacts, async (facts) => {
        const page = await composeMeasured(facts, { name: 'page' });
        const errors: string[] = [];
        parse(page.html, { onParseError: (error) => errors.push(error.code) });
        expect(errors).toEqual([]);
        expect(uiTreeSchema.safeParse(page.tree).error).toBeUndefined();
        expect(page.css).not.toMatch(/NaN|Infinity|undefined|position:\s*(absolute|fixed)/);
      }),
      { numRuns: 60, seed: 7 },
    );
  });

  it('holds the text of every line exactly once', async () => {
    await fc.assert(
      fc.asyncProperty(randomFacts.map(numbered), async (facts) => {
        const words = squeeze(wordsOf((await composeMeasured(facts, { name: 'page' })).html));
        const found = [...words.matchAll(/mark(\d+)end/g)]
          .map((match) => Number(match[1]))
          .sort((a, b) => a - b);
        expect(found).toEqual(facts.lines.map((_, index) => index));
      }),
      { numRuns: 60, seed: 11 },
    );
  });

  it('refers to each asset that it lists', async () => {
    await fc.assert(
      fc.asyncProperty(randomFacts, async (facts) => {
        const page = await composeMeasured(facts, { name: 'a page' });
        for (const asset of page.assets) expect(`${page.html}${page.css}`).toContain(asset.path);
        expect(new Set(page.assets.map((asset) => asset.path)).size).toBe(page.assets.length);
      }),
      { numRuns: 30, seed: 13 },
    );
  });
});
