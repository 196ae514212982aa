/** Pairs the frames of a film and writes their times as the model has learned them. */
import type { ImagePart, VideoPart } from '../../engine.ts';

export interface FramePair {
  readonly frames: readonly [ImagePart, ImagePart];
  /** Middle of the times of the two, in seconds. */
  readonly seconds: number;
}

/** The frames two by two, in order; the last one stands for its missing neighbour. */
export function framePairs({ frames }: VideoPart): readonly FramePair[] {
  const pairs: FramePair[] = [];
  for (let index = 0; index < frames.length; index += 2) {
    const first = frames[index];
    if (first === undefined) break;
    const second = frames[index + 1] ?? first;
    pairs.push({ frames: [first.image, second.image], seconds: (first.seconds + second.seconds) / 2 });
  }
  return pairs;
}

/** `<3.0 seconds>`. */
export function timeMark(seconds: number): string {
  return `<${tenths(seconds)} seconds>`;
}

/**
 * One decimal, a tie to the even tenth: 0.25 → `0.2`. The model's processor rounds so, and `toFixed`
 * does not; at two frames a second every pair is such a tie.
 */
function tenths(seconds: number): string {
  const quarters = seconds * 4;
  const isTie = Number.isInteger(quarters) && quarters % 2 === 1;
  if (!isTie) return seconds.toFixed(1);
  // n.25 lies between the tenths 2 and 3, n.75 between 7 and 8.
  return (Math.floor(seconds) + (quarters % 4 === 1 ? 0.2 : 0.8)).toFixed(1);
}
