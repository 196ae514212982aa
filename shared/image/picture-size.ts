/** The size of a picture by its header alone. */
import sharp from 'sharp';
import type { RunContext } from '../context.ts';
import { PixelwrightError, throwIfCancelled } from '../errors.ts';
import { decodePicture } from './decode.ts';
import { requirePixels } from './limits.ts';
import type { EncodedPicture } from './picture.ts';

/**
 * Width and height in pixels as `decodePicture` will have them, without decoding where the header tells.
 * @throws PixelwrightError `input-too-large`, `input-unsupported` (damaged), `cancelled`.
 */
export async function pictureSize(
  encoded: EncodedPicture,
  context: RunContext,
): Promise<{ readonly width: number; readonly height: number }> {
  throwIfCancelled(context.signal);
  const { bytes, format, name } = encoded;
  // Others need checks of their own or a drawing before they have a size.
  if (format !== 'png' && format !== 'jpeg') return (await decodePicture(encoded, context)).raster;
  try {
    const { autoOrient } = await sharp(bytes, { limitInputPixels: false }).metadata();
    requirePixels(name, autoOrient.width, autoOrient.height, context.limits.maxPixels);
    throwIfCancelled(context.signal);
    return { width: autoOrient.width, height: autoOrient.height };
  } catch (cause) {
    if (cause instanceof PixelwrightError) throw cause;
    throw new PixelwrightError(
      'input-unsupported',
      `Expected a whole ${format.toUpperCase()} picture, but ${name} is damaged or cut short.`,
      { next: 'Save or download it again.', cause },
    );
  }
}
