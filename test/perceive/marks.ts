/** Marks and regions for tests of answers about them. */
import type { Mark } from '../../shared/tasks/perceive/marks.ts';
import type { AnsweredRegion } from '../../shared/tasks/perceive/read-answer.ts';

/** A line of text, read for sure unless told; its place in the facts is its number less one. */
export function textMark(words: string, index: number, sure = true): Mark {
  return {
    kind: 'text',
    references: [{ list: 'lines', index }],
    box: { x: 10, y: 20 * index, width: 100, height: 12 },
    lines: [words],
    sure,
  };
}

/** A region of 1000 × 1000 pixels, so that a box of the answer is one of the page. */
export function region(...words: readonly string[]): AnsweredRegion {
  return {
    marks: words.map((word, index) => textMark(word.replace('?', ''), index, !word.endsWith('?'))),
    toPage: ([x1, y1, x2, y2]) => ({
      x: Math.min(x1, x2),
      y: Math.min(y1, y2),
      width: Math.abs(x2 - x1),
      height: Math.abs(y2 - y1),
    }),
  };
}
