/** Regions of a page: all that was measured stands in exactly one, and no line is cut through. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { marksOf } from '../../shared/tasks/perceive/marks.ts';
import { regionsOf } from '../../shared/tasks/perceive/regions.ts';
import { randomFacts } from '../compose/random-facts.ts';
import { box, line, page } from '../layout/facts.ts';

describe('marks', () => {
  it('every line, picture and empty box once', () => {
    fc.assert(
      fc.property(randomFacts, (facts) => {
        const keys = marksOf(facts).flatMap(({ references }) =>
          references.map(({ list, index }) => `${list} ${index}`),
        );
        expect(new Set(keys).size).toBe(keys.length);
        for (const list of ['lines', 'pictures'] as const)
          expect(keys.filter((key) => key.startsWith(list)).length).toBe(facts[list].length);
      }),
      { numRuns: 60 },
    );
  });

  it('a paragraph that was read well is one; a doubtful line of it is its own', () => {
    const sure = [line('one two three four five six', 20, 40), line('seven eight nine', 20, 62)];
    const facts = page({ lines: sure });
    expect(marksOf(facts).map(({ references }) => references.length)).toEqual([2]);
    const doubtful = page({
      lines: sure.map((each, index) => ({ ...each, confidence: index === 0 ? 1 : 0.5 })),
    });
    expect(marksOf(doubtful).map(({ sure }) => sure)).toEqual([true, false]);
  });

  it('a box with words in it is no mark, an empty one is', () => {
    const lines = [line('Save', 40, 60)];
    const boxes = [box(20, 40, 100, 32), box(200, 40, 200, 32)];
    const marks = marksOf(page({ lines, boxes }));
    expect(marks.flatMap(({ references }) => references)).toEqual([
      { list: 'lines', index: 0 },
      { list: 'boxes', index: 1 },
    ]);
  });
});

describe('regions', () => {
  it('cover the page, one below the other, with every mark in one', () => {
    fc.assert(
      fc.property(randomFacts, fc.integer({ min: 1, max: 8 }), (facts, times) => {
        const long = { ...facts, height: facts.height * times };
        const regions = regionsOf(long);
        const marks = regions.flatMap((region) => region.marks);
        expect(marks.length).toBe(marksOf(long).length);
        expect(regions[0]?.box.y).toBe(0);
        for (const [index, { box: one }] of regions.entries()) {
          const below = regions[index + 1]?.box.y ?? long.height;
          expect(one.y + one.height).toBeCloseTo(below);
          expect(one).toMatchObject({ x: 0, width: long.width });
        }
      }),
      { numRuns: 60 },
    );
  });

  it('an ordinary page is one, a long one is cut in its gaps', () => {
    const rows = (count: number) =>
      Array.from({ length: count }, (_, index) => line(`Row ${index}`, 40, 60 + 40 * index));
    expect(regionsOf(page({ lines: rows(18), width: 1280, height: 800 }))).toHaveLength(1);
    const long = regionsOf(page({ lines: rows(98), width: 1280, height: 4000 }));
    expect(long.length).toBeGreaterThan(3);
    for (const { box: one, marks } of long) {
      expect(one.width * one.height).toBeLessThan(2_000_000);
      for (const mark of marks) {
        expect(mark.box.y).toBeGreaterThanOrEqual(one.y);
        expect(mark.box.y + mark.box.height).toBeLessThanOrEqual(one.y + one.height);
      }
    }
  });
});
