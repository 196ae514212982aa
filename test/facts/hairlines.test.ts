/** Rules of lossy pictures are drawn sharp; what is no rule stays as it is. */
import { describe, expect, it } from 'vitest';
import { sharpenLines } from '../../shared/facts/regions/sharpen-lines.ts';
import type { Raster } from '../../shared/image/index.ts';

const [width, height] = [200, 80];

/** @param valueAt grey, 0..255, of each pixel. */
function rasterOf(valueAt: (x: number, y: number) => number): {
  width: number;
  height: number;
  data: Uint8Array;
} {
  const data = new Uint8Array(width * height * 3);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) data.fill(valueAt(x, y), 3 * (y * width + x), 3 * (y * width + x) + 3);
  }
  return { width, height, data };
}

const greyAt = ({ data }: Raster, x: number, y: number): number => data[3 * (y * width + x)] ?? -1;

const columnOf = (raster: Raster, x: number, from: number, to: number): number[] =>
  Array.from({ length: to - from + 1 }, (_, index) => greyAt(raster, x, from + index));

function sharpened(raster: Raster): Raster {
  const copy = { ...raster, data: raster.data.slice() };
  sharpenLines(copy, raster);
  return copy;
}

/** Ripples of compression, the same in every run. */
const ripple = (x: number, y: number): number => ((x * 7 + y * 13) % 5) - 2;

describe('a compressed rule', () => {
  const drawn = sharpened(rasterOf((x, y) => (y === 40 ? 226 + ripple(x, y) : y === 41 ? 248 : 253)));

  it('has one colour from end to end', () => {
    const colors = new Set(Array.from({ length: width - 8 }, (_, x) => greyAt(drawn, x + 4, 40)));
    expect(colors.size).toBe(1);
    expect(Math.abs(greyAt(drawn, 100, 40) - 226)).toBeLessThanOrEqual(2);
  });

  it('spreads no more over what is beside it', () => {
    for (const x of [10, 100, 190])
      expect(columnOf(drawn, x, 38, 42)).toEqual([253, 253, greyAt(drawn, 100, 40), 253, 253]);
  });
});

describe('rules that cross', () => {
  it('keep the colour of a table’s head apart from that of its body', () => {
    const drawn = sharpened(
      rasterOf((x, y) =>
        x === 100 ? (y <= 40 ? 205 : 226) + ripple(x, y) : y === 40 ? 205 + ripple(x, y) : 250,
      ),
    );
    expect(greyAt(drawn, 100, 20)).toBeLessThan(210);
    expect(greyAt(drawn, 100, 60)).toBeGreaterThan(220);
  });

  it('are whole where they cross', () => {
    const drawn = sharpened(rasterOf((x, y) => (x === 100 || y === 40 ? 226 + ripple(x, y) : 250)));
    expect(new Set(Array.from({ length: 20 }, (_, index) => greyAt(drawn, 90 + index, 40))).size).toBe(1);
    expect(new Set(Array.from({ length: 20 }, (_, index) => greyAt(drawn, 100, 30 + index))).size).toBe(1);
  });
});

describe('a rule of a straightened photo', () => {
  /** 28 darker than white in all, on two rows, and a row lower from the middle on. */
  const soft = {
    ...rasterOf((x, y) => (y === 40 || y === (x < 100 ? 39 : 41) ? 241 : 255)),
    resampled: true as const,
  };
  const drawn = sharpened(soft);

  it('lies in one row', () => {
    for (const x of [20, 90, 110, 180])
      expect(columnOf(drawn, x, 37, 43).filter((value) => value < 255)).toHaveLength(1);
    expect(columnOf(drawn, 20, 37, 43)).toEqual(columnOf(drawn, 180, 37, 43));
  });

  it('has the colour that it had before it was spread', () => {
    expect(Math.min(...columnOf(drawn, 60, 37, 43))).toBeGreaterThanOrEqual(255 - 30);
    expect(Math.min(...columnOf(drawn, 60, 37, 43))).toBeLessThanOrEqual(255 - 26);
  });
});

describe('what is no rule', () => {
  it.each([
    ['the stem of a letter', (x: number, y: number) => (x === 100 && y >= 30 && y < 50 ? 40 : 255)],
    ['a row of dashes', (x: number, y: number) => (y === 40 && x % 12 < 8 ? 90 : 255)],
    ['the edge of an area', (_: number, y: number) => (y < 40 ? 255 : 238)],
    ['the overshoot of an edge', (_: number, y: number) => (y < 40 ? 250 : y === 40 ? 96 : 100)],
  ])('%s stays as it is', (_, valueAt) => {
    const raster = rasterOf(valueAt);
    expect(sharpened(raster).data).toEqual(raster.data);
  });
});
