/** Which flat regions are rectangles, rounded rectangles, pills and circles, and which are letters. */
import { describe, expect, it } from 'vitest';
import { findFlatRegions } from '../../shared/facts/regions/flat-regions.ts';
import { fitRoundedRect, type RoundedRect } from '../../shared/facts/regions/rounded-rect.ts';
import type { Surface } from '../../shared/facts/regions/surfaces.ts';
import type { Raster } from '../../shared/image/picture.ts';
import { drawing, place, svg } from './support/drawing.ts';
import { surfacesOf } from './support/surfaces.ts';

/** Fits the region at a point. */
function fitAt(raster: Raster, x: number, y: number): RoundedRect {
  const regions = findFlatRegions(raster, 2);
  return fitRoundedRect(regions, regions.labels[y * raster.width + x] ?? 0);
}

/** The boxes among the surfaces, without the page itself. */
function boxesOf(raster: Raster): Surface[] {
  return surfacesOf(raster).surfaces.filter(
    ({ kind, left, top }) => kind === 'box' && !(left === 0 && top === 0),
  );
}

const roundedRect = (radius: number): Promise<Raster> =>
  svg(200, 120, `<rect x="20" y="20" width="160" height="80" rx="${radius}" fill="#2563eb"/>`);

/** The antialiased pixels of an arc are no part of the region, so radii come out up to this much too large. */
const slack = 2.5;

describe('radii', () => {
  it.each([4, 8, 12, 16, 24, 32])('%i px is measured at all four corners', async (radius) => {
    const fit = fitAt(await roundedRect(radius), 100, 60);
    for (const measured of fit.radii) expect(Math.abs(measured - radius)).toBeLessThanOrEqual(slack);
    expect(fit.fit).toBeGreaterThan(0.95);
    expect(fit.sides).toBeGreaterThan(0.95);
  });

  it('are 0 at square corners', async () => {
    expect(fitAt(await roundedRect(0), 100, 60).radii).toEqual([0, 0, 0, 0]);
  });

  it('differ from corner to corner, as in a tab', async () => {
    const tab = await svg(
      200,
      120,
      '<path d="M20 100 V32 a12 12 0 0 1 12 -12 H168 a12 12 0 0 1 12 12 V100 z" fill="#2563eb"/>',
    );
    const [topLeft, topRight, bottomRight, bottomLeft] = fitAt(tab, 100, 60).radii;
    expect([bottomRight, bottomLeft]).toEqual([0, 0]);
    expect(Math.abs(topLeft - 12)).toBeLessThanOrEqual(slack);
    expect(Math.abs(topRight - 12)).toBeLessThanOrEqual(slack);
  });

  it('of a pill are half its height', async () => {
    const pill = await svg(200, 80, '<rect x="20" y="20" width="160" height="40" rx="20" fill="#b4452f"/>');
    for (const radius of fitAt(pill, 100, 40).radii) expect(Math.abs(radius - 20)).toBeLessThanOrEqual(slack);
  });

  it('of a circle are half its side', async () => {
    const circle = await svg(100, 100, '<circle cx="50" cy="50" r="30" fill="#16a34a"/>');
    for (const radius of fitAt(circle, 50, 50).radii)
      expect(Math.abs(radius - 30)).toBeLessThanOrEqual(slack);
  });
});

describe('a box', () => {
  it('is a rectangle that text stands in', () => {
    const { raster } = drawing(200, 100)
      .fill(20, 20, 120, 40, [37, 99, 235])
      .fill(40, 35, 8, 10, [255, 255, 255])
      .fill(60, 35, 8, 10, [255, 255, 255]);
    expect(boxesOf(raster).map(place)).toEqual([[20, 20, 120, 40]]);
  });

  it('is a ring around a box of another colour', () => {
    const { raster } = drawing(200, 100)
      .fill(20, 20, 120, 60, [230, 230, 240])
      .fill(30, 30, 100, 40, [255, 255, 255]);
    expect(boxesOf(raster).map(place)).toEqual([
      [20, 20, 120, 60],
      [30, 30, 100, 40],
    ]);
  });

  it('is no bold H', () => {
    const { raster } = drawing(100, 100)
      .fill(20, 20, 12, 50, [0, 0, 0])
      .fill(52, 20, 12, 50, [0, 0, 0])
      .fill(20, 40, 44, 10, [0, 0, 0]);
    expect(boxesOf(raster)).toEqual([]);
  });

  it.each([
    ['D', 'M20 20 h20 a25 25 0 0 1 0 50 h-20 z M32 32 v26 h8 a13 13 0 0 0 0 -26 z'],
    ['O', 'M45 20 a25 25 0 0 1 0 50 a25 25 0 0 1 0 -50 z M45 32 a13 13 0 0 0 0 26 a13 13 0 0 0 0 -26 z'],
  ])('is no bold %s: its counter gives it away', async (_letter, path) => {
    const raster = await svg(100, 100, `<path d="${path}" fill="#000" fill-rule="evenodd"/>`);
    const letter = boxesOf(raster).filter(({ left, right }) => right - left > 30);
    expect(letter).toEqual([]);
  });

  it('is no triangle', async () => {
    const raster = await svg(100, 100, '<path d="M20 80 L50 20 L80 80 z" fill="#000"/>');
    expect(boxesOf(raster)).toEqual([]);
  });

  it('is at least 10 × 7', () => {
    const { raster } = drawing(100, 60).fill(10, 10, 10, 7, [0, 0, 0]).fill(40, 10, 9, 7, [0, 0, 0]);
    expect(boxesOf(raster).map(place)).toEqual([[10, 10, 10, 7]]);
  });
});
