/** What a page shows, as a tree of kinds with boxes and words: the truth that the oracle tells. */
import type { Rect } from '../../../shared/geometry.ts';
import type { UiKind } from '../../../shared/ui-tree.ts';

/** A visual line of text: its words and the box of its ink. */
export interface TruthLine {
  readonly text: string;
  readonly box: Rect;
}

/** CSS pixels of the whole page. */
export interface TruthNode {
  readonly kind: UiKind;
  /** What the eye would put a frame around: the visible box of a control, the ink of plain text. */
  readonly box: Rect;
  /** Its own words, line by line; those of children are theirs. */
  readonly lines: readonly TruthLine[];
  readonly state?: 'checked' | 'selected' | 'disabled' | 'placeholder' | 'secret' | 'headed';
  readonly level?: number;
  readonly children: readonly TruthNode[];
}

export interface Truth {
  readonly width: number;
  readonly height: number;
  /** What stands directly on the page, in reading order. */
  readonly nodes: readonly TruthNode[];
}

/** All nodes, parents before children. */
export function* walkTruth(nodes: readonly TruthNode[]): Generator<TruthNode> {
  for (const node of nodes) {
    yield node;
    yield* walkTruth(node.children);
  }
}
