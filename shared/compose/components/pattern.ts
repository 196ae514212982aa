/** What several parts of a page have in common, with what differs as columns: one value for each of them. */
import type { HtmlElement, StyleLayers } from '../html/element.ts';
import { drawingOf } from './drawing.ts';
import { type ElementNode, elementNodes, type PartNode } from './node.ts';
import { align, type Similarity } from './similarity.ts';

/** A value for each instance of a scope; undefined where the instance has no such part. */
export type Column<T> = readonly (T | undefined)[];

export interface ElementPattern {
  readonly type: 'element';
  readonly tag: string;
  /** Class name that is wanted. */
  readonly name: string;
  readonly attributes: ReadonlyMap<string, Column<string>>;
  readonly styles: Column<StyleLayers>;
  /** Whether it is the first, or the last, element of its parent. */
  readonly first: Column<boolean>;
  readonly last: Column<boolean>;
  readonly children: readonly Pattern[];
  readonly present: readonly boolean[];
}

export interface TextPattern {
  readonly type: 'text';
  readonly texts: Column<string>;
  readonly present: readonly boolean[];
}

export interface ListPattern {
  readonly type: 'list';
  /** Over the items of all instances, one after the other. Absent if the items are a component. */
  readonly item: ElementPattern | undefined;
  readonly cluster: number | undefined;
  /** Of each instance its items, by number in `item` or in the cluster. */
  readonly items: readonly (readonly number[])[];
  readonly present: readonly boolean[];
}

/** A component that stands here by itself. */
export interface UsePattern {
  readonly type: 'use';
  readonly cluster: number;
  /** Number of the instance in its cluster. */
  readonly instances: Column<number>;
  readonly present: readonly boolean[];
}

export type Pattern = ElementPattern | TextPattern | ListPattern | UsePattern;

/** Cluster and number of each element that is an instance of a component. */
export type Instances = ReadonlyMap<ElementNode, { readonly cluster: number; readonly number: number }>;

export interface Merging {
  readonly similarity: Similarity;
  readonly instances: Instances;
  readonly ends: Ends;
}

/** Elements that are the first, or the last, of their parent. */
export interface Ends {
  readonly first: ReadonlySet<ElementNode>;
  readonly last: ReadonlySet<ElementNode>;
}

export function endsOf(root: ElementNode): Ends {
  const first = new Set<ElementNode>();
  const last = new Set<ElementNode>();
  for (const node of elementNodes(root)) {
    const all = node.children.flatMap((child): readonly ElementNode[] =>
      child.type === 'text' ? [] : child.type === 'list' ? child.items : [child],
    );
    const inside = all.flatMap((child): readonly PartNode[] =>
      child.element.tag === '' ? child.children : [child],
    );
    const [start, end] = [inside.at(0), inside.at(-1)];
    if (start?.type === 'element') first.add(start);
    if (end?.type === 'element') last.add(end);
  }
  return { first, last };
}

/** @param nodes instances of the scope, of one tag and name; undefined where an instance has no such element. */
export function mergeElements(nodes: readonly (ElementNode | undefined)[], merging: Merging): ElementPattern {
  const first = nodes.find((node) => node !== undefined);
  const names = new Set(nodes.flatMap((node) => node?.element.name ?? []));
  const attributeNames = new Set(nodes.flatMap((node) => Object.keys(node?.element.attributes ?? {})));
  const attributes = new Map<string, Column<string>>();
  for (const name of attributeNames)
    attributes.set(
      name,
      nodes.map((node) => node?.element.attributes[name]),
    );
  return {
    type: 'element',
    tag: first?.element.tag ?? 'div',
    name: names.size > 1 ? 'icon' : (first?.element.name ?? ''),
    attributes,
    styles: nodes.map((node) => node?.element.styles),
    first: nodes.map((node) => node && merging.ends.first.has(node)),
    last: nodes.map((node) => node && merging.ends.last.has(node)),
    children:
      first?.element.tag === 'svg'
        ? shapesOf(nodes.map((node) => node?.element))
        : slotsOf(nodes, merging).map((slot) => mergeSlot(slot, merging)),
    present: nodes.map((node) => node !== undefined),
  };
}

