/** Blocks of text from the lines that a model spotted, tile by tile. */
import { bottom, overlapArea, type Rect, right } from '../../geometry.ts';
import type { ReadBlock, ReadLine } from './blocks.ts';

/** Lines of one tile, in the model's order, and what of the picture the tile shows. */
export interface SpottedTile {
  readonly source: Rect;
  readonly lines: readonly ReadLine[];
}

/** Lines of all tiles, each once: what neighbouring tiles share comes from the one that shows it whole. */
export function mergedLines(tiles: readonly SpottedTile[]): ReadLine[] {
  const kept: { line: ReadLine; source: Rect }[] = [];
  for (const { source, lines } of tiles) {
    for (const line of lines) {
      if (line.text.trim() === '') continue;
      const twin = kept.findIndex((other) => other.source !== source && isSame(other.line, line));
      const known = kept[twin];
      if (known === undefined) kept.push({ line, source });
      // A line at the edge of its tile may be cut there.
      else if (room(line, source, known.source) > room(known.line, known.source, source))
        kept[twin] = { line, source };
    }
  }
  return kept.map(({ line }) => line);
}

/** Distance of a line from the nearest edge at which its tile is cut from the other. */
function room({ box }: ReadLine, source: Rect, other: Rect): number {
  if (source.y === other.y) return Math.min(box.x - source.x, right(source) - right(box));
  return Math.min(box.y - source.y, bottom(source) - bottom(box));
}

function isSame(a: ReadLine, b: ReadLine): boolean {
  const common = overlapArea(a.box, b.box);
  const smaller = Math.max(1, Math.min(a.box.width * a.box.height, b.box.width * b.box.height));
  return common / smaller > 0.5;
}

/** Rows, tables and paragraphs, by where the lines stand; their order is kept. */
export function spottedBlocks(lines: readonly ReadLine[]): ReadBlock[] {
  const blocks: ReadBlock[] = [];
  let paragraph: ReadLine[] = [];
  let rows: ReadLine[][] = [];
  const close = (): void => {
    if (paragraph.length > 0) blocks.push({ kind: 'paragraph', lines: paragraph, size: sizeOf(paragraph) });
    if (rows.length > 0) blocks.push(...rowBlocks(rows));
    paragraph = [];
    rows = [];
  };
  for (const row of rowsOf(lines)) {
    const [only] = row;
    const last = paragraph.at(-1);
    if (row.length > 1 || only === undefined) {
      if (paragraph.length > 0 || !aligned(rows.at(-1), row)) close();
      rows.push(row);
    } else {
      if (last === undefined || !continues(last, only)) close();
      paragraph.push(only);
    }
  }
  close();
  return blocks;
}

/** Neighbours in the list that stand side by side. */
function rowsOf(lines: readonly ReadLine[]): ReadLine[][] {
  const rows: ReadLine[][] = [];
  for (const line of lines) {
    const row = rows.at(-1);
    const last = row?.at(-1);
    if (row !== undefined && last !== undefined && beside(last.box, line.box)) row.push(line);
    else rows.push([line]);
  }
  return rows;
}

function beside(a: Rect, b: Rect): boolean {
  const common = Math.min(bottom(a), bottom(b)) - Math.max(a.y, b.y);
  return b.x >= right(a) - 2 && common > 0.5 * Math.min(a.height, b.height);
}

/** As many pieces as the row before, at the same places: lines of one table. */
function aligned(row: readonly ReadLine[] | undefined, next: readonly ReadLine[]): boolean {
  if (row === undefined || row.length !== next.length) return false;
  return next.every(({ box }, index) => {
    const above = row[index]?.box ?? box;
    return box.x < right(above) && right(box) > above.x;
  });
}

function rowBlocks(rows: readonly (readonly ReadLine[])[]): ReadBlock[] {
  if (rows.length < 2) return rows.map((cells) => ({ kind: 'row', cells }));
  return [{ kind: 'table', rows: rows.map((row) => row.map((cell) => [cell])) }];
}

/** The next line of the same text: right below, as high, and on a common edge or middle. */
function continues({ box: a }: ReadLine, { box: b }: ReadLine): boolean {
  const height = Math.max(a.height, b.height);
  const gap = b.y - bottom(a);
  const slack = 1.2 * height;
  const lined = Math.abs(a.x - b.x) <= slack || Math.abs(a.x + a.width / 2 - b.x - b.width / 2) <= slack;
  return gap > -0.5 * height && gap < 0.8 * height && height < 1.4 * Math.min(a.height, b.height) && lined;
}

/** The middle height, since lines without long letters have lower boxes. */
function sizeOf(lines: readonly ReadLine[]): number {
  const heights = lines.map(({ box }) => box.height).sort((a, b) => a - b);
  return heights[Math.floor(heights.length / 2)] ?? 0;
}
