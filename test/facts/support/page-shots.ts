/** Screenshots of the fixture pages as a user would bring them, with the facts that their DOM tells. */
import { readFile } from 'node:fs/promises';
import { fileURLToPath, pathToFileURL } from 'node:url';
import sharp from 'sharp';
import { viewportOf } from '../../../bench/quality/pages.ts';
import { createContext } from '../../../shared/context.ts';
import type { PageFacts } from '../../../shared/facts/index.ts';
import { readPicture, type SourcePicture } from '../../../shared/image/index.ts';
import { createOracle, type Viewport } from '../../oracle/oracle-facts.ts';
import { wholePage } from '../../score/whole-page.ts';

/** `scaled` is 80 % of the size; `dpr2` and `dpr3` are taken at that device pixel ratio. */
export type Form = 'png' | 'jpeg' | 'scaled' | 'dpr2' | 'dpr3';

export interface PageShots {
  /** @param page file name without its extension. */
  truth(page: string): Promise<PageFacts>;
  /** The whole page, from top to bottom. */
  shot(page: string, form: Form): Promise<SourcePicture>;
  /** A page that is given as its source; 1 source pixel a CSS pixel unless told. */
  shotOf(html: string, viewport: Viewport, pixelRatio?: number): Promise<SourcePicture>;
  close(): Promise<void>;
}

const fileOf = (page: string): string =>
  fileURLToPath(new URL(`../../fixtures/pages/${page}.html`, import.meta.url));

export function pictureOf(bytes: Uint8Array, name: string): Promise<SourcePicture> {
  return readPicture({ kind: 'bytes', bytes, name }, createContext(new AbortController().signal));
}

async function encode(png: Buffer, form: Form): Promise<Uint8Array> {
  if (form === 'jpeg') return sharp(png).jpeg({ quality: 80 }).toBuffer();
  if (form !== 'scaled') return png;
  const { width } = await sharp(png).metadata();
  return sharp(png)
    .resize({ width: Math.round(width * 0.8), kernel: 'lanczos3' })
    .png()
    .toBuffer();
}

/** Starts the browser. The caller closes it. */
export async function openPageShots(): Promise<PageShots> {
  const oracle = await createOracle();
  const viewportAt = async (page: string): Promise<Viewport> =>
    viewportOf(await readFile(fileOf(page), 'utf8'));

  async function capture(
    open: { url: string } | { html: string },
    viewport: Viewport,
    pixelRatio: number,
  ): Promise<Buffer> {
    const first = await oracle.newPage(viewport);
    const browser = first.context().browser();
    await first.close();
    if (browser === null) throw new Error('Expected a tab of a browser that was launched here.');
    const page = await browser.newPage({ viewport, deviceScaleFactor: pixelRatio });
    try {
      if ('url' in open) await page.goto(open.url, { waitUntil: 'load' });
      else await page.setContent(open.html, { waitUntil: 'load' });
      await page.evaluate('document.fonts.ready.then(() => true)');
      return await wholePage(page);
    } finally {
      await page.close();
    }
  }

  return {
    truth: async (page) => oracle.facts(fileOf(page), await viewportAt(page)),
    async shot(page, form) {
      const pixelRatio = form === 'dpr2' ? 2 : form === 'dpr3' ? 3 : 1;
      const png = await capture(
        { url: pathToFileURL(fileOf(page)).href },
        await viewportAt(page),
        pixelRatio,
      );
      return pictureOf(await encode(png, form), `${page}-${form}`);
    },
    shotOf: async (html, viewport, pixelRatio = 1) =>
      pictureOf(await capture({ html }, viewport, pixelRatio), 'page'),
    close: () => oracle.close(),
  };
}
