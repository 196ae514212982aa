/** Pieces cut out as files. */
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { crop, cropRaster, encodePng, type Raster, readPicture } from '../../shared/image/index.ts';
import { bytesOf, context, failure, halves } from './pictures.ts';

async function sample(): Promise<Raster> {
  return (await readPicture(bytesOf(await halves(60, 20).png().toBuffer()), context())).raster;
}

describe('crop', () => {
  it.each(['png', 'jpeg'] as const)('writes %s', async (format) => {
    const bytes = await crop(await sample(), { x: 40, y: 2, width: 10, height: 8 }, { format });
    const piece = await readPicture(bytesOf(bytes), context());
    expect(piece).toMatchObject({ format, raster: { width: 10, height: 8 } });
    expect(piece.raster.data[2]).toBeGreaterThan(250);
    expect(piece.raster.data[0]).toBeLessThan(5);
  });

  it('rounds outwards and stays inside', async () => {
    const raster = await sample();
    const fractional = await cropRaster(raster, { x: 1.6, y: 1.2, width: 3.1, height: 2.1 });
    expect(fractional).toMatchObject({ width: 4, height: 3 });
    const beyond = await cropRaster(raster, { x: -5, y: 15, width: 1000, height: 1000 });
    expect(beyond).toMatchObject({ width: 60, height: 5 });
  });

  it('refuses what lies outside', async () => {
    const error = await failure(
      crop(await sample(), { x: 60, y: 0, width: 5, height: 5 }, { format: 'png' }),
    );
    expect(error).toMatchObject({
      code: 'option-invalid',
      message: 'Expected a rectangle inside of 60 × 20 pixels, but got 5 × 5 at (60, 0).',
    });
  });

  it('keeps every pixel in a PNG of the whole', async () => {
    const raster = await sample();
    const pixels = await sharp(await encodePng(raster))
      .raw()
      .toBuffer();
    expect(Buffer.compare(pixels, Buffer.from(raster.data))).toBe(0);
  });
});
