/** SSIM and pixel error, against closed forms and a plain implementation of the published formula. */
import { describe, expect, it } from 'vitest';
import type { Raster } from '../../shared/image/picture.ts';
import {
  fitTo,
  meanPixelError,
  similarityMap,
  structuralSimilarity,
} from '../../shared/score/pixel-score.ts';

const raster = (width: number, height: number, value: (x: number, y: number) => number): Raster => {
  const data = new Uint8Array(width * height * 3);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) data.fill(value(x, y), (y * width + x) * 3, (y * width + x) * 3 + 3);
  }
  return { width, height, data };
};
const noise = (seed: number) => (x: number, y: number) =>
  (Math.imul(x * 31 + y * 17 + seed, 2654435761) >>> 8) % 256;

function plainSimilarity(a: Raster, b: Raster): number {
  const weights: number[] = [];
  for (let y = -5; y <= 5; y += 1)
    for (let x = -5; x <= 5; x += 1) weights.push(Math.exp(-(x * x + y * y) / 4.5));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const values: number[] = [];
  for (let y = 0; y + 11 <= a.height; y += 1) {
    for (let x = 0; x + 11 <= a.width; x += 1) {
      const mean = (of: (at: number) => number) =>
        weights.reduce(
          (sum, weight, k) =>
            sum + (weight / total) * of(((y + Math.floor(k / 11)) * a.width + x + (k % 11)) * 3),
          0,
        );
      const at = (picture: Raster, index: number) => picture.data[index] ?? 0;
      const meanA = mean((index) => at(a, index));
      const meanB = mean((index) => at(b, index));
      const varianceA = mean((index) => (at(a, index) - meanA) ** 2);
      const varianceB = mean((index) => (at(b, index) - meanB) ** 2);
      const covariance = mean((index) => (at(a, index) - meanA) * (at(b, index) - meanB));
      values.push(
        ((2 * meanA * meanB + 6.5025) * (2 * covariance + 58.5225)) /
          ((meanA ** 2 + meanB ** 2 + 6.5025) * (varianceA + varianceB + 58.5225)),
      );
    }
  }
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

describe('similarityMap', () => {
  const { signal } = new AbortController();

  it('tells where two pictures differ', async () => {
    const a = raster(60, 40, noise(1));
    const b = raster(60, 40, (x, y) => (x < 30 ? noise(1)(x, y) : noise(9)(x, y)));
    const map = await similarityMap(a, b, 1, signal);
    expect(map.mean).toBeCloseTo(structuralSimilarity(a, b), 9);
    expect(map.within({ x: 0, y: 0, width: 60, height: 40 })).toBeCloseTo(map.mean, 9);
    const left = map.within({ x: 0, y: 0, width: 25, height: 40 });
    // Twenty columns of windows, all alike, of fifty.
    expect(left).toBeCloseTo(20 / 50, 6);
    expect(map.within({ x: 25, y: 0, width: 35, height: 40 })).toBeCloseTo(map.mean - left, 9);
    const half = await similarityMap(a, b, 2, signal);
    expect(half.within({ x: 0, y: 0, width: 12.5, height: 20 })).toBeCloseTo(left, 9);
    expect(map.within({ x: 100, y: 0, width: 10, height: 10 })).toBe(0);
  });

  it('takes small pictures as one place, and ends on a cancel', async () => {
    const small = raster(5, 5, noise(3));
    const map = await similarityMap(small, small, 1, signal);
    expect(map.mean).toBeCloseTo(1, 9);
    const large = raster(40, 400, noise(3));
    await expect(similarityMap(large, large, 1, AbortSignal.abort())).rejects.toMatchObject({
      code: 'cancelled',
    });
  });
});

describe('structuralSimilarity', () => {
  it('is what the published formula gives', () => {
    const a = raster(24, 19, noise(1));
    const b = raster(24, 19, (x, y) => (noise(1)(x, y) + noise(7)(x, y)) / 2);
    expect(structuralSimilarity(a, b)).toBeCloseTo(plainSimilarity(a, b), 5);
    expect(structuralSimilarity(a, b)).toBeLessThan(0.99);
    expect(structuralSimilarity(a, a)).toBeCloseTo(1, 12);
  });

  it.each([20, 5])('has a closed form for two flat pictures of side %i', (side) => {
    const expected = (2 * 100 * 200 + 6.5025) / (100 ** 2 + 200 ** 2 + 6.5025);
    const flat = (value: number) => raster(side, side, () => value);
    expect(structuralSimilarity(flat(100), flat(200))).toBeCloseTo(expected, 4);
  });

  it('refuses pictures of two sizes', () => {
    expect(() => structuralSimilarity(raster(9, 9, noise(1)), raster(9, 8, noise(1)))).toThrow('9×9 and 9×8');
  });
});

describe('meanPixelError', () => {
  it('is the share of the full range', () => {
    const half = raster(10, 10, (x) => (x < 5 ? 255 : 0));
    expect(
      meanPixelError(
        half,
        raster(10, 10, () => 0),
      ),
    ).toBe(0.5);
    expect(meanPixelError(half, half)).toBe(0);
  });
});

describe('fitTo', () => {
  it('pads with white and cuts, at the right and below', () => {
    const fitted = fitTo(
      raster(2, 1, (x) => x + 1),
      1,
      2,
    );
    expect([...fitted.data]).toEqual([1, 1, 1, 255, 255, 255]);
  });
});
