/** Which measured lines are the ink of which perceived text. */
import type { PageFacts, TextLine } from '../../facts/page-facts.ts';
import { bottom, right } from '../../geometry.ts';
import { lineLikeness, partialSimilarity, wordsOf } from './match-affinity.ts';
import { type Affinity, assignBest } from './match-assign.ts';
import { hasWords, type Leaf } from './match-leaves.ts';

/** A line less like a text than this is none of its lines. */
const leastLikeness = 0.45;
/** A text may have lines until they hold this share of its letters. */
const enoughLetters = 0.85;
/** A line this likely is taken all the same. */
const surely = 0.55;
/** A line that reaches over this share of a text's width, and is wider than it by this factor, holds it beside others. */
const sharedWidth = 0.5;
const wider = 1.15;
/** How much of a text must be found in a line that it shares. */
const sharedWords = 0.5;

/** @returns by leaf, the indices of its lines in reading order; a line that holds several texts stands at each. */
export function matchTexts(leaves: readonly Leaf[], facts: PageFacts): number[][] {
  const named = leaves.map(({ references }) =>
    references.flatMap(({ list, index }) => (list === 'lines' ? [index] : [])),
  );
  const taken = new Set(named.flat());
  const affinities: Affinity[] = [];
  for (const [row, line] of facts.lines.entries()) {
    if (taken.has(row)) continue;
    for (const [column, leaf] of leaves.entries()) {
      if (!hasWords(leaf.node) || (named[column]?.length ?? 0) > 0) continue;
      const score = lineLikeness(leaf.node, line);
      if (score >= leastLikeness) affinities.push({ row, column, score });
    }
  }
  const capacity = (column: number): number => {
    const own = affinities.filter((one) => one.column === column).sort((a, b) => b.score - a.score);
    return slotsOf(leaves[column]?.node.text ?? '', own, facts.lines);
  };
  for (const { row, column } of assignBest(affinities, leastLikeness, capacity)) {
    named[column]?.push(row);
    taken.add(row);
  }
  for (const [column, own] of named.entries()) {
    const leaf = leaves[column];
    if (leaf !== undefined && own.length === 0) own.push(...linesAround(leaf, facts.lines));
  }
  return named.map((own) => own.sort((a, b) => readingOrder(facts.lines, a, b)));
}

/**
 * As many lines as it takes to hold the text, and those that surely lie in its place: what of their ink is not its own
 * is found out later. @param own from the likeliest down.
 */
function slotsOf(text: string, own: readonly Affinity[], lines: readonly TextLine[]): number {
  const wanted = enoughLetters * wordsOf(text).length;
  let letters = 0;
  let slots = 0;
  for (const { row, score } of own) {
    if (letters >= wanted && score < surely) break;
    letters += wordsOf(lines[row]?.text ?? '').length;
    slots++;
  }
  return Math.max(slots, text.trim().split('\n').length);
}

/** Lines of several texts that the measurement took for one. */
function linesAround({ node }: Leaf, lines: readonly TextLine[]): number[] {
  const { box } = node;
  if (box === undefined || !hasWords(node)) return [];
  return lines.flatMap((line, index) => {
    const columns = Math.min(right(line.box), right(box)) - Math.max(line.box.x, box.x);
    const rows = Math.min(bottom(line.box), bottom(box)) - Math.max(line.box.y, box.y);
    if (columns < sharedWidth * box.width || rows < 0.5 * line.box.height) return [];
    if (line.box.width < wider * box.width) return [];
    const found = partialSimilarity(node.text ?? '', line.text) >= sharedWords;
    return found || line.confidence < 0.5 ? [index] : [];
  });
}

/** Rows from top to bottom, each from left to right. */
export function readingOrder(lines: readonly TextLine[], a: number, b: number): number {
  const [one, other] = [lines[a]?.box, lines[b]?.box];
  if (one === undefined || other === undefined) return a - b;
  const rows = Math.min(bottom(one), bottom(other)) - Math.max(one.y, other.y);
  if (rows > 0.5 * Math.min(one.height, other.height)) return one.x - other.x;
  return one.y + one.height / 2 - other.y - other.height / 2;
}
