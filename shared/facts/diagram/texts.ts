/** Reads the lines of text of a diagram. */
import type { Rect, Rgb } from '../../geometry.ts';
import type { Raster } from '../../image/picture.ts';
import { at, median } from '../pixels.ts';
import type { InkLine } from '../text/group-lines.ts';
import type { InkMap } from '../text/ink.ts';
import { prepareLine } from '../text/line-images.ts';
import type { LineImage, LineReader } from '../text/reading.ts';

export interface FoundText {
  readonly text: string;
  readonly box: Rect;
  readonly color: Rgb;
  readonly confidence: number;
  readonly turned: boolean;
  /** Width of the letters' upright strokes, pixels. */
  readonly stem: number;
}

/** @param turned lines that run from the bottom to the top, as the heads of lanes do. */
export async function readTexts(
  raster: Raster,
  ink: InkMap,
  lines: readonly { readonly line: InkLine; readonly turned: boolean }[],
  reader: LineReader,
  signal: AbortSignal,
): Promise<FoundText[]> {
  const prepared = lines.map(({ line, turned }) => {
    const ready = prepareLine(raster, ink, line);
    return { line, turned, ready, upright: turned ? quarterTurn(ready.image) : ready.image };
  });
  const read = await reader.recognise(
    prepared.map(({ upright }) => upright),
    signal,
  );
  return prepared.map(({ line, turned, ready, upright }, index): FoundText => {
    const result = read[index];
    return {
      // Underscores join names, whatever room is left before them.
      text: (result?.text.trim() ?? '').replaceAll(/(?<=\w) _(?=\w)/g, '_'),
      box: {
        x: line.left,
        y: line.top,
        width: line.right - line.left + 1,
        height: line.bottom - line.top + 1,
      },
      color: ready.color,
      confidence: result?.confidence ?? 0,
      turned,
      stem: stemOf(upright),
    };
  });
}

/**
 * Median width of what a row of pixels crosses, by how dark it is, so that blurred edges count by their share: most of
 * what rows cross are upright strokes.
 */
function stemOf({ ink, width, height }: LineImage): number {
  const widths: number[] = [];
  for (let y = 0; y < height; y++) {
    let run = 0;
    for (let x = 0; x <= width; x++) {
      const value = x < width ? at(ink, y * width + x) : 0;
      if (value > 24) run += value / 255;
      else {
        if (run > 0.4) widths.push(run);
        run = 0;
      }
    }
  }
  return widths.length === 0 ? 0 : median(widths);
}

/** Clockwise, so that what ran upwards runs to the right. */
function quarterTurn({ ink, width, height }: LineImage): LineImage {
  const turned = new Uint8Array(ink.length);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) turned[x * height + (height - 1 - y)] = at(ink, y * width + x);
  return { ink: turned, width: height, height: width };
}
