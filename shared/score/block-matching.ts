/** Pairs the text blocks of two pages the way Design2Code does: merge where it helps, then assign by text. */
import { munkres } from 'munkres';
import { unionOf } from '../geometry.ts';
import type { TextBlock } from './render.ts';
import { similarityBound, textSimilarity } from './text-similarity.ts';

/** Pairs less alike than this are no pairs (published). */
export const leastSimilarity = 0.5;

/** A merge must better the mean likeness of what it changes by more than this (published). */
const leastMergeGain = 0.05;

/** Among equal texts the nearer wins; small enough never to outweigh a difference in text. */
const distanceWeight = 1e-3;

export interface BlockPair {
  readonly reference: TextBlock;
  readonly candidate: TextBlock;
  readonly similarity: number;
}

export interface Matching {
  /** Blocks after merging. */
  readonly references: readonly TextBlock[];
  readonly candidates: readonly TextBlock[];
  readonly pairs: readonly BlockPair[];
}

/**
 * Merges neighbouring blocks of either page where that makes the assignment better, then pairs them.
 *
 * Differs from the published script in three ways: likenesses that cannot reach 0.5 count as 0 in the assignment;
 * only merges are tried whose joined text is more like some block than its parts are like theirs; equal
 * texts are told apart by distance instead of by a bonus for alike neighbours, under which a page does not
 * always get 1 against itself.
 *
 * @param size of both pages, CSS pixels, for distances.
 */
export function matchBlocks(
  references: readonly TextBlock[],
  candidates: readonly TextBlock[],
  size: { readonly width: number; readonly height: number },
): Matching {
  const similarity = memoizedSimilarity();
  let left = references.map(lowered);
  let right = candidates.map(lowered);
  for (let changed = true; changed; ) {
    const mergedLeft = mergeRound(left, right, similarity);
    const mergedRight = mergeRound(right, mergedLeft, similarity);
    changed = mergedLeft.length < left.length || mergedRight.length < right.length;
    left = mergedLeft;
    right = mergedRight;
  }
  const pairs = assign(
    left,
    right,
    (a, b) => similarity(a.text, b.text) - distanceWeight * distance(a, b, size),
  );
  return {
    references: left,
    candidates: right,
    pairs: pairs
      .map(([reference, candidate]) => ({
        reference,
        candidate,
        similarity: similarity(reference.text, candidate.text),
      }))
      .filter((pair) => pair.similarity >= leastSimilarity),
  };
}

/** Largest of the horizontal and the vertical distance of two centres, each as a share of the page's side. */
export function distance(
  a: TextBlock,
  b: TextBlock,
  size: { readonly width: number; readonly height: number },
): number {
  const dx = a.box.x + a.box.width / 2 - b.box.x - b.box.width / 2;
  const dy = a.box.y + a.box.height / 2 - b.box.y - b.box.height / 2;
  return Math.min(1, Math.max(Math.abs(dx) / size.width, Math.abs(dy) / size.height));
}

type Similarity = (a: string, b: string) => number;

function memoizedSimilarity(): Similarity {
  const known = new Map<string, Map<string, number>>();
  return (one, other) => {
    // The measure depends a little on the order of the two; a fixed order makes it a likeness.
    const [a, b] = one < other ? [one, other] : [other, one];
    let row = known.get(a);
    if (!row) {
      row = new Map();
      known.set(a, row);
    }
    let value = row.get(b);
    if (value === undefined) {
      value = similarityBound(a, b) < leastSimilarity ? 0 : textSimilarity(a, b);
      row.set(b, value);
    }
    return value;
  };
}

const lowered = (block: TextBlock): TextBlock => ({ ...block, text: block.text.toLowerCase() });

function assign(
  rows: readonly TextBlock[],
  columns: readonly TextBlock[],
  gain: (row: TextBlock, column: TextBlock) => number,
): [TextBlock, TextBlock][] {
  if (rows.length === 0 || columns.length === 0) return [];
  const costs = rows.map((row) => columns.map((column) => 1 - gain(row, column)));
  return munkres(costs).flatMap(([y, x]) => {
    const row = rows[y];
    const column = columns[x];
    return row && column ? [[row, column] satisfies [TextBlock, TextBlock]] : [];
  });
}

/** Tries to join each block with the one after it; of the joins that help, the best that do not touch are made. */
function mergeRound(
  blocks: readonly TextBlock[],
  others: readonly TextBlock[],
  similarity: Similarity,
): TextBlock[] {
  const gain = (a: TextBlock, b: TextBlock) => similarity(a.text, b.text);
  const current = assign(blocks, others, gain);
  const now = new Map(current.map(([block, other]) => [block, gain(block, other)]));
  const before = current.map(([block, other]) => gain(block, other));
  const merges: { readonly index: number; readonly merged: TextBlock; readonly gain: number }[] = [];
  for (let index = 0; index + 1 < blocks.length; index += 1) {
    const first = blocks[index];
    const second = blocks[index + 1];
    if (!first || !second) continue;
    const merged = join(first, second);
    const best = Math.max(now.get(first) ?? 0, now.get(second) ?? 0);
    if (!others.some((other) => gain(merged, other) > best)) continue;
    const after = assign(blocks.toSpliced(index, 2, merged), others, gain).map(([block, other]) =>
      gain(block, other),
    );
    const better = meanGain(before, after);
    if (better > leastMergeGain) merges.push({ index, merged, gain: better });
  }
  merges.sort((a, b) => b.gain - a.gain);
  const made = new Map<number, TextBlock>();
  for (const merge of merges) {
    if ([-1, 0, 1].some((step) => made.has(merge.index + step))) continue;
    made.set(merge.index, merge.merged);
  }
  return blocks.flatMap((block, index) => (made.has(index - 1) ? [] : [made.get(index) ?? block]));
}

/** How much better on average the likenesses are that a merge changed; 0 unless the best of them got better too. */
function meanGain(before: readonly number[], after: readonly number[]): number {
  const counts = new Map<number, number>();
  for (const value of before) counts.set(value, (counts.get(value) ?? 0) + 1);
  const added: number[] = [];
  for (const value of after) {
    const count = counts.get(value) ?? 0;
    if (count > 0) counts.set(value, count - 1);
    else added.push(value);
  }
  const removed = [...counts].flatMap(([value, count]) => Array.from({ length: count }, () => value));
  const gain = mean(added) - mean(removed);
  if (gain <= 0) return 0;
  return Math.max(0, ...added) > Math.max(0, ...removed) ? gain : 0;
}

const mean = (values: readonly number[]): number =>
  values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length;

function join(first: TextBlock, second: TextBlock): TextBlock {
  const middle = (channel: 0 | 1 | 2) => (first.color[channel] + second.color[channel]) / 2;
  return {
    text: `${first.text} ${second.text}`,
    box: unionOf([first.box, second.box]),
    color: [middle(0), middle(1), middle(2)],
  };
}
