/** Draws the hairlines of a lossy picture sharp again, each in one colour, and those that meet in the same. */
import type { Raster } from '../../image/picture.ts';
import { at, median } from '../pixels.ts';
import { type Axis, findHairlines, type Hairline, lightnessOf } from './hairlines.ts';
import { fullColor, groundOf, rowsOf, softReach, withItsColor } from './line-colors.ts';

/** Source pixels to where the areas beside a line have their own colours; `softReach` in photos. */
const sharpReach = 2;
/** The same beside a line whose colour is not only lightness: compression keeps a quarter of the colours' pixels. */
const coloredReach = 5;
/** Largest channel difference of lines that meet and are one grid, 0..255. */
const alike = 8;
const mostLines = 4000;
/** Source pixels within which the ends of lines meet. */
const meeting = 3;

/**
 * Cells of a table, rows of a list and framed boxes come apart only where lines are whole.
 * @param smooth is changed. @param original tells where lines are: smoothing takes the palest away.
 */
export function sharpenLines(smooth: Raster, original: Raster): void {
  const soft = original.resampled === true;
  const reach = soft ? softReach : sharpReach;
  const found = findHairlines(original, reach, soft);
  const source = smooth.data.slice();
  const lines = soft
    ? found.map((line) => ({ ...line, color: fullColor(original, line) }))
    : found.map((line) => withItsColor(original, line));
  const view = { source, original, light: lightnessOf(original), isTaken: placesOf(lines) };
  for (const line of lines) (soft ? clearAround : clearBeside)(smooth.data, view, line);
  // Last, for what is beside one line may be another that crosses it.
  for (const { line, color } of colored(lines)) {
    const { axis, from, to } = line;
    for (const own of rowsOf(line)) {
      for (let i = from; i <= to; i++) smooth.data.set(color, 3 * (i * axis.along + own * axis.across));
    }
  }
}

interface View {
  readonly source: Uint8Array;
  readonly original: Raster;
  readonly light: Float32Array;
  readonly isTaken: (axis: Axis, row: number, i: number) => boolean;
}

/** Gives the pixels beside a line the colours of the areas it parts, unless they are a line or ink themselves. */
function clearBeside(data: Uint8Array, { source, light, isTaken }: View, line: Hairline): void {
  const { axis, row, from, to, twin = 0, colored: isColored = false } = line;
  const reach = isColored ? coloredReach : sharpReach;
  for (let i = from; i <= to; i++) {
    const middle = i * axis.along + row * axis.across;
    for (const side of [-1, 1]) {
      const first = side === twin ? 2 : 1;
      const beyond = middle + side * (first + reach - 1) * axis.across;
      const contrast = Math.abs(at(light, beyond) - at(light, middle));
      for (let off = first; off < first + reach - 1; off++) {
        if (isTaken(axis, row + side * off, i)) break;
        const index = middle + side * off * axis.across;
        // Ink that touches the line is darker than what the line spreads.
        if (Math.abs(at(light, index) - at(light, beyond)) > 0.6 * contrast + 2) break;
        copyPixel(data, index, source, beyond);
      }
    }
  }
}

/** The same in a photo, where the line may lie a row or two off its place, and spreads farther. */
function clearAround(data: Uint8Array, { source, light, original }: View, line: Hairline): void {
  const { axis, row, from, to } = line;
  const far = softReach + 1;
  if (row < far || row + far >= axis.count) return;
  const ground = groundOf(original, line);
  const contrast = Math.max(...line.color.map((value, channel) => Math.abs(value - at(ground, channel))));
  for (let i = from; i <= to; i++) {
    const middle = i * axis.along + row * axis.across;
    for (const side of [-1, 1]) {
      const beyond = middle + side * far * axis.across;
      for (let off = side === 1 ? 0 : 1; off < far; off++) {
        const index = middle + side * off * axis.across;
        if (Math.abs(at(light, index) - at(light, beyond)) > contrast + 4) break;
        copyPixel(data, index, source, beyond);
      }
    }
  }
}

function copyPixel(data: Uint8Array, index: number, source: Uint8Array, from: number): void {
  for (let channel = 0; channel < 3; channel++) data[3 * index + channel] = at(source, 3 * from + channel);
}

/** @returns whether a line runs along a row or column at a place. */
function placesOf(lines: readonly Hairline[]): (axis: Axis, row: number, i: number) => boolean {
  const byRow = new Map<Axis, Map<number, Hairline[]>>();
  for (const line of lines) {
    const rows = byRow.get(line.axis) ?? new Map<number, Hairline[]>();
    rows.set(line.row, [...(rows.get(line.row) ?? []), line]);
    byRow.set(line.axis, rows);
  }
  return (axis, row, i) => {
    const beside = byRow.get(axis)?.get(row);
    return beside?.some(({ from, to }) => i >= from && i <= to) ?? false;
  };
}

/** Lines that meet and have nearly one colour get that of all their pixels together. */
function colored(lines: readonly Hairline[]): { line: Hairline; color: readonly number[] }[] {
  const groupOf = lines.map((_, index) => index);
  const rootOf = (index: number): number => {
    let root = index;
    while (groupOf[root] !== root) root = groupOf[root] ?? root;
    return root;
  };
  // Stripes by the thousand are a pattern, whose lines are compared with nothing.
  for (const [i, a] of lines.length <= mostLines ? lines.entries() : []) {
    for (const [j, b] of lines.slice(0, i).entries()) {
      if (rootOf(i) !== rootOf(j) && meet(a, b) && distance(a, b) <= alike) groupOf[rootOf(i)] = rootOf(j);
    }
  }
  const groups = new Map<number, Hairline[]>();
  for (const [index, line] of lines.entries()) {
    const group = groups.get(rootOf(index));
    if (group === undefined) groups.set(rootOf(index), [line]);
    else group.push(line);
  }
  return [...groups.values()].flatMap((group) => {
    const color = [0, 1, 2].map((channel) =>
      median(
        group.flatMap(({ color, from, to }) =>
          Array.from<number>({ length: Math.ceil((to - from) / 8) }).fill(color[channel] ?? 0),
        ),
      ),
    );
    return group.map((line) => ({ line, color }));
  });
}

const distance = (a: Hairline, b: Hairline): number =>
  Math.max(...a.color.map((value, channel) => Math.abs(value - (b.color[channel] ?? 0))));

function meet(a: Hairline, b: Hairline): boolean {
  if (a.axis === b.axis) {
    const gap = Math.max(a.from, b.from) - Math.min(a.to, b.to);
    return Math.abs(a.row - b.row) <= 1 && gap <= meeting;
  }
  const crosses = (one: Hairline, other: Hairline): boolean =>
    one.row >= other.from - meeting && one.row <= other.to + meeting;
  return crosses(a, b) && crosses(b, a);
}
