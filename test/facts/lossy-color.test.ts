/** In a compressed picture pale text keeps its colour, also beside text of a stronger one. */
import { beforeAll, describe, expect, it } from 'vitest';
import type { PageFacts } from '../../shared/facts/index.ts';
import { colorDifference } from './support/compare.ts';
import { at, compressedFactsOf, lineOf } from './support/text-page.ts';

const names = ['general', 'paper orders', 'press room', 'lunch'];
const pale = [216, 203, 226] as const;

let facts: PageFacts;
beforeAll(async () => {
  const items = names.map((name, index) => at(16, 56 + 32 * index, name, `color:rgb(${pale.join()})`));
  const title = at(16, 14, 'Marlow Print', 'color:#fff;font-size:18px');
  const panel = at(0, 0, title + items.join(''), 'background:#2d1b38;width:220px;height:220px');
  facts = await compressedFactsOf([panel], 480, 220);
});

describe('pale text below a white title', () => {
  it.each(names)('%s is not white', (name) => {
    const { color } = lineOf(facts, name);
    expect(colorDifference(color, pale)).toBeLessThan(colorDifference(color, [255, 255, 255]));
  });

  it('leaves the title white', () => {
    expect(colorDifference(lineOf(facts, 'Marlow Print').color, [255, 255, 255])).toBeLessThan(5);
  });
});
