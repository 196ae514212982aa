/** Page facts read from the DOM in a real browser: the truth that measurements from pixels are held to. */
import { fileURLToPath, pathToFileURL } from 'node:url';
import chromium from '@sparticuz/chromium';
import { build } from 'esbuild';
import { type Browser, type Page, chromium as playwright } from 'playwright-core';
import type { PageFacts } from '../../shared/facts/page-facts.ts';
import type { RawPage } from './in-page/types.ts';
import { paletteOf } from './palette.ts';

export interface Viewport {
  readonly width: number;
  readonly height: number;
}

export interface Oracle {
  /** Facts of a page of this machine, as laid out at the viewport; its full height is read. */
  facts(pagePath: string, viewport: Viewport): Promise<PageFacts>;
  /** A fresh tab, for tests that render pages of their own. The caller closes it. */
  newPage(viewport: Viewport): Promise<Page>;
  close(): Promise<void>;
}

/** Starts the tests' browser. */
export async function launchBrowser(): Promise<Browser> {
  return playwright.launch({
    executablePath: await chromium.executablePath(),
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--font-render-hinting=none',
      '--hide-scrollbars',
    ],
  });
}

async function inPageScript(): Promise<string> {
  const entry = fileURLToPath(new URL('in-page/main.ts', import.meta.url));
  const result = await build({
    entryPoints: [entry],
    bundle: true,
    write: false,
    format: 'iife',
    globalName: 'oracle',
    logLevel: 'silent',
  });
  return result.outputFiles[0]?.text ?? '';
}

/** Facts of the page that is open in a tab. */
async function readFacts(page: Page, script: string): Promise<PageFacts> {
  // The script's result is what readPage in in-page/main.ts returns.
  const raw = (await page.evaluate(`${script}; oracle.readPage()`)) as RawPage;
  return {
    width: raw.width,
    height: raw.height,
    pixelRatio: 1,
    background: raw.background,
    ...(raw.backgroundGradient && { backgroundGradient: raw.backgroundGradient }),
    palette: paletteOf(raw),
    lines: raw.lines.map(({ family, kind, size, weight, italic, letterSpacing, words, ...line }) => ({
      ...line,
      confidence: 1,
      words: words.map((word) => ({ ...word, confidence: 1 })),
      typography: { kind, family, size, weight, italic, letterSpacing },
    })),
    boxes: raw.boxes.map((box) => ({ ...box, confidence: 1 })),
    separators: raw.separators,
    pictures: raw.pictures,
    language: raw.language,
  };
}

/** Opens a browser that answers for many pages. */
export async function createOracle(): Promise<Oracle> {
  const [browser, script] = await Promise.all([launchBrowser(), inPageScript()]);
  return {
    async facts(pagePath, viewport) {
      const page = await browser.newPage({ viewport });
      try {
        await page.goto(pathToFileURL(pagePath).href, { waitUntil: 'load' });
        await page.evaluate('document.fonts.ready.then(() => true)');
        return await readFacts(page, script);
      } finally {
        await page.close();
      }
    },
    newPage: (viewport) => browser.newPage({ viewport }),
    close: () => browser.close(),
  };
}

/** Facts of one page, with a browser of its own. */
export async function oracleFacts(pagePath: string, viewport: Viewport): Promise<PageFacts> {
  const oracle = await createOracle();
  try {
    return await oracle.facts(pagePath, viewport);
  } finally {
    await oracle.close();
  }
}
