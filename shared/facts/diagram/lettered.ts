/** Tells the patches that labels stand on from the heads of arrows, which are as small, by the letters on them. */
import type { Raster } from '../../image/picture.ts';
import { at, packedAt, packedDistance } from '../pixels.ts';
import type { Components } from './components.ts';

/** Pixels from a flat area to what stands on it, blurred edge included. */
const reach = 5;
/** Pixels of the largest area that is asked for. */
const most = 700;
/** How much more than the area itself that differs from the page. */
const stronger = 1.35;
const leastMore = 24;
/** Share of the pixels beside the area: a head touches the outline of a shape with its tip alone. */
const leastShare = 0.3;

/** @param flat 1 for the pixels of `parts`. @param page packed. @returns 1 by part that has letters on it. */
export function letteredParts(
  { width, data }: Raster,
  flat: Uint8Array,
  { labels, list }: Components,
  page: number,
): Uint8Array {
  const own = list.map(({ seed }) => packedDistance(packedAt(data, seed), page));
  const [beside, strong] = [new Float64Array(list.length), new Float64Array(list.length)];
  for (let pixel = 0; pixel < flat.length; pixel++) {
    const label = at(labels, pixel);
    if (label < 0 || (list[label]?.area ?? 0) > most) continue;
    const least = stronger * (own[label] ?? 0) + leastMore;
    for (const step of [-1, 1, -width, width]) {
      if (at(flat, pixel + step) === 1) continue;
      beside[label] = at(beside, label) + 1;
      for (let far = 1; far <= reach; far++) {
        const other = pixel + step * far;
        if (other < 0 || other >= flat.length || at(flat, other) === 1) break;
        if (packedDistance(packedAt(data, other), page) <= least) continue;
        strong[label] = at(strong, label) + 1;
        break;
      }
    }
  }
  return Uint8Array.from(list, (_, index) =>
    at(strong, index) > leastShare * Math.max(1, at(beside, index)) ? 1 : 0,
  );
}
