/** A picture for human eyes: the reference left, the candidate right. */
import sharp from 'sharp';
import type { Raster } from '../../shared/image/picture.ts';

const gap = 16;

/** PNG of both pictures at their own size, upper edges level, on grey. */
export async function sideBySide(left: Raster, right: Raster): Promise<Buffer> {
  const input = (raster: Raster) => ({
    input: Buffer.from(raster.data.buffer, raster.data.byteOffset, raster.data.length),
    raw: { width: raster.width, height: raster.height, channels: 3 as const },
  });
  const background = { r: 128, g: 128, b: 128 };
  const canvas = {
    width: left.width + gap + right.width,
    height: Math.max(left.height, right.height),
    channels: 3 as const,
    background,
  };
  return sharp({ create: canvas })
    .composite([
      { ...input(left), left: 0, top: 0 },
      { ...input(right), left: left.width + gap, top: 0 },
    ])
    .png()
    .toBuffer();
}
