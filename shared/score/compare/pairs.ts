/** Finds for each thing in one picture the same thing in the other. */
import { overlapArea, type Rect } from '../../geometry.ts';
import { similarityBound, textSimilarity } from '../text-similarity.ts';
import type { Element } from './elements.ts';

export interface ElementPair {
  readonly expected: Element;
  readonly actual: Element;
}

export interface Pairing {
  readonly pairs: readonly ElementPair[];
  readonly missing: readonly Element[];
  readonly added: readonly Element[];
}

/** Words this alike are the same words: one letter may be misread. */
const sameWords = 0.85;
/** Things that have moved further than this share of the picture's width are other things, unless their words agree. */
const farthest = 0.25;

/**
 * The best pair first, then the next best of what is left.
 * @param size of the canvas, in pixels.
 */
export function pairElements(
  expected: readonly Element[],
  actual: readonly Element[],
  size: { readonly width: number },
): Pairing {
  const candidates = expected.flatMap((one) =>
    actual.flatMap((other) => {
      const score = likeness(one, other, size.width);
      return score > 0 ? [{ expected: one, actual: other, score }] : [];
    }),
  );
  const taken = new Set<Element>();
  const pairs: ElementPair[] = [];
  for (const { expected: one, actual: other } of candidates.sort((a, b) => b.score - a.score)) {
    if (taken.has(one) || taken.has(other)) continue;
    taken.add(one).add(other);
    pairs.push({ expected: one, actual: other });
  }
  return {
    pairs,
    missing: expected.filter((element) => !taken.has(element)),
    added: actual.filter((element) => !taken.has(element)),
  };
}

/** 0 for things that are not the same; else the more the likelier. */
function likeness(a: Element, b: Element, width: number): number {
  if (a.kind !== b.kind) return 0;
  const common = sharedShare(a.box, b.box);
  const near = 1 - distance(a.box, b.box) / width;
  if (a.kind === 'text') {
    const same = sameText(a.text ?? '', b.text ?? '');
    // The same words anywhere, or other words at the same place.
    return same > 0 ? 2 + same + near : common > 0.4 ? common : 0;
  }
  if (common > 0.3) return 1 + common;
  const sizes = Math.min(ratio(a.box.width, b.box.width), ratio(a.box.height, b.box.height));
  return sizes > 0.9 && near > 1 - farthest ? sizes * near : 0;
}

/** 0 for other words. */
export function sameText(a: string, b: string): number {
  const [one, other] = [a, b].map((text) => text.normalize('NFKC').replaceAll(/\s/gu, ''));
  if (one === undefined || other === undefined || similarityBound(one, other) < sameWords) return 0;
  const similarity = textSimilarity(one, other);
  // Figures that differ in one digit are other figures.
  return similarity >= sameWords && digits(one) === digits(other) ? similarity : 0;
}

const digits = (text: string): string => text.replaceAll(/\P{Nd}/gu, '');

/** Share of the union that two rectangles have in common, 0..1. */
export function sharedShare(a: Rect, b: Rect): number {
  const common = overlapArea(a, b);
  return common / Math.max(1e-6, a.width * a.height + b.width * b.height - common);
}

function distance(a: Rect, b: Rect): number {
  return Math.hypot(a.x + a.width / 2 - b.x - b.width / 2, a.y + a.height / 2 - b.y - b.height / 2);
}

const ratio = (a: number, b: number): number => Math.min(a, b) / Math.max(a, b, 1e-6);
