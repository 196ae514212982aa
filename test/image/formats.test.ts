/** Every accepted format becomes the same upright, opaque sRGB pixels. */
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { type Raster, readPicture } from '../../shared/image/index.ts';
import { bitmap, bytesOf, context, halves, plain } from './pictures.ts';

function pixel(raster: Raster, x: number, y: number): number[] {
  const at = (y * raster.width + x) * 3;
  return [...raster.data.subarray(at, at + 3)];
}

function expectNear(actual: readonly number[], wanted: readonly number[], tolerance: number): void {
  for (const [index, value] of wanted.entries()) {
    expect(Math.abs((actual[index] ?? -999) - value), `${actual} against ${wanted}`).toBeLessThanOrEqual(
      tolerance,
    );
  }
}

describe('formats', () => {
  it.each([
    ['png', 0],
    ['jpeg', 6],
    ['webp', 6],
    ['avif', 8],
    ['gif', 0],
    ['tiff', 6],
  ] as const)('decodes %s', async (format, tolerance) => {
    const bytes = await halves(64, 32).toFormat(format).toBuffer();
    const picture = await readPicture(bytesOf(bytes), context());
    expect(picture).toMatchObject({
      format,
      frames: 1,
      byteLength: bytes.length,
      warnings: [],
    });
    expect(picture.raster).toMatchObject({ width: 64, height: 32 });
    expect(picture.raster.data).toHaveLength(64 * 32 * 3);
    expectNear(pixel(picture.raster, 8, 16), [255, 0, 0], tolerance);
    expectNear(pixel(picture.raster, 56, 16), [0, 0, 255], tolerance);
  });

  it('decodes BMP', async () => {
    const { raster, format } = await readPicture(bytesOf(bitmap()), context());
    expect(format).toBe('bmp');
    expect([...raster.data]).toEqual([255, 0, 0, 0, 255, 0, 0, 0, 255, 255, 255, 255]);
  });

  it.each([
    ['black', 'white', [255, 255, 255]],
    ['white', 'white', [30, 30, 30]],
    ['#ffe9a8', 'none', [30, 30, 30]],
    ['#222222', 'white', [255, 255, 255]],
  ])('puts transparent %s lines around %s where they can be seen', async (stroke, fill, page) => {
    const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="200" height="120"><rect x="20" y="20" width="160" height="80" fill="${fill}" stroke="${stroke}" stroke-width="4"/></svg>`;
    const bytes = await sharp(Buffer.from(svg)).png().toBuffer();
    const { raster, warnings } = await readPicture(bytesOf(bytes), context());
    expect(pixel(raster, 5, 5)).toEqual(page);
    expect(warnings.join()).toMatch(page[0] === 30 ? /put on a dark page/ : /^$/);
  });

  it('draws SVG at the wanted scale', async () => {
    const svg = Buffer.from(
      '<?xml version="1.0"?><!-- made --><svg xmlns="http://www.w3.org/2000/svg" width="40" height="20"><rect width="20" height="20" fill="red"/></svg>',
    );
    const once = await readPicture(bytesOf(svg), context());
    expect(once.raster).toMatchObject({ width: 40, height: 20 });
    expect(pixel(once.raster, 5, 5)).toEqual([255, 0, 0]);
    expect(pixel(once.raster, 35, 5)).toEqual([255, 255, 255]);
    const twice = await readPicture(bytesOf(svg), context(), { svgScale: 2 });
    expect(twice.raster).toMatchObject({ width: 80, height: 40 });
  });

  it('takes 96 pixels for an inch of an SVG, as browsers do', async () => {
    const svg = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="25.4mm" height="50.8mm"/>');
    expect((await readPicture(bytesOf(svg), context())).raster).toMatchObject({ width: 96, height: 192 });
  });

  it('hashes the encoded bytes', async () => {
    const { sha256 } = await readPicture(bytesOf(bitmap()), context());
    expect(sha256).toMatch(/^[0-9a-f]{64}$/);
    const other = await readPicture(bytesOf(await plain(1, 1).png().toBuffer()), context());
    expect(other.sha256).not.toBe(sha256);
  });

  it('reads a picture of one pixel', async () => {
    const { raster } = await readPicture(bytesOf(await plain(1, 1, '#010203').png().toBuffer()), context());
    expect(raster).toMatchObject({ width: 1, height: 1 });
    expect([...raster.data]).toEqual([1, 2, 3]);
  });
});

describe('colour and orientation', () => {
  it('applies EXIF orientation', async () => {
    const bytes = await halves(64, 32).withMetadata({ orientation: 6 }).jpeg({ quality: 100 }).toBuffer();
    const { raster } = await readPicture(bytesOf(bytes), context());
    expect(raster).toMatchObject({ width: 32, height: 64 });
    expectNear(pixel(raster, 16, 8), [255, 0, 0], 8);
    expectNear(pixel(raster, 16, 56), [0, 0, 255], 8);
  });

  it('flattens alpha on white', async () => {
    const bytes = await sharp({
      create: { width: 4, height: 4, channels: 4, background: { r: 255, g: 0, b: 0, alpha: 0.5 } },
    })
      .png()
      .toBuffer();
    const picture = await readPicture(bytesOf(bytes), context());
    expect(picture.hasAlpha).toBe(true);
    expectNear(pixel(picture.raster, 1, 1), [255, 127, 127], 2);
  });

  it('converts a CMYK JPEG to sRGB', async () => {
    const bytes = await plain(16, 16, '#ff0000').toColourspace('cmyk').jpeg({ quality: 100 }).toBuffer();
    expect((await sharp(bytes).metadata()).space).toBe('cmyk');
    const { raster } = await readPicture(bytesOf(bytes), context());
    const [red = 0, green = 255, blue = 255] = pixel(raster, 8, 8);
    expect(red).toBeGreaterThan(200);
    expect(Math.max(green, blue)).toBeLessThan(70);
  });

  it('reduces 16 bits to 8, in colour and in grey', async () => {
    for (const space of ['rgb16', 'grey16']) {
      const bytes = await plain(4, 4, '#808080').toColourspace(space).png().toBuffer();
      expect((await sharp(bytes).metadata()).depth).toBe('ushort');
      const { raster } = await readPicture(bytesOf(bytes), context());
      expect(raster.data).toHaveLength(48);
      expectNear(pixel(raster, 1, 1), [128, 128, 128], 1);
    }
  });

  it('converts an embedded profile to sRGB', async () => {
    const bytes = await plain(8, 8, '#00c000').withIccProfile('p3').png().toBuffer();
    const stored = await sharp(bytes, { ignoreIcc: true }).raw().toBuffer();
    const { raster } = await readPicture(bytesOf(bytes), context());
    expect(stored[0], 'the stored values must differ, or this shows nothing').toBeGreaterThan(20);
    expectNear(pixel(raster, 4, 4), [0, 192, 0], 3);
  });

  it('takes the first frame of an animated GIF and says so', async () => {
    const frames = await Promise.all(
      ['#ff0000', '#00ff00', '#0000ff'].map((c) => plain(10, 6, c).png().toBuffer()),
    );
    const bytes = await sharp(frames, { join: { animated: true } })
      .gif()
      .toBuffer();
    const picture = await readPicture(bytesOf(bytes, 'spin.gif'), context());
    expect(picture).toMatchObject({
      frames: 3,
      warnings: ['spin.gif is animated: only the first of 3 frames is used.'],
    });
    expect(picture.raster).toMatchObject({ width: 10, height: 6 });
    expect(pixel(picture.raster, 3, 3)).toEqual([255, 0, 0]);
  });
});
