/** Puts the boxes of texts that stand close beside each other together: a line ends at the label, not at a letter. */
import type { Rect } from '../../geometry.ts';

/** Of the higher text's height, how far apart two of one row stand at most. */
const mostGap = 0.7;

export function inRows(texts: readonly Rect[]): Rect[] {
  const rows: Rect[] = [];
  for (const text of texts.toSorted((a, b) => a.x - b.x)) {
    const index = rows.findIndex((row) => isBeside(row, text));
    const row = rows[index];
    if (row) rows[index] = around(row, text);
    else rows.push(text);
  }
  return rows;
}

function isBeside(row: Rect, text: Rect): boolean {
  const height = Math.max(row.height, text.height);
  const level = Math.min(row.y + row.height, text.y + text.height) - Math.max(row.y, text.y);
  return level > 0.5 * Math.min(row.height, text.height) && text.x - row.x - row.width < mostGap * height;
}

function around(a: Rect, b: Rect): Rect {
  const [x, y] = [Math.min(a.x, b.x), Math.min(a.y, b.y)];
  return {
    x,
    y,
    width: Math.max(a.x + a.width, b.x + b.width) - x,
    height: Math.max(a.y + a.height, b.y + b.height) - y,
  };
}
