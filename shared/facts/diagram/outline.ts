/** A closed outline that was taken for a shape, in pixels of the raster that is measured. */
import type { NodeShape } from '../../diagram-graph.ts';
import type { Rect } from '../../geometry.ts';
import type { Mask } from './mask.ts';

export interface FoundOutline {
  readonly shape: NodeShape;
  /** Outer edge. */
  readonly box: Rect;
  /** What its stroke encloses; absent for frames, which are boxes. */
  readonly mask?: Mask;
  readonly stroke: number;
  readonly dashed?: boolean;
  /** Packed; absent without a stroke. */
  readonly strokeColor?: number;
  /** Packed; absent where it looks like what is around it. */
  readonly fill?: number;
  /** Of a rounded shape's corners, outer edge. */
  readonly radius?: number;
  /** Packed; what is beside or below the bar with the title. */
  readonly bodyFill?: number;
  /** y of rules from side to side, x of rules from top to bottom. */
  readonly rules: readonly number[];
  readonly tracks: readonly number[];
  /** The line below the head of a lifeline: its x, and where it ends. */
  readonly axis?: { readonly x: number; readonly to: number };
  /** The bars on that line, while the participant is active. */
  readonly bars?: readonly Rect[];
  /** The head of a lifeline, repeated at its end. */
  readonly foot?: Rect;
  /** What stands below an icon. */
  readonly caption?: Rect;
  readonly confidence: number;
}

export const outerBox = (mask: Pick<Mask, 'x' | 'y' | 'width' | 'height'>, stroke: number): Rect => ({
  x: mask.x - stroke,
  y: mask.y - stroke,
  width: mask.width + 2 * stroke,
  height: mask.height + 2 * stroke,
});

/** Intersection over union of two boxes. */
export function boxIou(a: Rect, b: Rect): number {
  const width = Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x);
  const height = Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y);
  if (width <= 0 || height <= 0) return 0;
  return (width * height) / (a.width * a.height + b.width * b.height - width * height);
}

/** Share of `inner` that lies in `outer`. */
export function shareInside(inner: Rect, outer: Rect): number {
  const width = Math.min(inner.x + inner.width, outer.x + outer.width) - Math.max(inner.x, outer.x);
  const height = Math.min(inner.y + inner.height, outer.y + outer.height) - Math.max(inner.y, outer.y);
  return width <= 0 || height <= 0 ? 0 : (width * height) / (inner.width * inner.height);
}
