/** Names classes, and decides what an element's different looks hang on: its place, or a class of its component's root. */
import { layerNames, type StyleLayers } from '../html/element.ts';
import type { ElementPattern } from './pattern.ts';
import { type Condition, isEmptyLook, type StyleRule, settleFirst, splitLooks } from './rules.ts';

/** Rules of one component, and the names of all classes of its file. */
export interface Sheet {
  readonly rules: StyleRule[];
  readonly taken: Map<string, number>;
  /** Classes without conditions by wanted name and look. */
  readonly known: Map<string, string>;
}

export const createSheet = (taken: Map<string, number>): Sheet => ({
  rules: [],
  taken,
  known: new Map(),
});

export function claimClass(sheet: Sheet, wanted: string): string {
  const stem = wanted === '' ? 'part' : wanted;
  const number = (sheet.taken.get(stem) ?? 0) + 1;
  sheet.taken.set(stem, number);
  if (number === 1) return stem;
  // "card-2" may be wanted by somebody too.
  return sheet.taken.has(`${stem}-${number}`) ? claimClass(sheet, stem) : claimed(sheet, `${stem}-${number}`);
}

function claimed(sheet: Sheet, name: string): string {
  sheet.taken.set(name, 1);
  return name;
}

const keyOfLook = (layers: StyleLayers): string =>
  JSON.stringify(layerNames.map((layer) => Object.entries(layers[layer])));

export interface Looks {
  /** Different ones, the most frequent first. */
  readonly looks: readonly StyleLayers[];
  /** Number of its look by instance; undefined where the element is absent. */
  readonly partition: readonly (number | undefined)[];
}

export function looksOf(pattern: ElementPattern): Looks {
  const counts = new Map<string, { layers: StyleLayers; count: number }>();
  for (const layers of pattern.styles) {
    if (layers === undefined) continue;
    const known = counts.get(keyOfLook(layers));
    counts.set(keyOfLook(layers), { layers: known?.layers ?? layers, count: (known?.count ?? 0) + 1 });
  }
  const sorted = [...counts].sort(([, a], [, b]) => b.count - a.count);
  const numbers = new Map(sorted.map(([key], index) => [key, index]));
  return {
    looks: sorted.map(([, { layers }]) => layers),
    partition: pattern.styles.map((layers) => layers && numbers.get(keyOfLook(layers))),
  };
}

/** A class for a look that all instances share; undefined for no look at all. */
export function plainClass(sheet: Sheet, wanted: string, layers: StyleLayers): string | undefined {
  if (isEmptyLook(layers)) return undefined;
  const key = `${wanted}|${keyOfLook(layers)}`;
  const known = sheet.known.get(key);
  if (known !== undefined) return known;
  const className = claimClass(sheet, wanted);
  sheet.known.set(key, className);
  sheet.rules.push({ className, layers });
  return className;
}

/** The place among its siblings that tells one look of two from the other, and the look that has it. */
export function placeOfLook(
  { first, last }: Pick<ElementPattern, 'first' | 'last'>,
  { looks, partition }: Looks,
): { place: 'first-child' | 'last-child'; look: number } | undefined {
  if (looks.length !== 2) return undefined;
  for (const place of ['first-child', 'last-child'] as const) {
    const there = place === 'first-child' ? first : last;
    for (const look of [0, 1])
      if (partition.every((one, index) => one === undefined || (one === look) === there[index]))
        return { place, look };
  }
  return undefined;
}

/** Writes a class with what each look has instead, under the condition of that look. */
export function variantRules(
  sheet: Sheet,
  className: string,
  looks: readonly StyleLayers[],
  conditionOf: (look: number) => Condition,
): void {
  const { common, rests } = settleFirst(splitLooks(looks));
  if (!isEmptyLook(common)) sheet.rules.push({ className, layers: common });
  rests.forEach((layers, look) => {
    if (!isEmptyLook(layers)) sheet.rules.push({ className, layers, when: conditionOf(look) });
  });
}
