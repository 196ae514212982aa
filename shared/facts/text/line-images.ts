/** Makes of each ink line its colours and the picture that a recogniser reads. */
import type { Rgb } from '../../geometry.ts';
import type { Raster } from '../../image/picture.ts';
import { at, median, pack, unpack } from '../pixels.ts';
import type { InkLine } from './group-lines.ts';
import type { InkMap } from './ink.ts';
import { type LineColors, measureLineColor, projectInk } from './line-color.ts';
import { noisyColor } from './noisy-color.ts';
import type { LineImage } from './reading.ts';

export interface PreparedLine {
  readonly line: InkLine;
  readonly color: Rgb;
  readonly background: Rgb;
  readonly image: LineImage;
  /** Source pixel of the image's upper left corner. */
  readonly left: number;
  readonly top: number;
  readonly onPicture: boolean;
  /** See `LineColors.sure`. */
  readonly sure: boolean;
}

/** Background pixels kept around a line, so that a recogniser sees whole letters. */
const margin = 2;

/**
 * @param isLine tells the pixels of underlines and strokes, which are not read as ink.
 * @param lossy the picture was compressed or scaled, so that its colours are no longer exact.
 */
export function prepareLine(
  raster: Raster,
  ink: InkMap,
  line: InkLine,
  isLine: (index: number) => boolean = () => false,
  lossy = false,
): PreparedLine {
  const own = new Set(line.blobs.map((blob) => blob.index));
  return prepareInk(raster, line, (index) => own.has(at(ink.labels, index)), isLine, lossy);
}

/** @param isInk tells the pixels of the line's letters. */
export function prepareInk(
  raster: Raster,
  line: InkLine,
  isInk: (index: number) => boolean,
  isLine: (index: number) => boolean = () => false,
  lossy = false,
): PreparedLine {
  const background = middleColor(line.blobs.map((blob) => blob.background));
  const exact = measureLineColor(raster, line, background, isInk);
  const color = lossy ? noisyColor(raster, line, exact.background, isInk) : undefined;
  // It allows for thin strokes itself.
  const colors = color === undefined ? exact : { ...exact, color, sure: true };
  return finish(raster, line, colors, false, isLine);
}

/** On a photo the text's colour is known, and the background is whatever the photo shows around the letters. */
export function prepareLineOnPicture(raster: Raster, line: InkLine): PreparedLine {
  const color = unpack(line.blobs[0]?.color ?? 0xffffff);
  const around: [number[], number[], number[]] = [[], [], []];
  for (let y = line.top; y <= line.bottom; y += 2) {
    for (let x = line.left; x <= line.right; x += 2) {
      const byte = (y * raster.width + x) * 3;
      const pixel = [at(raster.data, byte), at(raster.data, byte + 1), at(raster.data, byte + 2)];
      if (Math.max(...pixel.map((value, i) => Math.abs(value - (color[i] ?? 0)))) < 100) continue;
      for (const [channel, list] of around.entries()) list.push(at(pixel, channel));
    }
  }
  const background: Rgb =
    around[0].length === 0
      ? [255 - color[0], 255 - color[1], 255 - color[2]]
      : [median(around[0]), median(around[1]), median(around[2])];
  return finish(raster, line, { color, background, sure: true }, true, () => false);
}

function finish(
  raster: Raster,
  line: InkLine,
  colors: LineColors,
  onPicture: boolean,
  isLine: (index: number) => boolean,
): PreparedLine {
  const { pixels, left, top, width, height } = projectInk(raster, line, colors, margin);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      if (isLine((top + y) * raster.width + left + x)) pixels[y * width + x] = 0;
    }
  }

  return { line, ...colors, image: { ink: pixels, width, height }, left, top, onPicture };
}

/** Channel-wise median of packed colours. */
function middleColor(colors: readonly number[]): number {
  const channels = colors.map(unpack);
  const middle = (i: 0 | 1 | 2): number => median(channels.map((color) => color[i]));
  return pack(middle(0), middle(1), middle(2));
}
