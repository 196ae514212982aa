/** Which places of a perceived page to lay out as measured: the smallest ones that bring most of what is lost. */
import { childrenOf, type UiNode } from '../../ui-tree.ts';

/** What would be gained by putting another node in the place of one, as a share of the page. */
export interface Offer {
  readonly standIn: UiNode;
  readonly gain: number;
}

export interface GraftChoice {
  /** The best offer for a node, if there is any. */
  offerFor(node: UiNode): Offer | undefined;
  /** Less is not worth a perceived structure. */
  readonly least: number;
  /** Its parts are taken instead of a node where they gain at least this share of what it gains. */
  readonly partsShare: number;
}

interface Picked {
  readonly gain: number;
  readonly grafts: readonly (readonly [UiNode, UiNode])[];
}

function pick(node: UiNode, choice: GraftChoice): Picked {
  const parts = childrenOf(node).map((child) => pick(child, choice));
  const gain = parts.reduce((sum, part) => sum + part.gain, 0);
  const offer = choice.offerFor(node);
  if (offer === undefined || offer.gain < choice.least || gain >= choice.partsShare * offer.gain)
    return { gain, grafts: parts.flatMap((part) => part.grafts) };
  return { gain: offer.gain, grafts: [[node, offer.standIn]] };
}

/** @returns what to put in whose place; none of them is in another. */
export const chooseGrafts = (root: UiNode, choice: GraftChoice): Map<UiNode, UiNode> =>
  new Map(pick(root, choice).grafts);
