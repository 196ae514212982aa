/** Says of things that were paired, or not, how they differ. */
import { bottom, type Rect, type Rgb, right, toHex } from '../../geometry.ts';
import type { DifferenceKind } from '../../tasks/index.ts';
import { type Element, nameOf } from './elements.ts';
import { countIn, type Mask } from './mask.ts';
import { type Pairing, sameText } from './pairs.ts';

export interface Change {
  readonly kind: DifferenceKind;
  /** In pixels of the canvas; absent for what was added. */
  readonly expected?: Rect;
  /** Absent for what is missing. */
  readonly actual?: Rect;
  readonly note: string;
  /** How far it moved, where it did. */
  readonly shift?: Shift;
}

export interface Shift {
  readonly x: number;
  readonly y: number;
}

/** Ink boxes of the same letters vary by a pixel. */
const leastShift = 2;
/** Largest difference of a channel, 0..255, of colours that are measured alike. */
const sameColor = 12;
/** Of letters that a codec or a scaler has blurred. */
const sameBlurredColor = 56;
/** Shares of pixels that must differ before something counts: of a text, a picture, an edge. */
const leastText = 0.04;
const leastPicture = 0.08;
const leastEdge = 0.12;

/** What can be said with certainty; what is not explained by these is found in the pixels that are left. */
export function changesOf({ pairs, missing, added }: Pairing, mask: Mask, noisy: boolean): Change[] {
  return [
    ...pairs.flatMap(({ expected, actual }) => changeOf(expected, actual, mask, noisy) ?? []),
    ...missing
      .filter((element) => differs(element, mask))
      .map(
        (element): Change => ({
          kind: 'missing',
          expected: element.box,
          note: `${nameOf(element)} is missing`,
        }),
      ),
    ...added
      .filter((element) => differs(element, mask))
      .map(
        (element): Change => ({ kind: 'added', actual: element.box, note: `${nameOf(element)} was added` }),
      ),
  ];
}

function changeOf(expected: Element, actual: Element, mask: Mask, noisy: boolean): Change | undefined {
  const boxes = { expected: expected.box, actual: actual.box };
  const words: Change = {
    kind: 'text',
    ...boxes,
    note: `the text reads ${JSON.stringify(actual.text)} instead of ${JSON.stringify(expected.text)}`,
  };
  const likeness = expected.kind === 'text' ? sameText(expected.text ?? '', actual.text ?? '') : 1;
  if (likeness === 0) return words;
  const moved = moveOf(expected, actual);
  if (moved !== undefined) return moved;
  // At the same place the same letters are read the same way; elsewhere, or blurred, one may be misread.
  if (likeness < 1 && !noisy) return words;
  const blurred = noisy && expected.kind === 'text';
  const colored = colorNote(expected.color, actual.color, blurred ? sameBlurredColor : sameColor);
  if (colored !== undefined) return { kind: 'colour', ...boxes, note: `${nameOf(expected)}: ${colored}` };
  // Blurred letters differ everywhere a little.
  if (expected.kind === 'box' || expected.kind === 'line' || blurred || !differs(expected, mask))
    return undefined;
  const note =
    expected.kind === 'text' ? 'is set in another way (font, weight or size)' : 'shows something else';
  return { kind: 'changed', ...boxes, note: `${nameOf(expected)} ${note}` };
}

function moveOf(expected: Element, actual: Element): Change | undefined {
  const [a, b] = [expected.box, actual.box];
  const shift = { x: Math.round(b.x - a.x), y: Math.round(b.y - a.y) };
  const far = { x: Math.round(right(b) - right(a)), y: Math.round(bottom(b) - bottom(a)) };
  const still = [shift.x, shift.y, far.x, far.y].every((value) => Math.abs(value) <= leastShift);
  if (still) return undefined;
  const boxes = { expected: a, actual: b };
  const sized = Math.abs(far.x - shift.x) > leastShift || Math.abs(far.y - shift.y) > leastShift;
  if (!sized) return { kind: 'moved', ...boxes, note: `${nameOf(expected)} moved ${wayOf(shift)}`, shift };
  const size = ({ width, height }: Rect): string => `${Math.round(width)} × ${Math.round(height)}`;
  const note = `${nameOf(expected)} is ${size(b)} instead of ${size(a)} px`;
  return {
    kind: 'moved',
    ...boxes,
    note: shift.x === 0 && shift.y === 0 ? note : `${note}, moved ${wayOf(shift)}`,
  };
}

/** `8 px to the right and 2 px up`. */
export function wayOf({ x, y }: Shift): string {
  const across = x === 0 ? [] : [`${Math.abs(x)} px to the ${x > 0 ? 'right' : 'left'}`];
  const along = y === 0 ? [] : [`${Math.abs(y)} px ${y > 0 ? 'down' : 'up'}`];
  return [...across, ...along].join(' and ');
}

/** `#ffffff instead of #eeeeee`; undefined for colours that are alike, or not known. */
export function colorNote(
  expected: Rgb | undefined,
  actual: Rgb | undefined,
  alike = sameColor,
): string | undefined {
  if (expected === undefined || actual === undefined) return undefined;
  const far = Math.max(...expected.map((channel, index) => Math.abs(channel - (actual[index] ?? channel))));
  return far <= alike ? undefined : `${toHex(actual)} instead of ${toHex(expected)}`;
}

/** A thing may have been found in one picture only, though the pixels are the same: then it is no difference. */
function differs({ kind, box }: Element, mask: Mask): boolean {
  const count = countIn(mask, box);
  const share = count / Math.max(1, box.width * box.height);
  if (kind === 'text') return count >= 3 && share >= leastText;
  if (kind === 'picture') return share >= leastPicture;
  return share >= 0.3 || edgeShare(box, count, mask) >= leastEdge;
}

/** Share of the pixels along the edge of a box that differ. @param count those in the box. */
function edgeShare(box: Rect, count: number, mask: Mask): number {
  const depth = Math.min(3, box.width / 2, box.height / 2);
  const inner = {
    x: box.x + depth,
    y: box.y + depth,
    width: box.width - 2 * depth,
    height: box.height - 2 * depth,
  };
  const edge = box.width * box.height - inner.width * inner.height;
  return (count - countIn(mask, inner)) / Math.max(1, edge);
}
