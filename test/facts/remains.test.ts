/** What compression parts from a large letter is neither a text nor an icon. */
import { expect, it } from 'vitest';
import type { PreparedLine } from '../../shared/facts/text/line-images.ts';
import type { TextRun } from '../../shared/facts/text/read-lines.ts';
import { withoutRemains } from '../../shared/facts/text/remains.ts';

/** A word that was read in a prepared line whose image begins at `left`. */
function read(text: string, left: number, top: number, right: number, bottom: number): TextRun {
  const box = { x: 4, y: 4, width: right - left + 1, height: bottom - top + 1 };
  const word = { text, box, confidence: 0.98 };
  const source = { left: left - 4, top: top - 4 } as PreparedLine;
  return { source, text, confidence: 0.98, left, top, right, bottom, words: [word] };
}

const word = read('you', 789, 139, 871, 183);
const fringe = read('1', 855, 156, 856, 161);
const counter = { left: 818, top: 147, right: 843, bottom: 171 };

it('inside a word belongs to its letters', () => {
  expect(withoutRemains([word, fringe], [word, fringe])).toEqual([word]);
  expect(withoutRemains([counter], [word])).toEqual([]);
});

it('beside a word, or as high as it, stays', () => {
  const beside = { left: 876, top: 147, right: 900, bottom: 171 };
  const whole = { left: 820, top: 139, right: 840, bottom: 183 };
  const smaller = read('days', 880, 160, 920, 183);
  expect(withoutRemains([beside, whole], [word])).toEqual([beside, whole]);
  expect(withoutRemains([word, smaller], [word, smaller])).toEqual([word, smaller]);
});
