/** Puts what was measured at a model's word together with what was measured before. */
import type { GivenFacts } from '../../facts/given/given.ts';
import type { PageBox, PageFacts, PagePicture, Separator, TextLine } from '../../facts/page-facts.ts';
import { findPalette } from '../../facts/palette.ts';
import { languageOf } from '../../facts/text/language.ts';
import { unionOf } from '../../geometry.ts';
import type { MeasuredReference, PerceivedNode, Perception } from '../../tasks/perceive/perception.ts';
import type { MergePlan, PlannedLeaf } from './match.ts';
import { isLeaf, keyOf } from './match-leaves.ts';
import { withPieces } from './match-pieces.ts';
import { readingOrder } from './match-texts.ts';

export interface MergedPage {
  readonly facts: PageFacts;
  /** Every leaf names what was measured of it in `facts`; nothing is named twice. */
  readonly perception: Perception;
}

/** @param measured the answer to `plan.given`; may be absent if there was nothing to ask. */
export function applyMerge(plan: MergePlan, measured?: GivenFacts): MergedPage {
  const merger = new Merger(plan, measured ?? nothingGiven(plan.facts));
  const named = new Map(plan.leaves.map((planned) => [planned.leaf.node, merger.add(planned)]));
  const facts = merger.facts();
  const taken = new Set([...named.values()].flat().map(keyOf));
  const nodes = plan.perception.nodes.flatMap((node) => rebuilt(node, named, facts, merger, taken));
  return { facts, perception: { nodes } };
}

const nothingGiven = (facts: PageFacts): GivenFacts => ({
  texts: [],
  pictures: [],
  things: [],
  lines: facts.lines,
  rest: [],
  decorations: [],
});

/** Collects the merged lists, and tells where what was measured before stands in them. */
class Merger {
  readonly #plan: MergePlan;
  readonly #measured: GivenFacts;
  readonly #lines: TextLine[] = [];
  readonly #boxes: PageBox[] = [];
  readonly #pictures: PagePicture[] = [];
  readonly #separators: Separator[] = [];
  readonly #moved = new Map<string, number>();

  constructor(plan: MergePlan, measured: GivenFacts) {
    this.#plan = plan;
    this.#measured = measured;
    const { facts } = plan;
    const parts = new Set(
      plan.leaves.flatMap(({ thing, pieces = [] }) =>
        thing !== undefined && measured.things[thing]?.list === 'pictures' ? pieces.map(keyOf) : [],
      ),
    );
    const isPart = (list: MeasuredReference['list'], index: number): boolean =>
      parts.has(keyOf({ list, index }));
    for (const [index, one] of facts.boxes.entries()) {
      if (isPart('boxes', index)) continue;
      this.#moved.set(keyOf({ list: 'boxes', index }), this.#boxes.push(one) - 1);
    }
    const pictured = new Set(plan.leaves.flatMap((leaf) => leaf.pictured ?? []));
    for (const [index, line] of measured.lines.entries()) {
      if (line === undefined || pictured.has(index) || isPart('lines', index)) continue;
      this.#moved.set(keyOf({ list: 'lines', index }), this.#lines.push(line) - 1);
    }
    const letters = new Set(measured.pictures.flat());
    for (const [index, picture] of facts.pictures.entries()) {
      if (letters.has(index) || isPart('pictures', index)) continue;
      this.#moved.set(keyOf({ list: 'pictures', index }), this.#pictures.push(picture) - 1);
    }
    const decorations = new Set(measured.decorations);
    for (const [index, rule] of facts.separators.entries()) {
      if (decorations.has(index) || isPart('separators', index)) continue;
      this.#moved.set(keyOf({ list: 'separators', index }), this.#separators.push(rule) - 1);
    }
  }

  /** Where a measured thing stands now. */
  moved({ list, index }: MeasuredReference): MeasuredReference[] {
    const place = this.#moved.get(keyOf({ list, index }));
    return place === undefined ? [] : [{ list, index: place }];
  }

  /** @returns what a leaf names in the merged facts. */
  add({ references, texts = [], thing, pictured, pieces = [] }: PlannedLeaf): MeasuredReference[] {
    const own = references.flatMap((reference) => this.moved(reference));
    for (const line of texts.flatMap((text) => this.#measured.texts[text] ?? []))
      own.push({ list: 'lines', index: this.#lines.push(line) - 1 });
    // Lines that stayed and lines that were measured anew.
    if (texts.length > 0) own.sort((a, b) => this.#order(a, b));
    const found = thing === undefined ? undefined : this.#measured.things[thing];
    if (found?.list === 'boxes') own.push({ list: 'boxes', index: this.#boxes.push(found.item) - 1 });
    if (found?.list === 'pictures') {
      const whole = withPieces(found.item, pieces, this.#plan.facts);
      own.push({ list: 'pictures', index: this.#pictures.push(whole) - 1 });
    }
    if (found?.list === 'separators')
      own.push({ list: 'separators', index: this.#separators.push(found.item) - 1 });
    const line = pictured === undefined ? undefined : this.#plan.facts.lines[pictured];
    if (line !== undefined) {
      const { box, background } = line;
      const icon: PagePicture = { box, kind: 'icon', radius: 0, background };
      own.push({ list: 'pictures', index: this.#pictures.push(icon) - 1 });
    }
    return own;
  }

  /** Lines in reading order, before all else. */
  #order(a: MeasuredReference, b: MeasuredReference): number {
    if (a.list === 'lines' && b.list === 'lines') return readingOrder(this.#lines, a.index, b.index);
    return Number(b.list === 'lines') - Number(a.list === 'lines');
  }

  facts(): PageFacts {
    const { facts } = this.#plan;
    const lines = [...this.#lines, ...this.#measured.rest];
    const { width, height, background } = facts;
    return {
      ...facts,
      lines,
      boxes: this.#boxes,
      pictures: this.#pictures,
      separators: this.#separators,
      palette: findPalette({ width, height, background, boxes: this.#boxes, lines }),
      language: languageOf(lines),
    };
  }
}

/** The same tree, without what has no ink. @param taken what is named already; containers name only what nobody else does. */
function rebuilt(
  node: PerceivedNode,
  named: ReadonlyMap<PerceivedNode, readonly MeasuredReference[]>,
  facts: PageFacts,
  merger: Merger,
  taken: Set<string>,
): PerceivedNode[] {
  const { measured: before, children, text: _, ...rest } = node;
  if (isLeaf(node)) {
    const measured = [...(named.get(node) ?? [])];
    if (measured.length === 0) return [];
    const lines = measured.flatMap(({ list, index }) => (list === 'lines' ? (facts.lines[index] ?? []) : []));
    const text = lines.map((line) => line.text).join('\n');
    const box = unionOf(measured.flatMap(({ list, index }) => facts[list][index]?.box ?? []));
    return [{ ...rest, box, measured, ...(text === '' ? {} : { text }) }];
  }
  const measured = (before ?? []).flatMap((reference) =>
    merger.moved(reference).filter((one) => {
      if (taken.has(keyOf(one))) return false;
      taken.add(keyOf(one));
      return true;
    }),
  );
  const own = (children ?? []).flatMap((child) => rebuilt(child, named, facts, merger, taken));
  if (own.length === 0 && measured.length === 0) return [];
  return [{ ...rest, ...(measured.length > 0 ? { measured } : {}), children: own }];
}
