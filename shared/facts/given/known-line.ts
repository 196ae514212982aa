/** The ink of a measured line that was found by its colour alone: on a photo, where no other ink is known. */
import type { Raster } from '../../image/picture.ts';
import type { TextLine } from '../page-facts.ts';
import { pack } from '../pixels.ts';
import { projectInk } from '../text/line-color.ts';
import type { PreparedLine } from '../text/line-images.ts';
import { lineOfBlobs } from '../text/split-lines.ts';
import { boundsOf } from './allot-ink.ts';

export function sourceOf(raster: Raster, line: TextLine, scale: number): PreparedLine {
  const box = boundsOf(line.box, scale);
  const bounds = {
    left: Math.max(0, Math.round(box.left)),
    top: Math.max(0, Math.round(box.top)),
    right: Math.min(raster.width - 1, Math.round(box.right)),
    bottom: Math.min(raster.height - 1, Math.round(box.bottom)),
  };
  const colors = { color: line.color, background: line.background, sure: true };
  const { pixels, left, top, width, height } = projectInk(raster, bounds, colors, 2);
  const [color, background] = [pack(...line.color), pack(...line.background)];
  const area = width * height;
  const blob = { ...bounds, index: -1, area, surface: -1, purity: 1, background, color };
  return {
    line: lineOfBlobs([blob], -1),
    ...colors,
    image: { ink: pixels, width, height },
    left,
    top,
    onPicture: line.onPicture,
  };
}
