/** Any perception against any facts: nothing measured is lost, nothing is named twice, nothing throws. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type MergePlan, planMerge } from '../../../shared/compose/perceived/match.ts';
import { applyMerge } from '../../../shared/compose/perceived/match-apply.ts';
import type { GivenFacts } from '../../../shared/facts/given/given.ts';
import type { PageFacts } from '../../../shared/facts/page-facts.ts';
import {
  type PerceivedNode,
  type Perception,
  perceptionSchema,
} from '../../../shared/tasks/perceive/perception.ts';
import { uiKinds } from '../../../shared/ui-tree.ts';
import { randomFacts } from '../random-facts.ts';

const lists = ['lines', 'boxes', 'pictures', 'separators'] as const;

/** Leaves beside or upon what was measured, with its words, others, or none. */
function randomPerception(facts: PageFacts): fc.Arbitrary<Perception> {
  const number = (max: number) => fc.double({ min: -10, max, noNaN: true });
  const anywhere = fc.record({
    x: number(facts.width),
    y: number(facts.height),
    width: fc.double({ min: 0, max: 400, noNaN: true }),
    height: fc.double({ min: 0, max: 200, noNaN: true }),
  });
  const known = lists.flatMap((list) => facts[list].map(({ box }) => box));
  const texts = facts.lines.map(({ text }) => text);
  const place = known.length > 0 ? fc.oneof(anywhere, fc.constantFrom(...known)) : anywhere;
  const words = texts.length > 0 ? fc.oneof(fc.lorem(), fc.constantFrom(...texts)) : fc.lorem();
  const reference = fc.record({ list: fc.constantFrom(...lists), index: fc.nat(45) });
  const leaf: fc.Arbitrary<PerceivedNode> = fc.record(
    {
      kind: fc.constantFrom(...uiKinds),
      box: place,
      text: words,
      measured: fc.array(reference, { maxLength: 3 }),
    },
    { requiredKeys: ['kind'] },
  );
  const group: fc.Arbitrary<PerceivedNode> = fc.record({
    kind: fc.constantFrom(...uiKinds),
    measured: fc.array(reference, { maxLength: 1 }),
    children: fc.array(leaf, { maxLength: 5 }),
  });
  return fc.record({ nodes: fc.array(fc.oneof(leaf, group), { maxLength: 25 }) });
}

/** Whatever a picture may say to what it was asked. */
function randomAnswer({ facts, given }: MergePlan): fc.Arbitrary<GivenFacts> {
  const claimed = new Set(given.texts.flatMap(({ lines }) => lines));
  return fc
    .record({
      texts: fc.tuple(
        ...given.texts.map(() =>
          facts.lines.length > 0
            ? fc.array(fc.constantFrom(...facts.lines), { maxLength: 3 })
            : fc.constant([]),
        ),
      ),
      isThere: fc.tuple(...given.things.map(() => fc.boolean())),
    })
    .map(({ texts, isThere }) => ({
      texts,
      pictures: given.texts.map(({ pictures }, index) => (texts[index]?.length ? pictures : [])),
      things: given.things.map(({ box }, index) =>
        isThere[index]
          ? {
              list: 'pictures' as const,
              item: { box, kind: 'icon' as const, radius: 0, background: [0, 0, 0] },
            }
          : undefined,
      ),
      lines: facts.lines.map((line, index) => (claimed.has(index) ? undefined : line)),
      rest: [],
      decorations: [],
    }));
}

const cases = randomFacts
  .chain((facts) => fc.record({ facts: fc.constant(facts), perception: randomPerception(facts) }))
  .map(({ facts, perception }) => planMerge(facts, perception))
  .chain((plan) => fc.record({ plan: fc.constant(plan), answer: randomAnswer(plan) }));

function* nodesOf(nodes: readonly PerceivedNode[]): Generator<PerceivedNode> {
  for (const node of nodes) {
    yield node;
    yield* nodesOf(node.children ?? []);
  }
}

describe('any perception merged with any facts', () => {
  it('names only what there is, each thing once, and every leaf names something', () => {
    fc.assert(
      fc.property(cases, ({ plan, answer }) => {
        const { facts, perception } = applyMerge(plan, answer);
        expect(perceptionSchema.safeParse(perception).error).toBeUndefined();
        const named: string[] = [];
        for (const node of nodesOf(perception.nodes)) {
          if ((node.children ?? []).length === 0) expect(node.measured?.length ?? 0).toBeGreaterThan(0);
          for (const { list, index } of node.measured ?? []) {
            expect(facts[list][index]).toBeDefined();
            named.push(`${list} ${index}`);
          }
        }
        expect(new Set(named).size).toBe(named.length);
      }),
      { numRuns: 80, seed: 17 },
    );
  });

  it('loses nothing that was measured but the parts of a picture', () => {
    fc.assert(
      fc.property(cases, ({ plan, answer }) => {
        const { facts } = applyMerge(plan, answer);
        const depicted = new Set(plan.leaves.flatMap((leaf) => leaf.pictured ?? []));
        const parts = new Set(
          plan.leaves.flatMap(({ thing, pieces = [] }) =>
            thing !== undefined && answer.things[thing]
              ? pieces.map(({ list, index }) => `${list} ${index}`)
              : [],
          ),
        );
        const isWhole = (list: (typeof lists)[number]) => (_: unknown, index: number) =>
          !parts.has(`${list} ${index}`);
        const kept = answer.lines.filter(
          (line, index) => line !== undefined && !depicted.has(index) && isWhole('lines')(line, index),
        );
        const letters = new Set(answer.pictures.flat());
        expect(facts.boxes).toEqual(plan.facts.boxes.filter(isWhole('boxes')));
        expect(facts.separators).toEqual(plan.facts.separators.filter(isWhole('separators')));
        expect(facts.lines.slice(0, kept.length)).toEqual(kept);
        expect(facts.lines).toHaveLength(kept.length + answer.texts.flat().length);
        const pictures = plan.facts.pictures.filter(
          (one, index) => !letters.has(index) && isWhole('pictures')(one, index),
        );
        expect(facts.pictures.slice(0, pictures.length)).toEqual(pictures);
      }),
      { numRuns: 80, seed: 19 },
    );
  });

  it('asks of a line only where its words differ or it holds several texts', () => {
    fc.assert(
      fc.property(cases, ({ plan }) => {
        for (const { lines, pictures } of plan.given.texts) {
          for (const index of lines) expect(plan.facts.lines[index]).toBeDefined();
          for (const index of pictures) expect(plan.facts.pictures[index]).toBeDefined();
        }
        const settled = plan.leaves.flatMap(({ references }) =>
          references.map(({ list, index }) => `${list} ${index}`),
        );
        const asked = new Set(
          plan.given.texts.flatMap(({ lines }) => lines.map((index) => `lines ${index}`)),
        );
        expect(settled.filter((one) => asked.has(one))).toEqual([]);
      }),
      { numRuns: 80, seed: 23 },
    );
  });
});
