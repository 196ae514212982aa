/** Parts lines from the plates on them that have their colour: one area of pixels, two things of a page. */
import type { Raster } from '../../image/picture.ts';
import { at } from '../pixels.ts';
import { describeRegions, type FlatRegions } from './flat-regions.ts';

/** Source pixels: the thickest line, the thinnest plate, and how much thicker than the line a plate is. */
const thickest = 8;
const leastPlate = 10;
const leastRatio = 3;
/** Source pixels: shortest line beside a plate, and as a share of the plate's thickness. */
const leastTail = 24;
const leastReach = 0.8;
/** Share of a plate's bounds that it fills with the letters in it: a disc has 0.78. */
const leastFilled = 0.7;

/** Columns of a region, or rows: what it covers across its length at one place. */
interface Slice {
  readonly first: number;
  readonly last: number;
}

interface Span {
  readonly from: number;
  readonly to: number;
}

/**
 * A badge on the border of its card, a tab on the line below it, a dot of a timeline: each becomes a region of its
 * own, and the line on either side too.
 * @returns the regions, those of lines and plates parted; the same object where there are none.
 */
export function partLines(raster: Raster, regions: FlatRegions, step: number): FlatRegions {
  const labels = regions.labels.slice();
  let count = regions.count;
  for (let region = 0; region < regions.count; region++) {
    for (const along of [true, false]) {
      const parts = partsOf(regions, region, along);
      for (const part of parts.slice(1)) {
        for (const index of pixelsOf(regions, region, part, along)) labels[index] = count;
        count++;
      }
      if (parts.length > 0) break;
    }
  }
  return count === regions.count ? regions : describeRegions(raster, labels, count, step);
}

/** The stretches of a region that are line or plate by turns; none where it is not made of both. */
function partsOf(regions: FlatRegions, region: number, along: boolean): Span[] {
  const [from, to] = along
    ? [at(regions.left, region), at(regions.right, region)]
    : [at(regions.top, region), at(regions.bottom, region)];
  const [low, high] = along
    ? [at(regions.top, region), at(regions.bottom, region)]
    : [at(regions.left, region), at(regions.right, region)];
  const thickness = high - low + 1;
  if (thickness < leastPlate || to - from + 1 < thickness + leastTail) return [];
  const bounds = thickness * (to - from + 1);
  // Cheap, and true of nearly all regions: what fills its bounds is no line.
  if (at(regions.area, region) > 0.85 * bounds || at(regions.area, region) < 0.02 * bounds) return [];
  const slices = Array.from({ length: to - from + 1 }, (_, index) =>
    sliceAt(regions, region, from + index, low, high, along),
  );
  const line = lineOf(slices, thickness);
  if (line === undefined) return [];
  const isThin = ({ first, last }: Slice): boolean => first >= line.first - 1 && last <= line.last + 1;
  const tails: Span[] = [];
  const plates: Span[] = [];
  for (let start = 0; start < slices.length; ) {
    const thin = isThin(slices[start] ?? line);
    let end = start;
    while (end + 1 < slices.length && isThin(slices[end + 1] ?? line) === thin) end++;
    (thin ? tails : plates).push({ from: from + start, to: from + end });
    start = end + 1;
  }
  const isPlate = ({ from: a, to: b }: Span): boolean => {
    const own = slices.slice(a - from, b - from + 1);
    const top = Math.min(...own.map(({ first }) => first));
    const bottom = Math.max(...own.map(({ last }) => last));
    const tall = bottom - top + 1;
    const filled = own.reduce((sum, { first, last }) => sum + last - first + 1, 0);
    const thick = tall >= Math.max(leastPlate, leastRatio * (line.last - line.first + 1));
    return thick && b - a + 1 >= 0.8 * tall && filled >= leastFilled * tall * (b - a + 1);
  };
  const isTail = ({ from: a, to: b }: Span): boolean =>
    b - a + 1 >= Math.max(leastTail, leastReach * thickness);
  return plates.length > 0 && plates.every(isPlate) && tails.some(isTail) ? [...plates, ...tails] : [];
}

function sliceAt(
  { labels, width }: FlatRegions,
  region: number,
  place: number,
  low: number,
  high: number,
  along: boolean,
): Slice {
  const isOwn = (across: number): boolean =>
    at(labels, along ? across * width + place : place * width + across) === region;
  let [first, last] = [low, high];
  while (first < last && !isOwn(first)) first++;
  while (last > first && !isOwn(last)) last--;
  return { first, last };
}

/** Where most of the thin slices lie, if any are. */
function lineOf(slices: readonly Slice[], thickness: number): Slice | undefined {
  const counts = new Map<string, { slice: Slice; count: number }>();
  for (const slice of slices) {
    if (slice.last - slice.first + 1 > Math.min(thickest, thickness / leastRatio)) continue;
    const key = `${slice.first} ${slice.last}`;
    const known = counts.get(key) ?? { slice, count: 0 };
    counts.set(key, { slice, count: known.count + 1 });
  }
  const [best] = [...counts.values()].sort((a, b) => b.count - a.count);
  return best !== undefined && best.count >= leastTail ? best.slice : undefined;
}

function pixelsOf(
  { labels, width, top, bottom, left, right }: FlatRegions,
  region: number,
  { from, to }: Span,
  along: boolean,
): number[] {
  const found: number[] = [];
  const [x0, x1] = along ? [from, to] : [at(left, region), at(right, region)];
  const [y0, y1] = along ? [at(top, region), at(bottom, region)] : [from, to];
  for (let y = y0; y <= y1; y++) {
    for (let x = x0; x <= x1; x++) if (at(labels, y * width + x) === region) found.push(y * width + x);
  }
  return found;
}
