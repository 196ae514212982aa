/** Pictures drawn for one test: rectangles pixel by pixel, shapes from SVG, and HTML in the tests' browser. */
import sharp from 'sharp';
import { measurePixels } from '../../../shared/facts/measure.ts';
import type { RawFacts } from '../../../shared/facts/raw-facts.ts';
import type { Rgb } from '../../../shared/geometry.ts';
import type { Raster } from '../../../shared/image/picture.ts';

export interface Drawing {
  readonly raster: Raster;
  /** Paints a rectangle; the part outside of the picture is cut off. */
  fill(x: number, y: number, width: number, height: number, color: Rgb): Drawing;
  /** Paints single pixels. */
  paint(colorAt: (x: number, y: number) => Rgb | undefined): Drawing;
}

/** An empty picture of one colour. */
export function drawing(width: number, height: number, background: Rgb = [255, 255, 255]): Drawing {
  const data = new Uint8Array(width * height * 3);
  const paint: Drawing['paint'] = (colorAt) => {
    for (let y = 0; y < height; y++) {
      for (let x = 0; x < width; x++) {
        const color = colorAt(x, y);
        if (color !== undefined) data.set(color, (y * width + x) * 3);
      }
    }
    return result;
  };
  const result: Drawing = {
    raster: { width, height, data },
    paint,
    fill: (left, top, w, h, color) =>
      paint((x, y) => (x >= left && x < left + w && y >= top && y < top + h ? color : undefined)),
  };
  return paint(() => background);
}

/** @param body SVG elements, antialiased, on white. */
export async function svg(width: number, height: number, body: string): Promise<Raster> {
  const source = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">${body}</svg>`;
  const data = await sharp(Buffer.from(source))
    .flatten({ background: '#ffffff' })
    .removeAlpha()
    .raw()
    .toBuffer();
  return { width, height, data: new Uint8Array(data) };
}

/** The picture after JPEG at a quality, or after scaling by a factor. */
export async function degraded(
  raster: Raster,
  how: { readonly jpeg: number } | { readonly scale: number },
): Promise<Raster> {
  const { width, height, data } = raster;
  const image = sharp(data, { raw: { width, height, channels: 3 } });
  const changed =
    'jpeg' in how
      ? sharp(await image.jpeg({ quality: how.jpeg }).toBuffer())
      : image.resize({ width: Math.round(width * how.scale), kernel: 'lanczos3' });
  const { data: pixels, info } = await changed.removeAlpha().raw().toBuffer({ resolveWithObject: true });
  return { width: info.width, height: info.height, data: new Uint8Array(pixels) };
}

export const measured = (raster: Raster): RawFacts => measurePixels(raster);

/** Upper left corner, width and height of inclusive bounds. */
export const place = (bounds: { left: number; top: number; right: number; bottom: number }) => [
  bounds.left,
  bounds.top,
  bounds.right - bounds.left + 1,
  bounds.bottom - bounds.top + 1,
];
