/** Lines of Han characters where no font for them is installed: their squares tell the size. */
import type { InkedLine } from './fit-line.ts';

const han = /[\p{Script=Han}\u3000-\u303f\uff00-\uffef]/u;
/** Blank share of a square at both ends of a line together. */
const sideBearings = 0.08;
/** Widths of other characters, per pixel of font size. */
const otherWidths: readonly (readonly [RegExp, number])[] = [
  [/[\s.,:;'|!ilI]/, 0.26],
  [/[A-Z%@]/, 0.64],
];
const otherWidth = 0.54;
/** Marks whose ink fills half of their square; at a line's end the other half is not seen. */
const halfEmpty = /[\u3001\u3002\uff0c\uff1a\uff1b\uff01\uff1f]$/u;
/** Ink per em square; regular faces of Noto have 0.2–0.3, bold ones 0.35–0.45. */
const boldInk = 0.335;

export function hanShare(text: string): number {
  const characters = [...text].filter((character) => character.trim() !== '');
  return characters.filter((character) => han.test(character)).length / Math.max(1, characters.length);
}

/** Font size in source pixels and weight, within some 5 %. */
export function fitHan(line: InkedLine): { size: number; weight: number } {
  let ems = halfEmpty.test(line.text) ? -0.4 : 0;
  for (const character of line.text) {
    ems += han.test(character) ? 1 : (otherWidths.find(([kind]) => kind.test(character))?.[1] ?? otherWidth);
  }
  const size = line.ink.width / Math.max(0.5, ems - sideBearings);
  const weight = line.ink.coverage / (line.ink.width * size) > boldInk ? 700 : 400;
  return { size, weight };
}
