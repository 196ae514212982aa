/** How far pieces of a page stand from where a picture has them. */
import { describe, expect, it } from 'vitest';
import { type Plane, register, registerJointly } from '../../../shared/score/fit/register.ts';

const [width, height] = [120, 160];

/** Bars of pseudo-random widths, one row of them for each piece. @param low by how many pixels they stand lower. */
function bars(low: number, noise: (x: number, y: number) => number = () => 0): Plane {
  const data = new Float32Array(width * height);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const row = Math.floor((y - low) / 20);
      const isInk = (y - low) % 20 >= 6 && (y - low) % 20 < 14 && (x * 7 + row * 13) % 11 < 4;
      data[y * width + x] = (isInk ? 40 : 220) + noise(x, y);
    }
  return { width, height, data };
}

const pieces = Array.from({ length: 6 }, (_, index) => ({
  x: 10,
  y: 20 * index + 24,
  width: 100,
  height: 14,
}));

describe('register', () => {
  it('tells a piece that stands two pixels too high', () => {
    expect(register(bars(0), bars(2), { x: 10, y: 24, width: 100, height: 14 }, 5)).toEqual({ x: 0, y: 2 });
  });
});

describe('registerJointly', () => {
  it.each([-1, 0, 1])('tells many pieces that stand %i pixels off', (low) => {
    expect(registerJointly(bars(0), bars(low), pieces)).toBe(low);
  });

  it('tells nothing where other letters stand', () => {
    const other = bars(0, (x, y) => ((x * 31 + y * 17) % 97) - 48);
    expect(registerJointly(bars(0), other, pieces)).toBe(0);
  });
});
