/** Splits a picture into flat regions: 4-connected pixels whose neighbours differ by at most one small step. */
import type { Raster } from '../../image/picture.ts';

/** One entry per region in every array; boxes are inclusive pixel coordinates. */
export interface FlatRegions {
  readonly width: number;
  readonly height: number;
  readonly count: number;
  /** Region index of each pixel, length width × height. */
  readonly labels: Int32Array;
  readonly area: Int32Array;
  readonly left: Int32Array;
  readonly top: Int32Array;
  readonly right: Int32Array;
  readonly bottom: Int32Array;
  /** Σ over rows of (last − first + 1): the area with its holes filled row by row. */
  readonly extentArea: Float64Array;
  readonly runs: Int32Array;
  /** Colour at the middle of the longest run, packed as 0xRRGGBB: exact where the region is flat. */
  readonly color: Int32Array;
  /** Mean colour, three values a region. */
  readonly mean: Float64Array;
}

interface Runs {
  readonly count: number;
  readonly start: Int32Array;
  readonly end: Int32Array;
  /** First run of each row, length height + 1. */
  readonly rowStart: Int32Array;
}

const at = (array: ArrayLike<number>, index: number): number => array[index] ?? 0;

function near(data: Uint8Array, a: number, b: number, step: number): boolean {
  const red = at(data, a) - at(data, b);
  if (red > step || red < -step) return false;
  const green = at(data, a + 1) - at(data, b + 1);
  if (green > step || green < -step) return false;
  const blue = at(data, a + 2) - at(data, b + 2);
  return blue <= step && blue >= -step;
}

function findRuns(raster: Raster, step: number): Runs {
  const { width, height, data } = raster;
  let start = new Int32Array(Math.max(1024, (width * height) >> 3));
  let end = new Int32Array(start.length);
  const rowStart = new Int32Array(height + 1);
  let count = 0;
  for (let y = 0; y < height; y++) {
    rowStart[y] = count;
    let from = 0;
    const row = y * width * 3;
    for (let x = 1; x <= width; x++) {
      if (x < width && near(data, row + x * 3 - 3, row + x * 3, step)) continue;
      if (count === start.length) {
        start = grown(start);
        end = grown(end);
      }
      start[count] = from;
      end[count++] = x - 1;
      from = x;
    }
  }
  rowStart[height] = count;
  return { count, start, end, rowStart };
}

function grown(array: Int32Array): Int32Array<ArrayBuffer> {
  const larger = new Int32Array(array.length * 2);
  larger.set(array);
  return larger;
}

function find(parents: Int32Array, index: number): number {
  let node = index;
  let parent = at(parents, node);
  while (parent !== node) {
    const grand = at(parents, parent);
    parents[node] = grand;
    node = grand;
    parent = at(parents, node);
  }
  return node;
}

/** Union of runs in neighbouring rows that touch through at least one near pixel pair. */
function joinRows(raster: Raster, runs: Runs, step: number): Int32Array {
  const { width, height, data } = raster;
  const parents = new Int32Array(runs.count);
  for (let i = 0; i < runs.count; i++) parents[i] = i;
  for (let y = 1; y < height; y++) {
    let upper = at(runs.rowStart, y - 1);
    const upperEnd = at(runs.rowStart, y);
    for (let lower = upperEnd; lower < at(runs.rowStart, y + 1); lower++) {
      const from = at(runs.start, lower);
      const to = at(runs.end, lower);
      while (upper < upperEnd && at(runs.end, upper) < from) upper++;
      for (let other = upper; other < upperEnd && at(runs.start, other) <= to; other++) {
        const a = find(parents, lower);
        const b = find(parents, other);
        if (a === b) continue;
        const last = Math.min(to, at(runs.end, other));
        for (let x = Math.max(from, at(runs.start, other)); x <= last; x++) {
          const index = (y * width + x) * 3;
          if (!near(data, index, index - width * 3, step)) continue;
          parents[Math.max(a, b)] = Math.min(a, b);
          break;
        }
      }
    }
  }
  return parents;
}

/**
 * Labels a picture. Linear in the number of pixels.
 * @param step largest difference of a channel between neighbours, 0..255; 2 follows CSS gradients.
 */
export function findFlatRegions(raster: Raster, step: number): FlatRegions {
  const { width, height } = raster;
  const runs = findRuns(raster, step);
  const parents = joinRows(raster, runs, step);
  const indexOf = new Int32Array(runs.count).fill(-1);
  let count = 0;
  for (let run = 0; run < runs.count; run++) {
    const root = find(parents, run);
    if (at(indexOf, root) < 0) indexOf[root] = count++;
  }
  const labels = new Int32Array(width * height);
  for (let y = 0; y < height; y++) {
    for (let run = at(runs.rowStart, y); run < at(runs.rowStart, y + 1); run++) {
      const region = at(indexOf, find(parents, run));
      labels.fill(region, y * width + at(runs.start, run), y * width + at(runs.end, run) + 1);
    }
  }
  return describeRegions(raster, labels, count, step);
}

/** @param labels region index of each pixel, below `count`. @param step as the regions were found with. */
export function describeRegions(
  { width, height, data }: Raster,
  labels: Int32Array,
  count: number,
  step: number,
): FlatRegions {
  const make = (): Int32Array => new Int32Array(count);
  const regions = {
    width,
    height,
    count,
    labels,
    area: make(),
    left: make().fill(width),
    top: make(),
    right: make().fill(-1),
    bottom: make().fill(-1),
    extentArea: new Float64Array(count),
    runs: make(),
    color: make(),
    mean: new Float64Array(count * 3),
  };
  const longest = make();
  const rowFirst = make();
  const rowLast = make();
  const closeRow = (region: number): void => {
    regions.extentArea[region] =
      at(regions.extentArea, region) + at(rowLast, region) - at(rowFirst, region) + 1;
  };
  for (let y = 0; y < height; y++) {
    const row = y * width;
    for (let from = 0, to = 0; from < width; from = to + 1) {
      const region = at(labels, row + from);
      to = from;
      while (
        to + 1 < width &&
        at(labels, row + to + 1) === region &&
        near(data, 3 * (row + to), 3 * (row + to + 1), step)
      )
        to++;
      const length = to - from + 1;
      if (at(regions.area, region) === 0) regions.top[region] = y;
      if (at(regions.bottom, region) !== y) {
        if (at(regions.area, region) > 0) closeRow(region);
        rowFirst[region] = from;
      }
      rowLast[region] = to;
      regions.bottom[region] = y;
      regions.area[region] = at(regions.area, region) + length;
      regions.runs[region] = at(regions.runs, region) + 1;
      if (from < at(regions.left, region)) regions.left[region] = from;
      if (to > at(regions.right, region)) regions.right[region] = to;
      const middle = (row + ((from + to) >> 1)) * 3;
      for (let channel = 0; channel < 3; channel++) {
        const slot = region * 3 + channel;
        regions.mean[slot] = at(regions.mean, slot) + at(data, middle + channel) * length;
      }
      if (length > at(longest, region)) {
        longest[region] = length;
        regions.color[region] = (at(data, middle) << 16) | (at(data, middle + 1) << 8) | at(data, middle + 2);
      }
    }
  }
  for (let region = 0; region < count; region++) {
    closeRow(region);
    for (let channel = 0; channel < 3; channel++) {
      const slot = region * 3 + channel;
      regions.mean[slot] = at(regions.mean, slot) / at(regions.area, region);
    }
  }
  return regions;
}
