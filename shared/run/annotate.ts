/** Draws what was measured over the picture, for human eyes. */
import sharp from 'sharp';
import type { RunContext } from '../context.ts';
import { throwIfCancelled } from '../errors.ts';
import type { PageFacts } from '../facts/page-facts.ts';
import type { Rect } from '../geometry.ts';
import type { Raster } from '../image/index.ts';

/** Colour of the outlines, told apart on light and dark pages. */
export const outlineColors = {
  lines: '#e6007a',
  boxes: '#0072ff',
  pictures: '#00a050',
  separators: '#ff8a00',
} as const;

/** The picture, paled, with an outline around each line of text, box, picture and separator. @returns a PNG. */
export async function annotate(raster: Raster, facts: PageFacts, context: RunContext): Promise<Uint8Array> {
  throwIfCancelled(context.signal);
  const { width, height } = raster;
  const outline = (boxes: readonly { readonly box: Rect }[], color: string): string =>
    boxes
      .map(({ box }) => {
        const [x, y, w, h] = [box.x, box.y, box.width, box.height].map((value) => value * facts.pixelRatio);
        return `<rect x="${x}" y="${y}" width="${w}" height="${h}" stroke="${color}"/>`;
      })
      .join('');
  const drawing = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">
    <rect width="100%" height="100%" fill="#fff" fill-opacity=".35"/>
    <g fill="none" stroke-width="${facts.pixelRatio}">
      ${outline(facts.boxes, outlineColors.boxes)}${outline(facts.separators, outlineColors.separators)}
      ${outline(facts.pictures, outlineColors.pictures)}${outline(facts.lines, outlineColors.lines)}
    </g></svg>`;
  const png = await sharp(raster.data, { raw: { width, height, channels: 3 } })
    .composite([{ input: Buffer.from(drawing) }])
    .png()
    .toBuffer();
  throwIfCancelled(context.signal);
  return png;
}
