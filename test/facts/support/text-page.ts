/** Small pages of absolutely placed texts and shapes, measured with the real recogniser. */
import sharp from 'sharp';
import { createContext } from '../../../shared/context.ts';
import { measurePicture, type PageFacts, type TextLine } from '../../../shared/facts/index.ts';
import type { SourcePicture } from '../../../shared/image/index.ts';
import { openPageShots } from './page-shots.ts';

export const head = `<!doctype html><style>
  body { margin: 0; background: #fff; font: 16px "DejaVu Sans"; color: #1f2937 }
  div, svg, img { position: absolute; white-space: nowrap }
</style>`;

/** A text or a box at a place; `inner` is HTML. */
export const at = (x: number, y: number, inner: string, style = ''): string =>
  `<div style="left:${x}px;top:${y}px;${style}">${inner}</div>`;

export const measure = (picture: SourcePicture): Promise<PageFacts> =>
  measurePicture(picture, createContext(new AbortController().signal));

/** Draws one page in the tests' browser and measures it. */
export async function factsOf(parts: readonly string[], width = 640, height = 300): Promise<PageFacts> {
  const shots = await openPageShots();
  try {
    return await measure(await shots.shotOf(head + parts.join(''), { width, height }));
  } finally {
    await shots.close();
  }
}

/** The same drawn page, compressed as JPEG of quality 80. */
export async function compressedFactsOf(
  parts: readonly string[],
  width = 640,
  height = 300,
): Promise<PageFacts> {
  const shots = await openPageShots();
  try {
    const shot = await shots.shotOf(head + parts.join(''), { width, height });
    const raw = { width: shot.raster.width, height: shot.raster.height, channels: 3 } as const;
    const jpeg = await sharp(shot.raster.data, { raw }).jpeg({ quality: 80 }).toBuffer();
    const data = await sharp(jpeg).raw().toBuffer();
    return await measure({ ...shot, raster: { ...shot.raster, data } });
  } finally {
    await shots.close();
  }
}

/** The line with this text. @throws Error that lists what was read instead. */
export function lineOf(facts: PageFacts, text: string): TextLine {
  const line = facts.lines.find((one) => one.text === text);
  if (line) return line;
  throw new Error(
    `Expected a line "${text}"; read: ${facts.lines.map((one) => `"${one.text}"`).join(', ')}.`,
  );
}
