/** Renders a UI tree in memory, offline, and tells where its texts and surfaces stand. */
import sharp from 'sharp';
import type { Asset } from '../../compose/html/context.ts';
import { elementsOf } from '../../compose/html/element.ts';
import { documentText } from '../../compose/html/markup.ts';
import { styleSheet } from '../../compose/html/style-sheet.ts';
import { pageElements } from '../../compose/page-elements.ts';
import type { Rect } from '../../geometry.ts';
import type { Raster } from '../../image/picture.ts';
import { cropRaster } from '../../image/raster.ts';
import type { UiTree } from '../../ui-tree.ts';
import type { Page } from '../browser.ts';
import { collectText, type PlacedText } from '../in-page.ts';
import { screenshot } from '../render.ts';

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

/** Pictures as data URIs, by what was cut out: made once, since no move changes them. */
export type Crops = Map<string, Promise<string>>;

/** What stands behind the text that is set on top is not known here: the colour beside it will do. */
function erased(piece: Raster, asset: Asset, ratio: number): Raster {
  const data = Uint8Array.from(piece.data);
  for (const rect of asset.erase) {
    const left = Math.max(0, Math.round((rect.x - asset.box.x) * ratio));
    const end = Math.min(piece.width, Math.round((rect.x + rect.width - asset.box.x) * ratio));
    const top = Math.max(0, Math.round((rect.y - asset.box.y) * ratio));
    const bottom = Math.min(piece.height, Math.round((rect.y + rect.height - asset.box.y) * ratio));
    for (let y = top; y < bottom; y += 1) {
      const row = y * piece.width;
      const beside = 3 * (row + Math.max(0, left - 1));
      for (let x = left; x < end; x += 1) data.copyWithin(3 * (row + x), beside, beside + 3);
    }
  }
  return { ...piece, data };
}

async function dataUri(picture: Raster, asset: Asset, ratio: number): Promise<string> {
  const { x, y, width, height } = asset.box;
  const left = Math.min(picture.width - 1, Math.max(0, Math.round(x * ratio)));
  const top = Math.min(picture.height - 1, Math.max(0, Math.round(y * ratio)));
  const piece = await cropRaster(picture, {
    x: left,
    y: top,
    width: Math.max(1, Math.min(picture.width - left, Math.round(width * ratio))),
    height: Math.max(1, Math.min(picture.height - top, Math.round(height * ratio))),
  });
  const { data, ...size } = erased(piece, asset, ratio);
  const png = await sharp(data, { raw: { ...size, channels: 3 } })
    .png({ compressionLevel: 1 })
    .toBuffer();
  return `data:image/png;base64,${png.toString('base64')}`;
}

async function documentOf(tree: UiTree, picture: Raster, ratio: number, crops: Crops): Promise<string> {
  const { body, context, title, assets } = pageElements(tree, 'fit');
  const sources = new Map<string, string>();
  for (const asset of assets) {
    const key = JSON.stringify(asset.box);
    const crop = crops.get(key) ?? dataUri(picture, asset, ratio);
    crops.set(key, crop);
    sources.set(asset.path, await crop);
  }
  for (const { attributes } of elementsOf(body)) {
    const source = sources.get(attributes['src'] ?? '');
    if (source !== undefined) attributes['src'] = source;
  }
  const sheet = styleSheet({ body, background: tree.background, palette: [], context });
  return documentText({
    language: tree.language,
    title,
    name: 'fit',
    body,
    inlineCss: sheet.replace(/url\("([^"]*)"\)/g, (_, path: string) => `url("${sources.get(path) ?? ''}")`),
  });
}

/**
 * @param picture from which the page's pictures were cut, in device pixels.
 * @param ratio device pixels per CSS pixel.
 * @param size of the screenshot, CSS pixels.
 * @param crops what was cut out so far.
 */
export async function renderDraft(
  page: Page,
  tree: UiTree,
  picture: Raster,
  ratio: number,
  size: { readonly width: number; readonly height: number },
  crops: Crops,
): Promise<Draft> {
  const html = await documentOf(tree, picture, ratio, crops);
  await page.setContent(html, { waitUntil: 'load' });
  // tsx keeps function names through a helper that does not exist in the page.
  await page.evaluate('globalThis.__name ??= (value) => value');
  const texts = await page.evaluate(collectText);
  const surfaces = await page.evaluate(collectSurfaces);
  const png = await screenshot(page, size);
  const { data, info } = await sharp(png)
    .removeAlpha()
    .toColourspace('srgb')
    .raw()
    .toBuffer({ resolveWithObject: true });
  return { raster: { width: info.width, height: info.height, data }, texts, surfaces };
}
