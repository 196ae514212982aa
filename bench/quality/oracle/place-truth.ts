/** Carries the truth of a page over to where a picture of it shows things. */
import type { Rect } from '../../../shared/geometry.ts';
import type { TruthNode } from './truth.ts';

/** @param place from CSS pixels of the page to the coordinates of the facts. */
export function placedTruth(nodes: readonly TruthNode[], place: (rect: Rect) => Rect): TruthNode[] {
  return nodes.map((node) => ({
    ...node,
    box: place(node.box),
    lines: node.lines.map((line) => ({ ...line, box: place(line.box) })),
    children: placedTruth(node.children, place),
  }));
}

/** A page that was made smaller or larger as a whole. */
export const scaledPlace =
  (factor: number) =>
  ({ x, y, width, height }: Rect): Rect => ({
    x: x * factor,
    y: y * factor,
    width: width * factor,
    height: height * factor,
  });
