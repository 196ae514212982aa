/** Broad lines in the colour of the shape that they leave, as the branches of mind maps are: arms of its area. */
import { at } from '../pixels.ts';
import { componentsOf } from './components.ts';
import { distanceTo } from './distance.ts';
import { type Mask, maskOf } from './mask.ts';

export interface Areas {
  readonly width: number;
  readonly height: number;
  /** Surface of each pixel, −1 under ink. */
  readonly surfaceOf: Int32Array;
}

/** Half widths of areas that may have arms, pixels. */
const leastHalf = 10;
/** Of an area's half width, that of its broadest arms. */
const armShare = 0.5;
/** Lengths of arms per radius that parts them; the corner of a box is 0.41 long. */
const leastLength = 1.2;
/** Width of an arm by its length; what is broader lies between the things that stand on an area. */
const broadest = 0.6;
/** Of an arm's area, how much lies in its outer half: of a band a half, of a tip a quarter. */
const outerShare = 0.36;
/** Of an arm's rim, how much lies beside an even area and not along a drawn line. */
const openShare = 0.7;

/** Takes the arms of areas out of `surfaceOf`, so that they are ink. @param isPage by surface. */
export function cutArms({ width, height, surfaceOf }: Areas, isPage: (surface: number) => boolean): void {
  const all = Uint8Array.from(surfaceOf, (surface) => (surface >= 0 && !isPage(surface) ? 1 : 0));
  const same = (a: number, b: number): boolean => at(surfaceOf, a) === at(surfaceOf, b);
  const parts = componentsOf(all, width, height, false, same);
  for (const part of parts.list) {
    const [w, h] = [part.right - part.left + 1, part.bottom - part.top + 1];
    if (Math.min(w, h) < 2 * leastHalf || w * h > mostShare * width * height) continue;
    const isMember = (pixel: number): boolean => at(parts.labels, pixel) === part.index;
    const mask = maskOf(part, isMember, () => false, 0, { width, height });
    // A box without arms is full.
    if (mask.area > 0.97 * mask.width * mask.height) continue;
    for (const pixel of armPixels(mask, surfaceOf, width)) if (isMember(pixel)) surfaceOf[pixel] = -1;
  }
}

/** Of the picture, how much an area with arms covers at most. */
const mostShare = 0.5;

function armPixels(mask: Mask, surfaceOf: Int32Array, pictureWidth: number): number[] {
  const [width, height] = [mask.width + 2, mask.height + 2];
  const inside = new Uint8Array(width * height);
  for (let y = 0; y < mask.height; y++)
    inside.set(mask.bits.subarray(y * mask.width, (y + 1) * mask.width), (y + 1) * width + 1);
  const depth = distanceTo(
    inside.map((value) => 1 - value),
    width,
    height,
  );
  let deepest = 0;
  for (const value of depth) if (value > deepest) deepest = value;
  if (deepest / 3 < leastHalf) return [];
  const radius = armShare * deepest;
  const core = Uint8Array.from(depth, (value) => (value >= radius ? 1 : 0));
  const fromCore = distanceTo(core, width, height);
  const outer = Uint8Array.from(inside, (value, pixel) =>
    value === 1 && at(fromCore, pixel) > radius + 2 ? 1 : 0,
  );
  const found = componentsOf(outer, width, height, true);
  const pixels = found.list.map((): number[] => []);
  for (let pixel = 0; pixel < outer.length; pixel++) {
    const label = at(found.labels, pixel);
    if (label >= 0) pixels[label]?.push(pixel);
  }
  const pictured = (pixel: number): number =>
    (mask.y - 1 + Math.floor(pixel / width)) * pictureWidth + mask.x - 1 + (pixel % width);
  return pixels.flatMap((own): number[] => {
    const beyond = (pixel: number): number => at(fromCore, pixel) - radius;
    const length = own.reduce((most, pixel) => Math.max(most, beyond(pixel)), 0);
    if (length < leastLength * radius || own.length > broadest * (length / 3) ** 2) return [];
    if (own.filter((pixel) => beyond(pixel) > length / 2).length < outerShare * own.length) return [];
    let [rim, open] = [0, 0];
    for (const pixel of own)
      for (const step of [1, -1, width, -width]) {
        if (at(inside, pixel + step) === 1) continue;
        rim++;
        if (at(surfaceOf, pictured(pixel + step)) >= 0) open++;
      }
    return open >= openShare * rim ? own.map(pictured) : [];
  });
}
