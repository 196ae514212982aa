/** Signs that the engine does not know, told by their shape: arrows, ticks, stars and middle dots. */
import type { Rect } from '../../geometry.ts';
import { type Glyph, inkBox, inkThreshold, type LineImage } from './line-image.ts';

/** What the engine takes such signs for. */
const lookAlike = /^[-\u2013\u2014_+*\u00ab\u00bb=~\u00b0\u00b7\u2022vV/<"'\u201c\u201d|\u4e00\u00a5]$/u;
/** The signs are read by rule, not by chance; still an icon may look the same. */
const certainty = 97;

/** @returns the glyphs with the signs put in; each stands as a word of its own. */
export function withSymbols(line: LineImage, glyphs: readonly Glyph[]): Glyph[] {
  const whole = inkBox(line);
  if (whole === undefined) return [...glyphs];
  const result: Glyph[] = [];
  const left = [...glyphs];
  for (const segment of segmentsOf(line)) {
    const own: Glyph[] = [];
    while (left[0] !== undefined && middle(left[0]) < segment.end) own.push(...left.splice(0, 1));
    const sign = own.every(({ text }) => lookAlike.test(text))
      ? signOf(
          line,
          segment,
          whole,
          own.some(({ text }) => text === '*'),
        )
      : undefined;
    if (sign === undefined) {
      const afterSign = follows(result);
      result.push(
        ...own.map((glyph, at) => (afterSign && at === 0 ? { ...glyph, startsWord: true } : glyph)),
      );
    } else {
      const sure = { certainty, wordCertainty: certainty };
      result.push({ text: sign, left: segment.start, right: segment.end, startsWord: true, ...sure });
    }
  }
  return [...result, ...left];
}

const signs = /^[\u2190\u2192\u2713\u2605\u2606\u00b7\u2022]$/u;

/** Whether the last glyph is a sign that was put in: what comes after it is a new word. */
function follows(glyphs: readonly Glyph[]): boolean {
  const last = glyphs.at(-1);
  return last !== undefined && last.certainty === certainty && signs.test(last.text);
}

const middle = (glyph: Glyph): number => (glyph.left + glyph.right) / 2;

interface Segment {
  readonly start: number;
  /** Exclusive. */
  readonly end: number;
}

/** Runs of columns with ink; a run ends at the next blank column. */
function segmentsOf(line: LineImage): Segment[] {
  const segments: Segment[] = [];
  let start = -1;
  for (let x = 0; x <= line.width; x += 1) {
    let inked = false;
    for (let y = 0; y < line.height && x < line.width; y += 1) {
      inked ||= (line.ink[y * line.width + x] ?? 0) >= inkThreshold;
    }
    if (inked && start < 0) start = x;
    if (!inked && start >= 0) {
      segments.push({ start, end: x });
      start = -1;
    }
  }
  return segments;
}

function signOf(line: LineImage, segment: Segment, whole: Rect, isStar: boolean): string | undefined {
  const box = inkBox(line, segment.start, segment.end);
  if (box === undefined) return undefined;
  const ratio = box.width / box.height;
  let coverage = 0;
  const tops: number[] = [];
  const extents: number[] = [];
  const rows = new Float32Array(box.height);
  for (let x = box.x; x < box.x + box.width; x += 1) {
    let top = -1;
    let bottom = -1;
    for (let y = box.y; y < box.y + box.height; y += 1) {
      const value = line.ink[y * line.width + x] ?? 0;
      coverage += value / 255;
      if (value < inkThreshold) continue;
      if (top < 0) top = y;
      bottom = y;
      rows[y - box.y] = (rows[y - box.y] ?? 0) + 1;
    }
    tops.push(top < 0 ? box.height : top - box.y);
    extents.push(top < 0 ? 0 : bottom - top + 1);
  }
  const fill = coverage / (box.width * box.height);
  const centre = (box.y + box.height / 2 - whole.y) / whole.height;
  const isSmall = Math.max(box.width, box.height) <= 0.42 * whole.height;
  if (isSmall && ratio > 0.65 && ratio < 1.5 && fill > 0.3) {
    if (centre < 0.3 || centre > 0.66) return undefined;
    return box.height <= 0.27 * whole.height ? '\u00b7' : '\u2022';
  }
  if (box.height < 4 || box.width < 0.45 * whole.height) return undefined;
  if (isStar) return star(box, whole, ratio, fill);
  return arrow(box, extents, rows) ?? (isTick(box, tops) ? '\u2713' : undefined);
}

/** A shaft along the middle, and a head at one end that is higher than the other. */
function arrow(box: Rect, extents: readonly number[], rows: Float32Array): string | undefined {
  if (box.width < 0.9 * box.height) return undefined;
  const shaft = rows.indexOf(Math.max(...rows));
  if ((rows[shaft] ?? 0) < 0.85 * box.width || Math.abs(shaft + 0.5 - box.height / 2) > 0.2 * box.height)
    return undefined;
  const widest = extents.indexOf(Math.max(...extents));
  const thick = (from: number, to: number): number =>
    Math.max(...extents.slice(Math.floor(from), Math.ceil(to)));
  // The upright of a plus stands in the middle; the head of an arrow does not reach it.
  const high = extents.flatMap((extent, x) => (extent > 0.8 * box.height ? [x + 0.5] : []));
  const centre = high.reduce((sum, x) => sum + x, 0) / Math.max(1, high.length);
  if (Math.abs(centre - box.width / 2) < 0.15 * box.width) return undefined;
  const [start, end] = [thick(0, box.width * 0.3), thick(box.width * 0.7, box.width)];
  if (widest > box.width / 2 && start <= 0.45 * box.height && end > 0.7 * box.height) return '\u2192';
  if (widest < box.width / 2 && end <= 0.45 * box.height && start > 0.7 * box.height) return '\u2190';
  return undefined;
}

/** The lowest point left of the middle, and a right arm that reaches much higher than the left one. */
function isTick(box: Rect, tops: readonly number[]): boolean {
  if (box.width < 0.7 * box.height || box.width > 1.8 * box.height) return false;
  const leftArm = Math.min(...tops.slice(0, Math.ceil(box.width * 0.25)));
  const rightArm = Math.min(...tops.slice(Math.floor(box.width * 0.8)));
  const lowest = tops.indexOf(Math.max(...tops));
  return leftArm - rightArm > 0.25 * box.height && lowest < 0.55 * box.width && lowest > 0 && rightArm <= 1;
}

function star(box: Rect, whole: Rect, ratio: number, fill: number): string | undefined {
  // Only an asterisk is small; fonts draw it in the upper half.
  if (box.height < 0.62 * whole.height || ratio < 0.8 || ratio > 1.3) return undefined;
  const height = box.y + box.height - whole.y;
  return height > 0.7 * whole.height && fill > 0.28 && fill < 0.62 ? '\u2605' : undefined;
}
