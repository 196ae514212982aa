/** Lines of one text have one colour, however compression left them. */
import { describe, expect, it } from 'vitest';
import { agreeColors } from '../../shared/facts/text/snap-colors.ts';
import type { Rgb } from '../../shared/geometry.ts';

const grey = (value: number): Rgb => [value, value, value];

const lineOf = (value: number, { tall = 14, background = 253, onPicture = false } = {}) => ({
  color: grey(value),
  background: grey(background),
  onPicture,
  line: { tall },
});

const valuesOf = (lines: readonly { color: Rgb }[]): number[] => lines.map(({ color }) => color[0]);

describe('the colours of lines', () => {
  it('agree with that of most lines of their height', () => {
    const lines = [19, 18, 41, 19, 20].map((value) => lineOf(value));
    for (const value of valuesOf(agreeColors(lines))) expect(Math.abs(value - 19)).toBeLessThanOrEqual(1);
  });

  it('stay where they are far apart', () => {
    const lines = [19, 18, 19, 20, 110].map((value) => lineOf(value));
    expect(valuesOf(agreeColors(lines)).at(-1)).toBe(110);
  });

  it('stay where two styles have as many lines', () => {
    const lines = [19, 19, 19, 40, 40, 40].map((value) => lineOf(value));
    expect(valuesOf(agreeColors(lines))).toEqual([19, 19, 19, 40, 40, 40]);
  });

  it.each([
    ['larger', { tall: 28 }],
    ['on another ground', { background: 200 }],
    ['on a picture', { onPicture: true }],
  ])('stay where a line is %s', (_, other) => {
    const lines = [...[19, 18, 19, 20].map((value) => lineOf(value)), lineOf(41, other)];
    expect(valuesOf(agreeColors(lines)).at(-1)).toBe(41);
  });
});
