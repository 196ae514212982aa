/** Reads the lines of text of a diagram. */
import type { Rect, Rgb } from '../../geometry.ts';
import type { Raster } from '../../image/picture.ts';
import { at } from '../pixels.ts';
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
}

/** @param turned lines that run from the bottom to the top, as the heads of lanes do. */
export async function readTexts(
  raster: Raster,
  ink: InkMap,
  lines: readonly { readonly line: InkLine; readonly turned: boolean }[],
  reader: LineReader,
  signal: AbortSignal,
): Promise<FoundText[]> {
  const prepared = lines.map(({ line, turned }) => ({ line, turned, ready: prepareLine(raster, ink, line) }));
  const read = await reader.recognise(
    prepared.map(({ ready, turned }) => (turned ? quarterTurn(ready.image) : ready.image)),
    signal,
  );
  return prepared.map(({ line, turned, ready }, index): FoundText => {
    const result = read[index];
    return {
      text: result?.text.trim() ?? '',
      box: {
        x: line.left,
        y: line.top,
        width: line.right - line.left + 1,
        height: line.bottom - line.top + 1,
      },
      color: ready.color,
      confidence: result?.confidence ?? 0,
      turned,
    };
  });
}

/** Clockwise, so that what ran upwards runs to the right. */
function quarterTurn({ ink, width, height }: LineImage): LineImage {
  const turned = new Uint8Array(ink.length);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) turned[x * height + (height - 1 - y)] = at(ink, y * width + x);
  return { ink: turned, width: height, height: width };
}
