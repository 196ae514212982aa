/** Finds where on a line's ink each of its words stands: by their widths, at the nearest gaps. */
import { inkBox, inkThreshold, type LineImage } from '../recogniser/line-image.ts';
import type { ReadWord } from '../text/reading.ts';

/** How far from where it should be a gap may lie, as a share of the line's height. */
const reach = 0.8;

/** @param advance width of a text in any unit. @returns boxes in pixels of the image. */
export function placeWords(
  image: LineImage,
  text: string,
  confidence: number,
  advance: (text: string) => number,
): ReadWord[] {
  const box = inkBox(image);
  const words = text.split(' ').filter((word) => word !== '');
  if (box === undefined || words.length === 0) return [];
  const blank = blankColumns(image);
  const all = advance(text) || 1;
  let [left, before] = [box.x, ''];
  return words.flatMap((word, index): ReadWord[] => {
    before += word;
    const end = box.x + (box.width * advance(before)) / all;
    before += ' ';
    const next = box.x + (box.width * advance(before)) / all;
    const isLast = index === words.length - 1;
    const right = isLast ? box.x + box.width : seam(blank, (end + next) / 2, reach * box.height, left);
    const bounds = inkBox(image, left, Math.max(left + 1, right));
    left = Math.max(left + 1, right);
    return bounds === undefined ? [] : [{ text: word, box: bounds, confidence }];
  });
}

function blankColumns(image: LineImage): Uint8Array {
  const blank = new Uint8Array(image.width).fill(1);
  for (let index = 0; index < image.ink.length; index++)
    if ((image.ink[index] ?? 0) >= inkThreshold) blank[index % image.width] = 0;
  return blank;
}

/** Middle of the widest gap near `wanted`, or `wanted` itself where there is none. */
function seam(blank: Uint8Array, wanted: number, near: number, from: number): number {
  let best = Math.round(wanted);
  let widest = 0;
  let start = -1;
  for (let x = Math.max(from + 1, Math.floor(wanted - near)); x <= Math.ceil(wanted + near); x++) {
    if (blank[x] === 1) {
      if (start < 0) start = x;
      const width = x - start + 1 - 0.2 * Math.abs((start + x) / 2 - wanted);
      if (width > widest) [widest, best] = [width, Math.round((start + x) / 2)];
    } else start = -1;
  }
  return best;
}
