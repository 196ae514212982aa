/** The page to put a transparent picture on: white, unless what is drawn could not be seen there. */
import type { Sharp } from 'sharp';

/** Of dark editors; black itself would swallow black shadows. */
const darkPaper = '#1e1e1e';
/** From 0 to 255: below it a pixel is see-through, from the other on it is what was drawn. */
const [seeThrough, drawn] = [32, 128] as const;
/** Relative luminance above which a colour has a contrast of less than 1.3 with white. */
const pale = 0.76;
/** Pixels beside transparency that a line of a few letters has; corners of a window have fewer. */
const leastRim = 200;
/** Of those, the share that can be seen on white in a drawing for white pages. */
const leastSeen = 0.25;

/** An image with its alpha channel as bytes, and the page that suits it. */
export interface TransparentPixels {
  /** RGBA, row by row. */
  readonly data: Uint8Array;
  readonly width: number;
  readonly height: number;
  /** `#rrggbb`. */
  readonly paper: string;
}

/** @param image not yet decoded. */
export async function readTransparent(image: Sharp): Promise<TransparentPixels> {
  const { data, info } = await image
    .ensureAlpha()
    .toColourspace('srgb')
    .raw({ depth: 'uchar' })
    .toBuffer({ resolveWithObject: true });
  if (info.channels !== 4) throw new Error(`expected 4 channels, got ${info.channels}`);
  return { data, width: info.width, height: info.height, paper: paperFor(data, info.width) };
}

/** Outlines and letters border on what is transparent; what shapes are filled with does not matter. */
function paperFor(rgba: Uint8Array, width: number): string {
  const stride = 4 * width;
  const alphaAt = (at: number): number => rgba[at + 3] ?? 255;
  const isClear = (at: number): boolean => at >= 0 && at < rgba.length && alphaAt(at) < seeThrough;
  let [rim, seen] = [0, 0];
  let first = 0;
  while (first < rgba.length && !isClear(first)) first += 4;
  // Most pictures with an alpha channel are opaque all over.
  if (first >= rgba.length) return '#ffffff';
  for (let at = 0; at < rgba.length; at += 4) {
    if (alphaAt(at) < drawn) continue;
    // Two pixels away, past a smooth edge.
    if (![-8, 8, -2 * stride, 2 * stride].some((step) => isClear(at + step))) continue;
    rim++;
    if (luminance(rgba[at] ?? 0, rgba[at + 1] ?? 0, rgba[at + 2] ?? 0) <= pale) seen++;
  }
  return rim >= leastRim && seen < leastSeen * rim ? darkPaper : '#ffffff';
}

/** Relative luminance, 0..1. Source: https://www.w3.org/TR/WCAG22/#dfn-relative-luminance */
function luminance(red: number, green: number, blue: number): number {
  const linear = (channel: number): number => {
    const share = channel / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  };
  return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue);
}
