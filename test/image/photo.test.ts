/** Photos of sheets and whiteboards: corners, shape, light, and what must be left alone. */
import { readdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { fileURLToPath, pathToFileURL } from 'node:url';
import fc from 'fast-check';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { createContext } from '../../shared/context.ts';
import {
  findPage,
  looksLikePhotoOfPage,
  type Raster,
  readPicture,
  straightenPhoto,
} from '../../shared/image/index.ts';
import { homographyBetween, project } from '../../shared/image/photo/homography.ts';
import { launchBrowser } from '../oracle/oracle-facts.ts';
import { photograph, type Scene, sheet } from './photos.ts';
import { bytesOf, context, failure } from './pictures.ts';

const wood: Scene = {
  width: 1000,
  height: 750,
  tilt: [20, 10, 5],
  fill: 0.8,
  table: [90, 60, 40],
  falloff: 0.5,
  noise: 4,
  seed: 1,
};
const scenes: Readonly<Record<string, Scene>> = {
  'on wood': wood,
  'from far aside': { ...wood, tilt: [35, -20, 12], fill: 0.75, seed: 2 },
  'in bad light': { ...wood, falloff: 0.25, noise: 7, seed: 3 },
  'on a light table': { ...wood, table: [150, 130, 110], falloff: 0.6, seed: 4 },
  'turned by 40 degrees': { ...wood, tilt: [10, 5, 40], fill: 0.7, seed: 5 },
  'far away': { ...wood, fill: 0.5, seed: 6 },
  'with a frame on a wall': { ...wood, table: [205, 200, 195], frame: 105, falloff: 0.7, seed: 7 },
  'held by a thumb': { ...wood, thumb: true, seed: 8 },
};

describe('a photo of a page', () => {
  it.each(Object.keys(scenes))('%s has its corners within a hundredth of the diagonal', async (name) => {
    const { raster, corners } = await photograph(await sheet(1000, 1400), scenes[name] ?? wood);
    const found = await findPage(raster, context());
    const diagonal = Math.hypot(corners[0].x - corners[2].x, corners[0].y - corners[2].y);
    for (const [index, corner] of corners.entries()) {
      const at = found?.corners[index];
      expect(Math.hypot((at?.x ?? -9999) - corner.x, (at?.y ?? -9999) - corner.y)).toBeLessThan(
        0.01 * diagonal,
      );
    }
    expect(await looksLikePhotoOfPage(raster, context())).toBe(true);
  });

  it.each([
    ['a sheet', 1000, 1400],
    ['a whiteboard', 1600, 1000],
  ])('%s gets its true shape, white paper, and dark ink', async (_, width, height) => {
    const page = await sheet(width, height);
    const { raster, corners } = await photograph(page, {
      ...wood,
      fill: width > height ? 0.6 : 0.8,
      falloff: 0.3,
    });
    const result = await straightenPhoto(raster, context());
    expect(result.warnings).toEqual([]);
    expect(result.corners?.[0].x).toBeCloseTo(corners[0].x, -1);
    expect(Math.abs((result.raster.width / result.raster.height / width) * height - 1)).toBeLessThan(0.03);
    const [before, after] = [raster, result.raster].map((r, i) => tones(r, i === 0 ? corners : undefined));
    // In the dark corner paper and ink were some 70 grey levels apart.
    expect(after?.contrast).toBeGreaterThan(170);
    expect(after?.contrast).toBeGreaterThan(1.8 * (before?.contrast ?? 255));
    expect(before?.unevenness).toBeGreaterThan(40);
    expect(after?.unevenness).toBeLessThan(8);
  });

  it('shows what the page showed: the straightened photo is near the original', async () => {
    const page = await sheet(1000, 1400);
    const { raster } = await photograph(page, { ...wood, width: 1600, height: 1200, fill: 0.85 });
    const result = await straightenPhoto(raster, context());
    const sized = await Promise.all([page, result.raster].map((r) => grey(r, 250, 350)));
    expect(correlation(sized[0] ?? [], sized[1] ?? [])).toBeGreaterThan(0.9);
  });

  it('without corners is kept whole, evened out, with a warning', async () => {
    const { raster } = await photograph(await sheet(1000, 1400), { ...wood, tilt: [0, 0, 3], fill: 1.6 });
    const result = await straightenPhoto(raster, context());
    expect(result.corners).toBeUndefined();
    expect(result.raster).toMatchObject({ width: raster.width, height: raster.height });
    expect(result.warnings).toEqual([
      'No page with four visible corners was found in the photo, so it was not straightened.',
    ]);
  });

  it('is let go when cancelled', async () => {
    const { raster } = await photograph(await sheet(1000, 1400), { ...wood, width: 400, height: 300 });
    const controller = new AbortController();
    const work = straightenPhoto(raster, createContext(controller.signal));
    controller.abort();
    expect((await failure(work)).code).toBe('cancelled');
  });
});

describe('what is no photo of a page', () => {
  const pages = fileURLToPath(new URL('../fixtures/pages/', import.meta.url));

  // Cards on tinted and dark pages are the ones in which a page with four clear sides is found.
  it('screenshots are left alone, also as JPEG and scaled', async () => {
    const browser = await launchBrowser();
    try {
      const tab = await browser.newPage({ viewport: { width: 1280, height: 800 } });
      for (const name of [
        'login',
        'kanban',
        'pricing',
        'profile',
        'settings',
        'dark',
        'landing',
        'mobile-bank',
      ]) {
        await tab.goto(pathToFileURL(`${pages}${name}.html`).href);
        const png = await tab.screenshot();
        const scaled = await sharp(png).resize(1024).jpeg({ quality: 70 }).toBuffer();
        for (const bytes of [png, scaled]) {
          const { raster } = await readPicture(bytesOf(bytes), context());
          expect(await looksLikePhotoOfPage(raster, context()), name).toBe(false);
        }
      }
    } finally {
      await browser.close();
    }
  });

  it('photos of other things are left alone', async () => {
    const names = readdirSync(`${pages}img`).filter((name) => name.endsWith('.jpg'));
    expect(names.length).toBeGreaterThan(10);
    for (const name of names) {
      const { raster } = await readPicture(bytesOf(await readFile(`${pages}img/${name}`)), context());
      expect(await looksLikePhotoOfPage(raster, context()), name).toBe(false);
    }
  });

  it('a noisy card that stands level is left alone', async () => {
    const { raster } = await photograph(await sheet(1000, 1400), { ...wood, tilt: [0, 0, 0] });
    expect(await findPage(raster, context())).toBeDefined();
    expect(await looksLikePhotoOfPage(raster, context())).toBe(false);
  });

  it.each([
    [1, 1],
    [3, 2000],
    [2000, 1],
  ])('%d × %d pixels do no harm', async (width, height) => {
    const raster = { width, height, data: new Uint8Array(width * height * 3).fill(200) };
    expect(await findPage(raster, context())).toBeUndefined();
    expect((await straightenPhoto(raster, context())).raster).toMatchObject({ width, height });
  });
});

describe('the homography', () => {
  const near = (x: number, y: number) =>
    fc.record({
      x: fc.double({ min: x - 30, max: x + 30, noNaN: true }),
      y: fc.double({ min: y - 30, max: y + 30, noNaN: true }),
    });
  const anyQuad = fc.tuple(near(0, 0), near(200, 0), near(200, 100), near(0, 100));

  it('maps corners to corners, and its reverse leads back', () => {
    fc.assert(
      fc.property(anyQuad, anyQuad, near(100, 50), (from, to, point) => {
        const there = homographyBetween(from, to);
        for (const [index, corner] of from.entries()) {
          const at = project(there, corner);
          expect(at.x).toBeCloseTo(to[index]?.x ?? Number.NaN, 5);
          expect(at.y).toBeCloseTo(to[index]?.y ?? Number.NaN, 5);
        }
        const back = project(homographyBetween(to, from), project(there, point));
        expect(back.x).toBeCloseTo(point.x, 4);
        expect(back.y).toBeCloseTo(point.y, 4);
      }),
    );
  });

  it('refuses three corners on a line', () => {
    const flat = [
      { x: 0, y: 0 },
      { x: 1, y: 0 },
      { x: 2, y: 0 },
      { x: 0, y: 1 },
    ] as const;
    expect(() => homographyBetween(flat, flat)).toThrow(RangeError);
  });
});

/** Grey levels of paper and ink in the darkest ninth of the page, and how much the paper varies over it. */
function tones(raster: Raster, corners?: readonly { x: number; y: number }[]) {
  const flat = [
    [0, 0],
    [1, 0],
    [1, 1],
    [0, 1],
  ].map(([x = 0, y = 0]) => ({ x, y })) as [Point, Point, Point, Point]; // four given, four made
  const whole = [
    [0, 0],
    [1, 0],
    [1, 1],
    [0, 1],
  ].map(([x = 0, y = 0]) => ({ x: x * raster.width, y: y * raster.height }));
  const [a, b, c, d] = corners ?? whole;
  if (!a || !b || !c || !d) throw new Error('expected four corners');
  const map = homographyBetween(flat, [a, b, c, d]);
  const parts = Array.from({ length: 9 }, (_, part) => {
    const values: number[] = [];
    for (let i = 0; i < 90; i++) {
      for (let j = 0; j < 90; j++) {
        const u = 0.04 + (0.92 * ((part % 3) + i / 90)) / 3;
        const v = 0.04 + (0.92 * (Math.floor(part / 3) + j / 90)) / 3;
        const at = project(map, { x: u, y: v });
        const index = (Math.floor(at.y) * raster.width + Math.floor(at.x)) * 3;
        values.push(raster.data[index + 1] ?? 0);
      }
    }
    values.sort((x, y) => x - y);
    return {
      paper: values[Math.floor(values.length * 0.7)] ?? 0,
      ink: values[Math.floor(values.length * 0.005)] ?? 0,
    };
  });
  const papers = parts.map((part) => part.paper);
  // The middle part has text in every scene.
  const { paper, ink } = parts[4] ?? { paper: 0, ink: 0 };
  return { contrast: paper - ink, unevenness: Math.max(...papers) - Math.min(...papers) };
}

type Point = { x: number; y: number };

async function grey(raster: Raster, width: number, height: number): Promise<number[]> {
  const raw = { width: raster.width, height: raster.height, channels: 3 } as const;
  const image = sharp(raster.data, { raw }).resize(width, height, { fit: 'fill' });
  return [...(await image.greyscale().blur(2).raw().toBuffer())];
}

function correlation(a: readonly number[], b: readonly number[]): number {
  const mean = (values: readonly number[]): number => values.reduce((sum, v) => sum + v, 0) / values.length;
  const [ma, mb] = [mean(a), mean(b)];
  let [ab, aa, bb] = [0, 0, 0];
  for (const [index, value] of a.entries()) {
    const [da, db] = [value - ma, (b[index] ?? 0) - mb];
    ab += da * db;
    aa += da * da;
    bb += db * db;
  }
  return ab / Math.sqrt(aa * bb);
}
