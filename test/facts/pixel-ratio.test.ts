/** Source pixels per CSS pixel, told from pictures of one page at several densities. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RawFacts } from '../../shared/facts/raw-facts.ts';
import { measured } from './support/drawing.ts';
import { openPageShots, type PageShots } from './support/page-shots.ts';

let shots: PageShots;
beforeAll(async () => {
  shots = await openPageShots();
});
afterAll(() => shots.close());

const card = (index: number): string =>
  `<div style="left:${16 + (index % 3) * 140}px;top:${16 + Math.floor(index / 3) * 100}px">Card item</div>`;
const page = `<!doctype html><style>
  body { margin: 0; font: 16px "DejaVu Sans"; color: #1f2937; background: #fff }
  div { position: absolute; width: 96px; height: 60px; padding: 12px; background: #e0e7ff; border-radius: 6px }
  </style>${Array.from({ length: 6 }, (_, index) => card(index)).join('')}`;

const measureAt = async (pixelRatio: number): Promise<RawFacts> =>
  measured((await shots.shotOf(page, { width: 440, height: 220 }, pixelRatio)).raster);

/** Upper left corners of the boxes, CSS pixels. */
const corners = (facts: RawFacts): number[][] =>
  facts.boxes
    .map(({ left, top }) => [left / facts.scale, top / facts.scale])
    .toSorted(([x = 0, y = 0], [u = 0, v = 0]) => y - v || x - u);

const expected = [16, 116].flatMap((y) => [16, 156, 296].map((x) => [x, y]));

describe('a page of cards', () => {
  it.each([1, 2])('is measured at a ratio of %i, its boxes in CSS pixels', async (pixelRatio) => {
    const facts = await measureAt(pixelRatio);
    expect(facts.scale).toBe(pixelRatio);
    expect(corners(facts)).toEqual(expected);
  });

  it('is never taken for one of ratio 1 at a ratio of 3', async () => {
    expect((await measureAt(3)).scale).toBeGreaterThan(1);
  });
});

describe.each(['login', 'dashboard'])('%s', (name) => {
  it.each([
    ['png', 1],
    ['dpr2', 2],
  ] as const)('as %s has a ratio of %i', async (form, pixelRatio) => {
    expect(measured((await shots.shot(name, form)).raster).scale).toBe(pixelRatio);
  });
});

it('a heading alone does not make a picture dense', async () => {
  const { raster } = await shots.shotOf(
    '<!doctype html><style>body{margin:40px;font:bold 48px "DejaVu Sans"}</style>Large words',
    { width: 640, height: 200 },
  );
  expect(measured(raster).scale).toBe(1);
});
