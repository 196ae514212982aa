/** What looks like a box or an icon, and is none: bold letters with soft edges, sheets with a folded corner. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { gatherIcons } from '../../shared/facts/pictures/icons.ts';
import { findRawFacts } from '../../shared/facts/raw-facts.ts';
import { findFlatRegions } from '../../shared/facts/regions/flat-regions.ts';
import { openPageShots, type PageShots } from './support/page-shots.ts';

let shots: PageShots;
beforeAll(async () => {
  shots = await openPageShots();
});
afterAll(() => shots.close());

describe('a bold headline', () => {
  it('is text to its last letter, however soft the edges that count as flat', async () => {
    const page =
      '<!doctype html><body style="margin:40px;background:#fff;color:#1d2433;font:700 48px/54px DejaVu Sans">Four nights,<br>hundred lanterns<br>dark harbour';
    const { raster } = await shots.shotOf(page, { width: 640, height: 260 });
    const options = { scale: 1, step: 2, contrast: 24, lossy: false, original: raster };
    const { boxes, lines } = findRawFacts(raster, findFlatRegions(raster, 2), options);
    expect(boxes).toEqual([]);
    expect(lines.map(({ surface }) => surface).every((surface) => surface === lines[0]?.surface)).toBe(true);
    expect(lines).toHaveLength(3);
  });
});

describe('a sheet with a folded corner', () => {
  it('is an icon whose other corners are not round', () => {
    const sheet = {
      ...{ left: 40, top: 40, right: 53, bottom: 59 },
      ...{ outside: 0xffffff, border: {}, surface: 1, region: 1, radius: 7, fill: 0xc2410c },
      radii: [0, 7, 0, 0] as const,
    };
    const strokes = { left: 43, top: 48, right: 51, bottom: 55, background: 0xc2410c, surface: 1 };
    const { icons } = gatherIcons([strokes], [{ ...sheet, radii: [...sheet.radii] }], [], 1);
    expect(icons).toMatchObject([{ left: 40, top: 40, right: 53, bottom: 59, radius: 0 }]);
  });
});
