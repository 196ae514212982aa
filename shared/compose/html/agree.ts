/** Colours and weights that were measured a little differently on things that are the same become one. */
import { differenceCiede2000 } from 'culori';
import { type Declarations, type HtmlElement, layerNames } from './element.ts';

const ciede2000 = differenceCiede2000();

/**
 * Colour difference (CIEDE2000) below which two are one: thin text shows its colour through the edges of its strokes
 * only; of an area, the least difference that a reader could have meant (white against a grey of 98 %) is 1.2.
 */
const sameText = 4;
const sameArea = 1;
/** One step of the scale of weights: bold against semibold is told by a quarter of a pixel of stroke. */
const sameWeight = 100;

const hex = /#[0-9a-f]{6}\b/gi;

interface Entry {
  readonly declarations: Declarations;
  readonly property: string;
  /** The colours, or the weight, in the order in which they stand. */
  readonly values: string[];
}

/** How far apart two values are, as a share of what is still the same. */
function apart(property: string, one: string, other: string): number {
  if (property === 'font-weight') return Math.abs(Number(one) - Number(other)) / sameWeight;
  return ciede2000(one, other) / (property === 'color' ? sameText : sameArea);
}

const valuesIn = (property: string, value: string): string[] =>
  property === 'font-weight' ? [value] : [...value.matchAll(hex)].map(([color]) => color);

/** By element and property: what stands in the same place of the same things. */
function collect(element: HtmlElement, path: string, buckets: Map<string, Entry[]>): void {
  const here = `${path}/${element.tag}.${element.name}`;
  for (const layer of layerNames) {
    const declarations = element.styles[layer];
    for (const [property, value] of Object.entries(declarations)) {
      const values = valuesIn(property, `${value}`);
      if (values.length === 0) continue;
      const form = property === 'font-weight' ? '' : `${value}`.replace(hex, '#');
      const key = `${here}|${layer}|${property}|${form}`;
      buckets.set(key, [...(buckets.get(key) ?? []), { declarations, property, values }]);
    }
  }
  for (const child of element.children) if (typeof child !== 'string') collect(child, here, buckets);
}

/** Gives each value to the most frequent one that it is the same as. */
function settle(entries: readonly Entry[], at: number, property: string): void {
  const counts = new Map<string, number>();
  for (const { values } of entries) {
    const value = values[at] ?? '';
    counts.set(value, (counts.get(value) ?? 0) + 1);
  }
  const leaders: string[] = [];
  for (const [value] of [...counts].sort((a, b) => b[1] - a[1]))
    if (!leaders.some((leader) => apart(property, leader, value) <= 1)) leaders.push(value);
  for (const { values } of entries) {
    const value = values[at] ?? '';
    const near = leaders.map((leader) => ({ leader, gap: apart(property, leader, value) }));
    values[at] = near.sort((a, b) => a.gap - b.gap)[0]?.leader ?? value;
  }
}

/** Changes the tree in place. */
export function agree(root: HtmlElement): void {
  const buckets = new Map<string, Entry[]>();
  collect(root, '', buckets);
  for (const entries of buckets.values()) {
    const [first] = entries;
    if (first === undefined || entries.length < 2) continue;
    for (let at = 0; at < first.values.length; at += 1) settle(entries, at, first.property);
    for (const { declarations, property, values } of entries) {
      let at = 0;
      declarations[property] =
        property === 'font-weight'
          ? (values[0] ?? '')
          : `${declarations[property]}`.replace(hex, () => values[at++] ?? '');
    }
  }
}
