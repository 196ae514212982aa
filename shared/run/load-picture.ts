/** Reads a picture and, where it is a photo of a page, makes it look like a scan of it. */
import type { Settings, Straightening } from '../config.ts';
import type { RunContext } from '../context.ts';
import { throwIfCancelled } from '../errors.ts';
import {
  looksLikePhotoOfPage,
  type PictureSource,
  type ReadOptions,
  readPicture,
  type SourcePicture,
  straightenPhoto,
} from '../image/index.ts';
import { type PixelMap, photoPixels, type Size, samePixels } from './given-pixels.ts';

export interface LoadOptions extends ReadOptions {
  /** `never` unless told, so that a program gets the pixels that it gave. */
  readonly straighten?: Straightening;
}

export interface LoadedPicture extends SourcePicture {
  /** Size of the picture as it was given; that of `raster` differs where it was straightened. */
  readonly given: Size;
  /** From pixels of `raster` to pixels of the picture as it was given. */
  readonly toGiven: PixelMap;
  /** It was a photo of a page; `raster` is what the page looks like from straight ahead. */
  readonly straightened: boolean;
}

/** How the settings want pictures read. */
export const loadOptions = ({ allowPrivateHosts, straighten }: Settings): LoadOptions => ({
  allowPrivateHosts,
  straighten,
});

/** Throws as `readPicture`. */
export async function loadPicture(
  source: PictureSource,
  context: RunContext,
  options: LoadOptions = {},
): Promise<LoadedPicture> {
  const picture = await readPicture(source, context, options);
  const { width, height } = picture.raster;
  const given = { width, height };
  const { straighten = 'never' } = options;
  const plain = straighten === 'never';
  if (plain || (straighten === 'auto' && !(await looksLikePhotoOfPage(picture.raster, context))))
    return { ...picture, given, toGiven: samePixels, straightened: false };
  throwIfCancelled(context.signal);
  const { raster, corners, warnings } = await straightenPhoto(picture.raster, context);
  const told =
    corners === undefined ? [] : ['It looks like a photo of a page: it was straightened and cleaned.'];
  return {
    ...picture,
    raster,
    warnings: [...picture.warnings, ...told, ...warnings],
    given,
    toGiven: photoPixels(raster, given, corners),
    straightened: corners !== undefined,
  };
}
