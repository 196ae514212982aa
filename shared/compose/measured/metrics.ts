/** Font metrics as a browser uses them, from the fonts that are installed here. */
import { createCanvas, GlobalFonts, type SKRSContext2D } from '@napi-rs/canvas';
import type { Typography } from '../../facts/page-facts.ts';

export interface FontMetrics {
  /** y of the baseline below the top of a line box of this height, in pixels. */
  baselineIn(lineHeight: number): number;
  /** Blank to the left of a glyph's ink, in pixels; negative where ink juts out. */
  bearingLeft(text: string): number;
  bearingRight(text: string): number;
  readonly space: number;
  /** Width of a text as the browser sets it, in pixels; none where the font is not installed here. */
  advance(text: string): number | undefined;
}

/** DejaVu Sans, which most Linux browsers fall back to: ascent, descent per em. */
const fallback = { ascent: 0.928, descent: 0.236, space: 0.318 };
const emSize = 1000;

export type MetricsOf = (typography: Typography) => FontMetrics;

function fontString(typography: Typography): string {
  return `${typography.italic ? 'italic ' : ''}${typography.weight} ${emSize}px "${typography.family}"`;
}

/** A metrics table for one composition: measured once a font and glyph. */
export function createMetrics(): MetricsOf {
  const pen: SKRSContext2D = createCanvas(4, 4).getContext('2d');
  const fonts = new Map<string, { ascent: number; descent: number; space: number; known: boolean }>();
  const bearings = new Map<string, readonly [number, number]>();

  const fontOf = (typography: Typography) => {
    const key = fontString(typography);
    const cached = fonts.get(key);
    if (cached !== undefined) return cached;
    const known = GlobalFonts.has(typography.family);
    pen.font = key;
    const measured = pen.measureText(' ');
    const font = known
      ? {
          ascent: measured.fontBoundingBoxAscent / emSize,
          descent: measured.fontBoundingBoxDescent / emSize,
          space: measured.width / emSize,
          known,
        }
      : { ...fallback, known };
    fonts.set(key, font);
    return font;
  };

  const bearing = (typography: Typography, glyph: string): readonly [number, number] => {
    if (!fontOf(typography).known || glyph === '') return [0.06, 0.06];
    const key = `${fontString(typography)}|${glyph}`;
    const cached = bearings.get(key);
    if (cached !== undefined) return cached;
    pen.font = fontString(typography);
    const measured = pen.measureText(glyph);
    const pair = [
      -measured.actualBoundingBoxLeft / emSize,
      (measured.width - measured.actualBoundingBoxRight) / emSize,
    ] as const;
    const sane = pair.every((value) => Number.isFinite(value) && Math.abs(value) < 0.4)
      ? pair
      : ([0.06, 0.06] as const);
    bearings.set(key, sane);
    return sane;
  };

  return (typography) => {
    const { size, letterSpacing } = typography;
    const font = fontOf(typography);
    const ascent = Math.round(font.ascent * size);
    const descent = Math.round(font.descent * size);
    return {
      baselineIn: (lineHeight) => Math.floor((lineHeight - ascent - descent) / 2) + ascent,
      bearingLeft: (text) => bearing(typography, [...text][0] ?? '')[0] * size,
      bearingRight: (text) => bearing(typography, [...text].at(-1) ?? '')[1] * size + letterSpacing,
      space: font.space * size,
      advance: (text) => {
        if (!font.known) return undefined;
        pen.font = fontString(typography);
        return (pen.measureText(text).width / emSize) * size + letterSpacing * [...text].length;
      },
    };
  };
}
