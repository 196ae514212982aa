/** Draws the differences of two pictures, for human eyes. */
import sharp from 'sharp';
import type { Rect } from '../../geometry.ts';
import type { Raster } from '../../image/picture.ts';
import type { DifferenceKind } from '../../tasks/index.ts';
import type { Mask } from './mask.ts';

/** Told apart on light and dark pages, and by most colour-blind people. */
export const kindColors: Readonly<Record<DifferenceKind, string>> = {
  missing: '#d55e00',
  added: '#009e73',
  moved: '#0072b2',
  colour: '#cc79a7',
  text: '#e69f00',
  changed: '#e6007a',
};

/**
 * The second picture, paled, its differing pixels in red, and an outline around each region.
 * @param actual as it lies on the canvas. @param scale pixels of the canvas per pixel of the actual picture.
 * @returns a PNG.
 */
export async function drawDifferences(
  actual: Raster,
  mask: Mask,
  regions: readonly { readonly kind: DifferenceKind; readonly box: Rect; readonly actualBox?: Rect }[],
  scale: number,
): Promise<Uint8Array> {
  const { width, height } = actual;
  const data = Uint8Array.from(actual.data, (value) => 178 + Math.round(value * 0.3));
  for (let y = 0; y < mask.height; y++) {
    for (let x = 0; x < mask.width; x++) {
      if (mask.data[y * mask.width + x] === 1) data.set([220, 0, 30], (y * width + x) * 3);
    }
  }
  const outlines = regions
    .map(({ kind, box, actualBox }) => {
      // What was added is told in pixels of the actual picture, what is missing in those of the canvas.
      const own = actualBox ?? (kind === 'added' ? box : undefined);
      return { kind, box: own === undefined ? box : scaled(own, scale) };
    })
    .map(
      ({ kind, box }) =>
        `<rect x="${box.x - 1}" y="${box.y - 1}" width="${box.width + 2}" height="${box.height + 2}" stroke="${kindColors[kind]}"/>`,
    );
  const drawing = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}"><g fill="none" stroke-width="2">${outlines.join('')}</g></svg>`;
  return await sharp(data, { raw: { width, height, channels: 3 }, limitInputPixels: false })
    .composite([{ input: Buffer.from(drawing) }])
    .png()
    .toBuffer();
}

const scaled = ({ x, y, width, height }: Rect, scale: number): Rect => ({
  x: x * scale,
  y: y * scale,
  width: width * scale,
  height: height * scale,
});
