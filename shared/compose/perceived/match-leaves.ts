/** The leaves of a perception, each once, with what they say that was measured. */
import type { PageFacts } from '../../facts/page-facts.ts';
import type { MeasuredReference, PerceivedNode, Perception } from '../../tasks/perceive/perception.ts';
import type { UiKind } from '../../ui-tree.ts';
import { intersectionOverUnion, partialSimilarity, shareInside, similarity } from './match-affinity.ts';

export interface Leaf {
  /** As it stands in the perception: its identity. */
  readonly node: PerceivedNode;
  /** What it names; nothing is named by two leaves. */
  readonly references: readonly MeasuredReference[];
}

const pictureKinds: ReadonlySet<UiKind> = new Set(['image', 'icon', 'chart', 'avatar', 'video', 'map']);
/** Have an outline of their own, whether or not there are words in it. */
const framedKinds: ReadonlySet<UiKind> = new Set([
  'button',
  'input',
  'textarea',
  'select',
  'checkbox',
  'radio',
  'switch',
  'badge',
  'avatar',
  'card',
  'shape',
]);

export const isPictureKind = (kind: UiKind): boolean => pictureKinds.has(kind);
export const isFramedKind = (kind: UiKind): boolean => framedKinds.has(kind);
export const hasWords = (node: PerceivedNode): boolean => (node.text ?? '').trim() !== '';
export const isLeaf = (node: PerceivedNode): boolean => (node.children ?? []).length === 0;

/** Boxes that share this much, with words this much alike, were perceived twice. */
const samePlace = 0.5;
const sameWords = 0.8;
/** A reading at least this sure that is no more than this like the words speaks against a reference. */
const sure = 0.8;
const unlike = 0.35;

export function leavesOf(perception: Perception, facts: PageFacts): Leaf[] {
  const nodes: PerceivedNode[] = [];
  const visit = (node: PerceivedNode): void => {
    if (isLeaf(node)) nodes.push(node);
    for (const child of node.children ?? []) visit(child);
  };
  for (const node of perception.nodes) visit(node);
  const unique: PerceivedNode[] = [];
  for (const node of nodes) if (!unique.some((other) => isTwin(node, other))) unique.push(node);
  return withReferences(unique, facts);
}

/** Regions overlap, and models repeat themselves. */
function isTwin(node: PerceivedNode, other: PerceivedNode): boolean {
  if (node === other) return true;
  if (node.box === undefined || other.box === undefined) return false;
  if (intersectionOverUnion(node.box, other.box) < samePlace) return false;
  if (hasWords(node) !== hasWords(other)) return false;
  return hasWords(node)
    ? similarity(node.text ?? '', other.text ?? '') >= sameWords
    : node.kind === other.kind || (isPictureKind(node.kind) && isPictureKind(other.kind));
}

export const keyOf = ({ list, index }: MeasuredReference): string => `${list} ${index}`;

/** A thing that two leaves name belongs to the one whose words are more like it, else to the first. */
function withReferences(nodes: readonly PerceivedNode[], facts: PageFacts): Leaf[] {
  const named = new Map<string, { node: PerceivedNode; score: number }>();
  for (const node of nodes) {
    for (const reference of node.measured ?? []) {
      const score = trustIn(reference, node, facts);
      const known = named.get(keyOf(reference));
      if (score > (known?.score ?? 0)) named.set(keyOf(reference), { node, score });
    }
  }
  return nodes.map((node) => {
    const own = (node.measured ?? []).filter(
      (one) => named.get(keyOf(one))?.node === node && !isOfAnother(one, node, nodes, facts),
    );
    return { node, references: [...new Map(own.map((one) => [keyOf(one), one])).values()] };
  });
}

/** A mark of several lines names lines of other elements, too: one with a line's very words has its box on it. */
function isOfAnother(
  { list, index }: MeasuredReference,
  node: PerceivedNode,
  nodes: readonly PerceivedNode[],
  facts: PageFacts,
): boolean {
  const line = list === 'lines' ? facts.lines[index] : undefined;
  if (line === undefined || line.confidence < sure || !hasWords(node)) return false;
  if ((node.measured?.length ?? 0) < 2 || partialSimilarity(node.text ?? '', line.text) > unlike + 0.15)
    return false;
  return nodes.some(
    ({ box, text = '' }) =>
      box !== undefined && shareInside(line.box, box) > samePlace && similarity(text, line.text) >= sameWords,
  );
}

/** 0 where the reference cannot be meant: there is no such thing, or it reads otherwise and lies elsewhere. */
function trustIn({ list, index }: MeasuredReference, node: PerceivedNode, facts: PageFacts): number {
  const thing = facts[list][index];
  if (thing === undefined) return 0;
  const line = list === 'lines' ? facts.lines[index] : undefined;
  if (line === undefined || !hasWords(node)) return 1;
  const words = partialSimilarity(node.text ?? '', line.text);
  const elsewhere = node.box !== undefined && shareInside(line.box, node.box) === 0;
  if (elsewhere && line.confidence >= sure && words <= unlike) return 0;
  return 0.5 + 0.3 * words + 0.2 * similarity(node.text ?? '', line.text);
}
