/** The arrow of a select or a menu at the end of its line, which is read as a v, a w, or worse. */
import { inkBox, inkThreshold } from '../recogniser/line-image.ts';
import type { PreparedLine } from './line-images.ts';
import type { ReadWord } from './reading.ts';

/** What it is taken for. */
const lookAlike = /^[vVwWyY~\u2228\u2304\u02c5]{1,2}$/u;
/** Width of the arrow by its height: a letter v is about as wide as high. */
const least = 1.3;
const most = 2.8;
/** Free pixels before it, by the line's height: more than between words. */
const leastGap = 0.55;
/** Largest mean distance of the ink's middle from two straight arms, as a share of the height. */
const mostBend = 0.16;

/** True for a word in the shape of a flat V that stands apart from the one before it. */
export function isChevron(word: ReadWord, before: ReadWord, { image, line }: PreparedLine): boolean {
  if (!lookAlike.test(word.text)) return false;
  const end = Math.round(word.box.x + word.box.width);
  const box = inkBox(image, Math.max(0, Math.round(word.box.x) - 1), Math.min(image.width, end + 1));
  if (box === undefined || box.height < 3) return false;
  if (box.x - (before.box.x + before.box.width) < leastGap * line.tall) return false;
  const ratio = box.width / box.height;
  if (ratio < least || ratio > most) return false;
  const middles: number[] = [];
  for (let x = box.x; x < box.x + box.width; x += 1) {
    let [sum, weight] = [0, 0];
    for (let y = box.y; y < box.y + box.height; y += 1) {
      const value = image.ink[y * image.width + x] ?? 0;
      if (value < inkThreshold) continue;
      sum += value * (y - box.y + 0.5);
      weight += value;
    }
    if (weight === 0) return false;
    middles.push(sum / weight);
  }
  return bend(middles) <= mostBend * box.height;
}

/** Mean distance from a V whose arms run from the ends' height to the middle's. */
function bend(middles: readonly number[]): number {
  const centre = (middles.length - 1) / 2;
  const [first = 0, last = 0] = [middles[0], middles.at(-1)];
  const tip = Math.max(...middles);
  const arms = (first + last) / 2;
  // Without a fall of at least a pixel and a half it is a dash.
  if (tip - arms < 1.5 || Math.abs(first - last) > 0.35 * (tip - arms)) return Number.POSITIVE_INFINITY;
  const off = middles.map((y, x) => Math.abs(y - (tip - ((tip - arms) * Math.abs(x - centre)) / centre)));
  return off.reduce((sum, value) => sum + value, 0) / off.length;
}
