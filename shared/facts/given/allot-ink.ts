/** Tells which ink of a page belongs to which given text, and what of the measured lines is left over. */
import type { Rect } from '../../geometry.ts';
import type { PageFacts } from '../page-facts.ts';
import { median } from '../pixels.ts';
import type { RawFacts } from '../raw-facts.ts';
import type { Blob } from '../text/ink.ts';
import type { Bounds } from '../text/text-line.ts';
import type { GivenText } from './given.ts';

export interface Allotment {
  /** Ink of each given text. */
  readonly texts: readonly (readonly Blob[])[];
  /** Ink of each measured line that no text took. */
  readonly lines: readonly (readonly Blob[])[];
  /** Indices of the pictures that gave ink to each text. */
  readonly pictures: readonly (readonly number[])[];
}

/** Share of a piece that must lie in a rough box, or in that box grown by these CSS pixels. */
const inside = 0.5;
const insideGrown = 0.9;
const growth = { x: 5, y: 4 };
/** A piece of ink this many times as high as the rough box is no letter of it. */
const tooTall = 1.6;
/** Gap between words, as a share of the tallest letter. */
const wordGap = 0.28;

/** Every blob is given out once at most. */
export function allotInk(raw: RawFacts, facts: PageFacts, texts: readonly GivenText[]): Allotment {
  const { scale } = raw;
  const boxes = texts.map(({ box }) => box && boundsOf(box, scale));
  const owners = ownersOf(
    raw.ink.blobs,
    facts.lines.map((line) => (line.onPicture ? undefined : boundsOf(line.box, scale))),
  );
  const depicted = ownersOf(
    raw.ink.blobs,
    facts.pictures.map((one) => (one.kind === 'photo' ? undefined : boundsOf(one.box, scale))),
  );
  const ofLine = claims(texts, (text) => text.lines);
  const ofPicture = claims(texts, (text) => text.pictures);
  const result = {
    texts: texts.map((): Blob[] => []),
    lines: facts.lines.map((): Blob[] => []),
    pictures: texts.map(() => new Set<number>()),
  };
  const shared = new Map<number, Blob[]>();
  for (const blob of raw.ink.blobs) {
    const line = owners.get(blob);
    if (line !== undefined) {
      const [first, second] = ofLine.get(line) ?? [];
      if (first === undefined) result.lines[line]?.push(blob);
      else if (second === undefined) result.texts[first]?.push(blob);
      else shared.set(line, [...(shared.get(line) ?? []), blob]);
      continue;
    }
    const picture = depicted.get(blob);
    const allowed = picture === undefined ? undefined : (ofPicture.get(picture) ?? []);
    const taker = takerOf(blob, boxes, allowed, scale);
    if (taker === undefined) continue;
    result.texts[taker]?.push(blob);
    if (picture !== undefined) result.pictures[taker]?.add(picture);
  }
  for (const [line, blobs] of shared) {
    const claimants = ofLine.get(line) ?? [];
    for (const word of wordsOf(blobs)) {
      const taker = nearest(word, claimants, boxes);
      result.texts[taker]?.push(...word);
    }
  }
  return { ...result, pictures: result.pictures.map((set) => [...set]) };
}

/** Source pixels, inclusive, as fractions. */
export const boundsOf = ({ x, y, width, height }: Rect, scale: number): Bounds => ({
  left: x * scale,
  top: y * scale,
  right: (x + width) * scale - 1,
  bottom: (y + height) * scale - 1,
});

/** The smallest area around each blob's middle. */
function ownersOf(blobs: readonly Blob[], areas: readonly (Bounds | undefined)[]): Map<Blob, number> {
  const owners = new Map<Blob, number>();
  const sizeOf = (index: number): number => {
    const area = areas[index];
    return area ? (area.right - area.left + 1) * (area.bottom - area.top + 1) : 0;
  };
  const order = [...areas.keys()].sort((a, b) => sizeOf(a) - sizeOf(b));
  for (const blob of blobs) {
    const x = (blob.left + blob.right) / 2;
    const y = (blob.top + blob.bottom) / 2;
    const owner = order.find((index) => {
      const area = areas[index];
      if (area === undefined) return false;
      const within = x >= area.left && x <= area.right && y >= area.top && y <= area.bottom;
      return within && blob.bottom - blob.top <= area.bottom - area.top + 2;
    });
    if (owner !== undefined) owners.set(blob, owner);
  }
  return owners;
}

