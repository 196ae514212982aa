/** Parts a pale box from the page where the antialiased pixels of its corners lead from one colour to the other. */
import type { Raster } from '../../image/picture.ts';
import { at, packedAt, packedDistance } from '../pixels.ts';
import { describeRegions, type FlatRegions } from './flat-regions.ts';

/** Source pixels: neighbours in one region whose colours are apart, from which on it is looked at. */
const leastEdge = 40;
/** Source pixels: smallest box that is parted; share of its outline across which the colour changes at once. */
const leastWidth = 16;
const leastHeight = 10;
const leastArea = 200;
const leastSharp = 0.8;

/**
 * A box of #f9fafb on white differs by 6 levels from the page, and by 2 from each pixel of its corners to the next.
 * @param step largest difference of neighbours in one region, 0..255.
 * @returns the regions, with areas of one colour parted; the same object where there are none.
 */
export function partLeaks(raster: Raster, regions: FlatRegions, step: number): FlatRegions {
  const leaking = leakingRegions(raster, regions, step);
  if (leaking.size === 0) return regions;
  const labels = regions.labels.slice();
  const seen = new Uint8Array(labels.length);
  let count = regions.count;
  for (const region of leaking) {
    const areas: number[][] = [];
    for (let y = at(regions.top, region); y <= at(regions.bottom, region); y++) {
      for (let x = at(regions.left, region); x <= at(regions.right, region); x++) {
        const index = y * regions.width + x;
        if (at(regions.labels, index) !== region || at(seen, index) === 1) continue;
        const area = areaFrom(raster, regions, index, seen);
        if (area.length >= leastArea) areas.push(area);
      }
    }
    const largest = Math.max(...areas.map(({ length }) => length));
    for (const area of areas) {
      if (area.length === largest || !isSharp(raster, regions, area, step)) continue;
      for (const index of area) labels[index] = count;
      count++;
    }
  }
  return count === regions.count ? regions : describeRegions(raster, labels, count, step);
}

/** Regions in which colours that are no neighbours of each other touch. */
function leakingRegions(raster: Raster, { labels, width, height }: FlatRegions, step: number): Set<number> {
  const edges = new Map<number, number>();
  const look = (a: number, b: number): void => {
    const region = at(labels, a);
    if (region !== at(labels, b)) return;
    if (packedDistance(packedAt(raster.data, a), packedAt(raster.data, b)) <= step) return;
    edges.set(region, (edges.get(region) ?? 0) + 1);
  };
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const index = y * width + x;
      if (x + 1 < width) look(index, index + 1);
      if (y + 1 < height) look(index, index + width);
    }
  }
  return new Set([...edges].filter(([, count]) => count >= leastEdge).map(([region]) => region));
}

/** Connected pixels of exactly one colour. @param seen is marked. */
function areaFrom(raster: Raster, { labels, width }: FlatRegions, start: number, seen: Uint8Array): number[] {
  const color = packedAt(raster.data, start);
  const region = at(labels, start);
  const area = [start];
  seen[start] = 1;
  const take = (index: number): void => {
    if (at(seen, index) === 1 || at(labels, index) !== region) return;
    if (packedAt(raster.data, index) !== color) return;
    seen[index] = 1;
    area.push(index);
  };
  for (let next = 0; next < area.length; next++) forNeighbours(at(area, next), width, labels.length, take);
  return area;
}

/** True for an area large enough for a box, along most of whose outline the colour changes at once. */
function isSharp(
  raster: Raster,
  { labels, width }: FlatRegions,
  area: readonly number[],
  step: number,
): boolean {
  const own = new Set(area);
  const [first = 0] = area;
  const color = packedAt(raster.data, first);
  const region = at(labels, first);
  let [left, right, sharp, all] = [width, 0, 0, 0];
  for (const index of area) {
    left = Math.min(left, index % width);
    right = Math.max(right, index % width);
    forNeighbours(index, width, labels.length, (beside) => {
      if (at(labels, beside) !== region || own.has(beside)) return;
      all++;
      if (packedDistance(packedAt(raster.data, beside), color) > step) sharp++;
    });
  }
  const top = Math.floor(Math.min(first, at(area, 0)) / width);
  const bottom = Math.floor(area.reduce((most, index) => Math.max(most, index), 0) / width);
  return right - left + 1 >= leastWidth && bottom - top + 1 >= leastHeight && sharp >= leastSharp * all;
}

function forNeighbours(index: number, width: number, length: number, visit: (index: number) => void): void {
  const x = index % width;
  if (x > 0) visit(index - 1);
  if (x + 1 < width) visit(index + 1);
  if (index >= width) visit(index - width);
  if (index + width < length) visit(index + width);
}
