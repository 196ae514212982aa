/** The page's type scale: which size is running text, and which sizes are headings of which rank. */
import { type LayoutNode, mainRun, type TextBlock, textOf } from '../../facts/layout/index.ts';

export interface TypeScale {
  /** Size of most of the text, in pixels. */
  readonly body: number;
  /** Rank of a heading, 1..4, or none for other text. */
  rank(block: TextBlock): number | undefined;
}

export function textBlocks(node: LayoutNode): TextBlock[] {
  if (node.kind === 'text') return [node];
  return node.kind === 'group' ? node.children.flatMap(textBlocks) : [];
}

const figure = /^[^\p{L}]*\p{L}{0,3}[^\p{L}]*$/u;

function isHeadingLike(block: TextBlock, body: number): boolean {
  const { size, weight } = mainRun(block).typography;
  const text = textOf(block);
  if (figure.test(text) || text.length > 140 || block.lines.length > 4) return false;
  const larger = size / body;
  return larger >= 1.45 || (weight >= 600 && larger >= 1.12 && size >= 15);
}

/** Reads the scale from all text blocks of a page. */
export function typeScale(blocks: readonly TextBlock[]): TypeScale {
  const weights = new Map<number, number>();
  for (const block of blocks) {
    const size = Math.round(mainRun(block).typography.size);
    weights.set(size, (weights.get(size) ?? 0) + textOf(block).length);
  }
  const body = [...weights].sort((a, b) => b[1] - a[1])[0]?.[0] ?? 16;
  const sizes = [
    ...new Set(
      blocks
        .filter((block) => isHeadingLike(block, body))
        .map((block) => Math.round(mainRun(block).typography.size)),
    ),
  ].sort((a, b) => b - a);
  const ranks: { size: number; rank: number }[] = [];
  for (const size of sizes) {
    const last = ranks[ranks.length - 1];
    if (last !== undefined && size > 0.88 * last.size) ranks.push({ size, rank: last.rank });
    else ranks.push({ size, rank: (last?.rank ?? 0) + 1 });
  }
  return {
    body,
    rank(block) {
      if (!isHeadingLike(block, body)) return undefined;
      const size = Math.round(mainRun(block).typography.size);
      return Math.min(4, ranks.find((entry) => entry.size === size)?.rank ?? 3);
    },
  };
}
