/** References from a picture's facts and from changed pictures of a page. */
import type { Browser } from 'playwright-core';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { PageFacts } from '../../shared/facts/page-facts.ts';
import { referenceFromFacts, referenceFromRendered, withPicture } from '../../shared/score/reference.ts';
import { type RenderedPage, renderPage } from '../../shared/score/render.ts';
import { scorePage } from '../../shared/score/score.ts';
import { type Folder, html, ordinary, size, temporaryFolder, testContext } from './fixtures.ts';
import { launchForTests } from './launch.ts';

let browser: Browser;
let folder: Folder;
let page: string;
let rendered: RenderedPage;

beforeAll(async () => {
  browser = await launchForTests();
  folder = await temporaryFolder();
  page = await folder.write('page.html', ordinary);
  rendered = await renderPage(browser, page, size, testContext());
});
afterAll(async () => {
  await browser?.close();
  await folder?.remove();
});

describe('referenceFromFacts', () => {
  it('compares line by line, and knows nothing of structure', async () => {
    const facts: PageFacts = {
      ...{ ...size, pixelRatio: 1, background: [255, 255, 255], language: 'en' },
      ...{ palette: [], boxes: [], separators: [], pictures: [] },
      lines: rendered.lineBlocks.map(({ text, box, color }) => ({
        ...{
          text,
          box,
          color,
          confidence: 1,
          baseline: box.y + box.height,
          words: [],
          background: [255, 255, 255],
        },
        ...{ underline: false, strike: false, onPicture: false },
        typography: {
          kind: 'sans',
          family: 'DejaVu Sans',
          size: 16,
          weight: 400,
          italic: false,
          letterSpacing: 0,
        },
      })),
    };
    const score = await scorePage(referenceFromFacts(rendered.raster, facts), page, testContext(), {
      browser,
    });
    expect(score).toMatchObject({ d2c4: 1, ssim: 1 });
    expect(score.treeBleu).toBeUndefined();
    expect(score.layoutIou).toBeUndefined();
  });
});

describe('withPicture', () => {
  it('scales boxes with the picture', async () => {
    const { data, info } = await sharp(rendered.png)
      .resize({ width: 640 })
      .removeAlpha()
      .raw()
      .toBuffer({ resolveWithObject: true });
    const half = withPicture(
      referenceFromRendered(rendered, 1),
      { width: info.width, height: info.height, data },
      0.8,
    );
    expect(half).toMatchObject({ width: 640, height: 480, pixelRatio: 1 });
    // The same page, every length at 80 %, is the same page.
    const zoomed = await folder.write('zoomed.html', ordinary.replace('<body>', '<body style="zoom: 0.8">'));
    const score = await scorePage(half, zoomed, testContext(), { browser });
    expect(score.position).toBeGreaterThan(0.99);
    expect(score).toMatchObject({ block: 1, text: 1, color: 1, treeBleu: 1 });
    expect(score.layoutIou).toBeGreaterThan(0.8);
    expect(score.ssim).toBeGreaterThan(0.9);
  });

  it('is compared at the pixel ratio of the reference', async () => {
    const double = await renderPage(browser, page, { ...size, deviceScaleFactor: 2 }, testContext());
    const reference = referenceFromRendered(double, 2);
    expect(reference).toMatchObject({ ...size, pixelRatio: 2 });
    expect(await scorePage(reference, page, testContext(), { browser })).toMatchObject({
      d2c4: 1,
      ssim: 1,
      pixelError: 0,
    });
  });
});

describe('a reference without text', () => {
  it('leaves nothing to lift', async () => {
    const blank = await folder.write('blank.html', html(''));
    const reference = referenceFromRendered(await renderPage(browser, blank, size, testContext()), 1);
    const score = await scorePage(reference, blank, testContext(), { browser });
    expect(score).toMatchObject({ d2c4: 1, list: 1, lift: 0, ssim: 1 });
  });
});
