/** A design and the page that implements it: the page is rendered as large as the design, and both are compared. */
import type { RunContext } from '../context.ts';
import { PixelwrightError } from '../errors.ts';
import type { PictureSource } from '../image/index.ts';
import { measure } from '../run.ts';
import { type CompareImagesOptions, compareImages, type ImageComparison } from './compare-images.ts';

export interface ComparePageOptions extends CompareImagesOptions {
  /** Program of a Chromium, Chrome or Edge. */
  readonly browserPath?: string;
}

/**
 * The page is rendered offline and without its scripts.
 * @param page path of an HTML file.
 * @throws PixelwrightError `browser-missing`, `input-not-found`, `input-unsupported`, `cancelled`, and as `compareImages`.
 */
export async function comparePage(
  expected: PictureSource,
  page: string,
  options: ComparePageOptions,
  context: RunContext,
): Promise<ImageComparison> {
  if (!/\.(x?html?|xht)$/i.test(page))
    throw new PixelwrightError('input-unsupported', `Expected an HTML page; got "${page}".`);
  // Loaded late: the browser's library takes longer to load than many a picture to compare.
  const { withBrowser } = await import('../score/browser.ts');
  const { renderPage } = await import('../score/render.ts');
  const { browserPath, ...rest } = options;
  const { facts } = await measure(expected, context, { ...rest.read, straighten: 'never' });
  const { width, height, pixelRatio } = facts;
  const browserOptions = browserPath === undefined ? {} : { browserPath };
  context.progress({ stage: 'score', message: 'rendering the page' });
  const png = await withBrowser(browserOptions, context, async (browser) => {
    const size = { width, height, deviceScaleFactor: pixelRatio };
    return (await renderPage(browser, page, size, context)).png;
  });
  return await compareImages(expected, { kind: 'bytes', bytes: png, name: page }, rest, context);
}
