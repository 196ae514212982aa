/** From a piece of read ink to the line of text that the facts tell. */
import type { Rect } from '../../geometry.ts';
import type { TextLine, Typography } from '../page-facts.ts';
import type { Segment } from '../regions/lines.ts';
import { baselineOf } from './baseline.ts';
import { decorationOf } from './decorations.ts';
import type { TextRun } from './read-lines.ts';
import type { LineToFit } from './reading.ts';

/** Source pixels, inclusive. */
export interface Bounds {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** In CSS pixels. */
export const rectOf = ({ left, top, right, bottom }: Bounds, scale: number): Rect => ({
  x: left / scale,
  y: top / scale,
  width: (right - left + 1) / scale,
  height: (bottom - top + 1) / scale,
});

/** @param used receives the rules that decorate it. */
export function lineOfRun(
  run: TextRun,
  typography: Typography,
  rules: readonly Segment[],
  used: Set<Segment>,
  scale: number,
): TextLine {
  const { source } = run;
  return {
    text: run.text,
    confidence: run.confidence,
    box: rectOf(run, scale),
    baseline: baselineOf(run) / scale,
    words: run.words.map((word) => ({
      text: word.text,
      confidence: word.confidence,
      box: {
        x: (source.left + word.box.x) / scale,
        y: (source.top + word.box.y) / scale,
        width: word.box.width / scale,
        height: word.box.height / scale,
      },
    })),
    color: source.color,
    background: source.background,
    typography,
    ...decorationOf(run, rules, used, scale),
    onPicture: source.onPicture,
  };
}

/** A line that lost an icon at one end keeps only the part of its image that is text. */
export function toFit(run: TextRun): LineToFit {
  const { source } = run;
  const { image } = source;
  const left = Math.max(0, run.left - source.left - 2);
  const right = Math.min(image.width, run.right - source.left + 3);
  if (left === 0 && right === image.width) return { text: run.text, image, confidence: run.confidence };
  const width = right - left;
  const ink = new Uint8Array(width * image.height);
  for (let y = 0; y < image.height; y++)
    ink.set(image.ink.subarray(y * image.width + left, y * image.width + right), y * width);
  return { text: run.text, image: { ...image, ink, width }, confidence: run.confidence };
}
