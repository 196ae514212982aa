/** Turns encoded bytes into upright, opaque sRGB pixels, after the header has passed the limits. */
import sharp, { type Metadata, type Sharp } from 'sharp';
import type { RunContext } from '../context.ts';
import { PixelwrightError, throwIfCancelled } from '../errors.ts';
import { bitmapSize, decodeBitmap, isBitmapCut } from './bitmap.ts';
import { requirePixels } from './limits.ts';
import { readTransparent, type TransparentPixels } from './paper.ts';
import type { EncodedPicture, Raster, SourcePicture } from './picture.ts';
import { checkSvg } from './svg.ts';

const white = '#ffffff';

export interface DecodeOptions {
  /** Source pixels per CSS pixel of an SVG; 1 unless told. */
  readonly svgScale?: number;
}

/** Pixels and what the header said about them. */
interface Decoded {
  readonly raster: Raster;
  readonly frames: number;
  readonly hasAlpha: boolean;
  readonly warnings: readonly string[];
}

/**
 * Decodes a picture: first frame, EXIF orientation applied, profile and CMYK converted to sRGB, 8 bits, alpha on
 * white, or on a dark page where what is drawn is pale.
 * @throws PixelwrightError `input-too-large`, `input-unsupported` (damaged), `not-allowed` (SVG with outside
 *   references), `cancelled`.
 */
export async function decodePicture(
  encoded: EncodedPicture,
  context: RunContext,
  options: DecodeOptions = {},
): Promise<SourcePicture> {
  throwIfCancelled(context.signal);
  const { name, format, bytes, sha256 } = encoded;
  const decoded = await decode(encoded, context, options).catch((error: unknown) => {
    throw error instanceof PixelwrightError ? error : damaged(name, format, error);
  });
  throwIfCancelled(context.signal);
  return { name, format, sha256, byteLength: bytes.length, ...decoded };
}

async function decode(
  encoded: EncodedPicture,
  context: RunContext,
  options: DecodeOptions,
): Promise<Decoded> {
  if (encoded.format === 'bmp') return decodeBmp(encoded, context);
  if (encoded.format === 'svg') return decodeSvg(encoded, context, options.svgScale ?? 1);
  return decodeWithSharp(encoded.bytes, encoded.name, context, 72, []);
}

async function decodeBmp({ bytes, name }: EncodedPicture, context: RunContext): Promise<Decoded> {
  const { width, height } = bitmapSize(bytes);
  requirePixels(name, width, height, context.limits.maxPixels);
  if (isBitmapCut(bytes)) throw new Error('it ends before its last row');
  const { data, ...size } = await decodeBitmap(bytes);
  const pixels = sharp(data, { raw: { ...size, channels: 4 }, limitInputPixels: context.limits.maxPixels });
  return { raster: await toRaster(pixels), frames: 1, hasAlpha: hasTransparency(data), warnings: [] };
}

function hasTransparency(rgba: Uint8Array): boolean {
  for (let at = 3; at < rgba.length; at += 4) if (rgba[at] !== 255) return true;
  return false;
}

async function decodeSvg(encoded: EncodedPicture, context: RunContext, scale: number): Promise<Decoded> {
  if (!(scale > 0 && scale <= 16)) {
    throw new PixelwrightError(
      'option-invalid',
      `Expected an SVG scale above 0 and up to 16, but got ${scale}.`,
      {
        next: 'Use 1 for the size as drawn, 2 for twice as many pixels.',
      },
    );
  }
  const checked = await checkSvg(encoded.bytes, encoded.name, context.signal);
  return decodeWithSharp(
    checked.bytes,
    encoded.name,
    context,
    svgDensity(scale, checked.hasPhysicalUnits),
    checked.warnings,
  );
}

/**
 * The renderer takes the density twice: to draw inches at that many pixels, and to scale the drawing by density / 72.
 * So pixels grow with the density, physical units with its square; CSS has 96 pixels in an inch.
 */
function svgDensity(scale: number, hasPhysicalUnits: boolean): number {
  return hasPhysicalUnits ? Math.sqrt(72 * 96 * scale) : 72 * scale;
}

/** @param density dots per inch for an SVG, whose natural size the renderer takes at 72. */
async function decodeWithSharp(
  bytes: Uint8Array,
  name: string,
  context: RunContext,
  density: number,
  warnings: readonly string[],
): Promise<Decoded> {
  // The header is read without the renderer's own limit, so that the error can tell the size.
  const metadata = await sharp(bytes, { limitInputPixels: false, density }).metadata();
  requirePixels(name, metadata.width, metadata.pageHeight ?? metadata.height, context.limits.maxPixels);
  throwIfCancelled(context.signal);
  // "error" and not "warning": many cameras write JPEGs with harmless oddities; cut files still fail.
  const settings = {
    limitInputPixels: context.limits.maxPixels,
    failOn: 'error',
    density,
    pages: 1,
  } as const;
  const image = sharp(bytes, settings).autoOrient();
  const clear = metadata.hasAlpha ? await readTransparent(image) : undefined;
  const raster = clear ? await onPaper(clear) : await toRaster(image);
  const frames = metadata.pages ?? 1;
  const told = [...warnings, ...frameWarning(metadata, name, frames), ...paperWarning(clear, name)];
  return { raster, frames, hasAlpha: metadata.hasAlpha && metadata.format !== 'svg', warnings: told };
}

function frameWarning(metadata: Metadata, name: string, frames: number): string[] {
  if (frames <= 1) return [];
  const kind = metadata.format === 'tiff' ? 'has several pages' : 'is animated';
  return [
    `${name} ${kind}: only the first of ${frames} ${metadata.format === 'tiff' ? 'pages' : 'frames'} is used.`,
  ];
}

function paperWarning(clear: TransparentPixels | undefined, name: string): string[] {
  if (clear === undefined || clear.paper === white) return [];
  return [`${name} is transparent and drawn in pale colours, so it was put on a dark page.`];
}

const onPaper = ({ data, width, height, paper }: TransparentPixels): Promise<Raster> =>
  toRaster(sharp(data, { raw: { width, height, channels: 4 }, limitInputPixels: false }), paper);

async function toRaster(image: Sharp, paper = white): Promise<Raster> {
  const { data, info } = await image
    .flatten({ background: paper })
    .toColourspace('srgb')
    .raw({ depth: 'uchar' })
    .toBuffer({ resolveWithObject: true });
  if (info.channels !== 3) throw new Error(`expected 3 channels, got ${info.channels}`);
  return { width: info.width, height: info.height, data };
}

function damaged(name: string, format: string, cause: unknown): PixelwrightError {
  if (format === 'svg') {
    return new PixelwrightError(
      'input-unsupported',
      `Expected an SVG that can be drawn, but ${name} cannot.`,
      {
        next: 'Check that it has a width and a height, or export it as PNG.',
        cause,
      },
    );
  }
  const reason = cause instanceof Error ? (cause.message.trim().split('\n').pop() ?? '') : String(cause);
  return new PixelwrightError(
    'input-unsupported',
    `Expected a whole ${format.toUpperCase()} picture, but ${name} is damaged or cut short.`,
    { next: 'Save or download it again.', details: { reason }, cause },
  );
}
