/** How clean a picture is, and what smoothing does to a lossy one. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cleaned, noiseOf } from '../../shared/facts/noise.ts';
import { findFlatRegions } from '../../shared/facts/regions/flat-regions.ts';
import type { Raster } from '../../shared/image/picture.ts';
import { degraded, drawing } from './support/drawing.ts';
import { openPageShots, type PageShots } from './support/page-shots.ts';

let shots: PageShots;
const pages = new Map<string, Raster>();
beforeAll(async () => {
  shots = await openPageShots();
  for (const page of ['login', 'dark', 'shop', 'mobile-home'])
    pages.set(page, (await shots.shot(page, 'png')).raster);
});
afterAll(() => shots.close());

const page = (name: string): Raster => {
  const raster = pages.get(name);
  if (!raster) throw new RangeError(`No page ${name}.`);
  return raster;
};

describe.each(['login', 'dark', 'shop', 'mobile-home'])('%s', (name) => {
  it('is clean as a PNG', () => {
    expect(noiseOf(page(name)).lossy).toBe(false);
  });

  it('is lossy as a JPEG of quality 80', async () => {
    expect(noiseOf(await degraded(page(name), { jpeg: 80 })).lossy).toBe(true);
  });

  it.each([0.5, 0.8, 0.9])('is lossy scaled by %d', async (scale) => {
    expect(noiseOf(await degraded(page(name), { scale })).lossy).toBe(true);
  });
});

// Not shop: what is left of it beside its photos has too few edges to tell.
it.each(['login', 'dark', 'mobile-home'])('%s is lossy scaled by 1.25', async (name) => {
  expect(noiseOf(await degraded(page(name), { scale: 1.25 })).lossy).toBe(true);
});

it('is lossy as a straightened photo, however smooth', () => {
  expect(noiseOf({ ...page('login'), resampled: true }).lossy).toBe(true);
});

describe('a lossy picture', () => {
  it('needs larger steps and more contrast than a clean one', async () => {
    const clean = noiseOf(page('login'));
    const lossy = noiseOf(await degraded(page('login'), { jpeg: 80 }));
    expect(lossy.step).toBeGreaterThan(clean.step);
    expect(lossy.contrast).toBeGreaterThan(clean.contrast);
  });

  it('falls into fewer regions once it is smoothed', async () => {
    const raster = await degraded(page('login'), { jpeg: 80 });
    const noise = noiseOf(raster);
    const before = findFlatRegions(raster, noise.step).count;
    expect(findFlatRegions(cleaned(raster, noise), noise.step).count).toBeLessThan(0.8 * before);
  });
});

describe('smoothing', () => {
  const lossy = { share: 1, lossy: true, step: 3, contrast: 44 };

  it('leaves a clean picture as it is', () => {
    const raster = page('login');
    expect(cleaned(raster, noiseOf(raster))).toBe(raster);
  });

  it('keeps an edge where it was', () => {
    const { raster } = drawing(40, 20).fill(0, 0, 20, 20, [200, 200, 200]);
    expect(cleaned(raster, lossy).data).toEqual(raster.data);
  });

  it('takes ripples of a few levels out', () => {
    const { raster } = drawing(40, 40).paint((x, y) =>
      (x + y) % 2 === 0 ? [252, 252, 252] : [248, 248, 248],
    );
    const smooth = cleaned(raster, lossy);
    const middle = smooth.data.slice((20 * 40 + 10) * 3, (20 * 40 + 30) * 3);
    expect(Math.max(...middle) - Math.min(...middle)).toBeLessThanOrEqual(1);
  });
});
