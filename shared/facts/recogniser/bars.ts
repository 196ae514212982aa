/** Bars that the engine mistakes: a dash read as an equals sign, a plus that stands on a bar. */
import type { Rect } from '../../geometry.ts';
import { type Glyph, inkBox, inkThreshold, type LineImage } from './line-image.ts';

/** An equals sign is higher; share of the line's ink height. */
const thickestDash = 0.24;
/** Width up to which a dash is an en dash; the line's ink height is about 0.73 em. */
const longestEnDash = 1.1;
/** Shares of a sign's width that a row of a bar, and of an upright, is at least and at most. */
const [barRow, uprightRow] = [0.8, 0.5] as const;

/** @returns the glyphs, in the same order, with such signs as their ink shows them. */
export function withBars(line: LineImage, glyphs: readonly Glyph[]): Glyph[] {
  const whole = inkBox(line);
  if (whole === undefined) return [...glyphs];
  const result: Glyph[] = [];
  let isApart = false;
  for (const glyph of glyphs) {
    const here: Glyph = isApart ? { ...glyph, startsWord: true } : glyph;
    const box = inkBox(line, Math.floor(glyph.left), Math.ceil(glyph.right));
    const text = box === undefined ? undefined : signOf(line, glyph, box, whole);
    const told: Glyph = text === undefined ? here : { ...here, text };
    isApart = text !== undefined && standsApart(line, told);
    result.push(told);
  }
  return result;
}

function signOf(line: LineImage, { text, startsWord }: Glyph, box: Rect, whole: Rect): string | undefined {
  if (text === '=' && box.height <= thickestDash * whole.height && box.width >= 2 * box.height) {
    // A hyphen stands in a word.
    if (!startsWord) return '-';
    return box.width <= longestEnDash * whole.height ? '–' : '—';
  }
  return text === '+' && standsOnBar(line, box) ? '±' : undefined;
}

/** Rows from below: a bar, then what is no wider than an upright, then the bar of the plus. */
function standsOnBar(line: LineImage, box: Rect): boolean {
  const rows = Array.from({ length: box.height }, (_, y) => {
    let count = 0;
    for (let x = box.x; x < box.x + box.width; x += 1)
      if ((line.ink[(box.y + y) * line.width + x] ?? 0) >= inkThreshold) count += 1;
    return count / box.width;
  }).reverse();
  const above = rows.findIndex((share) => share < barRow);
  if (above < 1) return false;
  const upright = rows.findIndex((share, at) => at >= above && share <= uprightRow);
  return upright >= 0 && upright <= above + 1 && rows.slice(upright).some((share) => share >= barRow);
}

/** A dash with a space before it, which the engine missed behind it. */
function standsApart(line: LineImage, { text, left, right, startsWord }: Glyph): boolean {
  if (!startsWord || !/^[–—]$/.test(text)) return false;
  const box = inkBox(line, Math.floor(left), Math.ceil(right));
  if (box === undefined) return false;
  return blanks(line, box.x + box.width, 1) >= 0.7 * blanks(line, box.x - 1, -1);
}

/** Blank columns from one on. */
function blanks(line: LineImage, from: number, step: 1 | -1): number {
  let count = 0;
  for (let x = from; x >= 0 && x < line.width && inkBox(line, x, x + 1) === undefined; x += step) count += 1;
  return count;
}
