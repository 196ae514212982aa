/** What the recogniser is given and what it gives back: one text line as ink, and its words. */
import type { Rect } from '../../geometry.ts';

/** One text line, projected on its background-to-foreground axis. */
export interface LineImage {
  /** Row by row, 0 = background … 255 = full ink; length width × height. */
  readonly ink: Uint8Array;
  readonly width: number;
  readonly height: number;
}

export interface RecognisedWord {
  readonly text: string;
  /** Ink box in pixels of the line image. */
  readonly box: Rect;
  /** 0..1: how likely the text is right. Icons read as letters are mostly under 0.5. */
  readonly confidence: number;
}

export interface RecognisedLine {
  /** The words with single spaces; empty where nothing was read. */
  readonly text: string;
  readonly words: readonly RecognisedWord[];
  /** 0..1, mean over the words by length; 0 where nothing was read. */
  readonly confidence: number;
}

/** One character as the engine saw it, in pixels of the line image. */
export interface Glyph {
  readonly text: string;
  readonly left: number;
  readonly right: number;
  /** 0..100, the engine's figure for this character alone. */
  readonly certainty: number;
  /** 0..100, the engine's figure for the word. */
  readonly wordCertainty: number;
  /** The engine put a space before it. */
  readonly startsWord: boolean;
}

/** Ink at least this strong counts as part of a glyph; fainter is antialiasing. */
export const inkThreshold = 70;

/** Smallest box around ink of at least `inkThreshold`; undefined for an empty line. */
export function inkBox(line: LineImage, left = 0, right = line.width): Rect | undefined {
  let x0 = right;
  let x1 = -1;
  let y0 = line.height;
  let y1 = -1;
  for (let y = 0; y < line.height; y += 1) {
    for (let x = Math.max(0, left); x < Math.min(right, line.width); x += 1) {
      if ((line.ink[y * line.width + x] ?? 0) < inkThreshold) continue;
      x0 = Math.min(x0, x);
      x1 = Math.max(x1, x);
      y0 = Math.min(y0, y);
      y1 = y;
    }
  }
  return x1 < 0 ? undefined : { x: x0, y: y0, width: x1 - x0 + 1, height: y1 - y0 + 1 };
}
