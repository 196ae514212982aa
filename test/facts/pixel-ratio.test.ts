/** Source pixels per CSS pixel, told from pictures of one page at several densities. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RawFacts } from '../../shared/facts/raw-facts.ts';
import { measured } from './support/drawing.ts';
import { type Form, openPageShots, type PageShots } from './support/page-shots.ts';

let shots: PageShots;
beforeAll(async () => {
  shots = await openPageShots();
});
afterAll(() => shots.close());

const measure = async (page: string, form: Form): Promise<RawFacts> =>
  measured((await shots.shot(page, form)).raster);

describe.each(['login', 'chat', 'dashboard'])('%s', (page) => {
  it('is 1 at a ratio of 1', async () => {
    expect((await measure(page, 'png')).scale).toBe(1);
  });

  it('is 2 at a ratio of 2, and has the same boxes', async () => {
    const [one, two] = [await measure(page, 'png'), await measure(page, 'dpr2')];
    expect(two.scale).toBe(2);
    const places = (facts: RawFacts) =>
      facts.boxes
        .filter(({ left, right, top, bottom }) => Math.min(right - left, bottom - top) > 30 * facts.scale)
        .map(({ left, top }) => [Math.round(left / facts.scale), Math.round(top / facts.scale)] as const);
    const found = places(two);
    const again = places(one).filter(([x, y]) =>
      found.some(([u, v]) => Math.abs(u - x) <= 1 && Math.abs(v - y) <= 1),
    );
    expect(again.length).toBeGreaterThanOrEqual(0.8 * places(one).length);
  });

  it('is never taken for 1 at a ratio of 3', async () => {
    expect((await measure(page, 'dpr3')).scale).toBeGreaterThan(1);
  });
});

it('a heading alone does not make a picture dense', async () => {
  const { raster } = await shots.shotOf(
    '<!doctype html><style>body{margin:40px;font:bold 48px "DejaVu Sans"}</style>Large words',
    { width: 640, height: 200 },
  );
  expect(measured(raster).scale).toBe(1);
});
