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
import type { Paragraph, ReadBlock, ReadLine } from './blocks.ts';

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
  const parts = children.map((child) => blocksOf(child, ratio));
  const [left, values, ...others] = parts;
  if (node.flow === 'row' && left !== undefined && values !== undefined && others.length === 0) {
    const joined = withValues(left, values);
    if (joined !== undefined) return joined;
  }
  const blocks = parts.flat();
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

/** A longer text is no value of a list. */
const longestValue = 24;

/** A list whose values stand in a column of their own reads row by row; undefined where it is none. */
function withValues(list: readonly ReadBlock[], values: readonly ReadBlock[]): ReadBlock[] | undefined {
  const column = values.flatMap((block) =>
    block.kind === 'paragraph' && block.lines.length === 1 ? block.lines : [],
  );
  if (column.length < 2 || column.length < values.length) return undefined;
  if (column.some(({ text }) => text.length > longestValue)) return undefined;
  const matched = new Map<ReadLine, ReadLine>();
  for (const value of column) {
    const line = lines(list).find((one) => !matched.has(one) && level([one, value]));
    if (line === undefined) return undefined;
    matched.set(line, value);
  }
  return list.flatMap((block): ReadBlock[] => {
    if (block.kind === 'table') return [block];
    if (block.kind === 'row') {
      const added = block.cells.flatMap((cell) => matched.get(cell) ?? []);
      return [{ ...block, cells: [...block.cells, ...added] }];
    }
    return parted(block, matched);
  });
}

/** Lines with a value become rows; those between stay together. */
function parted(block: Paragraph, matched: ReadonlyMap<ReadLine, ReadLine>): ReadBlock[] {
  const result: ReadBlock[] = [];
  for (const line of block.lines) {
    const value = matched.get(line);
    const last = result.at(-1);
    if (value !== undefined) result.push({ kind: 'row', cells: [line, value] });
    else if (last?.kind === 'paragraph') result.splice(-1, 1, { ...last, lines: [...last.lines, line] });
    else result.push({ ...block, lines: [line] });
  }
  return result;
}

/** Those that a value may belong to. */
function lines(blocks: readonly ReadBlock[]): ReadLine[] {
  return blocks.flatMap((block) => {
    if (block.kind === 'table') return [];
    return block.kind === 'row' ? block.cells : block.lines;
  });
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
