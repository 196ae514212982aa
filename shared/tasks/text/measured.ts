/** Blocks of text from measured facts: the recogniser's lines in the order of the layout tree. */

import type { PageFacts } from '../../facts/index.ts';
import {
  type LayoutNode,
  layoutTree,
  mainRun,
  type TextBlock,
  type VisualLine,
} from '../../facts/layout/index.ts';
import type { Rect } from '../../geometry.ts';
import type { ReadBlock, ReadLine } from './blocks.ts';

/** Boxes are in pixels of the picture that was measured. */
export function measuredBlocks(facts: PageFacts): ReadBlock[] {
  return blocksOf(layoutTree(facts).root, facts.pixelRatio);
}

function blocksOf(node: LayoutNode, ratio: number): ReadBlock[] {
  if (node.kind === 'text') {
    return [{ kind: 'paragraph', lines: linesOf(node, ratio), size: mainRun(node).typography.size }];
  }
  if (node.kind !== 'group') return [];
  if (node.flow === 'table') return tableOf(node.children, ratio);
  const children = node.flow === 'overlay' ? fromTop(node.children) : node.children;
  const blocks = children.flatMap((child) => blocksOf(child, ratio));
  const single = blocks.flatMap((block) =>
    block.kind === 'paragraph' && block.lines.length === 1 ? block.lines : [],
  );
  const beside = node.flow === 'row' && blocks.length > 1 && single.length === blocks.length;
  return beside && level(single) ? [{ kind: 'row', cells: single }] : blocks;
}

/** Lines of about one height that stand side by side; a headline beside small print stays a block of its own. */
function level(lines: readonly ReadLine[]): boolean {
  const heights = lines.map(({ box }) => box.height);
  const tops = Math.max(...lines.map(({ box }) => box.y));
  const bottoms = Math.min(...lines.map(({ box }) => box.y + box.height));
  return tops < bottoms && Math.max(...heights) <= 2 * Math.min(...heights);
}

function tableOf(rows: readonly LayoutNode[], ratio: number): ReadBlock[] {
  const cells = rows.map((row) => {
    const parts = row.kind === 'group' ? row.children : [row];
    return parts.map((part) => allLines(part, ratio));
  });
  return cells.some((row) => row.some((cell) => cell.length > 0)) ? [{ kind: 'table', rows: cells }] : [];
}

function allLines(node: LayoutNode, ratio: number): ReadLine[] {
  if (node.kind === 'text') return linesOf(node, ratio);
  return node.kind === 'group' ? node.children.flatMap((child) => allLines(child, ratio)) : [];
}

function fromTop(nodes: readonly LayoutNode[]): LayoutNode[] {
  return [...nodes].sort((a, b) => a.box.y - b.box.y || a.box.x - b.box.x);
}

function linesOf(block: TextBlock, ratio: number): ReadLine[] {
  return block.lines.map((line) => ({
    text: line.runs.map((run) => run.text).join(' '),
    box: scaled(line.box, ratio),
    confidence: confidenceOf(line),
  }));
}

/** Of the runs, by their letters; two places are all that it is worth. */
function confidenceOf({ runs }: VisualLine): number {
  const letters = runs.reduce((sum, { text }) => sum + text.length, 0);
  const total = runs.reduce((sum, { text, confidence }) => sum + text.length * confidence, 0);
  return Math.round((100 * total) / Math.max(1, letters)) / 100;
}

const scaled = ({ x, y, width, height }: Rect, ratio: number): Rect => ({
  x: x * ratio,
  y: y * ratio,
  width: width * ratio,
  height: height * ratio,
});
