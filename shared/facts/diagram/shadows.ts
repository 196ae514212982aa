/** Takes the shadows of shapes for paper: faint strokes that run along the outlines that cast them. */
import { at } from '../pixels.ts';
import { componentsOf } from './components.ts';
import { distanceTo } from './distance.ts';

/** Share of the difference that most ink makes to its paper, below which a stroke is faint. */
const faintShare = 0.5;
/** Pixels between a shape's outline and the end of its shadow. */
const reach = 9;
/** The blurred edge of an outline itself. */
const edge = 1.4;
/** Longer than a letter is high: a shadow; its crumbs are taken along. Pixels. */
const leastLength = 20;
/** Fewer faint pixels are no shadows. */
const leastArea = 120;
/** An outline is larger than letters are. Pixels. */
const leastOutline = 40;

/**
 * @param ink 1 for ink. @param differs how far each pixel differs from the nearest paper, 0..255.
 * @param usual how far ink does.
 * @returns 1 for the ink that is shadow.
 */
export function shadowsIn(
  ink: Uint8Array,
  differs: Uint8Array,
  usual: number,
  width: number,
  height: number,
): Uint8Array {
  const isStrong = (pixel: number): boolean =>
    at(ink, pixel) === 1 && at(differs, pixel) >= faintShare * usual;
  let weak = 0;
  for (let pixel = 0; pixel < ink.length; pixel++) if (at(ink, pixel) === 1 && !isStrong(pixel)) weak++;
  if (weak < leastArea) return new Uint8Array(ink.length);
  const strong = componentsOf(
    ink.map((_, pixel) => (isStrong(pixel) ? 1 : 0)),
    width,
    height,
    true,
  );
  const isLarge = strong.list.map((one) => lengthOf(one) >= leastOutline);
  const away = distanceTo(
    ink.map((_, pixel) => (isLarge[at(strong.labels, pixel)] === true ? 1 : 0)),
    width,
    height,
  );
  const isFaint = (pixel: number): boolean =>
    at(ink, pixel) === 1 && !isStrong(pixel) && at(away, pixel) > 3 * edge;
  const faint = componentsOf(
    ink.map((_, pixel) => (isFaint(pixel) ? 1 : 0)),
    width,
    height,
    true,
  );
  const near = new Float64Array(faint.list.length);
  for (let pixel = 0; pixel < ink.length; pixel++) {
    const label = at(faint.labels, pixel);
    if (label >= 0 && at(away, pixel) <= 3 * reach) near[label] = at(near, label) + 1;
  }
  const hugs = faint.list.filter((one) => at(near, one.index) > 0.9 * one.area);
  const long = hugs.filter((one) => lengthOf(one) >= leastLength && one.area < 5 * lengthOf(one));
  // One faint line along a box is its second border.
  const shadows = new Set((long.length < 2 ? [] : hugs).map(({ index }) => index));
  return ink.map((_, pixel) => (shadows.has(at(faint.labels, pixel)) ? 1 : 0));
}

const lengthOf = ({
  left,
  top,
  right,
  bottom,
}: {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}): number => Math.max(right - left, bottom - top) + 1;
