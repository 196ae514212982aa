/** The palette: every colour once, with its share and what it is for. */
import { describe, expect, it } from 'vitest';
import type { PageBox, TextLine } from '../../shared/facts/index.ts';
import { findPalette } from '../../shared/facts/palette.ts';
import type { Rgb } from '../../shared/geometry.ts';

const box = (width: number, height: number, fill: Rgb | undefined, border?: Rgb): PageBox => ({
  box: { x: 0, y: 0, width, height },
  ...(fill && { fill }),
  border: border ? { top: { width: 1, color: border } } : {},
  radius: 0,
  confidence: 1,
});

const line = (color: Rgb, background: Rgb, width = 200): TextLine => ({
  text: 'text',
  confidence: 1,
  box: { x: 0, y: 0, width, height: 12 },
  baseline: 10,
  words: [],
  color,
  background,
  typography: { kind: 'sans', family: 'DejaVu Sans', size: 16, weight: 400, italic: false, letterSpacing: 0 },
  underline: false,
  strike: false,
  onPicture: false,
});

const page: Rgb = [246, 247, 249];
const white: Rgb = [255, 255, 255];
const dark: Rgb = [17, 24, 39];
const pale: Rgb = [130, 136, 148];
const blue: Rgb = [37, 99, 235];
const edge: Rgb = [226, 229, 234];

const palette = findPalette({
  width: 1000,
  height: 800,
  background: page,
  boxes: [box(400, 300, white, edge), box(120, 40, blue)],
  lines: [line(dark, white), line(pale, white), line(white, blue, 80), line(dark, page)],
});

const entry = (color: Rgb) => palette.find((one) => one.color.join() === color.join());

describe('roles', () => {
  it.each([
    ['page', page],
    ['surface', white],
    ['text', dark],
    ['muted', pale],
    ['accent', blue],
    ['border', edge],
  ] as const)('%s', (role, color) => {
    expect(entry(color)?.role).toBe(role);
  });

  it('are the same the other way round on a dark page', () => {
    const dim = findPalette({
      width: 1000,
      height: 800,
      background: [11, 16, 24],
      boxes: [box(400, 300, [20, 26, 36]), box(120, 40, [63, 208, 230])],
      lines: [line([230, 237, 243], [20, 26, 36]), line([110, 118, 129], [20, 26, 36])],
    });
    expect(dim.map(({ role }) => role).toSorted()).toEqual(['accent', 'muted', 'page', 'surface', 'text']);
    expect(dim.find(({ role }) => role === 'text')?.color).toEqual([230, 237, 243]);
  });
});

describe('shares', () => {
  it('are those of the areas', () => {
    expect(entry(white)?.share).toBeCloseTo(0.15, 2);
    expect(entry(blue)?.share).toBeCloseTo(0.006, 3);
    expect(entry(page)?.share).toBeCloseTo(0.844, 2);
  });

  it('fall from first to last', () => {
    const shares = palette.map(({ share }) => share);
    expect(shares).toEqual(shares.toSorted((a, b) => b - a));
  });
});

it('nearly equal colours are one', () => {
  const near = findPalette({
    width: 100,
    height: 100,
    background: white,
    boxes: [],
    lines: [line([17, 24, 39], white), line([19, 26, 42], white), line([60, 24, 39], white)],
  });
  expect(near).toHaveLength(3);
});

it('there are at most 16 colours', () => {
  const many = Array.from(
    { length: 40 },
    (_, index): PageBox => box(20, 20, [index * 6, 0, 255 - index * 6]),
  );
  expect(findPalette({ width: 1000, height: 1000, background: white, boxes: many, lines: [] })).toHaveLength(
    16,
  );
});
