/** A photo of a screen, brought to the size of one. */
import { cropRaster, reduce } from '../../image/index.ts';
import type { LoadedPicture } from '../load-picture.ts';

/** Share of each side that may still show the screen's frame: the corners are found to within it. */
const frame = 0.004;
/** Usual width of a page, and the height of a tall one, CSS pixels. A photo has more, which are noise. */
const widest = 1280;
const highest = 1840;
/** Height by width of what no screen is: a whole page that was put together, and is as high as it is. */
const scroll = 2.6;

/** @returns the picture itself where it is no straightened photo. */
export async function asScreen(picture: LoadedPicture): Promise<LoadedPicture> {
  if (!picture.straightened) return picture;
  const { width, height } = picture.raster;
  const x = Math.ceil(frame * width);
  const y = Math.ceil(frame * height);
  const inner = await cropRaster(picture.raster, { x, y, width: width - 2 * x, height: height - 2 * y });
  const isScroll = inner.height > scroll * inner.width;
  const factor = Math.min(1, widest / inner.width, isScroll ? 1 : highest / inner.height);
  const raster = await reduce(inner, Math.round(factor * Math.max(inner.width, inner.height)));
  const scale = inner.width / raster.width;
  const { toGiven } = picture;
  return {
    ...picture,
    raster: { ...raster, resampled: true },
    toGiven: (point) => toGiven({ x: point.x * scale + x, y: point.y * scale + y }),
  };
}
