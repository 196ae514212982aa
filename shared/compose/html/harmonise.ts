/** Evens out what was measured a little differently on things that are the same, so that they share a class. */
import { type Declarations, type HtmlElement, layerNames } from './element.ts';
import { neat } from './values.ts';

/** Cells stand on common lines, so that what differs among them is an error of measuring. */
const cells = new Set(['td', 'th', 'tr', 'table']);

/** Lengths this close are one length, in pixels; more would move things to a neighbouring pixel. */
const toleranceOf = (property: string, tag: string): number =>
  property === 'letter-spacing' ? 0.12 : property === 'font-size' ? 0.6 : cells.has(tag) ? 1.6 : 0.6;

interface Entry {
  readonly declarations: Declarations;
  readonly property: string;
  readonly tag: string;
  readonly numbers: number[];
}

const length = /(-?\d*\.?\d+)px/g;

function collect(element: HtmlElement, path: string, buckets: Map<string, Entry[]>): void {
  const here = `${path}/${element.tag}.${element.name}`;
  for (const layer of layerNames) {
    const declarations = element.styles[layer];
    for (const [property, value] of Object.entries(declarations)) {
      if (typeof value !== 'string') continue;
      const numbers = [...value.matchAll(length)].map((match) => Number(match[1]));
      if (numbers.length === 0) continue;
      const key = `${here}|${layer}|${property}|${value.replace(length, '#')}`;
      const bucket = buckets.get(key) ?? [];
      bucket.push({ declarations, property, tag: element.tag, numbers });
      buckets.set(key, bucket);
    }
  }
  for (const child of element.children) if (typeof child !== 'string') collect(child, here, buckets);
}

/** Replaces each number by the mean of its cluster. */
function settle(entries: readonly Entry[], at: number, tolerance: number): void {
  const sorted = entries
    .map((entry) => ({ entry, value: entry.numbers[at] ?? 0 }))
    .sort((a, b) => a.value - b.value);
  let cluster: typeof sorted = [];
  const close = (): void => {
    const mean = cluster.reduce((sum, { value }) => sum + value, 0) / Math.max(1, cluster.length);
    const whole = Math.round(mean);
    const between =
      cluster.some(({ value }) => value <= whole) && cluster.some(({ value }) => value >= whole);
    for (const { entry } of cluster)
      entry.numbers[at] =
        tolerance < 0.5 ? Math.round(mean * 100) / 100 : between && tolerance < 1 ? whole : neat(mean);
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
      let at = 0;
      const value = entry.declarations[entry.property];
      if (typeof value === 'string')
        entry.declarations[entry.property] = value.replace(length, () => `${entry.numbers[at++] ?? 0}px`);
    }
  }
}
