/**
 * What is measured from a picture of a page without any model.
 *
 * All lengths are CSS pixels: source pixels divided by `pixelRatio`. They may be fractional.
 * All colours are sRGB, 0..255, as they stand in the picture.
 */
import type { Rect, Rgb } from '../geometry.ts';

export interface TextWord {
  readonly text: string;
  /** Ink box. */
  readonly box: Rect;
  /** 0..1. */
  readonly confidence: number;
}

/** How a line is set, fitted against fonts that are installed here. */
export interface Typography {
  /** `sans`, `serif`, `mono`: the class; `family` the best fitting installed family, e.g. `DejaVu Sans`. */
  readonly kind: 'sans' | 'serif' | 'mono';
  readonly family: string;
  /** CSS `font-size` in pixels. */
  readonly size: number;
  /** CSS `font-weight`, 100..900. */
  readonly weight: number;
  readonly italic: boolean;
  /** CSS `letter-spacing` in pixels; 0 where the fitted width is right as it is. */
  readonly letterSpacing: number;
}

/** A stretch of a row of code in one colour; `start` and `length` in characters of the line's text. */
export interface CodeSpan {
  readonly start: number;
  readonly length: number;
  readonly color: Rgb;
}

/** Where a line stands in a block of code, whose letters keep to columns and whose rows to one pitch. */
export interface CodeRow {
  /** Lines of one block have one number. */
  readonly block: number;
  /** From 0; empty rows count too. */
  readonly row: number;
  /** Blanks before the line's text, which has the blanks inside as they are. */
  readonly column: number;
  /** Width of a letter, and from baseline to baseline. */
  readonly advance: number;
  readonly pitch: number;
  readonly spans: readonly CodeSpan[];
}

/** One visual line of text in one style; a line with two colours is two lines, but in code. */
export interface TextLine {
  readonly text: string;
  /** 0..1, mean over the words. */
  readonly confidence: number;
  /** Ink box: from the leftmost to the rightmost, the highest to the lowest text pixel. */
  readonly box: Rect;
  /** y of the baseline. */
  readonly baseline: number;
  readonly words: readonly TextWord[];
  readonly color: Rgb;
  readonly background: Rgb;
  readonly typography: Typography;
  readonly underline: boolean;
  readonly strike: boolean;
  /** The line stands on a photo or drawing. */
  readonly onPicture: boolean;
  /** The line is a row of code. */
  readonly code?: CodeRow;
}

export interface BorderSide {
  readonly width: number;
  readonly color: Rgb;
}

export interface Borders {
  readonly top?: BorderSide;
  readonly right?: BorderSide;
  readonly bottom?: BorderSide;
  readonly left?: BorderSide;
}

/** CSS angle: 180 runs from top to bottom, 90 from left to right. */
export interface Gradient {
  readonly angle: number;
  readonly from: Rgb;
  readonly to: Rgb;
  /** Between the two, where the change is not even. */
  readonly stops?: readonly GradientStop[];
}

export interface GradientStop {
  /** 0..1 along the gradient line. */
  readonly offset: number;
  readonly color: Rgb;
}

export interface Shadow {
  readonly offsetY: number;
  readonly blur: number;
  readonly color: Rgb;
  /** 0..1. */
  readonly alpha: number;
}

/** A visible rectangle: card, bar, button, input, cell, pill. */
export interface PageBox {
  /** Outer edge, border included. */
  readonly box: Rect;
  /** Absent where the inside has the colour of what is around it. */
  readonly fill?: Rgb;
  readonly gradient?: Gradient;
  readonly border: Borders;
  /** Corner radius; half the shorter side or more is a pill or circle. */
  readonly radius: number;
  /** Top left, top right, bottom right, bottom left; only where they differ. */
  readonly radii?: readonly [number, number, number, number];
  readonly shadow?: Shadow;
  /** 0..1, how sure the measurement is that this is one rectangle. */
  readonly confidence: number;
}

export interface Separator {
  readonly box: Rect;
  readonly color: Rgb;
  readonly orientation: 'horizontal' | 'vertical';
}

/** Something to be cropped out: a photo, a drawing, a chart, or an icon. */
export interface PagePicture {
  readonly box: Rect;
  readonly kind: 'photo' | 'drawing' | 'icon';
  /** Corner radius in CSS pixels; half the side for a round avatar. */
  readonly radius: number;
  /** The colour around it, which a crop's corners show. */
  readonly background: Rgb;
  /** Of a round photo: the line around it, which is part of `box`. */
  readonly ring?: { readonly width: number; readonly color: Rgb };
  /** Of an icon: the drawing of the icon set that it is; its square is `box` then. */
  readonly symbol?: IconSymbol;
}

/** An icon as strokes of one colour on a grid of 24 by 24. */
export interface IconSymbol {
  /** In the set: `arrow-right`. */
  readonly name: string;
  /** Elements of SVG with their attributes. */
  readonly nodes: readonly (readonly [tag: string, attributes: Readonly<Record<string, string>>])[];
  /** In units of the grid. */
  readonly strokeWidth: number;
  readonly color: Rgb;
}

export type PaletteRole = 'page' | 'surface' | 'text' | 'muted' | 'accent' | 'border';

export interface PaletteColor {
  readonly color: Rgb;
  /** Share of all pixels, 0..1. */
  readonly share: number;
  readonly role: PaletteRole;
}

export interface PageFacts {
  /** CSS pixels. */
  readonly width: number;
  readonly height: number;
  /** Source pixels per CSS pixel: 1, 2 or 3. */
  readonly pixelRatio: number;
  readonly background: Rgb;
  /** Of the page itself, where it is not one colour. */
  readonly backgroundGradient?: Gradient;
  readonly palette: readonly PaletteColor[];
  readonly lines: readonly TextLine[];
  readonly boxes: readonly PageBox[];
  readonly separators: readonly Separator[];
  readonly pictures: readonly PagePicture[];
  /** BCP 47 tag of most of the text: `en` or `zh-Hans`. */
  readonly language: string;
}
