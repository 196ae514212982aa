/** Starts a browser, opens local pages in it without network, and ends it whatever happens. */
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { type Browser, chromium, type Page } from 'playwright-core';
import type { RunContext } from '../context.ts';
import { cancelled, PixelwrightError, throwIfCancelled } from '../errors.ts';
import { type BrowserOptions, findBrowser } from './find-browser.ts';

export type { Browser, Page } from 'playwright-core';

/** What every browser of the scorer is started with. */
export const launchArguments: readonly string[] = [
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  // Subpixel text would colour the edges of glyphs, and differ from machine to machine.
  '--disable-lcd-text',
  // Pages are rendered offline; this also stops what no request interception sees (preconnect, DNS prefetch).
  '--host-resolver-rules=MAP * ~NOTFOUND',
];

/**
 * Starts a browser, hands it to `work`, and closes it afterwards, also on an error or when the signal fires.
 *
 * @throws PixelwrightError `browser-missing` if there is no browser or it does not start, `cancelled` on abort.
 */
export async function withBrowser<T>(
  options: BrowserOptions,
  context: RunContext,
  work: (browser: Browser) => Promise<T>,
): Promise<T> {
  throwIfCancelled(context.signal);
  const browser = await launch(options);
  let closing: Promise<void> | undefined;
  // One promise for both callers: it ends with the process, a second call of Playwright's own would end at once.
  const close = () => {
    closing ??= browser.close();
    return closing;
  };
  const onAbort = () =>
    void close().catch((error: unknown) => context.log.debug(`closing: ${String(error)}`));
  context.signal.addEventListener('abort', onAbort, { once: true });
  try {
    throwIfCancelled(context.signal);
    return await work(browser);
  } catch (error) {
    // Closing the browser under the work makes it fail with errors of its own; the cause is the abort.
    throw context.signal.aborted ? cancelled(context.signal.reason) : error;
  } finally {
    context.signal.removeEventListener('abort', onAbort);
    await close();
  }
}

async function launch(options: BrowserOptions): Promise<Browser> {
  const found = await findBrowser(options);
  try {
    return await chromium.launch({
      executablePath: found.path,
      headless: true,
      args: [...launchArguments],
      // The caller's signal decides what an interrupt means.
      handleSIGINT: false,
    });
  } catch (error) {
    throw new PixelwrightError(
      'browser-missing',
      `Expected a browser that starts; "${found.path}" did not.`,
      {
        next: 'Start it by hand to see why, or set PIXELWRIGHT_BROWSER to another Chrome, Chromium or Edge.',
        details: { path: found.path, origin: found.origin },
        cause: error,
      },
    );
  }
}

export interface PageOptions {
  /** Viewport, CSS pixels. */
  readonly width: number;
  readonly height: number;
  /** Device pixels per CSS pixel, 1 by default. */
  readonly deviceScaleFactor?: number;
  /** Whether the page's own scripts run; off by default. */
  readonly javaScript?: boolean;
  /** Folder whose files the page may read; the page's own by default. */
  readonly root?: string;
}

export interface OpenPage {
  readonly page: Page;
  /** One sentence for each request that was blocked. */
  readonly warnings: readonly string[];
}

/**
 * Opens a local page and hands it to `work`; the page may read nothing but files in its root folder and below,
 * data URIs and about:blank. What it asks for beyond that is blocked and told as a warning.
 *
 * @throws PixelwrightError `input-not-found` if the page cannot be opened.
 */
export async function withPage<T>(
  browser: Browser,
  file: string,
  options: PageOptions,
  work: (open: OpenPage) => Promise<T>,
): Promise<T> {
  const context = await browser.newContext({
    viewport: { width: Math.ceil(options.width), height: Math.ceil(options.height) },
    deviceScaleFactor: options.deviceScaleFactor ?? 1,
    javaScriptEnabled: options.javaScript ?? false,
    offline: true,
    serviceWorkers: 'block',
    acceptDownloads: false,
    // A page's own policy must not keep the scorer from hiding its text.
    bypassCSP: true,
  });
  try {
    const warnings = new Set<string>();
    const folder = path.resolve(options.root ?? path.dirname(file));
    await context.route('**', async (route) => {
      const url = route.request().url();
      if (isAllowed(url, folder)) return route.continue();
      warnings.add(`Blocked a request outside the page's folder: ${url.slice(0, 200)}`);
      return route.abort('blockedbyclient');
    });
    const page = await context.newPage();
    await open(page, file);
    // tsx keeps function names through a helper that does not exist in the page.
    await page.evaluate('globalThis.__name ??= (value) => value');
    return await work({
      page,
      get warnings() {
        return [...warnings];
      },
    });
  } finally {
    await context.close();
  }
}

async function open(page: Page, file: string): Promise<void> {
  try {
    await page.goto(pathToFileURL(path.resolve(file)).href, { waitUntil: 'load' });
  } catch (error) {
    if (!page.context().browser()?.isConnected()) throw error;
    throw new PixelwrightError(
      'input-not-found',
      `Expected an HTML page at "${file}"; the browser could not open it.`,
      {
        next: 'Check the path of the page.',
        details: { page: file },
        cause: error,
      },
    );
  }
}

function isAllowed(url: string, folder: string): boolean {
  if (url === 'about:blank' || url.startsWith('data:')) return true;
  if (!url.startsWith('file:') || new URL(url).host !== '') return false;
  const relative = path.relative(folder, fileURLToPath(url));
  return relative !== '' && relative.split(path.sep)[0] !== '..' && !path.isAbsolute(relative);
}
