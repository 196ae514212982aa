/** Flat regions: every pixel in exactly one, with its true extent, followed across slow gradients. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { unpack } from '../../shared/facts/pixels.ts';
import { type FlatRegions, findFlatRegions } from '../../shared/facts/regions/flat-regions.ts';
import type { Raster } from '../../shared/image/picture.ts';
import { drawing } from './support/drawing.ts';

const labelAt = (regions: FlatRegions, x: number, y: number): number =>
  regions.labels[y * regions.width + x] ?? -1;

/** Labels by plain flood fill: slow and obviously right. */
function floodFill({ width, height, data }: Raster, step: number): number[] {
  const labels: number[] = new Array(width * height).fill(-1);
  const near = (a: number, b: number): boolean =>
    [0, 1, 2].every(
      (channel) => Math.abs((data[a * 3 + channel] ?? 0) - (data[b * 3 + channel] ?? 0)) <= step,
    );
  let count = 0;
  for (let seed = 0; seed < labels.length; seed++) {
    if (labels[seed] !== -1) continue;
    const open = [seed];
    labels[seed] = count;
    for (let pixel = open.pop(); pixel !== undefined; pixel = open.pop()) {
      const x = pixel % width;
      const neighbours = [
        x > 0 ? pixel - 1 : -1,
        x < width - 1 ? pixel + 1 : -1,
        pixel - width,
        pixel + width < labels.length ? pixel + width : -1,
      ];
      for (const next of neighbours) {
        if (next < 0 || labels[next] !== -1 || !near(pixel, next)) continue;
        labels[next] = count;
        open.push(next);
      }
    }
    count++;
  }
  return labels;
}

/** Labels in order of first appearance, so that two labellings can be compared. */
function canonical(labels: ArrayLike<number>): number[] {
  const order = new Map<number, number>();
  return Array.from(labels, (label) => {
    const known = order.get(label) ?? order.size;
    order.set(label, known);
    return known;
  });
}

describe('flat regions', () => {
  it('are those of a flood fill, with their areas and bounds', () => {
    const rasters = fc
      .tuple(fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 12 }))
      .chain(([width, height]) =>
        fc.array(fc.constantFrom(0, 2, 3, 9), { minLength: width * height, maxLength: width * height }).map(
          (greys): Raster => ({
            width,
            height,
            data: Uint8Array.from(greys.flatMap((grey) => [grey, grey, grey])),
          }),
        ),
      );
    fc.assert(
      fc.property(rasters, fc.constantFrom(0, 1, 2), (raster, step) => {
        const regions = findFlatRegions(raster, step);
        expect(canonical(regions.labels)).toEqual(canonical(floodFill(raster, step)));
        for (let region = 0; region < regions.count; region++) {
          const pixels = [...regions.labels.keys()].filter((index) => regions.labels[index] === region);
          const xs = pixels.map((index) => index % raster.width);
          const ys = pixels.map((index) => Math.floor(index / raster.width));
          expect(regions.area[region]).toBe(pixels.length);
          expect([regions.left[region], regions.right[region]]).toEqual([Math.min(...xs), Math.max(...xs)]);
          expect([regions.top[region], regions.bottom[region]]).toEqual([Math.min(...ys), Math.max(...ys)]);
        }
      }),
      { seed: 7, numRuns: 200 },
    );
  });

  it('have the colour of their longest run and the mean of all', () => {
    const { raster } = drawing(40, 20, [250, 250, 250]).fill(4, 4, 20, 10, [30, 60, 90]);
    const regions = findFlatRegions(raster, 2);
    expect(regions.count).toBe(2);
    const inner = labelAt(regions, 10, 10);
    expect(unpack(regions.color[inner] ?? 0)).toEqual([30, 60, 90]);
    expect([...regions.mean.slice(inner * 3, inner * 3 + 3)]).toEqual([30, 60, 90]);
  });

  it('count a hole in the extent, not in the area', () => {
    const { raster } = drawing(30, 30).fill(5, 5, 20, 20, [0, 0, 0]).fill(10, 10, 10, 10, [255, 0, 0]);
    const regions = findFlatRegions(raster, 2);
    const ring = labelAt(regions, 5, 5);
    expect(regions.area[ring]).toBe(300);
    expect(regions.extentArea[ring]).toBe(400);
    expect(regions.runs[ring]).toBe(30);
  });

  it('do not join across a corner', () => {
    const { raster } = drawing(4, 4).fill(0, 0, 2, 2, [0, 0, 0]).fill(2, 2, 2, 2, [0, 0, 0]);
    const regions = findFlatRegions(raster, 2);
    expect(labelAt(regions, 0, 0)).not.toBe(labelAt(regions, 3, 3));
  });
});

describe('a gradient', () => {
  const { raster } = drawing(100, 20).paint((x) => [2 * x, 2 * x, 2 * x]);

  it('is one region at a step of 2', () => {
    expect(findFlatRegions(raster, 2).count).toBe(1);
  });

  it('falls into its columns at a step of 1', () => {
    expect(findFlatRegions(raster, 1).count).toBe(100);
  });
});
