/** How likely a perceived element and a measured one are the same: by place, and by words. */
import { distance } from 'fastest-levenshtein';
import type { TextLine } from '../../facts/page-facts.ts';
import { area, bottom, overlapArea, type Rect, right } from '../../geometry.ts';
import type { PerceivedNode } from '../../tasks/perceive/perception.ts';

/** CSS pixels: how far off a model's box may be; 0.3 % of the 1,600 pixels that it looks at, and as much again. */
export const slack = 8;
/** Shares of place and words in the likeness of a line and a text. */
const placeShare = 0.55;

/** White space as single spaces, lower case. */
export const wordsOf = (text: string): string => text.trim().replace(/\s+/gu, ' ').toLowerCase();

export const grown = ({ x, y, width, height }: Rect, by: number): Rect => ({
  x: x - by,
  y: y - by,
  width: width + 2 * by,
  height: height + 2 * by,
});

/** Share of `inner` that lies in `outer`, 0..1. */
export const shareInside = (inner: Rect, outer: Rect): number =>
  overlapArea(inner, outer) / Math.max(area(inner), 1e-6);

export function intersectionOverUnion(a: Rect, b: Rect): number {
  const common = overlapArea(a, b);
  return common / Math.max(1e-6, area(a) + area(b) - common);
}

/** 0..1: 1 for equal rectangles; boxes of small things are forgiven being off by a few pixels. */
export function placeLikeness(a: Rect, b: Rect): number {
  const dx = Math.abs(a.x + a.width / 2 - b.x - b.width / 2);
  const dy = Math.abs(a.y + a.height / 2 - b.y - b.height / 2);
  const reach = (one: number, other: number): number => Math.max(slack, 0.5 * (one + other));
  const near = Math.max(0, 1 - Math.max(dx / reach(a.width, b.width), dy / reach(a.height, b.height)));
  const sizes = (one: number, other: number): number =>
    (Math.min(one, other) + slack) / (Math.max(one, other) + slack);
  const alike = sizes(a.width, b.width) * sizes(a.height, b.height);
  return 0.5 * intersectionOverUnion(a, b) + 0.5 * near * alike;
}

/** Letters in common, 0..1: 1 − edit distance over the longer text. */
export function similarity(a: string, b: string): number {
  const [one, other] = [wordsOf(a), wordsOf(b)];
  const longest = Math.max(one.length, other.length);
  return longest === 0 ? 1 : 1 - distance(one, other) / longest;
}

/** How well the shorter text is found anywhere in the longer one, 0..1. */
export function partialSimilarity(a: string, b: string): number {
  const [one, other] = [wordsOf(a), wordsOf(b)];
  const [short, long] = one.length <= other.length ? [one, other] : [other, one];
  if (short.length === 0) return 0;
  if (long.includes(short)) return 1;
  if (long.length <= 1.2 * short.length) return 1 - distance(short, long) / long.length;
  return 1 - distanceWithin(short, long) / short.length;
}

/** Least edits that turn `short` into some part of `long` (Sellers). */
function distanceWithin(short: string, long: string): number {
  let before = new Uint16Array(long.length + 1);
  for (let i = 1; i <= short.length; i++) {
    const row = new Uint16Array(long.length + 1);
    row[0] = i;
    for (let j = 1; j <= long.length; j++) {
      const same = short.charCodeAt(i - 1) === long.charCodeAt(j - 1) ? 0 : 1;
      row[j] = Math.min((before[j - 1] ?? 0) + same, (before[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1);
    }
    before = row;
  }
  return Math.min(...before);
}

/** 0 where they cannot be the same. A reading counts as far as its recogniser was sure. */
export function lineLikeness(node: PerceivedNode, line: TextLine): number {
  const text = node.text ?? '';
  const words = partialSimilarity(text, line.text);
  const trusted = line.confidence * words + (1 - line.confidence) * 0.5;
  if (node.box === undefined) return words >= 0.75 ? 0.5 + 0.3 * words : 0;
  const within = shareInside(line.box, grown(node.box, slack));
  const crosses = overlapArea(line.box, grown(node.box, slack)) > 0;
  if (!crosses && !(words > 0.85 && distanceBetween(node.box, line.box) <= 5 * slack)) return 0;
  const rows = Math.min(bottom(line.box), bottom(node.box)) - Math.max(line.box.y, node.box.y);
  const level = Math.max(0, Math.min(1, (rows + slack / 2) / line.box.height));
  const place = 0.6 * within + 0.4 * Math.max(level * within, placeLikeness(node.box, line.box));
  return placeShare * place + (1 - placeShare) * trusted;
}

/** Free pixels between two rectangles; 0 where they touch. */
export function distanceBetween(a: Rect, b: Rect): number {
  const dx = Math.max(0, a.x - right(b), b.x - right(a));
  const dy = Math.max(0, a.y - bottom(b), b.y - bottom(a));
  return Math.hypot(dx, dy);
}
