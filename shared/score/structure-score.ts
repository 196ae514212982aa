/** What block and pixel measures are blind to: nesting, placement of components, shares of pictures. */
import type { Rect } from '../geometry.ts';
import { type Component, componentKinds, type PageStructure } from './in-page.ts';

export interface Size {
  readonly width: number;
  readonly height: number;
}

/**
 * TreeBLEU (WebCode2M): share of the reference's different subtrees of height 1, a parent's tag with its
 * children's tags in order, that the candidate has too. Over `body`; scripts, styles and metadata left out.
 *
 * @returns 0..1; 1 if the reference has no subtree.
 */
export function treeBleu(reference: PageStructure, candidate: PageStructure): number {
  const wanted = new Set(reference.subtrees);
  if (wanted.size === 0) return 1;
  const present = new Set(candidate.subtrees);
  return [...wanted].filter((subtree) => present.has(subtree)).length / wanted.size;
}

/**
 * Layout likeness after Sketch2Code: for each kind of component the area that both pages' components of that kind
 * share over the area that either covers, weighted by the latter.
 *
 * @param size CSS pixels; what lies beyond is cut.
 * @returns 0..1; 1 if neither page has a component.
 */
export function layoutIou(
  reference: readonly Component[],
  candidate: readonly Component[],
  size: Size,
): number {
  let shared = 0;
  let covered = 0;
  for (const kind of componentKinds) {
    const boxesOf = (components: readonly Component[]) =>
      components.filter((component) => component.kind === kind).map((component) => component.box);
    const a = boxesOf(reference);
    const b = boxesOf(candidate);
    if (a.length === 0 && b.length === 0) continue;
    const maskA = paint(a, size);
    const maskB = paint(b, size);
    for (let index = 0; index < maskA.length; index += 1) {
      if (maskA[index] && maskB[index]) shared += 1;
      if (maskA[index] || maskB[index]) covered += 1;
    }
  }
  // The weighted mean of shared/covered with the weights covered is the quotient of the sums.
  return covered === 0 ? 1 : shared / covered;
}

/** Share of a page that lies under pictures, 0..1. @param size CSS pixels. */
export function pictureShare(components: readonly Component[], size: Size): number {
  const mask = paint(
    components.filter((component) => component.kind === 'picture').map((component) => component.box),
    size,
  );
  return mask.length === 0 ? 0 : mask.reduce((sum, value) => sum + value, 0) / mask.length;
}

/** Share of the elements with a box that are placed `absolute` or `fixed`, 0..1. */
export const absoluteShare = (structure: PageStructure): number =>
  structure.elements === 0 ? 0 : structure.absoluteElements / structure.elements;

function paint(boxes: readonly Rect[], size: Size): Uint8Array {
  const width = Math.ceil(size.width);
  const height = Math.ceil(size.height);
  const mask = new Uint8Array(width * height);
  for (const box of boxes) {
    const left = Math.max(0, Math.round(box.x));
    const end = Math.min(width, Math.round(box.x + box.width));
    const bottom = Math.min(height, Math.round(box.y + box.height));
    if (end <= left) continue;
    for (let y = Math.max(0, Math.round(box.y)); y < bottom; y += 1)
      mask.fill(1, y * width + left, y * width + end);
  }
  return mask;
}
