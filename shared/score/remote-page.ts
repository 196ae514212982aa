/** Renders a page by its address. The browser has no network: what the page asks for is fetched for it, by our rules. */
import { setTimeout } from 'node:timers/promises';
import type { Route } from 'playwright-core';
import type { RunContext } from '../context.ts';
import { PixelwrightError, throwIfCancelled } from '../errors.ts';
import { type AddressPolicy, fetchBytes } from '../image/index.ts';
import type { Browser, Page, PageOptions } from './browser.ts';
import { loadResources } from './in-page.ts';
import { screenshot } from './render.ts';

export interface RemotePicture {
  readonly png: Buffer;
  readonly warnings: readonly string[];
}

const mostRequests = 1000;
/** Device pixels; Chromium's own limit. */
const longestScreenshot = 16_000;
/** How long a page that goes on asking for things is waited for, milliseconds. */
const settling = 5000;

/**
 * The whole page, at least as high as the viewport. Its scripts run only where its host is among the private ones that
 * the user named: that is their own program, which may draw nothing without them.
 * @throws PixelwrightError `not-allowed` for a private host that nobody named, `network`, `cancelled`.
 */
export async function renderAddress(
  browser: Browser,
  address: URL,
  { width, height, deviceScaleFactor = 1 }: PageOptions,
  policy: AddressPolicy,
  context: RunContext,
): Promise<RemotePicture> {
  throwIfCancelled(context.signal);
  const wanted = { what: 'a page', accept: 'text/html,*/*;q=0.5' };
  // Where redirects lead to is the page's own address: what it refers to is relative to that.
  const { url } = await fetchBytes(address, policy, wanted, context);
  const host = url.hostname.toLowerCase();
  const javaScriptEnabled = policy.allowPrivateHosts.some((named) => named.toLowerCase() === host);
  const open = await browser.newContext({
    viewport: { width: Math.ceil(width), height: Math.ceil(height) },
    deviceScaleFactor,
    javaScriptEnabled,
    offline: true,
    reducedMotion: 'reduce',
    serviceWorkers: 'block',
    acceptDownloads: false,
  });
  try {
    const warnings = new Set<string>();
    let requests = 0;
    await open.route('**', async (route) => {
      requests += 1;
      const refused = requests > mostRequests ? 'too many requests' : await answer(route, policy, context);
      if (refused === undefined) return;
      warnings.add(`Not loaded, ${refused}: ${route.request().url().slice(0, 200)}`);
      await route.abort('blockedbyclient');
    });
    const page = await open.newPage();
    await page.goto(url.href, { waitUntil: 'load', timeout: context.limits.networkTimeoutMs });
    await settled(page, context.signal);
    if (!javaScriptEnabled && (await page.locator('script').count()) > 0)
      warnings.add(`The scripts of ${url.host} did not run: they do for pages of your own machine.`);
    const tall = await page.evaluate(() => document.documentElement.scrollHeight);
    const most = Math.floor(longestScreenshot / deviceScaleFactor);
    const size = { width: Math.ceil(width), height: Math.min(Math.max(Math.ceil(height), tall), most) };
    return { png: await screenshot(page, size), warnings: [...warnings] };
  } finally {
    await open.close();
  }
}

/** @returns why the page does not get what it asked for. */
async function answer(route: Route, policy: AddressPolicy, context: RunContext): Promise<string | undefined> {
  const request = route.request();
  const address = request.url();
  if (/^(?:data|blob|about):/.test(address)) {
    await route.continue();
    return undefined;
  }
  if (request.method() !== 'GET') return `${request.method()} is not sent`;
  const accept = request.headers()['accept'] ?? '*/*';
  try {
    const wanted = { what: 'a part of the page', accept };
    const { contentType, bytes } = await fetchBytes(new URL(address), policy, wanted, context);
    await route.fulfill({
      body: Buffer.from(bytes),
      headers: {
        'access-control-allow-origin': '*',
        ...(contentType === undefined ? {} : { 'content-type': contentType }),
      },
    });
    return undefined;
  } catch (error) {
    if (error instanceof PixelwrightError) return error.code;
    // The page went on, or was closed, before its answer was there.
    return 'it was no longer wanted';
  }
}

async function settled(page: Page, signal: AbortSignal): Promise<void> {
  await page.waitForLoadState('networkidle', { timeout: settling }).catch((error: unknown) => {
    // A page that polls is never idle.
    if (!(error instanceof Error && error.name === 'TimeoutError')) throw error;
  });
  await page.evaluate('globalThis.__name ??= (value) => value');
  for (let round = 0; round < 50 && (await page.evaluate(loadResources)) > 0; round += 1) {
    throwIfCancelled(signal);
    await setTimeout(20);
  }
}
