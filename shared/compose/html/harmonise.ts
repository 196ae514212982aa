/** Evens out what was measured a little differently on things that are the same, so that they share a class. */
import { type Declarations, type HtmlElement, layerNames } from './element.ts';
import { neat } from './values.ts';

/** Cells stand on common lines, so that what differs among them is an error of measuring. */
const cells = new Set(['td', 'th', 'tr', 'table']);

/** Lengths this close are one length, in pixels; more would move things to a neighbouring pixel. */
const tolerances: Readonly<Record<string, number>> = {
  'letter-spacing': 0.12,
  'font-size': 0.6,
  'aspect-ratio': 1.6,
};
const toleranceOf = (property: string, tag: string): number =>
  tolerances[property] ?? (cells.has(tag) ? 1.6 : 0.6);

interface Entry {
  readonly declarations: Declarations;
  readonly property: string;
  readonly tag: string;
  readonly numbers: number[];
}

const length = /(-?\d*\.?\d+)px/g;
/** Sides of a picture on a column whose edges fall between pixels: 317 / 220 beside 318 / 220. */
const side = /(\d+(?:\.\d+)?)/g;
const numberIn = (property: string): RegExp => (property === 'aspect-ratio' ? side : length);

function collect(element: HtmlElement, path: string, buckets: Map<string, Entry[]>): void {
  const here = `${path}/${element.tag}.${element.name}`;
  for (const layer of layerNames) {
    const declarations = element.styles[layer];
    for (const [property, value] of Object.entries(declarations)) {
      if (typeof value !== 'string') continue;
      const numbers = [...value.matchAll(numberIn(property))].map((match) => Number(match[1]));
      if (numbers.length === 0) continue;
      const key = `${here}|${layer}|${property}|${value.replace(numberIn(property), '#')}`;
      const bucket = buckets.get(key) ?? [];
      bucket.push({ declarations, property, tag: element.tag, numbers });
      buckets.set(key, bucket);
    }
  }
  for (const child of element.children) if (typeof child !== 'string') collect(child, here, buckets);
}

/** Share of a cluster that makes the rest of it errors; with less, as 41, 41, 42, a part of a pixel is the truth. */
const usualShare = 0.8;

function usual(values: readonly number[]): number | undefined {
  const middle = values[values.length >> 1];
  const count = values.filter((value) => value === middle).length;
  return count > usualShare * values.length ? middle : undefined;
}

/** What the numbers of a cluster become: what nearly all of them are, else their mean. */
function evened(values: readonly number[], tolerance: number): number {
  const most = usual(values);
  if (most !== undefined) return most;
  const mean = values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);
  if (tolerance < 0.5) return Math.round(mean * 100) / 100;
  const whole = Math.round(mean);
  const between = values.some((value) => value <= whole) && values.some((value) => value >= whole);
  return between && tolerance < 1 ? whole : neat(mean);
}

function settle(entries: readonly Entry[], at: number, tolerance: number): void {
  const sorted = entries
    .map((entry) => ({ entry, value: entry.numbers[at] ?? 0 }))
    .sort((a, b) => a.value - b.value);
  let cluster: typeof sorted = [];
  const close = (): void => {
    const value = evened(
      cluster.map((item) => item.value),
      tolerance,
    );
    for (const { entry } of cluster) entry.numbers[at] = value;
    cluster = [];
  };
  for (const item of sorted) {
    const start = cluster[0];
    if (start !== undefined && item.value - start.value > tolerance) close();
    cluster.push(item);
  }
  close();
}

/** Changes the tree in place. */
export function harmonise(root: HtmlElement): void {
  const buckets = new Map<string, Entry[]>();
  collect(root, '', buckets);
  for (const entries of buckets.values()) {
    if (entries.length < 2) continue;
    const count = entries[0]?.numbers.length ?? 0;
    const [first] = entries;
    const tolerance = toleranceOf(first?.property ?? '', first?.tag ?? '');
    for (let at = 0; at < count; at += 1) settle(entries, at, tolerance);
    for (const entry of entries) {
      const value = entry.declarations[entry.property];
      if (typeof value !== 'string') continue;
      entry.declarations[entry.property] =
        entry.property === 'aspect-ratio' ? ratio(entry.numbers) : withLengths(value, entry.numbers);
    }
  }
}

function withLengths(value: string, numbers: readonly number[]): string {
  let at = 0;
  return value.replace(length, () => `${numbers[at++] ?? 0}px`);
}

/** In whole numbers, which frameworks of classes ask for. */
function ratio([width = 1, height = 1]: readonly number[]): string {
  const isWhole = Number.isInteger(width) && Number.isInteger(height);
  const [a, b] = isWhole ? [width, height] : [Math.round(10 * width), Math.round(10 * height)];
  const divisor = isWhole ? 1 : greatestDivisor(a, b);
  return `${a / divisor} / ${b / divisor}`;
}

const greatestDivisor = (a: number, b: number): number =>
  b === 0 ? Math.max(1, a) : greatestDivisor(b, a % b);
