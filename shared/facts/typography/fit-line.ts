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

export interface FittedLine {
  readonly line: InkedLine;
  readonly fit: FaceFit;
}

export interface FaceFit extends Parts {
  readonly face: Face;
  /** Font size in source pixels at which the ink is as wide as the line's. */
  readonly sizeByWidth: number;
  /** Font size in source pixels from the height of the ink; hinting moves it by up to half a pixel. */
  readonly sizeByHeight: number;
  /** 0 is a perfect match; a wrong weight costs about 0.2, a wrong family 0.3. */
  readonly cost: number;
}

/** Measured widths fall short of the outlines by this much, at any size. */
const shortfall = 0.15;
const coverageWeight = 0.7;
/** Less ink than a step in weight. */
const mostInk = 0.15;
/** Medium lies between regular and bold, and is chosen only where it is clearly better. */
const rareWeight = 0.03;

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
): Pick<FaceFit, 'face' | 'sizeByWidth' | 'sizeByHeight'> | undefined {
  const { width, height } = renderer.metrics(face, line.text);
  if (width <= 0.01 || height <= 0.01) return undefined;
  return { face, sizeByWidth: inkWidth(line) / width, sizeByHeight: line.ink.height / height };
}

/** Draws lines in faces, as wide as they were measured, and compares; each pair once. */
export class LineFitter {
  readonly #known = new Map<string, Comparison | undefined>();
  readonly renderer: TextRenderer;
  /** How much more ink the page's renderer puts on the same outlines, as a logarithm. */
  #moreInk = 0;

  constructor(renderer: TextRenderer) {
    this.renderer = renderer;
  }

  fit(line: InkedLine, face: Face): FaceFit | undefined {
    const key = `${line.index} ${styleOf(face)}`;
    const known = this.#known.get(key) ?? this.#draw(line, face);
    this.#known.set(key, known);
    return known === undefined ? undefined : { ...known, cost: this.#cost(known) };
  }

  /** Renderers differ in how dark they make a glyph; the page's lines together tell, by their best fits. */
  calibrate(fits: readonly FaceFit[]): void {
    const sorted = fits.map((fit) => fit.coverage).toSorted((a, b) => a - b);
    const middle = sorted[Math.floor(sorted.length / 2)] ?? 0;
    this.#moreInk = Math.max(-mostInk, Math.min(mostInk, middle));
  }

  #draw(line: InkedLine, face: Face): Comparison | undefined {
    const sizes = sizesOf(line, face, this.renderer);
    if (sizes === undefined) return undefined;
    const drawn = inRange(sizes.sizeByWidth)
      ? this.renderer.draw(face, sizes.sizeByWidth, line.text)
      : undefined;
    if (drawn === undefined) return { ...sizes, shape: hopeless, height: 0, coverage: 0 };
    // The drawn height is hinted as the measured one was.
    const sizeByHeight = (sizes.sizeByWidth * line.ink.height) / drawn.height;
    const parts = compare(line, drawn);
    // Where the page is not hinted but the drawing is, the unhinted height is the better witness.
    const unhinted = Math.log(sizes.sizeByHeight / sizes.sizeByWidth);
    const height = Math.abs(unhinted) < Math.abs(parts.height) ? unhinted : parts.height;
    return { ...sizes, sizeByHeight, ...parts, height };
  }

  #cost(parts: Parts & { readonly face: Face }): number {
    const coverage = Math.abs(parts.coverage - this.#moreInk);
    const rare = parts.face.weight === 500 ? rareWeight : 0;
    return parts.shape + Math.abs(parts.height) + coverageWeight * coverage + rare;
  }
}

type Comparison = Omit<FaceFit, 'cost'>;

/** How two pieces of ink differ; `height` and `coverage` as logarithms, positive where the line has more. */
interface Parts {
  readonly shape: number;
  readonly height: number;
  readonly coverage: number;
}

function compare(line: InkedLine, drawn: InkMeasure): Parts {
  return {
    shape: line.characters < 2 ? 0 : 1 - likeness(line.ink.profile, drawn.profile),
    height: Math.log(line.ink.height / drawn.height),
    coverage: Math.log(line.ink.coverage / drawn.coverage),
  };
}

export function styleOf(face: Face): string {
  return `${face.family.name} ${face.weight} ${face.italic}`;
}

const hopeless = 9;

/** Far outside of what a page holds the face is wrong anyway, and drawing it would cost memory. */
function inRange(size: number): boolean {
  return size >= 3 && size <= 400;
}
