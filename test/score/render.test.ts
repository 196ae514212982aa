/** Which text is found on a rendered page, where, and in what colour. */
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type RenderedPage, type RenderOptions, renderPage } from '../../shared/score/render.ts';
import { type Folder, html, size, temporaryFolder, testContext } from './fixtures.ts';
import { launchForTests } from './launch.ts';

let browser: Browser;
let folder: Folder;
const render = async (
  body: string,
  style = '',
  options: Partial<RenderOptions> = {},
): Promise<RenderedPage> =>
  renderPage(
    browser,
    await folder.write('page.html', html(body, style)),
    { ...size, ...options },
    testContext(),
  );

beforeAll(async () => {
  browser = await launchForTests();
  folder = await temporaryFolder();
});
afterAll(async () => {
  await browser?.close();
  await folder?.remove();
});

describe('text blocks', () => {
  it('are the text directly inside an element; visual lines are told too', async () => {
    const page = await render(
      '<p>one two <b>three</b> four five six</p>',
      'p { width: 130px; font: 20px/1 "DejaVu Sans" }',
    );
    expect(page.blocks.map((block) => block.text)).toEqual(['one two four five six', 'three']);
    expect(page.lineBlocks.map((block) => block.text)).toEqual(['one two', 'four', 'five six', 'three']);
  });

  it('have the box of their ink', async () => {
    const { blocks } = await render(
      '<p>\u2588</p>',
      'body { margin: 0 } p { margin: 50px; font: 40px "DejaVu Sans Mono"; line-height: 1 }',
    );
    const box = blocks[0]?.box;
    expect(box?.x).toBe(50);
    // A full block is as wide as its advance: 0.602 em.
    expect(box?.width).toBeGreaterThanOrEqual(24);
    expect(box?.width).toBeLessThanOrEqual(25);
  });

  it('have the same boxes at device pixel ratio 2, within half a pixel of either edge', async () => {
    const body = '<h1>Boats for the afternoon</h1>';
    const [one, two] = [await render(body), await render(body, '', { deviceScaleFactor: 2 })];
    expect(two.raster.width).toBe(2 * one.raster.width);
    for (const side of ['x', 'y', 'width', 'height'] as const) {
      expect(
        Math.abs((one.blocks[0]?.box[side] ?? 0) - (two.blocks[0]?.box[side] ?? 99)),
      ).toBeLessThanOrEqual(1);
    }
  });

  it('include what form fields show', async () => {
    const { blocks } = await render(
      `<input placeholder="Your name"><input value="Ada"><input type="password" value="abc"><input type="submit" value="Send">
       <textarea>Long text</textarea><select><option>First</option><option selected>Second</option></select><input type="checkbox">`,
      'input::placeholder { color: #c00000 }',
    );
    expect(blocks.map((block) => block.text)).toEqual([
      'Your name',
      'Ada',
      '•••',
      'Send',
      'Long text',
      'Second',
    ]);
    expect(blocks[0]?.color).toEqual([192, 0, 0]);
  });

  it('include text in drawings', async () => {
    const { blocks } = await render(
      '<svg width="200" height="50"><text x="10" y="30" fill="#00f">Tide</text></svg>',
    );
    expect(blocks).toMatchObject([{ text: 'Tide', color: [0, 0, 255] }]);
  });
});

describe('text colours', () => {
  it('are laid over the background where they are translucent', async () => {
    const { blocks } = await render(
      '<p id="a">alpha</p><div id="b"><p>opacity</p></div>',
      'body { background: #fff } #a { color: rgb(0 0 0 / 50%) } #b { opacity: .5 } #b p { color: #f00 }',
    );
    for (const [block, color] of [
      [blocks[0], [127.5, 127.5, 127.5]],
      [blocks[1], [255, 127.5, 127.5]],
    ] as const) {
      color.forEach((channel, index) => {
        expect(Math.abs((block?.color[index] ?? 0) - channel)).toBeLessThan(1);
      });
    }
  });

  it('are read from the pixels where a gradient fills the letters', async () => {
    const { blocks } = await render(
      '<h1>GRADIENT</h1>',
      'h1 { font-size: 60px; background: linear-gradient(#0a0, #0a0); -webkit-background-clip: text; color: transparent }',
    );
    expect(blocks).toMatchObject([{ text: 'GRADIENT' }]);
    expect(blocks[0]?.color.map(Math.round)).toEqual([0, 170, 0]);
  });

  it('are computed ones, also in other colour spaces and against important rules', async () => {
    const { blocks } = await render(
      '<p style="-webkit-text-fill-color: #0000ff !important">fill</p><p style="color: color(srgb 1 0 0)">space</p>',
    );
    expect(blocks.map((block) => block.color.map(Math.round))).toEqual([
      [0, 0, 255],
      [255, 0, 0],
    ]);
  });
});

describe('the rendering', () => {
  it('is the viewport or the whole page, up to a bound', async () => {
    const tall = '<div style="height: 3000px">x</div>';
    const style = 'body { margin: 0 }';
    expect((await render(tall, style)).raster.height).toBe(3000);
    expect((await render(tall, style, { fullPage: false })).raster.height).toBe(size.height);
    expect((await render(tall, style, { maxHeight: 1200 })).raster.height).toBe(1200);
  });

  it('counts text below the bound as unseen', async () => {
    const page = await render('<p>abcd</p><div style="height: 3000px"></div><p>efgh</p>', '', {
      maxHeight: 600,
    });
    expect(page.unseenTextShare).toBe(0.5);
  });

  it('waits for pictures that load lazily', async () => {
    await folder.write(
      'dot.svg',
      '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><rect width="9" height="9" fill="#0f0"/></svg>',
    );
    const page = await render(
      '<div style="height: 9000px"></div><img loading="lazy" src="dot.svg" style="display:block">',
      'body { margin: 0 }',
    );
    const last = (page.raster.width * (page.raster.height - 5) + 4) * 3;
    expect([...page.raster.data.subarray(last, last + 3)]).toEqual([0, 255, 0]);
  });
});
