/** Crops for a page: where they lie in the picture, and text painted out of them. */
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import type { Raster, SourcePicture } from '../../shared/image/index.ts';
import { cropAssets, inlineFiles, toSourcePixels } from '../../shared/run/assets.ts';
import { erase } from '../../shared/run/erase.ts';
import { context } from '../image/pictures.ts';

/** A raster by formula. */
function raster(
  width: number,
  height: number,
  at: (x: number, y: number) => [number, number, number],
): Raster {
  const data = new Uint8Array(width * height * 3);
  for (let y = 0; y < height; y += 1)
    for (let x = 0; x < width; x += 1) data.set(at(x, y), (y * width + x) * 3);
  return { width, height, data };
}

const pixel = (image: Raster, x: number, y: number) => [
  ...image.data.slice((y * image.width + x) * 3).slice(0, 3),
];

describe('a box in CSS pixels', () => {
  const size = raster(200, 100, () => [0, 0, 0]);
  it.each([
    [{ x: 10.4, y: 5.6, width: 20, height: 10 }, 1, { x: 10, y: 6, width: 20, height: 10 }],
    [{ x: 10, y: 5, width: 20, height: 10 }, 2, { x: 20, y: 10, width: 40, height: 20 }],
    [{ x: -3, y: 95, width: 10, height: 30 }, 1, { x: 0, y: 95, width: 7, height: 5 }],
    [{ x: 199.9, y: 99.9, width: 0.01, height: 0.01 }, 1, { x: 199, y: 99, width: 1, height: 1 }],
  ])('%j at ratio %d is %j in the picture', (box, ratio, expected) => {
    expect(toSourcePixels(box, ratio, size)).toEqual(expected);
  });
});

describe('erasing', () => {
  const ink = (x: number, y: number) => x >= 40 && x < 60 && y >= 20 && y < 30;

  it('gives back a flat colour exactly', () => {
    const image = raster(100, 50, (x, y) => (ink(x, y) ? [255, 255, 255] : [10, 120, 200]));
    const cleaned = erase(image, [{ x: 40, y: 20, width: 20, height: 10 }]);
    for (const [x, y] of [
      [50, 25],
      [40, 20],
      [59, 29],
      [0, 0],
    ] as const) {
      expect(pixel(cleaned, x, y)).toEqual([10, 120, 200]);
    }
    expect(pixel(image, 50, 25)).toEqual([255, 255, 255]);
  });

  it('follows a gradient within a few levels', () => {
    const image = raster(100, 50, (x, y) => (ink(x, y) ? [255, 255, 255] : [x * 2, 100, 50]));
    const cleaned = erase(image, [{ x: 40, y: 20, width: 20, height: 10 }]);
    for (const x of [41, 50, 58]) expect(Math.abs((pixel(cleaned, x, 25)[0] ?? 0) - x * 2)).toBeLessThan(8);
  });

  it('bears rectangles at and beyond the edge', () => {
    const image = raster(20, 20, () => [5, 6, 7]);
    const rects = [
      { x: -10, y: -10, width: 15, height: 15 },
      { x: 15, y: 15, width: 50, height: 50 },
      { x: 100, y: 100, width: 5, height: 5 },
      { x: -5, y: -5, width: 40, height: 40 },
    ];
    expect(Buffer.from(erase(image, rects).data).equals(image.data)).toBe(true);
  });
});

describe('crops', () => {
  it('are cut at the pixel ratio, with the text of the page painted out', async () => {
    const image = raster(200, 100, (x, y) =>
      x >= 60 && x < 100 && y >= 40 && y < 60 ? [255, 255, 255] : [10, 120, 200],
    );
    const picture: SourcePicture = {
      name: 'a.png',
      format: 'png',
      sha256: '',
      byteLength: 0,
      raster: image,
      frames: 1,
      hasAlpha: false,
      warnings: [],
    };
    const asset = {
      path: 'a-assets/picture-1.png',
      box: { x: 20, y: 10, width: 50, height: 30 },
      kind: 'photo',
      erase: [{ x: 30, y: 20, width: 20, height: 10 }],
    } as const;
    const [file] = await cropAssets(picture, 2, [asset], context());
    const { data, info } = await sharp(file?.content).raw().toBuffer({ resolveWithObject: true });
    expect([file?.mediaType, info.width, info.height]).toEqual(['image/png', 100, 60]);
    expect([...new Set(data)].sort((a, b) => a - b)).toEqual([10, 120, 200]);
  });

  it('go into the page wherever it names them', () => {
    const page = {
      path: 'é.html',
      mediaType: 'text/html',
      role: 'page' as const,
      content: `<img src="é-assets/p.png"><i style="background: url(%C3%A9-assets/p.png)"></i><p>é-assets/p.png</p>`,
    };
    const content = new Uint8Array([1, 2, 3]);
    const files = inlineFiles(
      [page],
      [{ path: 'é-assets/p.png', mediaType: 'image/png', role: 'asset', content }],
    );
    const data = 'data:image/png;base64,AQID';
    expect(files.map((file) => file.content)).toEqual([
      `<img src="${data}"><i style="background: url(${data})"></i><p>é-assets/p.png</p>`,
    ]);
  });
});