function claims(
  texts: readonly GivenText[],
  listOf: (text: GivenText) => readonly number[],
): Map<number, number[]> {
  const found = new Map<number, number[]>();
  for (const [index, text] of texts.entries())
    for (const one of listOf(text)) found.set(one, [...(found.get(one) ?? []), index]);
  return found;
}

/** @param allowed the texts that may have it; all if undefined. */
function takerOf(
  blob: Blob,
  boxes: readonly (Bounds | undefined)[],
  allowed: readonly number[] | undefined,
  scale: number,
): number | undefined {
  let best: number | undefined;
  let most = 0;
  for (const index of allowed ?? boxes.keys()) {
    const box = boxes[index];
    if (box === undefined) continue;
    if (blob.bottom - blob.top + 1 > tooTall * (box.bottom - box.top + 1) + 2 * growth.y * scale) continue;
    const share = shareIn(blob, box);
    const near = shareIn(blob, grownBounds(box, scale));
    if (share < inside && near < insideGrown) continue;
    const offMiddle = Math.abs(blob.top + blob.bottom - box.top - box.bottom) / (box.bottom - box.top + 1);
    const score = 1 + share + 0.5 * near - 0.2 * offMiddle;
    if (score > most) [best, most] = [index, score];
  }
  return best;
}

export const grownBounds = (box: Bounds, scale: number): Bounds => ({
  left: box.left - growth.x * scale,
  top: box.top - growth.y * scale,
  right: box.right + growth.x * scale,
  bottom: box.bottom + growth.y * scale,
});

/** Share of `inner` that lies in `outer`, 0..1. */
export function shareIn(inner: Bounds, outer: Bounds): number {
  const width = Math.min(inner.right, outer.right) - Math.max(inner.left, outer.left) + 1;
  const height = Math.min(inner.bottom, outer.bottom) - Math.max(inner.top, outer.top) + 1;
  if (width <= 0 || height <= 0) return 0;
  return (width * height) / ((inner.right - inner.left + 1) * (inner.bottom - inner.top + 1));
}

/** Neighbouring blobs without a word gap between them. */
export function wordsOf(blobs: readonly Blob[]): Blob[][] {
  const sorted = [...blobs].sort((a, b) => a.left - b.left);
  const tall = Math.max(1, ...sorted.map((blob) => blob.bottom - blob.top + 1));
  const gaps = sorted.slice(1).map((blob, index) => blob.left - (sorted[index]?.right ?? blob.left) - 1);
  const widest = Math.max(wordGap * tall, 1.8 * Math.max(0, median(gaps)));
  const words: Blob[][] = [];
  let right = Number.NEGATIVE_INFINITY;
  for (const blob of sorted) {
    const word = words.at(-1);
    if (word && blob.left - right - 1 < widest) word.push(blob);
    else words.push([blob]);
    right = Math.max(right, blob.right);
  }
  return words;
}

function nearest(
  word: readonly Blob[],
  claimants: readonly number[],
  boxes: readonly (Bounds | undefined)[],
): number {
  const left = Math.min(...word.map((blob) => blob.left));
  const right = Math.max(...word.map((blob) => blob.right));
  const middle = (left + right) / 2;
  const distanceTo = (index: number): number => {
    const box = boxes[index];
    if (box === undefined) return Number.MAX_VALUE;
    return Math.max(0, box.left - middle, middle - box.right);
  };
  return claimants.reduce(
    (best, index) => (distanceTo(index) < distanceTo(best) ? index : best),
    claimants[0] ?? 0,
  );
}
