/** Makes exact truth as imprecise as a small model: boxes shifted, words misread; the same seed, the same faults. */
import { createHash } from 'node:crypto';
import type { Rect } from '../../../shared/geometry.ts';
import { randomOf } from '../../../test/oracle/degrade.ts';

export interface Imprecision {
  /** Anything: the name of the page. */
  readonly seed: string;
  /** Largest shift of a coordinate, as a share of the side that the model looked at; 0.003 unless told. */
  readonly jitter?: number;
  /** Share of words that are misread; 0.05 unless told. */
  readonly misread?: number;
}

export interface Blur {
  /** @param sides of what the model looked at, CSS pixels. */
  box(rect: Rect, sides: { readonly width: number; readonly height: number }): Rect;
  words(text: string, place: Rect): string;
}

/** What is done to a thing follows from the seed and its place alone, not from what was asked before. */
export function blurOf({ seed, jitter = 0.003, misread = 0.05 }: Imprecision): Blur {
  const randomAt = (salt: string, { x, y }: Rect): (() => number) =>
    randomOf(
      createHash('sha256')
        .update(`${seed}|${salt}|${x.toFixed(1)}|${y.toFixed(1)}`)
        .digest()
        .readUInt32LE(),
    );
  return {
    box(rect, { width, height }) {
      const random = randomAt('box', rect);
      const shift = (side: number): number => (random() * 2 - 1) * jitter * side;
      const [x, y] = [rect.x + shift(width), rect.y + shift(height)];
      const right = rect.x + rect.width + shift(width);
      const bottom = rect.y + rect.height + shift(height);
      return { x, y, width: Math.max(1, right - x), height: Math.max(1, bottom - y) };
    },
    words(text, place) {
      const random = randomAt('words', place);
      return text.replace(/\S+/g, (word) => (random() < misread ? misreadWord(word, random) : word));
    },
  };
}

/** Two neighbouring letters change places, or one is lost. */
function misreadWord(word: string, random: () => number): string {
  const letters = [...word];
  const at = Math.floor(random() * (letters.length - 1));
  if (letters.length < 2) return word;
  const [first = '', second = ''] = letters.slice(at, at + 2);
  const changed = random() < 0.5 && first !== second ? [second, first] : [second];
  return [...letters.slice(0, at), ...changed, ...letters.slice(at + 2)].join('');
}
