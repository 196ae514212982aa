/** Where text is really seen: the pixels that change when all text is made invisible. */
import type { Rect, Rgb } from '../geometry.ts';
import type { Raster } from '../image/picture.ts';

/** Least change of a channel, 0..255, that a person could see as text; anti-aliased edges are above it. */
const leastChange = 16;

/** Least number of CSS pixels a character must change, mean; a full stop changes about 4, text cut by an ellipsis less. */
const leastPixelsPerCharacter = 0.25;

export interface Ink {
  /** Box around the changed pixels, CSS pixels. */
  readonly box: Rect;
  /** What the strongest pixels show: the colour of the glyphs' cores. */
  readonly color: Rgb;
  /** What is behind the glyphs, mean. */
  readonly background: Rgb;
}

/**
 * Looks for text inside a box.
 *
 * @param characters length of the text.
 * @param shown, hidden the page with and without its text, in device pixels.
 * @param ratio device pixels per CSS pixel.
 * @returns undefined where no text is seen.
 */
export function findInk(
  shown: Raster,
  hidden: Raster,
  box: Rect,
  characters: number,
  ratio: number,
): Ink | undefined {
  const left = Math.max(0, Math.floor(box.x * ratio));
  const top = Math.max(0, Math.floor(box.y * ratio));
  const end = Math.min(shown.width, Math.ceil((box.x + box.width) * ratio));
  const bottom = Math.min(shown.height, Math.ceil((box.y + box.height) * ratio));
  const bounds = { left: end, top: bottom, right: left, bottom: top };
  const changed: { readonly at: number; readonly change: number }[] = [];
  let strongest = 0;
  for (let y = top; y < bottom; y += 1) {
    for (let x = left; x < end; x += 1) {
      const at = (y * shown.width + x) * 3;
      const change = changeAt(shown, hidden, at);
      if (change < leastChange) continue;
      changed.push({ at, change });
      strongest = Math.max(strongest, change);
      bounds.left = Math.min(bounds.left, x);
      bounds.right = Math.max(bounds.right, x + 1);
      bounds.top = Math.min(bounds.top, y);
      bounds.bottom = Math.max(bounds.bottom, y + 1);
    }
  }
  const least = Math.max(2, leastPixelsPerCharacter * characters) * ratio ** 2;
  if (changed.length < least) return undefined;
  const core = changed.filter((pixel) => pixel.change >= 0.9 * strongest);
  return {
    box: {
      x: bounds.left / ratio,
      y: bounds.top / ratio,
      width: (bounds.right - bounds.left) / ratio,
      height: (bounds.bottom - bounds.top) / ratio,
    },
    color: meanColor(shown, core),
    background: meanColor(hidden, changed),
  };
}

function changeAt(a: Raster, b: Raster, at: number): number {
  let most = 0;
  for (let channel = 0; channel < 3; channel += 1) {
    most = Math.max(most, Math.abs((a.data[at + channel] ?? 0) - (b.data[at + channel] ?? 0)));
  }
  return most;
}

function meanColor(raster: Raster, pixels: readonly { readonly at: number }[]): Rgb {
  const sum: [number, number, number] = [0, 0, 0];
  for (const { at } of pixels) {
    sum[0] += raster.data[at] ?? 0;
    sum[1] += raster.data[at + 1] ?? 0;
    sum[2] += raster.data[at + 2] ?? 0;
  }
  return [sum[0] / pixels.length, sum[1] / pixels.length, sum[2] / pixels.length];
}
