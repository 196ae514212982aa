/** Whatever was perceived of whatever was measured: a valid page that holds every line once. */
import fc from 'fast-check';
import { parse } from 'parse5';
import { describe, expect, it } from 'vitest';
import { compileTree } from '../../shared/compose/compile.ts';
import { planPerceived } from '../../shared/compose/perceived/index.ts';
import type { PageFacts } from '../../shared/facts/page-facts.ts';
import type { PerceivedNode } from '../../shared/tasks/perceive/perception.ts';
import { type UiNode, uiKinds, uiTreeSchema, walk } from '../../shared/ui-tree.ts';
import { wordsOf } from './page-words.ts';
import { randomFacts } from './random-facts.ts';

const reference = fc.record({
  list: fc.constantFrom(
    'lines' as const,
    'lines' as const,
    'boxes' as const,
    'pictures' as const,
    'separators' as const,
  ),
  // Some name what is not there, some the same thing twice.
  index: fc.nat({ max: 24 }),
});

const { tree: perceivedNode } = fc.letrec<{ tree: PerceivedNode; leaf: PerceivedNode }>((tie) => ({
  leaf: fc.record(
    {
      kind: fc.constantFrom(...uiKinds),
      measured: fc.array(reference, { maxLength: 5 }),
      text: fc.constantFrom('words', ''),
      role: fc.constantFrom('price', '42', '<b>'),
      state: fc.constantFrom(
        'checked' as const,
        'placeholder' as const,
        'headed' as const,
        'secret' as const,
      ),
      level: fc.integer({ min: 1, max: 6 }),
    },
    { requiredKeys: ['kind', 'measured'] },
  ),
  tree: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    tie('leaf'),
    fc.record({
      kind: fc.constantFrom(...uiKinds),
      measured: fc.array(reference, { maxLength: 1 }),
      children: fc.array(tie('tree'), { maxLength: 6 }),
    }),
  ),
}));

const perceptions = fc.record({ nodes: fc.array(perceivedNode, { maxLength: 8 }) });

/** The same page with a text on each line that occurs nowhere else. */
const numbered = (facts: PageFacts): PageFacts => ({
  ...facts,
  lines: facts.lines.map((line, index) => ({
    ...line,
    text: `mark${index}end`,
    words: [{ text: `mark${index}end`, box: line.box, confidence: 1 }],
  })),
});

const marksIn = (text: string): number[] =>
  [...text.matchAll(/mark(\d+)end/g)].map((match) => Number(match[1])).sort((a, b) => a - b);

describe('planning from random perceptions', () => {
  it('gives a tree that holds every line once, and a page without parse errors', async () => {
    await fc.assert(
      fc.asyncProperty(randomFacts.map(numbered), perceptions, async (facts, perception) => {
        const { tree } = planPerceived(facts, perception);
        expect(uiTreeSchema.safeParse(tree).error).toBeUndefined();
        const texts = [...walk(tree.root)].map((node: UiNode) => node.text ?? '').join('\n');
        expect(marksIn(texts)).toEqual(facts.lines.map((_, index) => index));
        const { files } = await compileTree(tree, 'html', { name: 'page', palette: facts.palette });
        const page = files.find((file) => file.role === 'page')?.content ?? '';
        const errors: string[] = [];
        parse(page, { onParseError: (error) => errors.push(error.code) });
        expect(errors).toEqual([]);
        expect(marksIn(wordsOf(page).replace(/\s+/g, ''))).toEqual(facts.lines.map((_, index) => index));
        expect(files.map((file) => file.content).join('')).not.toMatch(
          /NaN|Infinity|undefined|position:\s*(absolute|fixed)/,
        );
      }),
      { numRuns: 120, seed: 17 },
    );
  });
});
