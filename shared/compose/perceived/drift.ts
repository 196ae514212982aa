/** Parts of a page that were only pushed away by something above them: what is wrong is not in them. */
import type { Rect } from '../../geometry.ts';
import { childrenOf, type UiNode, walk } from '../../ui-tree.ts';
import { isWritten } from './counterparts.ts';

/** Ink stands by this much below the top of its line box, at most, CSS pixels; what is farther off was pushed. */
const pushed = 5;
/** Texts that were pushed together are off by the same, CSS pixels. */
const together = 3;

const squeeze = (text: string): string => text.replace(/\s+/g, '');

/**
 * @param texts where the texts of the page were rendered, CSS pixels.
 * @returns the largest nodes all of whose known texts stand too high or too low by the same.
 */
export function driftedIn(
  root: UiNode,
  texts: readonly { readonly text: string; readonly box: Rect }[],
): Set<UiNode> {
  const places = new Map<string, Rect | undefined>();
  for (const { text, box } of texts) places.set(squeeze(text), places.has(squeeze(text)) ? undefined : box);
  const twice = new Set<string>();
  const known = new Set<string>();
  for (const { text = '' } of walk(root)) (known.has(squeeze(text)) ? twice : known).add(squeeze(text));
  const drifted = new Set<UiNode>();
  const visit = (node: UiNode): number[] => {
    const before = new Set(drifted);
    const children = childrenOf(node);
    const place =
      isWritten(node) && !twice.has(squeeze(node.text ?? ''))
        ? places.get(squeeze(node.text ?? ''))
        : undefined;
    const gaps = [...(place === undefined ? [] : [place.y - node.box.y]), ...children.flatMap(visit)];
    const [least, most] = [Math.min(...gaps), Math.max(...gaps)];
    const isFar = Math.min(Math.abs(least), Math.abs(most)) > pushed;
    if (gaps.length > 0 && isFar && most - least <= together) {
      for (const inner of drifted) if (!before.has(inner)) drifted.delete(inner);
      drifted.add(node);
    }
    return gaps;
  };
  visit(root);
  return drifted;
}
