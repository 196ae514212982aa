/** Block, Text, Position and Color of blocks made by hand, by figures worked out by hand. */
import { describe, expect, it } from 'vitest';
import { matchBlocks } from '../../shared/score/block-matching.ts';
import { colorDistance, scoreBlocks } from '../../shared/score/block-score.ts';
import type { TextBlock } from '../../shared/score/render.ts';

const size = { width: 1000, height: 500 };
const block = (text: string, x: number, y: number, width = 100, height = 20): TextBlock => ({
  text,
  box: { x, y, width, height },
  color: [0, 0, 0],
});
const page = [block('Harbour', 0, 0), block('Boats for the afternoon', 0, 100), block('Reserve', 0, 200)];

describe('scoreBlocks', () => {
  it('is 1 for the same blocks, also where texts repeat', () => {
    const rows = Array.from({ length: 12 }, (_, row) => [
      block('Canoe', 0, row * 30),
      block('12', 200, row * 30),
      block('Add', 400, row * 30),
    ]).flat();
    for (const blocks of [page, rows]) {
      expect(scoreBlocks(blocks, blocks, size)).toEqual({
        block: 1,
        text: 1,
        position: 1,
        color: 1,
        d2c4: 1,
      });
    }
  });

  it('lowers Position by the larger share of the move, over all pairs', () => {
    const moved = page.map((each, index) => (index === 1 ? block(each.text, 60, 150) : each));
    const score = scoreBlocks(page, moved, size);
    expect(score.position).toBeCloseTo(1 - 50 / 500 / 3, 12);
    expect(score).toMatchObject({ block: 1, text: 1, color: 1 });
  });

  it('lowers Color by ΔE2000 / 100 over all pairs', () => {
    const recolored = page.map(
      (each, index): TextBlock => (index === 0 ? { ...each, color: [255, 255, 255] } : each),
    );
    // Black and white are 100 apart.
    expect(scoreBlocks(page, recolored, size).color).toBeCloseTo(1 - 1 / 3, 6);
  });

  it('knows the published distance of two colours', () => {
    // sRGB of the first pair of Sharma, Wu and Dalal's test data lies outside the gamut; red and green are well known.
    expect(colorDistance([255, 0, 0], [0, 255, 0])).toBeCloseTo(86.61, 1);
    expect(colorDistance([18, 52, 86], [18, 52, 86])).toBe(0);
  });

  it('lowers Block by the share of what has no partner on either page', () => {
    const score = scoreBlocks(page, [...page.slice(0, 2), block('Xyz', 0, 200)], size);
    expect(score.block).toBeCloseTo(4 / 6, 12);
    expect(score).toMatchObject({ text: 1, position: 1, color: 1 });
  });

  it('drops pairs that are less than half alike', () => {
    expect(scoreBlocks([block('menu', 0, 0)], [block('zone', 0, 0)], size)).toMatchObject({ d2c4: 0 });
  });

  it('takes two pages without text for alike, and one with text against none for nothing', () => {
    expect(scoreBlocks([], [], size).d2c4).toBe(1);
    expect(scoreBlocks(page, [], size).d2c4).toBe(0);
    expect(scoreBlocks([], page, size).d2c4).toBe(0);
  });

  it('does not care for upper and lower case', () => {
    expect(scoreBlocks([block('RESERVE', 0, 0)], [block('Reserve', 0, 0)], size).text).toBe(1);
  });
});

describe('matchBlocks', () => {
  const whole = block('Every boat comes with life jackets and a chart of the lake', 0, 0, 300, 60);
  const parts = [
    block('Every boat comes with', 0, 0, 300, 20),
    block('life jackets and', 0, 20, 300, 20),
    block('a chart of the lake', 0, 40, 300, 20),
  ];

  it.each([
    ['candidate', [whole], parts],
    ['reference', parts, [whole]],
  ] as const)(
    'joins lines of the %s that are one paragraph on the other page',
    (_, references, candidates) => {
      const { pairs } = matchBlocks(references, candidates, size);
      expect(pairs).toHaveLength(1);
      expect(pairs[0]?.similarity).toBe(1);
      expect(pairs[0]?.candidate.box).toEqual(whole.box);
    },
  );

  it('leaves blocks apart that have partners', () => {
    expect(matchBlocks(page, page, size).candidates).toHaveLength(3);
  });

  it('gives equal texts to the nearest', () => {
    const left = [block('Add', 0, 0), block('Add', 0, 100), block('Add', 0, 200)];
    const { pairs } = matchBlocks(
      left,
      [left[2], left[0], left[1]].filter((each) => each !== undefined),
      size,
    );
    for (const pair of pairs) expect(pair.candidate.box).toEqual(pair.reference.box);
  });
});
