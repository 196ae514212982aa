/** In a compressed picture pale text keeps its colour, also beside text of a stronger one. */
import sharp from 'sharp';
import { beforeAll, describe, expect, it } from 'vitest';
import type { PageFacts } from '../../shared/facts/index.ts';
import { colorDifference } from './support/compare.ts';
import { openPageShots } from './support/page-shots.ts';
import { at, head, lineOf, measure } from './support/text-page.ts';

const names = ['general', 'paper orders', 'press room', 'lunch'];
const pale = [216, 203, 226] as const;

let facts: PageFacts;
beforeAll(async () => {
  const items = names.map((name, index) => at(16, 56 + 32 * index, name, `color:rgb(${pale.join()})`));
  const title = at(16, 14, 'Marlow Print', 'color:#fff;font-size:18px');
  const panel = at(0, 0, title + items.join(''), 'background:#2d1b38;width:220px;height:220px');
  const shots = await openPageShots();
  try {
    const shot = await shots.shotOf(head + panel, { width: 480, height: 220 });
    const { data, width, height } = shot.raster;
    const jpeg = await sharp(data, { raw: { width, height, channels: 3 } })
      .jpeg({ quality: 80 })
      .toBuffer();
    facts = await measure({ ...shot, raster: { width, height, data: await sharp(jpeg).raw().toBuffer() } });
  } finally {
    await shots.close();
  }
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
