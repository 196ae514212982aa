/** Limits on a picture, checked before anything is decoded, and the sentences for breaking them. */
import { PixelwrightError } from '../errors.ts';

/** `1.5 MB`, in powers of 1024. */
export function formatBytes(bytes: number): string {
  if (bytes < 1024) return `${bytes} bytes`;
  const power = bytes < 1024 ** 2 ? 1 : 2;
  const value = bytes / 1024 ** power;
  return `${Number(value.toFixed(value < 10 ? 1 : 0))} ${power === 1 ? 'KB' : 'MB'}`;
}

export function tooManyBytes(name: string, size: string, limit: number): PixelwrightError {
  return new PixelwrightError(
    'input-too-large',
    `Expected a picture of at most ${formatBytes(limit)}, but ${name} has ${size}.`,
    { next: 'Save it smaller, or raise maxInputBytes.', details: { maxInputBytes: limit } },
  );
}

/**
 * @param limit largest number of pixels of a decoded picture.
 * @throws PixelwrightError `input-too-large`.
 */
export function requirePixels(name: string, width: number, height: number, limit: number): void {
  if (width * height <= limit) return;
  throw new PixelwrightError(
    'input-too-large',
    `Expected a picture of at most ${millions(limit)} pixels, but ${name} has ${width} × ${height} (${millions(width * height)}).`,
    { next: 'Scale it down or cut it, or raise maxPixels.', details: { width, height, maxPixels: limit } },
  );
}

function millions(pixels: number): string {
  return pixels < 100_000 ? String(pixels) : `${Number((pixels / 1e6).toFixed(1))} million`;
}
