/** Text of a picture in blocks, whoever read it: what plain text, Markdown and the list of lines are made from. */
import type { Rect } from '../../geometry.ts';

/** One visual line. */
export interface ReadLine {
  readonly text: string;
  /** In pixels of the picture. */
  readonly box: Rect;
  /** 0..1; absent where the reader does not tell. */
  readonly confidence?: number;
}

/** Lines that wrap as one text. */
export interface Paragraph {
  readonly kind: 'paragraph';
  readonly lines: readonly ReadLine[];
  /** Height of the letters, in any unit that all blocks share. */
  readonly size: number;
}

/** Pieces beside each other. */
export interface Row {
  readonly kind: 'row';
  readonly cells: readonly ReadLine[];
}

export interface Table {
  readonly kind: 'table';
  /** Cells from left to right; a cell may hold no line, or several. */
  readonly rows: readonly (readonly (readonly ReadLine[])[])[];
}

export type ReadBlock = Paragraph | Row | Table;

/** Every line of the blocks, in reading order. */
export function linesOf(blocks: readonly ReadBlock[]): ReadLine[] {
  return blocks.flatMap((block) => {
    if (block.kind === 'paragraph') return block.lines;
    return block.kind === 'row' ? block.cells : block.rows.flat(2);
  });
}

/** As plain text: a line for each line, cells parted by tabs, blocks by empty lines. */
export function plainText(blocks: readonly ReadBlock[]): string {
  return blocks.map(plainBlock).join('\n\n');
}

function plainBlock(block: ReadBlock): string {
  if (block.kind === 'paragraph') return block.lines.map(({ text }) => text).join('\n');
  if (block.kind === 'row') return block.cells.map(({ text }) => text).join('\t');
  return block.rows.map((cells) => cells.map(cellText).join('\t')).join('\n');
}

export const cellText = (cell: readonly ReadLine[]): string => cell.map(({ text }) => text).join(' ');
