/** Straight thin lines: rules, the grid of a table, the outline of a bordered box. */
import { describe, expect, it } from 'vitest';
import { unpack } from '../../shared/facts/pixels.ts';
import type { Segment } from '../../shared/facts/regions/lines.ts';
import type { Raster } from '../../shared/image/picture.ts';
import { drawing, place, svg } from './support/drawing.ts';
import { surfacesOf } from './support/surfaces.ts';

const grey = [200, 204, 210] as const;

const segmentsOf = (raster: Raster, scale = 1): Segment[] => surfacesOf(raster, scale).segments;

const places = (segments: readonly Segment[], orientation: Segment['orientation']): number[][] =>
  segments.filter((segment) => segment.orientation === orientation).map(place);

describe('a rule', () => {
  it.each([1, 2, 3, 5])('may be %i px wide', (width) => {
    const segments = segmentsOf(drawing(200, 60).fill(20, 30, 150, width, grey).raster);
    expect(segments.map(place)).toEqual([[20, 30, 150, width]]);
    expect(segments[0]?.orientation).toBe('horizontal');
    expect(unpack(segments[0]?.color ?? 0)).toEqual(grey);
  });

  it('may be vertical', () => {
    const segments = segmentsOf(drawing(60, 200).fill(30, 20, 2, 150, grey).raster);
    expect(segments.map(place)).toEqual([[30, 20, 2, 150]]);
    expect(segments[0]?.orientation).toBe('vertical');
  });

  it('is no bar of 8 px', () => {
    expect(segmentsOf(drawing(200, 60).fill(20, 20, 150, 8, grey).raster)).toEqual([]);
  });

  it('is no dash of 20 px', () => {
    expect(segmentsOf(drawing(200, 60).fill(20, 20, 20, 1, grey).raster)).toEqual([]);
  });

  it('may be twice as wide at a pixel ratio of 2', () => {
    const { raster } = drawing(400, 100).fill(40, 40, 300, 8, grey);
    expect(segmentsOf(raster, 2).map(place)).toEqual([[40, 40, 300, 8]]);
  });
});

describe('a grid of 3 × 2 cells', () => {
  const table = drawing(320, 160);
  for (const y of [20, 70, 120]) table.fill(20, y, 271, 1, grey);
  for (const x of [20, 110, 200, 290]) table.fill(x, 20, 1, 101, grey);
  const segments = segmentsOf(table.raster);

  it('has three horizontal lines', () => {
    expect(places(segments, 'horizontal')).toEqual([
      [20, 20, 271, 1],
      [20, 70, 271, 1],
      [20, 120, 271, 1],
    ]);
  });

  it('has four vertical lines', () => {
    expect(places(segments, 'vertical').toSorted((a, b) => (a[0] ?? 0) - (b[0] ?? 0))).toEqual([
      [20, 20, 1, 101],
      [110, 20, 1, 101],
      [200, 20, 1, 101],
      [290, 20, 1, 101],
    ]);
  });
});

describe('an outline', () => {
  it('has one line a side', () => {
    const { raster } = drawing(200, 120).fill(20, 20, 150, 80, grey).fill(21, 21, 148, 78, [255, 255, 255]);
    const segments = segmentsOf(raster);
    expect(places(segments, 'horizontal')).toEqual([
      [20, 20, 150, 1],
      [20, 99, 150, 1],
    ]);
    expect(places(segments, 'vertical')).toEqual([
      [20, 20, 1, 80],
      [169, 20, 1, 80],
    ]);
  });

  it('that is rounded has four that end where the arcs begin', async () => {
    const raster = await svg(
      200,
      120,
      '<rect x="21" y="21" width="158" height="78" rx="11" fill="none" stroke="#8090a0" stroke-width="2"/>',
    );
    const segments = segmentsOf(raster);
    const horizontal = segments.filter(({ orientation }) => orientation === 'horizontal');
    const vertical = segments.filter(({ orientation }) => orientation === 'vertical');
    expect(horizontal.map(({ top, bottom }) => [top, bottom])).toEqual([
      [20, 21],
      [98, 99],
    ]);
    expect(vertical.map(({ left, right }) => [left, right])).toEqual([
      [20, 21],
      [178, 179],
    ]);
    for (const { left, right } of horizontal) {
      expect(Math.abs(left - 32)).toBeLessThanOrEqual(8);
      expect(Math.abs(right - 167)).toBeLessThanOrEqual(8);
    }
  });
});
