/** A design and the page that implements it: the page is rendered as large as the design, and both are compared. */
import type { RunContext } from '../context.ts';
import { PixelwrightError } from '../errors.ts';
import { type PictureSource, resolveBySystem } from '../image/index.ts';
import { measure } from '../run.ts';
import type { Browser, PageOptions } from '../score/browser.ts';
import { type CompareImagesOptions, compareImages, type ImageComparison } from './compare-images.ts';

export interface ComparePageOptions extends CompareImagesOptions {
  /** Program of a Chromium, Chrome or Edge. */
  readonly browserPath?: string;
}

/**
 * A file is rendered offline and without its scripts. A page that is given by its address gets what it asks for from
 * public hosts and from `options.read.allowPrivateHosts`; on one of those its scripts run.
 * @param page path of an HTML file, or an http(s) address.
 * @throws PixelwrightError `browser-missing`, `input-not-found`, `input-unsupported`, `not-allowed`, `network`,
 *   `cancelled`, and as `compareImages`.
 */
export async function comparePage(
  expected: PictureSource,
  page: string,
  options: ComparePageOptions,
  context: RunContext,
): Promise<ImageComparison> {
  const address = /^https?:/i.test(page) && URL.canParse(page) ? new URL(page) : undefined;
  if (address === undefined && !/\.(x?html?|xht)$/i.test(page))
    throw new PixelwrightError('input-unsupported', `Expected an HTML page; got "${page}".`);
  // Loaded late: the browser's library takes longer to load than many a picture to compare.
  const { withBrowser } = await import('../score/browser.ts');
  const { browserPath, ...rest } = options;
  const { facts } = await measure(expected, context, { ...rest.read, straighten: 'never' });
  const size = { width: facts.width, height: facts.height, deviceScaleFactor: facts.pixelRatio };
  const browserOptions = browserPath === undefined ? {} : { browserPath };
  context.progress({ stage: 'score', message: 'rendering the page' });
  const { png, warnings } = await withBrowser(browserOptions, context, async (browser) =>
    address === undefined
      ? await ofFile(browser, page, size, context)
      : await ofAddress(browser, address, size, rest, context),
  );
  const comparison = await compareImages(expected, { kind: 'bytes', bytes: png, name: page }, rest, context);
  return { ...comparison, warnings: [...comparison.warnings, ...warnings] };
}

interface Rendered {
  readonly png: Uint8Array;
  readonly warnings: readonly string[];
}

async function ofFile(
  browser: Browser,
  page: string,
  size: PageOptions,
  context: RunContext,
): Promise<Rendered> {
  const { renderPage } = await import('../score/render.ts');
  return await renderPage(browser, page, size, context);
}

async function ofAddress(
  browser: Browser,
  address: URL,
  size: PageOptions,
  { read = {} }: CompareImagesOptions,
  context: RunContext,
): Promise<Rendered> {
  const { renderAddress } = await import('../score/remote-page.ts');
  const { allowPrivateHosts = [], resolveHost = resolveBySystem } = read;
  return await renderAddress(browser, address, size, { allowPrivateHosts, resolveHost }, context);
}
