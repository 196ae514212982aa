/** From decoded pixels to sharp and back, and out as files. */
import sharp, { type Sharp } from 'sharp';
import { PixelwrightError } from '../errors.ts';
import { bottom, type Rect, right } from '../geometry.ts';
import type { Raster } from './picture.ts';

export interface EncodeOptions {
  /** PNG keeps every pixel; JPEG suits photos. */
  readonly format: 'png' | 'jpeg';
  /** JPEG quality 1..100; 85 unless told. */
  readonly quality?: number;
}

/** The raster as the start of a sharp pipeline; its size was checked when it was read. */
export function pipeline({ data, width, height }: Raster): Sharp {
  return sharp(data, { raw: { width, height, channels: 3 }, limitInputPixels: false });
}

/** Runs a pipeline that keeps three channels. */
export async function renderRaster(image: Sharp): Promise<Raster> {
  const { data, info } = await image.raw({ depth: 'uchar' }).toBuffer({ resolveWithObject: true });
  if (info.channels !== 3) throw new RangeError(`Expected 3 channels, got ${info.channels}.`);
  return { width: info.width, height: info.height, data };
}

/** A PNG file of all pixels. */
export async function encodePng(raster: Raster): Promise<Uint8Array> {
  return encode(pipeline(raster), { format: 'png' });
}

/**
 * Cuts a piece out, as a file.
 * @param rect in pixels of the raster; rounded outwards to whole pixels and cut at the edges.
 * @throws PixelwrightError `option-invalid` if the rectangle and the raster have no pixel in common.
 */
export async function crop(raster: Raster, rect: Rect, options: EncodeOptions): Promise<Uint8Array> {
  const { x, y, width, height } = cropRect(raster, rect);
  return encode(pipeline(raster).extract({ left: x, top: y, width, height }), options);
}

/** As `crop`, but pixels. */
export async function cropRaster(raster: Raster, rect: Rect): Promise<Raster> {
  const { x, y, width, height } = cropRect(raster, rect);
  return renderRaster(pipeline(raster).extract({ left: x, top: y, width, height }));
}

function cropRect(raster: Raster, rect: Rect): Rect {
  const x = Math.max(0, Math.floor(rect.x));
  const y = Math.max(0, Math.floor(rect.y));
  const width = Math.min(raster.width, Math.ceil(right(rect))) - x;
  const height = Math.min(raster.height, Math.ceil(bottom(rect))) - y;
  if (width > 0 && height > 0) return { x, y, width, height };
  throw new PixelwrightError(
    'option-invalid',
    `Expected a rectangle inside of ${raster.width} × ${raster.height} pixels, but got ${rect.width} × ${rect.height} at (${rect.x}, ${rect.y}).`,
    { next: 'Give x, y, width and height in pixels of the picture.' },
  );
}

async function encode(image: Sharp, { format, quality = 85 }: EncodeOptions): Promise<Uint8Array> {
  return format === 'png'
    ? image.png({ compressionLevel: 9 }).toBuffer()
    : image.jpeg({ quality, chromaSubsampling: '4:4:4' }).toBuffer();
}