/** One path for drawings that differ; the shapes as they are where all draw the same. */
function shapesOf(drawings: Column<HtmlElement>): ElementPattern[] {
  const present = drawings.map((svg) => svg !== undefined);
  const nothing = drawings.map(() => undefined);
  const shape = (tag: string, attributes: ReadonlyMap<string, Column<string>>): ElementPattern => ({
    type: 'element',
    tag,
    name: '',
    attributes,
    styles: nothing,
    first: nothing,
    last: nothing,
    children: [],
    present,
  });
  const paths = drawings.map((svg) => svg && drawingOf(svg));
  const known = new Set(paths.filter((path) => path !== undefined));
  if (known.size !== 1) return [shape('path', new Map([['d', paths]]))];
  const [first] = drawings.filter((svg) => svg !== undefined);
  return (first?.children ?? []).flatMap((child) =>
    typeof child === 'string'
      ? []
      : shape(
          child.tag,
          new Map(
            Object.entries(child.attributes).map(([name, value]) => [
              name,
              drawings.map((svg) => svg && value),
            ]),
          ),
        ),
  );
}

type Slot = readonly (PartNode | undefined)[];

/** Children that answer each other, by instance. */
function slotsOf(nodes: readonly (ElementNode | undefined)[], { similarity, instances }: Merging): Slot[] {
  const clusterOf = (node: PartNode): number | undefined => {
    const [one] = node.type === 'list' ? node.items : [node];
    return one?.type === 'element' ? instances.get(one)?.cluster : undefined;
  };
  const alike: Similarity = (a, b) => (clusterOf(a) === clusterOf(b) ? similarity(a, b) : 0);
  const order = nodes
    .map((node, index) => ({ children: node?.children ?? [], index }))
    .sort((a, b) => b.children.length - a.children.length);
  let slots: { entries: (PartNode | undefined)[]; model: PartNode }[] = [];
  for (const { children, index } of order) {
    const models = slots.map((slot) => slot.model);
    const places = new Map(slots.map((slot) => [slot.model, slot] as const));
    slots = align(models, children, alike).flatMap(([model, child]) => {
      const known = model && places.get(model);
      const slot = known ?? (child && { entries: nodes.map(() => undefined), model: child });
      if (slot !== undefined && child !== undefined) slot.entries[index] = child;
      return slot ?? [];
    });
  }
  return slots.map((slot) => slot.entries);
}

function mergeSlot(slot: Slot, merging: Merging): Pattern {
  const present = slot.map((node) => node !== undefined);
  if (slot.every((node) => node === undefined || node.type === 'text'))
    return {
      type: 'text',
      texts: slot.map((node) => (node?.type === 'text' ? node.text : undefined)),
      present,
    };
  if (slot.some((node) => node?.type === 'list')) return mergeLists(slot, merging);
  const elements = slot.map((node) => (node?.type === 'element' ? node : undefined));
  const known = elements.map((node) => node && merging.instances.get(node));
  const cluster = known.find((instance) => instance !== undefined)?.cluster;
  if (cluster !== undefined)
    return { type: 'use', cluster, instances: known.map((instance) => instance?.number), present };
  return mergeElements(elements, merging);
}

/** An element where others have a list is a list of one. */
function mergeLists(slot: Slot, merging: Merging): ListPattern {
  const lists = slot.map((node): readonly ElementNode[] =>
    node === undefined || node.type === 'text' ? [] : node.type === 'list' ? node.items : [node],
  );
  const all = lists.flat();
  const [first] = all;
  const cluster = first && merging.instances.get(first)?.cluster;
  const present = slot.map((node) => node !== undefined);
  if (cluster !== undefined) {
    const items = lists.map((list) => list.flatMap((item) => merging.instances.get(item)?.number ?? []));
    return { type: 'list', item: undefined, cluster, items, present };
  }
  let number = 0;
  const items = lists.map((list) => list.map(() => number++));
  return { type: 'list', item: mergeElements(all, merging), cluster, items, present };
}

/** The elements of a pattern that stand in the same scope: not those of its lists. */
export function* elementsIn(pattern: Pattern): Generator<ElementPattern> {
  if (pattern.type !== 'element') return;
  yield pattern;
  for (const child of pattern.children) yield* elementsIn(child);
}
