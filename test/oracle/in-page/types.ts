/** What the script inside the page hands out: plain data, in CSS pixels of the whole page. */

import type { Borders, Gradient, PagePicture, Separator, Shadow } from '../../../shared/facts/page-facts.ts';
import type { Rect, Rgb } from '../../../shared/geometry.ts';

export interface RawWord {
  readonly text: string;
  readonly box: Rect;
}

export interface RawLine {
  readonly words: readonly RawWord[];
  readonly text: string;
  readonly box: Rect;
  readonly baseline: number;
  readonly color: Rgb;
  readonly background: Rgb;
  readonly family: string;
  readonly kind: 'sans' | 'serif' | 'mono';
  readonly size: number;
  readonly weight: number;
  readonly italic: boolean;
  readonly letterSpacing: number;
  readonly underline: boolean;
  readonly strike: boolean;
  readonly onPicture: boolean;
}

export interface RawBox {
  readonly box: Rect;
  readonly fill?: Rgb;
  readonly gradient?: Gradient;
  readonly border: Borders;
  readonly radius: number;
  readonly shadow?: Shadow;
}

export interface RawPage {
  readonly width: number;
  readonly height: number;
  readonly background: Rgb;
  readonly backgroundGradient?: Gradient;
  readonly language: string;
  readonly lines: readonly RawLine[];
  readonly boxes: readonly RawBox[];
  readonly separators: readonly Separator[];
  readonly pictures: readonly PagePicture[];
}
