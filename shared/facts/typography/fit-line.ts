/** How well one face explains one line of ink. */
import type { LineImage } from '../recogniser/line-image.ts';
import type { Face } from './faces.ts';
import { type InkMeasure, likeness, measureInk } from './ink-measure.ts';
import type { TextRenderer } from './render.ts';

/** A text line to be fitted. */
export interface TypographyLine {
  readonly text: string;
  /** The line's ink in source pixels, cropped to the line. */
  readonly image: LineImage;
  /** 0..1: how far the text can be trusted; lines under 0.5 do not vote on the page's families. */
  readonly confidence: number;
}

/** A line that can be fitted: it has ink and text. */
export interface InkedLine extends TypographyLine {
  readonly index: number;
  readonly ink: InkMeasure;
  readonly characters: number;
}

export interface FaceFit {
  readonly face: Face;
  /** Font size in source pixels at which the ink is as wide as the line's. */
  readonly sizeByWidth: number;
  /** Font size in source pixels from the height of the ink; hinting makes it uncertain by `heightStep`. */
  readonly sizeByHeight: number;
  /** 0 is a perfect match; a wrong weight costs about 0.2, a wrong family 0.3. */
  readonly cost: number;
}

/** Measured widths fall short of the outlines by this much, at any size. */
const shortfall = 0.15;
const heightWeight = 1;
const coverageWeight = 0.7;
/** A stand-in font has other shapes in both weights; they tell little. */
const standInShape = 0.2;

export function inkedLines(lines: readonly TypographyLine[]): InkedLine[] {
  return lines.flatMap((line, index) => {
    const text = line.text.trim();
    const ink = measureInk(line.image);
    if (text === '' || ink === undefined || ink.box.height < 2) return [];
    return [{ ...line, text, index, ink, characters: [...text].length }];
  });
}

export function inkWidth(line: InkedLine): number {
  return Math.max(1, line.ink.width + shortfall);
}

/** Sizes alone, without drawing. @returns undefined where the face has no ink for the text. */
export function sizesOf(
  line: InkedLine,
  face: Face,
  renderer: TextRenderer,
): Omit<FaceFit, 'cost'> | undefined {
  const { width, height } = renderer.metrics(face, line.text);
  if (width <= 0.01 || height <= 0.01) return undefined;
  return { face, sizeByWidth: inkWidth(line) / width, sizeByHeight: line.ink.height / height };
}

/** Draws lines in faces, as wide as they were measured, and compares; each pair once. */
export class LineFitter {
  readonly #known = new Map<string, FaceFit | undefined>();
  readonly renderer: TextRenderer;

  constructor(renderer: TextRenderer) {
    this.renderer = renderer;
  }

  fit(line: InkedLine, face: Face): FaceFit | undefined {
    const key = `${line.index} ${styleOf(face)}`;
    if (!this.#known.has(key)) this.#known.set(key, this.#draw(line, face));
    return this.#known.get(key);
  }

  /** @param size and `spacing` in source pixels. */
  cost(line: InkedLine, face: Face, size: number, spacing: number): number {
    const drawn = inRange(size) ? this.renderer.draw(face, size, line.text, spacing) : undefined;
    return drawn === undefined ? hopeless : costOf(line, drawn, standInShape);
  }

  #draw(line: InkedLine, face: Face): FaceFit | undefined {
    const sizes = sizesOf(line, face, this.renderer);
    if (sizes === undefined) return undefined;
    const drawn = inRange(sizes.sizeByWidth)
      ? this.renderer.draw(face, sizes.sizeByWidth, line.text)
      : undefined;
    if (drawn === undefined) return { ...sizes, cost: hopeless };
    // The drawn height is hinted as the measured one was.
    const sizeByHeight = (sizes.sizeByWidth * line.ink.height) / drawn.height;
    return { face, sizeByWidth: sizes.sizeByWidth, sizeByHeight, cost: costOf(line, drawn, 1) };
  }
}

export function styleOf(face: Face): string {
  return `${face.family.name} ${face.weight} ${face.italic}`;
}

const hopeless = 9;

/** Far outside of what a page holds the face is wrong anyway, and drawing it would cost memory. */
function inRange(size: number): boolean {
  return size >= 3 && size <= 400;
}

function costOf(line: InkedLine, drawn: InkMeasure, shapeWeight: number): number {
  const shape = line.characters < 2 ? 0 : 1 - likeness(line.ink.profile, drawn.profile);
  const height = Math.abs(Math.log(line.ink.height / drawn.height));
  const coverage = Math.abs(Math.log(line.ink.coverage / drawn.coverage));
  return shapeWeight * shape + heightWeight * height + coverageWeight * coverage;
}
