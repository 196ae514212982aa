/** What the measurement needs of a recogniser and of a font fitter, so that either can be exchanged. */
import type { Rect } from '../../geometry.ts';
import type { Typography } from '../page-facts.ts';

/** One line of text, its ink projected to 0 (background) … 255 (full ink). */
export interface LineImage {
  readonly ink: Uint8Array;
  readonly width: number;
  readonly height: number;
}

export interface ReadWord {
  readonly text: string;
  /** In pixels of the line image. */
  readonly box: Rect;
  /** 0..1. */
  readonly confidence: number;
}

export interface ReadLine {
  readonly text: string;
  readonly words: readonly ReadWord[];
  readonly confidence: number;
}

export interface LineReader {
  /** One result a line, in order; a line without text gives an empty text. */
  recognise(lines: readonly LineImage[], signal: AbortSignal): Promise<ReadLine[]>;
}

/** A line to be fitted against fonts. */
export interface LineToFit {
  readonly text: string;
  /** 0..1. */
  readonly confidence: number;
  readonly image: LineImage;
}

/** @param pixelRatio image pixels per CSS pixel. @returns one entry a line, in order. */
export type TypographyFitter = (lines: readonly LineToFit[], pixelRatio: number) => Typography[];

/** @returns indices of short lines that look like none of the letters that they were read as. */
export type LetterCheck = (lines: readonly LineToFit[]) => ReadonlySet<number>;
