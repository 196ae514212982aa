/** What every step from layout to UI needs to know of the page. */
import type { LayoutNode } from '../../facts/layout/index.ts';
import type { PageFacts, PagePicture } from '../../facts/page-facts.ts';
import { overlapArea, type Rect } from '../../geometry.ts';
import type { UiNode } from '../../ui-tree.ts';
import type { MetricsOf } from './metrics.ts';
import { type TypeScale, textBlocks, typeScale } from './scale.ts';
import { type LineHeights, lineHeightsOf } from './text.ts';

export interface MeasuredContext {
  readonly facts: PageFacts;
  readonly metrics: MetricsOf;
  readonly heights: LineHeights;
  readonly scale: TypeScale;
  asset(picture: PagePicture): NonNullable<UiNode['asset']>;
  /** What was perceived of a node; undefined where convention decides. */
  perceived(node: LayoutNode): UiNode | undefined;
}

/** Tells what was perceived of a marked node of the layout. */
export type Perceiver = (node: LayoutNode, context: MeasuredContext) => UiNode | undefined;

export function createMeasuredContext(
  facts: PageFacts,
  root: LayoutNode,
  metrics: MetricsOf,
  perceiver: Perceiver = () => undefined,
): MeasuredContext {
  const blocks = textBlocks(root);
  const context: MeasuredContext = {
    perceived: (node) => perceiver(node, context),
    facts,
    metrics,
    heights: lineHeightsOf(blocks),
    scale: typeScale(blocks),
    asset(picture) {
      const erase = facts.lines.filter(
        (line) => overlapArea(line.box, picture.box) > 0.5 * line.box.width * line.box.height,
      );
      return { kind: picture.kind, box: inside(picture), erase: erase.map((line) => ({ ...line.box })) };
    },
  };
  return context;
}

/** What is cropped: the ring of a round photo is drawn. */
function inside({ box, ring }: PagePicture): Rect {
  const width = ring?.width ?? 0;
  return {
    x: box.x + width,
    y: box.y + width,
    width: box.width - 2 * width,
    height: box.height - 2 * width,
  };
}
