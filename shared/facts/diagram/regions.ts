/** Finds enclosed areas: what strokes or the edge of a fill close in, also where the strokes leave small gaps. */
import { at } from '../pixels.ts';
import { componentsOf } from './components.ts';
import { distanceTo } from './distance.ts';
import type { Ground } from './ground.ts';
import { type Mask, maskOf } from './mask.ts';
import { fitShape, type ShapeFit } from './templates.ts';

export interface Region extends ShapeFit {
  readonly mask: Mask;
  /** Packed colour of its surface. */
  readonly color: number;
  /** Half the widest gap that was closed, pixels. */
  readonly closing: number;
}

/** Halves of the gaps that are closed, from none up; the last bridges 22 pixels. */
const closings = [0, 2, 4, 7, 11] as const;
const mostParts = 1500;
const leastSide = 11;
const leastArea = 160;

/** @param walls 1 where a stroke is; letters left out, gaps of dashes put in. */
export function findRegions(ground: Ground, walls: Uint8Array): Region[] {
  const { width, height, surfaceOf } = ground;
  const barrier = walls.slice();
  for (let pixel = 0; pixel < barrier.length; pixel++) {
    const own = at(surfaceOf, pixel);
    if (own < 0 || at(barrier, pixel) === 1) continue;
    const isStep = (other: number): boolean =>
      other < barrier.length &&
      at(surfaceOf, other) >= 0 &&
      at(surfaceOf, other) !== own &&
      differs(ground, own, at(surfaceOf, other));
    if ((pixel % width < width - 1 && isStep(pixel + 1)) || isStep(pixel + width)) barrier[pixel] = 1;
  }
  const distance = distanceTo(barrier, width, height);
  const regions: Region[] = [];
  for (const closing of closings) {
    const open = new Uint8Array(barrier.length);
    for (let pixel = 0; pixel < open.length; pixel++) open[pixel] = at(distance, pixel) > 3 * closing ? 1 : 0;
    const parts = componentsOf(open, width, height, false);
    // In a picture that is no diagram there may be thousands: the largest tell that soon enough.
    const largest =
      parts.list.length > mostParts
        ? parts.list.toSorted((a, b) => b.area - a.area).slice(0, mostParts)
        : parts.list;
    for (const part of largest) {
      if (part.left <= 0 || part.top <= 0 || part.right >= width - 1 || part.bottom >= height - 1) continue;
      if (
        Math.min(part.right - part.left, part.bottom - part.top) + 2 * closing < leastSide ||
        part.area < leastArea / (1 + closing)
      )
        continue;
      if (regions.some((known) => isSame(known.mask, part, closing))) continue;
      const mask = maskOf(
        part,
        (pixel) => at(parts.labels, pixel) === part.index,
        (pixel) => at(barrier, pixel) === 0,
        closing,
        ground,
      );
      if (mask.area < leastArea || Math.min(mask.width, mask.height) < leastSide) continue;
      if (supportOf(mask, distance, width) < leastSupport) continue;
      regions.push({ mask, closing, color: colorOf(ground, part.seed), ...fitShape(mask) });
    }
  }
  return regions;
}

/** Share of a mask's rim that lies along a wall; the rest is gaps that were closed. */
function supportOf(mask: Mask, distance: Uint16Array, width: number): number {
  let rim = 0;
  let held = 0;
  const own = (x: number, y: number): number =>
    x < 0 || y < 0 || x >= mask.width || y >= mask.height ? 0 : at(mask.bits, y * mask.width + x);
  for (let y = 0; y < mask.height; y++)
    for (let x = 0; x < mask.width; x++) {
      if (own(x, y) === 0 || (own(x - 1, y) && own(x + 1, y) && own(x, y - 1) && own(x, y + 1))) continue;
      rim++;
      if (at(distance, (mask.y + y) * width + mask.x + x) <= 3 * wallReach) held++;
    }
  return rim === 0 ? 0 : held / rim;
}

/** Pixels from the rim within which its wall must be. */
const wallReach = 2;
const leastSupport = 0.8;

const differs = (ground: Ground, a: number, b: number): boolean =>
  ground.surfaces[a]?.color !== ground.surfaces[b]?.color;

function isSame(
  mask: Mask,
  part: { left: number; top: number; right: number; bottom: number },
  closing: number,
): boolean {
  const near = (a: number, b: number): boolean => Math.abs(a - b) <= 2;
  return (
    near(mask.x, part.left - closing) &&
    near(mask.y, part.top - closing) &&
    near(mask.x + mask.width - 1, part.right + closing) &&
    near(mask.y + mask.height - 1, part.bottom + closing)
  );
}

const colorOf = (ground: Ground, pixel: number): number =>
  ground.surfaces[at(ground.surfaceOf, pixel)]?.color ?? ground.background;
