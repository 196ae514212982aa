/** Puts what was perceived of a page's regions together: containers that a cut went through become one again. */
import type { PageFacts } from '../../facts/page-facts.ts';
import { bottom, type Rect, right, unionOf } from '../../geometry.ts';
import type { UiKind } from '../../ui-tree.ts';
import type { PerceivedNode } from './perception.ts';

/** Containers that go on below where they end, if the same kind stands there in the same columns of pixels. */
const continued: ReadonlySet<UiKind> = new Set([
  'main',
  'aside',
  'nav',
  'form',
  'list',
  'table',
  'grid',
  'row',
  'column',
  'tabs',
]);
/** Containers that are one only where something visible reaches over the cut. */
const framed: ReadonlySet<UiKind> = new Set([
  'section',
  'article',
  'card',
  'fieldset',
  'item',
  'header',
  'footer',
]);
/** Containers of layout alone, which a model tells or leaves out as it likes. */
const looseKinds: ReadonlySet<UiKind> = new Set(['row', 'grid', 'column']);
/** Least share of their common width that two parts of one container share. */
const aligned = 0.6;

/** @param regions from top to bottom, each with what stands directly in it. */
export function joinRegions(
  regions: readonly (readonly PerceivedNode[])[],
  facts: PageFacts,
): PerceivedNode[] {
  const [first = [], ...rest] = regions;
  return rest.reduce<PerceivedNode[]>((above, below) => joined(above, below, facts), [...first]);
}

function joined(
  above: readonly PerceivedNode[],
  below: readonly PerceivedNode[],
  facts: PageFacts,
): PerceivedNode[] {
  let nodes = [...above];
  below.forEach((node, index) => {
    const isFirst = below.slice(0, index).every((other) => !isAbove(other, node, facts));
    nodes = (isFirst ? attached(nodes, node, facts) : undefined) ?? [...nodes, node];
  });
  return nodes;
}

/** The nodes with `below` grown onto the one that it continues; undefined if there is none. */
function attached(
  nodes: readonly PerceivedNode[],
  below: PerceivedNode,
  facts: PageFacts,
): PerceivedNode[] | undefined {
  for (const [index, node] of [...nodes.entries()].reverse()) {
    // What a region tells of farther below does not part them.
    const isParted = nodes
      .slice(index + 1)
      .some((other) => isAbove(node, other, facts) && isAbove(other, below, facts));
    if (isParted || node.children === undefined) continue;
    if (continues(node, below, facts)) {
      const children = joined(node.children, below.children ?? [], facts);
      return nodes.with(index, { ...node, children });
    }
    const inner = looseKinds.has(node.kind) ? attached(node.children, below, facts) : undefined;
    if (inner !== undefined) return nodes.with(index, { ...node, children: inner });
  }
  return undefined;
}

function continues(above: PerceivedNode, below: PerceivedNode, facts: PageFacts): boolean {
  const [a, b] = [extentOf(above, facts), extentOf(below, facts)];
  if (above.kind !== below.kind || a === undefined || b === undefined || below.children === undefined)
    return false;
  const shared = Math.min(right(a), right(b)) - Math.max(a.x, b.x);
  const isAligned = shared >= aligned * (Math.max(right(a), right(b)) - Math.min(a.x, b.x));
  if (above.kind === 'main') return true;
  if (framed.has(above.kind)) return isFramed(a, b, facts);
  if (!continued.has(above.kind) || !isAligned) return false;
  // A row goes on only as the same columns: else it is the next row.
  return above.kind !== 'row' || sameColumns(above, below, facts);
}

function sameColumns(above: PerceivedNode, below: PerceivedNode, facts: PageFacts): boolean {
  const parts = above.children ?? [];
  const others = below.children ?? [];
  return (
    parts.length === others.length &&
    parts.every((part, index) => {
      const other = others[index];
      return other !== undefined && continues(part, other, facts);
    })
  );
}

/** Whether one measured box holds both. */
function isFramed(a: Rect, b: Rect, { boxes, width }: PageFacts): boolean {
  const both = unionOf([a, b]);
  return boxes.some(
    ({ box }) =>
      box.width < width - 1 &&
      box.x <= both.x + 2 &&
      right(box) >= right(both) - 2 &&
      box.y <= both.y + 2 &&
      bottom(box) >= bottom(both) - 2,
  );
}

/** Whether `other` stands in the way between a node and what is above it. */
function isAbove(other: PerceivedNode, node: PerceivedNode, facts: PageFacts): boolean {
  const [a, b] = [extentOf(other, facts), extentOf(node, facts)];
  if (a === undefined || b === undefined) return false;
  return bottom(a) <= b.y + 2 && Math.min(right(a), right(b)) - Math.max(a.x, b.x) > 0;
}

/** Where a node is, with all that it holds; undefined for one that points at nothing. */
export function extentOf(node: PerceivedNode, facts: PageFacts): Rect | undefined {
  const measured = (node.measured ?? []).flatMap(({ list, index }) => facts[list][index]?.box ?? []);
  const children = (node.children ?? []).flatMap((child) => extentOf(child, facts) ?? []);
  const all = [...measured, ...(node.box === undefined ? [] : [node.box]), ...children];
  return all.length === 0 ? undefined : unionOf(all);
}
