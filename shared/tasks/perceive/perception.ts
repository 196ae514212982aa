/** What a model perceived on a page: a small tree of kinds, words and places, before pixels have their say. */
import { z } from 'zod';
import { uiNodeSchema } from '../../ui-tree.ts';

/** Where a perceived element was measured: which list of `PageFacts`, and the place in it. */
const measuredReferenceSchema = z.object({
  list: z.enum(['lines', 'boxes', 'pictures', 'separators']),
  index: z.int().nonnegative(),
});

/**
 * One element. A leaf names what was measured (`measured`), or has a box of the model's own, or both; `text` is
 * the model's reading. A container needs neither: it is where its children are.
 */
export const perceivedNodeSchema = z.object({
  kind: uiNodeSchema.shape.kind,
  /** In CSS pixels of the whole page; as exact as the model points, about 0.3 % of the region it looked at. */
  box: uiNodeSchema.shape.box.optional(),
  /** A paragraph has a line for each of its lines, in order. */
  measured: z.array(measuredReferenceSchema).optional(),
  text: uiNodeSchema.shape.text,
  role: uiNodeSchema.shape.role,
  state: uiNodeSchema.shape.state,
  level: uiNodeSchema.shape.level,
  /** How a container lays its children out, where the model tells. */
  flow: uiNodeSchema.shape.flow,
  get children() {
    return z.array(perceivedNodeSchema).optional();
  },
});

export const perceptionSchema = z.object({
  /** What stands directly on the page, in reading order; regions are already put together. */
  nodes: z.array(perceivedNodeSchema),
});

export type MeasuredReference = z.infer<typeof measuredReferenceSchema>;
export type PerceivedNode = z.infer<typeof perceivedNodeSchema>;
export type Perception = z.infer<typeof perceptionSchema>;
