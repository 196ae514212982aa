/** A photo of a page once it is straightened: soft edges and pale areas, and nothing that is exact. */
import sharp from 'sharp';
import { beforeAll, describe, expect, it } from 'vitest';
import type { PageFacts } from '../../shared/facts/index.ts';
import { isRamp } from '../../shared/facts/regions/ramps.ts';
import type { Raster } from '../../shared/image/picture.ts';
import { colorDifference, iou } from './support/compare.ts';
import { drawing } from './support/drawing.ts';
import { openPageShots } from './support/page-shots.ts';
import { at, head, lineOf, measure } from './support/text-page.ts';

const [width, height] = [480, 620];
const places = {
  header: { x: 0, y: 0, width, height: 220 },
  first: { x: 24, y: 180, width: 432, height: 110 },
  second: { x: 24, y: 320, width: 432, height: 90 },
};
const pale = [216, 203, 226] as const;

const card = ({ x, y, width: w, height: h }: typeof places.first, inner: string): string =>
  at(x, y, inner, `width:${w}px;height:${h}px;background:#fff;border-radius:18px`);

const gradient =
  'width:480px;height:220px;background:linear-gradient(135deg,#16244d,#27478f);border-radius:0 0 24px 24px';

const page = [
  at(0, 0, '', 'width:480px;height:620px;background:#f1f4fc'),
  at(
    0,
    0,
    at(24, 40, 'Everyday account', `color:rgb(${pale})`) +
      at(24, 76, '3,482 left', 'color:#fff;font:700 34px DejaVu Sans'),
    gradient,
  ),
  card(places.first, at(20, 44, 'Green Grocer')),
  card(places.second, at(20, 34, 'Salary, Studio Nord')),
];

/** Twice as large, blurred, with a little noise, and back. */
async function photographed({ data, width: w, height: h }: Raster): Promise<Raster> {
  const large = await sharp(data, { raw: { width: w, height: h, channels: 3 } })
    .resize(2 * w, 2 * h, { kernel: 'cubic' })
    .blur(1.6)
    .raw()
    .toBuffer();
  let seed = 7;
  for (let index = 0; index < large.length; index++) {
    seed = (Math.imul(seed, 1103515245) + 12345) >>> 0;
    large[index] = Math.max(0, Math.min(255, (large[index] ?? 0) + ((seed >>> 16) % 3) - 1));
  }
  const small = await sharp(large, { raw: { width: 2 * w, height: 2 * h, channels: 3 } })
    .resize(w, h)
    .raw()
    .toBuffer();
  return { width: w, height: h, data: new Uint8Array(small), resampled: true };
}

let facts: PageFacts;
beforeAll(async () => {
  const shots = await openPageShots();
  try {
    const shot = await shots.shotOf(head + page.join(''), { width, height });
    facts = await measure({ ...shot, raster: await photographed(shot.raster) });
  } finally {
    await shots.close();
  }
});

describe('a photographed page', () => {
  it('has the colour of its ground, which is nearly that of its cards', () => {
    expect(colorDifference(facts.background, [241, 244, 252])).toBeLessThan(3);
  });

  it.each(Object.entries(places))('shows its %s', (_, place) => {
    expect(Math.max(...facts.boxes.map(({ box }) => iou(box, place)))).toBeGreaterThan(0.93);
  });

  it('makes neither rules nor pictures of soft edges', () => {
    expect(facts.separators).toEqual([]);
    expect(facts.pictures).toEqual([]);
  });

  it('keeps pale text on a dark ground from being white', () => {
    const { color } = lineOf(facts, 'Everyday account');
    expect(colorDifference(color, pale)).toBeLessThan(colorDifference(color, [255, 255, 255]));
  });
});

describe('a row of an edge', () => {
  const rowsOf = (...colors: readonly number[]): Raster =>
    drawing(60, colors.length).paint((_, y) => {
      const grey = colors[y] ?? 0;
      return [grey, grey, grey];
    }).raster;
  const row = (y: number, grey: number) => ({
    ...({ orientation: 'horizontal', left: 5, right: 54, top: y, bottom: y, region: 0 } as const),
    color: (grey << 16) | (grey << 8) | grey,
  });
  const soft = rowsOf(255, 255, 255, 255, 240, 160, 80, 60, 60, 60, 60, 60);

  it.each([
    [4, 240],
    [5, 160],
    [6, 80],
  ])('is a ramp: row %i', (y, grey) => {
    expect(isRamp(soft, row(y, grey), 1)).toBe(true);
  });

  it('is one where sharpening overshoots', () => {
    const sharpened = rowsOf(230, 230, 230, 230, 230, 250, 60, 60, 60, 60, 60);
    expect(isRamp(sharpened, row(5, 250), 1)).toBe(true);
  });

  it('is none where it is darker than both sides, or both are alike', () => {
    const bordered = rowsOf(255, 255, 255, 255, 200, 235, 235, 235, 235, 235);
    expect(isRamp(bordered, row(4, 200), 1)).toBe(false);
    const ruled = rowsOf(255, 255, 255, 255, 200, 255, 255, 255, 255, 255);
    expect(isRamp(ruled, row(4, 200), 1)).toBe(false);
  });
});
