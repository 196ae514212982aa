/** In lossy pictures: finds the rules and borders of a pixel or two, which compression and photos leave ragged and soft. */
import type { Raster } from '../../image/picture.ts';
import { at, median } from '../pixels.ts';

/** How the pixels of rows, or of columns, follow each other in the raster. */
export interface Axis {
  readonly length: number;
  readonly count: number;
  /** Pixels from one to the next along a line, and from one line to the next. */
  readonly along: number;
  readonly across: number;
  /** Shortest line, source pixels: letters' strokes are shorter. */
  readonly least: number;
}

/** One row or column of pixels, `from` and `to` included. */
export interface Hairline {
  readonly axis: Axis;
  readonly row: number;
  readonly from: number;
  readonly to: number;
  /** Median of its pixels: red, green, blue. */
  readonly color: readonly [number, number, number];
  /** Where the line is two pixels wide: the side of its other one. */
  readonly twin?: -1 | 1;
  /** Its colour differs from the areas beside it by more than lightness. */
  readonly colored?: true;
}

const leastAcross = 40;
const leastDown = 26;
/** Pixels without a line's look that it runs on over: crossings, and what noise hides. */
const mostGap = 3;
const leastHits = 0.85;
/** 0..255: a line stands out from both sides by this much, and by this share of their difference, for edges overshoot. */
const leastStep = 3;
const overshoot = 0.2;
/** Source pixels from a line to its echo, as wide as a block of 8; and how much paler that is. */
const echoReach = 8;
const echoShare = 0.4;
const evenReach = 4;
/** Rows over which a line wanders; its shortest part in one row, and pixels between two parts, where neither row is sure. */
const mostDrift = 2;
const leastPart = 10;
const joinGap = 10;
/** Shortest piece of a line between two that it crosses. */
const leastPiece = 8;
/** Largest mean difference of a line's pixels from one to the next. */
const mostRough = 5;

/**
 * @param reach source pixels from a line's middle to where the areas beside it have their own colours.
 * @param wanders lines of a straightened photo lie between rows, and leave them for the next one.
 */
export function findHairlines(raster: Raster, reach: number, wanders: boolean): Hairline[] {
  const { width, height } = raster;
  const light = lightnessOf(raster);
  const rows: Axis = { length: width, count: height, along: 1, across: width, least: leastAcross };
  const columns: Axis = { length: height, count: width, along: width, across: 1, least: leastDown };
  const alongOne = (axis: Axis): Run[] => {
    if (!wanders) return withoutEchoes(alongAxis(light, axis, reach));
    const even = evened(light, axis);
    const parts = alongAxis(even, { ...axis, least: leastPart }, reach).map((run) => ({ ...run, axis }));
    return withoutEchoes(straightened(parts).filter(({ from, to }) => to - from + 1 >= axis.least));
  };
  const [across, down] = [alongOne(rows), alongOne(columns)];
  return [...across.flatMap((line) => cutAt(line, down)), ...down.flatMap((line) => cutAt(line, across))].map(
    (line) => ({ ...line, color: colorOf(raster, line) }),
  );
}

/** Luma-like, 0..255, at full resolution: compression halves that of the colours. */
export function lightnessOf({ data, width, height }: Raster): Float32Array {
  const light = new Float32Array(width * height);
  for (let index = 0; index < light.length; index++)
    light[index] = (at(data, 3 * index) + 2 * at(data, 3 * index + 1) + at(data, 3 * index + 2)) / 4;
  return light;
}

interface Run extends Omit<Hairline, 'color'> {
  /** 1 for a line that is darker than its sides, −1 for a lighter one. */
  readonly sign: 1 | -1;
  /** Mean difference to the nearer in lightness of its two sides, 0..255. */
  readonly contrast: number;
}

function alongAxis(light: Float32Array, axis: Axis, reach: number): Run[] {
  const lines: Run[] = [];
  for (let row = reach; row < axis.count - reach; row++) {
    for (const sign of [1, -1] as const) {
      let [from, last, hits, rough, before, contrast] = [-1, -1, 0, 0, 0, 0];
      const close = (): void => {
        const length = last - from + 1;
        const isLine = length >= axis.least && hits >= leastHits * length && rough <= mostRough * hits;
        if (from >= 0 && isLine) lines.push({ axis, row, from, to: last, sign, contrast: contrast / hits });
        from = -1;
      };
      for (let i = 0; i < axis.length; i++) {
        const index = i * axis.along + row * axis.across;
        const step = ridgeAt(light, index, axis.across, reach, sign);
        if (step === 0) {
          if (from >= 0 && i - last > mostGap) close();
          continue;
        }
        const value = at(light, index);
        if (from < 0) [from, hits, rough, contrast] = [i, 0, 0, 0];
        else rough += Math.abs(value - before);
        [before, last] = [value, i];
        contrast += step;
        hits++;
      }
      close();
    }
  }
  return lines;
}

