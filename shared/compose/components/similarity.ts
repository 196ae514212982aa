/** How much of two parts of a page is the same structure, and which children answer each other. */
import { kindOf, type PartNode, weightOf } from './node.ts';

/** Share of two parts' elements that answer each other, 0 to 1. Remembers what it has compared. */
export type Similarity = (a: PartNode, b: PartNode) => number;

/** Children less alike than this are different parts. */
const leastAlike = 0.34;

export function createSimilarity(): Similarity {
  const known = new WeakMap<PartNode, WeakMap<PartNode, number>>();
  const similarity: Similarity = (a, b) => {
    if (a === b) return 1;
    const row = known.get(a) ?? new WeakMap<PartNode, number>();
    known.set(a, row);
    const before = row.get(b);
    if (before !== undefined) return before;
    const value = (2 * matched(a, b)) / Math.max(0.5, weightOf(a) + weightOf(b));
    row.set(b, value);
    return value;
  };
  function matched(a: PartNode, b: PartNode): number {
    if (a.type === 'text' || b.type === 'text') return a.type === b.type ? 0.5 : 0;
    if (a.type === 'list' || b.type === 'list') {
      const [one, other] = [representative(a), representative(b)];
      return one === undefined || other === undefined ? 0 : half(one, other);
    }
    if (kindOf(a.element) !== kindOf(b.element)) return 0;
    const inside = align(a.children, b.children, similarity).reduce(
      (sum, [left, right]) => (left && right ? sum + half(left, right) : sum),
      0,
    );
    return (a.element.tag === '' ? 0 : 1) + inside;
  }
  const half = (a: PartNode, b: PartNode): number => (similarity(a, b) * (weightOf(a) + weightOf(b))) / 2;
  return similarity;
}

/** The heaviest item stands for a list; another part stands for itself. */
export function representative(node: PartNode): PartNode | undefined {
  if (node.type !== 'list') return node;
  return node.items.reduce<PartNode | undefined>(
    (best, item) => (best === undefined || item.weight > weightOf(best) ? item : best),
    undefined,
  );
}

/** Pairs in order; what has no partner stands alone. */
export function align(
  left: readonly PartNode[],
  right: readonly PartNode[],
  similarity: Similarity,
): [PartNode | undefined, PartNode | undefined][] {
  const width = right.length + 1;
  const best = new Float64Array((left.length + 1) * width);
  const at = (row: number, column: number): number => best[row * width + column] ?? 0;
  const gain = (a: PartNode, b: PartNode): number => {
    const alike = similarity(a, b);
    return alike < leastAlike ? Number.NEGATIVE_INFINITY : alike * (weightOf(a) + weightOf(b));
  };
  for (let row = left.length - 1; row >= 0; row -= 1) {
    for (let column = right.length - 1; column >= 0; column -= 1) {
      const [a, b] = [left[row], right[column]];
      const both = a && b ? gain(a, b) + at(row + 1, column + 1) : 0;
      best[row * width + column] = Math.max(at(row + 1, column), at(row, column + 1), both);
    }
  }
  const pairs: [PartNode | undefined, PartNode | undefined][] = [];
  let [row, column] = [0, 0];
  while (row < left.length || column < right.length) {
    const [a, b] = [left[row], right[column]];
    if (a && b && at(row, column) === gain(a, b) + at(row + 1, column + 1)) {
      pairs.push([a, b]);
      row += 1;
      column += 1;
    } else if (a && (b === undefined || at(row, column) === at(row + 1, column))) {
      pairs.push([a, undefined]);
      row += 1;
    } else {
      pairs.push([undefined, b]);
      column += 1;
    }
  }
  return pairs;
}
