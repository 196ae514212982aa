/** Words from the better of recogniser and giver, where they disagree, word by word: the pixels have the first say. */
import { distance } from 'fastest-levenshtein';
import type { TextWord } from '../page-facts.ts';

/** A stretch of words that two readings disagree on. */
interface Segment {
  readonly read: readonly Pick<TextWord, 'text' | 'confidence'>[];
  readonly given: readonly string[];
}

export interface ChosenWords {
  readonly text: string;
  /** 0..1. */
  readonly confidence: number;
}

/**
 * What the recogniser's certainty is worth beside the vote of the pixels (−1..1): at `even` it counts as much as
 * the giver's word. Measured on 377 words of JPEG and scaled pages on which one of the two was wrong: of the
 * recogniser's right ones 95 % prevail, of the giver's 67 %; most of the others stood on torn ink.
 */
const even = 0.7;
const certaintyWeight = 0.8;
/** A recogniser knows few signs besides letters and figures. */
const unknownSign = 0.6;
/** How sure a text is: both agree; the giver prevailed; nobody else read it. */
const agreed = 0.97;
const prevailed = 0.85;

/**
 * @param vote whom the ink speaks for: −1 the first text … 1 the second.
 * @returns the given words where nothing was read.
 */
export function chooseWords(
  read: readonly Pick<TextWord, 'text' | 'confidence'>[],
  given: string,
  vote: (first: string, second: string) => number,
): ChosenWords {
  const words = given.split(' ');
  if (read.length === 0) return { text: given, confidence: prevailed };
  const segments = align(read, words);
  const chosen = segments.map((segment) => segment.given.join(' '));
  let confidence = agreed;
  for (const [index, segment] of segments.entries()) {
    const own = segment.given.join(' ');
    const other = segment.read.map((word) => word.text).join(' ');
    if (own === other) continue;
    const withOwn = joined(chosen);
    const withOther = joined(chosen.with(index, other));
    const certainty = Math.min(...segment.read.map((word) => word.confidence), 1);
    // Words that nobody else saw: certain only if the ink agrees.
    const known = segment.read.length > 0 ? certainty : even;
    if (vote(withOther, withOwn) + doubt(known, own, other) > 0) confidence = Math.min(confidence, prevailed);
    else {
      chosen[index] = other;
      confidence = Math.min(confidence, Math.max(0.5, known));
    }
  }
  const text = joined(chosen);
  return text === '' ? { text: given, confidence: prevailed } : { text, confidence };
}

const joined = (parts: readonly string[]): string => parts.filter((part) => part !== '').join(' ');

/** Above 0 it speaks for the giver. */
function doubt(certainty: number, given: string, read: string): number {
  const isSign = read !== '' && given !== '' && !/[\p{L}\p{N}]/u.test(read);
  return certaintyWeight * (even - certainty) + (isSign ? unknownSign : 0);
}

/** Least cost of pairing words by their letters; neighbouring disagreements are one segment. */
function align(read: Segment['read'], given: readonly string[]): Segment[] {
  const missing = 0.6;
  const costs = Array.from({ length: read.length + 1 }, () => new Float64Array(given.length + 1));
  const cost = (i: number, j: number): number => costs[i]?.[j] ?? Number.POSITIVE_INFINITY;
  const unlike = (i: number, j: number): number => {
    const [a, b] = [read[i]?.text ?? '', given[j] ?? ''];
    return distance(a, b) / Math.max(1, a.length, b.length);
  };
  for (let i = read.length; i >= 0; i--) {
    for (let j = given.length; j >= 0; j--) {
      if (i === read.length && j === given.length) continue;
      const row = costs[i];
      if (row === undefined) continue;
      row[j] = Math.min(
        i < read.length && j < given.length ? cost(i + 1, j + 1) + unlike(i, j) : Number.POSITIVE_INFINITY,
        i < read.length ? cost(i + 1, j) + missing : Number.POSITIVE_INFINITY,
        j < given.length ? cost(i, j + 1) + missing : Number.POSITIVE_INFINITY,
      );
    }
  }
  const segments: { read: Segment['read'][number][]; given: string[]; same: boolean }[] = [];
  let [i, j] = [0, 0];
  while (i < read.length || j < given.length) {
    const paired =
      i < read.length && j < given.length && cost(i, j) >= cost(i + 1, j + 1) + unlike(i, j) - 1e-9;
    const takesRead = paired || (i < read.length && cost(i, j) >= cost(i + 1, j) + missing - 1e-9);
    const takesGiven = paired || !takesRead;
    const [word, own] = [takesRead ? read[i] : undefined, takesGiven ? given[j] : undefined];
    const same = paired && word?.text === own;
    const last = segments.at(-1);
    // Two wrong words side by side are judged apart, unless a space may be what is wrong.
    const joins =
      last !== undefined && !last.same && !same && (!paired || last.read.length !== last.given.length);
    const segment = joins ? last : { read: [], given: [], same };
    if (!joins) segments.push(segment);
    if (word !== undefined) segment.read.push(word);
    if (own !== undefined) segment.given.push(own);
    if (takesRead) i++;
    if (takesGiven) j++;
  }
  return segments;
}
