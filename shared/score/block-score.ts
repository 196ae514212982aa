/** The four parts of Design2Code's score that need no network. */
import { differenceCiede2000 } from 'culori';
import { area, type Rgb } from '../geometry.ts';
import { distance, type Matching, matchBlocks } from './block-matching.ts';
import type { TextBlock } from './render.ts';

/** Each 0..1, 1 the best. */
export interface BlockScore {
  /** Matched area over all area, of both pages. */
  readonly block: number;
  /** Mean likeness of the pairs' texts. Never worth quoting alone: people prefer against it. */
  readonly text: number;
  /** Mean of 1 − max(|dx|, |dy|) of the centres, as shares of the page's width and height. */
  readonly position: number;
  /** Mean of 1 − ΔE2000 / 100. */
  readonly color: number;
  /** Mean of the four. */
  readonly d2c4: number;
}

/**
 * Compares the text blocks of two pages.
 *
 * Without any pair all parts are 0, as published; two pages without any text are alike and get 1.
 *
 * @param size of the reference page, CSS pixels; both pages' boxes are taken as shares of it (published: each
 * page's own screenshot, which forgives a page for being too long).
 */
export function scoreBlocks(
  references: readonly TextBlock[],
  candidates: readonly TextBlock[],
  size: { readonly width: number; readonly height: number },
): BlockScore {
  if (references.length === 0 && candidates.length === 0) return withMean(1, 1, 1, 1);
  const matching = matchBlocks(references, candidates, size);
  const { pairs } = matching;
  if (pairs.length === 0) return withMean(0, 0, 0, 0);
  const mean = (value: (pair: (typeof pairs)[number]) => number) =>
    pairs.reduce((sum, pair) => sum + value(pair), 0) / pairs.length;
  return withMean(
    matchedShare(matching),
    mean((pair) => pair.similarity),
    mean((pair) => 1 - distance(pair.reference, pair.candidate, size)),
    mean((pair) => Math.max(0, 1 - colorDistance(pair.reference.color, pair.candidate.color) / 100)),
  );
}

const ciede2000 = differenceCiede2000();

/** ΔE2000 of two sRGB colours. */
export function colorDistance(a: Rgb, b: Rgb): number {
  const asColor = ([red, green, blue]: Rgb) =>
    ({ mode: 'rgb', r: red / 255, g: green / 255, b: blue / 255 }) as const;
  return ciede2000(asColor(a), asColor(b));
}

const withMean = (block: number, text: number, position: number, color: number): BlockScore => ({
  block,
  text,
  position,
  color,
  d2c4: (block + text + position + color) / 4,
});

function matchedShare({ references, candidates, pairs }: Matching): number {
  const blocks = [...references, ...candidates];
  const paired = new Set(pairs.flatMap((pair) => [pair.reference, pair.candidate]));
  const sum = (of: readonly TextBlock[]) => of.reduce((total, block) => total + area(block.box), 0);
  const all = sum(blocks);
  return all === 0 ? 1 : 1 - sum(blocks.filter((block) => !paired.has(block))) / all;
}
