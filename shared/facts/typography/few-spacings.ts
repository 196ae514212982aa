/** Letter-spacing in a stand-in font: the fewest values that keep all lines of a style as wide as they were. */
import { inkWidth, styleOf } from './fit-line.ts';
import type { PlacedLine } from './spacing.ts';

/** Widths may differ by this share, or by this many CSS pixels in short lines. */
const tolerance = 0.015;
const shortTolerance = 1;
/** Letters are not set closer or wider than by this share of the size. */
const most = 0.1;

/** A line and the spacings, in CSS pixels, that keep its width. */
interface Range {
  readonly index: number;
  readonly from: number;
  readonly to: number;
}

/** @returns CSS pixels, one a line. */
export function fewSpacings(lines: readonly PlacedLine[], pixelRatio: number): number[] {
  const result = lines.map(() => 0);
  const styles = new Map<string, Range[]>();
  for (const [index, one] of lines.entries()) {
    const range = rangeOf(one, index, pixelRatio);
    if (range === undefined) continue;
    const key = `${styleOf(one.fit.face)} ${one.size}`;
    styles.set(key, [...(styles.get(key) ?? []), range]);
  }
  for (const ranges of styles.values()) {
    let open = ranges;
    while (open.length > 0) {
      const met = mostMet(open);
      const spacing = roundWithin(
        Math.max(...met.map(({ from }) => from)),
        Math.min(...met.map(({ to }) => to)),
      );
      for (const { index } of met) result[index] = spacing;
      open = open.filter((range) => !met.includes(range));
    }
  }
  return result;
}

function rangeOf({ line, fit, size }: PlacedLine, index: number, pixelRatio: number): Range | undefined {
  if (line.characters < 2) return undefined;
  const width = inkWidth(line) / pixelRatio;
  const natural = (size * width * pixelRatio) / fit.sizeByWidth;
  const gaps = line.characters - 1;
  const middle = Math.max(-most * size, Math.min(most * size, (width - natural) / gaps));
  const reach = Math.max(tolerance * width, shortTolerance) / gaps;
  return { index, from: middle - reach, to: middle + reach };
}

/** The ranges around the spacing that lies in most of them. */
function mostMet(ranges: readonly Range[]): Range[] {
  const at = (spacing: number): Range[] => ranges.filter(({ from, to }) => from <= spacing && spacing <= to);
  let best = at(0);
  for (const { from } of ranges) {
    const met = at(from);
    if (met.length > best.length) best = met;
  }
  return best;
}

/** The roundest number between two: none at all, else in steps of 0.1 or 0.05 pixel. */
function roundWithin(from: number, to: number): number {
  if (from <= 0 && to >= 0) return 0;
  const middle = (from + to) / 2;
  for (const step of [0.1, 0.05]) {
    const rounded = Math.round(middle / step) * step;
    if (rounded >= from && rounded <= to) return Number(rounded.toFixed(2));
  }
  return Number(middle.toFixed(2));
}
