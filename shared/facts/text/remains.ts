/** Remains of letters: on gradients, compression parts the inside of a letter from it, and its fringes too. */
import type { TextRun } from './read-lines.ts';

interface Bounds {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** Source pixels by which a word's box may fall short of its letters. */
const slack = 1;
/** Share of a word's height: what is as high as the word itself is another reading of it. */
const largest = 0.8;

/** @returns the parts that do not lie inside a word that was read; source pixels. */
export function withoutRemains<Part extends Bounds>(
  parts: readonly Part[],
  read: readonly TextRun[],
): Part[] {
  const words = read.flatMap((run) =>
    run.words.map(({ box }): Bounds & { readonly run: TextRun } => {
      const left = run.source.left + box.x;
      return { run, left, top: run.top, right: left + box.width - 1, bottom: run.bottom };
    }),
  );
  return parts.filter((part) => !words.some((word) => !Object.is(word.run, part) && isRemains(part, word)));
}

const isRemains = (part: Bounds, word: Bounds): boolean =>
  part.left >= word.left - slack &&
  part.right <= word.right + slack &&
  part.top >= word.top - slack &&
  part.bottom <= word.bottom + slack &&
  part.bottom - part.top + 1 <= largest * (word.bottom - word.top + 1);
