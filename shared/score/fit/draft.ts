/** Renders a UI tree in memory, offline, without its pictures, and tells where its texts stand. */
import sharp from 'sharp';
import { elementsOf } from '../../compose/html/element.ts';
import { documentText } from '../../compose/html/markup.ts';
import { styleSheet } from '../../compose/html/style-sheet.ts';
import { pageElements } from '../../compose/page-elements.ts';
import type { Rect } from '../../geometry.ts';
import type { Raster } from '../../image/picture.ts';
import type { UiTree } from '../../ui-tree.ts';
import type { Page } from '../browser.ts';
import { collectText, type PlacedText } from '../in-page.ts';

/** One transparent pixel: a picture's place is its own, whatever stands in it. */
const blank = 'data:image/gif;base64,R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7';

export interface Draft {
  readonly raster: Raster;
  readonly texts: readonly PlacedText[];
  /** Boxes of what has a look of its own, CSS pixels. */
  readonly surfaces: readonly Rect[];
}

/** Runs inside the page, and calls nothing outside itself. */
function collectSurfaces(): Rect[] {
  return [...document.body.querySelectorAll('*')].flatMap((element) => {
    const style = getComputedStyle(element);
    const sides = [
      style.borderTopWidth,
      style.borderRightWidth,
      style.borderBottomWidth,
      style.borderLeftWidth,
    ];
    const painted =
      element instanceof HTMLImageElement ||
      style.backgroundImage !== 'none' ||
      !/^(transparent|rgba\(0, 0, 0, 0\))$/.test(style.backgroundColor) ||
      sides.some((side) => side !== '0px');
    const { left, top, width, height } = element.getBoundingClientRect();
    return painted && width > 0 && height > 0 ? [{ x: left + scrollX, y: top + scrollY, width, height }] : [];
  });
}

function documentOf(tree: UiTree): string {
  const page = pageElements(tree, 'fit');
  for (const { attributes } of elementsOf(page.body)) if ('src' in attributes) attributes['src'] = blank;
  const sheet = styleSheet({
    body: page.body,
    background: tree.background,
    palette: [],
    context: page.context,
  });
  return documentText({
    language: tree.language,
    title: page.title,
    name: 'fit',
    body: page.body,
    // Backgrounds that are pictures are not there to be fetched.
    inlineCss: sheet.replace(/url\("[^"]*"\)/g, `url("${blank}")`),
  });
}

/** @param size of the screenshot, CSS pixels. */
export async function renderDraft(
  page: Page,
  tree: UiTree,
  size: { readonly width: number; readonly height: number },
): Promise<Draft> {
  await page.setContent(documentOf(tree), { waitUntil: 'load' });
  // tsx keeps function names through a helper that does not exist in the page.
  await page.evaluate('globalThis.__name ??= (value) => value');
  const texts = await page.evaluate(collectText);
  const surfaces = await page.evaluate(collectSurfaces);
  const png = await page.screenshot({
    type: 'png',
    fullPage: true,
    clip: { x: 0, y: 0, ...size },
    animations: 'disabled',
  });
  const { data, info } = await sharp(png)
    .removeAlpha()
    .toColourspace('srgb')
    .raw()
    .toBuffer({ resolveWithObject: true });
  return { raster: { width: info.width, height: info.height, data }, texts, surfaces };
}