/** @returns the contrast of a line's pixel, 0 for another. */
function ridgeAt(light: Float32Array, index: number, step: number, reach: number, sign: 1 | -1): number {
  const value = sign * at(light, index);
  const [a, b] = [sign * at(light, index - reach * step), sign * at(light, index + reach * step)];
  const contrast = Math.min(a, b) - value;
  if (contrast < leastStep + overshoot * Math.abs(a - b)) return 0;
  return value <= sign * at(light, index - step) && value <= sign * at(light, index + step) ? contrast : 0;
}

/** Means of 9 pixels along the lines: two rows that share a line would else be the darker one by turns. */
function evened(light: Float32Array, axis: Axis): Float32Array {
  const even = new Float32Array(light.length);
  for (let row = 0; row < axis.count; row++) {
    let [sum, count] = [0, 0];
    for (let i = -evenReach; i < axis.length; i++) {
      const [enter, leave] = [i + evenReach, i - evenReach - 1];
      if (enter < axis.length) {
        sum += at(light, enter * axis.along + row * axis.across);
        count++;
      }
      if (leave >= 0) {
        sum -= at(light, leave * axis.along + row * axis.across);
        count--;
      }
      if (i >= 0) even[i * axis.along + row * axis.across] = sum / count;
    }
  }
  return even;
}

/** Joins runs that go on in the next row, or lie in it too, into one run in the row where most of it lies. */
function straightened(runs: readonly Run[]): Run[] {
  const left = [...runs].sort((a, b) => a.from - b.from);
  const joined: Run[] = [];
  for (let first = left.shift(); first !== undefined; first = left.shift()) {
    const parts = [first];
    let to = first.to;
    for (let index = 0; index < left.length; index++) {
      const next = left[index];
      if (next === undefined || next.from > to + joinGap) break;
      const fits = next.sign === first.sign && parts.some(({ row }) => Math.abs(row - next.row) <= 1);
      if (!fits || parts.some(({ row }) => Math.abs(row - next.row) > mostDrift)) continue;
      parts.push(next);
      to = Math.max(to, next.to);
      left.splice(index, 1);
      index = -1;
    }
    joined.push(...withRow(parts, to));
  }
  return joined;
}

function withRow(parts: readonly Run[], to: number): Run[] {
  const [first] = parts;
  if (first === undefined) return [];
  const weight = (one: Run): number => one.to - one.from + 1;
  const all = parts.reduce((sum, one) => sum + weight(one), 0);
  const mean = (of: (one: Run) => number): number =>
    parts.reduce((sum, one) => sum + of(one) * weight(one), 0) / all;
  return [
    { ...first, to, row: Math.round(mean(({ row }) => row)), contrast: mean(({ contrast }) => contrast) },
  ];
}

/** Drops the pale lines that compression draws beside strong ones. */
function withoutEchoes(lines: readonly Run[]): Run[] {
  return lines.filter((line) => {
    const length = line.to - line.from + 1;
    return !lines.some(
      (other) =>
        Math.abs(other.row - line.row) <= echoReach &&
        line.contrast < echoShare * other.contrast &&
        Math.min(other.to, line.to) - Math.max(other.from, line.from) >= 0.5 * length,
    );
  });
}

/** A line may have another colour beyond one that it crosses, as beside the head of a table. */
function cutAt(line: Run, others: readonly Run[]): Run[] {
  const cuts = others
    .filter(({ from, to }) => line.row >= from - mostGap && line.row <= to + mostGap)
    .map(({ row }) => row)
    .filter((row) => row - line.from >= leastPiece && line.to - row >= leastPiece)
    .sort((a, b) => a - b);
  const pieces: Run[] = [];
  let from = line.from;
  for (const cut of cuts) {
    if (cut - from < leastPiece) continue;
    pieces.push({ ...line, from, to: cut });
    from = cut;
  }
  return [...pieces, { ...line, from }];
}

function colorOf({ data }: Raster, { axis, row, from, to }: Run): [number, number, number] {
  const values: [number[], number[], number[]] = [[], [], []];
  for (let i = from; i <= to; i++) {
    const index = 3 * (i * axis.along + row * axis.across);
    for (const [channel, list] of values.entries()) list.push(at(data, index + channel));
  }
  const [red, green, blue] = values.map((list) => Math.round(median(list)));
  return [red ?? 0, green ?? 0, blue ?? 0];
}
