/** The score of whole pages in a real browser: what is perfect, what is blank, and what tries to cheat. */

import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { referenceFromPage, type ScoreReference } from '../../shared/score/reference.ts';
import { renderPage } from '../../shared/score/render.ts';
import { scorePage } from '../../shared/score/score.ts';
import { textListHtml } from '../../shared/score/text-list.ts';
import {
  type Folder,
  html,
  ordinary,
  ordinaryBody,
  ordinaryStyle,
  size,
  temporaryFolder,
  testContext,
} from './fixtures.ts';
import { launchForTests } from './launch.ts';

let browser: Browser;
let folder: Folder;
let reference: ScoreReference;
const score = async (content: string) =>
  scorePage(reference, await folder.write('candidate.html', content), testContext(), { browser });

beforeAll(async () => {
  browser = await launchForTests();
  folder = await temporaryFolder();
  reference = await referenceFromPage(
    browser,
    await folder.write('reference.html', ordinary),
    size,
    testContext(),
  );
});
afterAll(async () => {
  await browser?.close();
  await folder?.remove();
});

describe('scorePage', () => {
  it('gives a page 1 against itself in all parts', async () => {
    expect(await score(ordinary)).toMatchObject({
      block: 1,
      text: 1,
      position: 1,
      color: 1,
      d2c4: 1,
      lift: 1,
      ssim: 1,
      pixelError: 0,
      treeBleu: 1,
      layoutIou: 1,
      absoluteShare: 0,
      unseenTextShare: 0,
      warnings: [],
    });
  });

  it('gives a blank page 0 for its text', async () => {
    const blank = await score(html(''));
    expect(blank).toMatchObject({ block: 0, text: 0, position: 0, color: 0, d2c4: 0, treeBleu: 0 });
    expect(blank.lift).toBeLessThan(0);
    expect(blank.ssim).toBeGreaterThan(0.5);
    expect(blank.ssim).toBeLessThan(0.95);
  });

  it('gives the bare list of words its own figure and no lift', async () => {
    const list = await score(textListHtml(reference));
    expect(list.d2c4).toBeCloseTo(list.list, 10);
    expect(list.lift).toBeCloseTo(0, 10);
    expect(list.text).toBe(1);
    expect(list.d2c4).toBeGreaterThan(0.6);
    expect(list.d2c4).toBeLessThan(0.95);
    expect(list.treeBleu).toBe(0);
  });

  it('gives the picture as one image 0 for text and 1 for pixels', async () => {
    const { png } = await renderPage(
      browser,
      `${folder.path}/reference.html`,
      { ...size, fullPage: false },
      testContext(),
    );
    await folder.write('shot.png', png);
    const image = await score(
      html('<img src="shot.png" style="display:block;width:100%">', 'body{margin:0}'),
    );
    expect(image).toMatchObject({
      d2c4: 0,
      ssim: 1,
      pixelError: 0,
      pictureShare: 1,
      referencePictureShare: 0,
    });
  });

  it.each([
    ['transparent', 'color: transparent'],
    ['without opacity', 'opacity: 0'],
    ['covered', 'z-index: -1'],
    ['invisible', 'visibility: hidden'],
    ['cut off', 'clip-path: inset(50%)'],
    ['not displayed', 'display: none'],
  ])('does not count %s text laid over the picture', async (_, style) => {
    const { png } = await renderPage(
      browser,
      `${folder.path}/reference.html`,
      { ...size, fullPage: false },
      testContext(),
    );
    await folder.write('shot.png', png);
    const body = `<img src="shot.png" style="display:block"><p style="position:absolute;top:80px;left:32px;${style}">Boats for an afternoon on the lake</p>`;
    expect(await score(html(body, 'body{margin:0}'))).toMatchObject({ d2c4: 0, unseenTextShare: 1 });
  });

  it('does not count text in the colour of its background', async () => {
    expect(await score(html('<p>Rowing boat</p>', 'p{color:#fff}'))).toMatchObject({
      d2c4: 0,
      unseenTextShare: 1,
    });
  });

  it('tells the share of elements that are placed absolutely', async () => {
    const absolute = await score(
      html('<div style="position:absolute">a</div><p>b</p><p>c</p><p style="position:fixed">d</p>'),
    );
    expect(absolute.absoluteShare).toBe(0.5);
  });

  it('measures overflow at each width, also where the root hides it', async () => {
    const wide = ordinaryBody.replace('<div class="box">', '<div class="box" style="width:868px">');
    for (const style of ['', 'html,body{overflow-x:hidden}']) {
      const { overflow } = await score(html(wide, `${ordinaryStyle} ${style}`));
      expect(overflow).toEqual([
        { width: 390, pixels: 32 + 868 - 390 },
        { width: 768, pixels: 32 + 868 - 768 },
        { width: 1024, pixels: 0 },
        { width: 1280, pixels: 0 },
      ]);
    }
  });
});
