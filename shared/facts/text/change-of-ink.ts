/** Cuts a line of a lossy picture where its ink turns paler or darker for good, as from a subject to its snippet. */
import { packedDistance } from '../pixels.ts';
import type { InkLine } from './group-lines.ts';
import type { Blob } from './ink.ts';
import { lineOfBlobs, wordsByGaps } from './split-lines.ts';

interface Word {
  readonly blobs: readonly Blob[];
  /** Ink pixels, and how far they stand out from the ground on average, 0..255. */
  readonly area: number;
  readonly strength: number;
}

/** Least words and ink pixels on either side. */
const leastWords = 2;
const leastInk = 60;
/** Least step between the means of both sides, alone and in standard deviations of the words around them. */
const leastStep = 45;
const leastDeviations = 5;
/** What compression does to the mean of a word. */
const ripple = 2;

/**
 * Compression and soft edges change the colour of single letters by as much as a paler style does, so that words
 * beside each other tell nothing: the means of all words before and after do.
 * @returns the line itself, or its two parts.
 */
export function splitByInk(line: InkLine): InkLine[] {
  const words = wordsByGaps(line).map(wordOf);
  let best: { at: number; spread: number } | undefined;
  for (let at = leastWords; at <= words.length - leastWords; at++) {
    const [before, after] = [words.slice(0, at), words.slice(at)];
    if (Math.min(inkOf(before), inkOf(after)) < leastInk) continue;
    const spread = scatterOf(before) + scatterOf(after);
    const deviation = Math.sqrt(spread / inkOf(words)) + ripple;
    const step = Math.abs(strengthOf(before) - strengthOf(after));
    if (step < leastStep || step < leastDeviations * deviation) continue;
    if (best === undefined || spread < best.spread) best = { at, spread };
  }
  if (best === undefined) return [line];
  return [words.slice(0, best.at), words.slice(best.at)].map((part) =>
    lineOfBlobs(
      part.flatMap(({ blobs }) => blobs),
      line.surface,
    ),
  );
}

function wordOf(blobs: readonly Blob[]): Word {
  const area = blobs.reduce((sum, blob) => sum + blob.area, 0);
  const ink = blobs.reduce((sum, blob) => sum + packedDistance(blob.color, blob.background) * blob.area, 0);
  return { blobs, area, strength: ink / Math.max(1, area) };
}

const inkOf = (words: readonly Word[]): number => words.reduce((sum, { area }) => sum + area, 0);

const strengthOf = (words: readonly Word[]): number =>
  words.reduce((sum, { area, strength }) => sum + area * strength, 0) / Math.max(1, inkOf(words));

/** Sum of squared differences to the mean, by ink. */
function scatterOf(words: readonly Word[]): number {
  const mean = strengthOf(words);
  return words.reduce((sum, { area, strength }) => sum + area * (strength - mean) ** 2, 0);
}
