/** Which of the numbered marks of a region stand for which things of the truth, by where both are. */

import type { PageFacts } from '../../../shared/facts/page-facts.ts';
import { area, bottom, overlapArea, type Rect, right } from '../../../shared/geometry.ts';
import type { Mark } from '../../../shared/tasks/perceive/marks.ts';
import type { TruthLine } from './truth.ts';

/** A truth line with the numbers of the marks on it, from left to right. */
export interface MatchedLine {
  readonly line: TruthLine;
  readonly marks: readonly number[];
}

/** Marks of one region; each is given out once. */
export class RegionMarks {
  readonly #marks: readonly Mark[];
  readonly #facts: PageFacts;
  readonly #free: Set<number>;

  constructor(marks: readonly Mark[], facts: PageFacts) {
    this.#marks = marks;
    this.#facts = facts;
    this.#free = new Set(marks.map((_, index) => index + 1));
  }

  /** @param number from 1. */
  at(number: number): Mark | undefined {
    return this.#marks[number - 1];
  }

  /** The marks on each line; one on several lines is told with each. */
  ofLines(lines: readonly TruthLine[]): MatchedLine[] {
    const matched = lines.map((line): MatchedLine => {
      const marks = this.#numbers('text').filter((number) =>
        this.boxesOf(number).some((box) => isOn(box, line.box)),
      );
      return { line, marks: marks.sort((a, b) => (this.at(a)?.box.x ?? 0) - (this.at(b)?.box.x ?? 0)) };
    });
    for (const mark of matched.flatMap(({ marks }) => marks)) this.#free.delete(mark);
    return matched;
  }

  /** The mark of a thing without words: a picture, an empty box, or an icon that was taken for a letter. */
  ofThing(box: Rect, kinds: readonly Mark['kind'][]): number | undefined {
    const likeness = (number: number): number => {
      const [own, mark] = [box, this.at(number)?.box];
      if (mark === undefined) return 0;
      const common = overlapArea(own, mark);
      const union = common / (area(own) + area(mark) - common);
      // Ink of an icon is smaller than the square that it is drawn in.
      const isIcon = Math.max(own.width, own.height) <= 64 && common > 0.7 * area(mark);
      return isIcon ? Math.max(union, 0.6) : union;
    };
    const best = this.#numbers(...kinds)
      .map((number) => ({ number, score: likeness(number) }))
      .sort((a, b) => b.score - a.score)[0];
    if (best === undefined || best.score < 0.5) return undefined;
    this.#free.delete(best.number);
    return best.number;
  }

  #numbers(...kinds: readonly Mark['kind'][]): number[] {
    return [...this.#free].filter((number) => kinds.includes(this.at(number)?.kind ?? 'box'));
  }

  boxesOf(number: number): Rect[] {
    return (this.at(number)?.references ?? []).flatMap(
      ({ list, index }) => this.#facts[list][index]?.box ?? [],
    );
  }
}

/** Whether a measured line is a part of a true one, or most of it, and on its height. */
function isOn(measured: Rect, truth: Rect): boolean {
  const across = Math.min(right(measured), right(truth)) - Math.max(measured.x, truth.x);
  const down = Math.min(bottom(measured), bottom(truth)) - Math.max(measured.y, truth.y);
  const isPart = across > 0.6 * measured.width || across > 0.5 * truth.width;
  return isPart && down > 0.5 * Math.min(measured.height, truth.height);
}
