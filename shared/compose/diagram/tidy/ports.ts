/** Where a line may leave a node: the middles of its sides, and where it was drawn. */
import type { GraphNode, GraphPoint } from '../../../diagram-graph.ts';
import { bottom, type Rect, right } from '../../../geometry.ts';
import { centreOf } from '../route-points.ts';
import { solidBox } from './obstacles.ts';

export type Side = 'left' | 'right' | 'top' | 'bottom';

export interface Port {
  readonly side: Side;
  /** On the outline. */
  readonly point: GraphPoint;
  /** What it costs to use it, in pixels of length. */
  readonly cost: number;
}

export const directions: Readonly<Record<Side, GraphPoint>> = {
  left: { x: -1, y: 0 },
  right: { x: 1, y: 0 },
  top: { x: 0, y: -1 },
  bottom: { x: 0, y: 1 },
};

export const isUpright = (side: Side): boolean => side === 'top' || side === 'bottom';

/** Going out on another side than the drawn one costs as much as a detour of this many pixels. */
const otherSide = 300;

/** The side of a box that a point is nearest to. */
export function sideOf(box: Rect, { x, y }: GraphPoint): Side {
  const gaps = [
    ['left', x - box.x],
    ['right', right(box) - x],
    ['top', y - box.y],
    ['bottom', bottom(box) - y],
  ] as const;
  return gaps.toSorted((a, b) => a[1] - b[1])[0]?.[0] ?? 'bottom';
}

/** The point of the outline where a line at `at` along a side meets it: x for top and bottom, y for left and right. */
export function pointOn(node: GraphNode, side: Side, at: number): GraphPoint {
  const box = solidBox(node);
  const centre = centreOf(box);
  const upright = isUpright(side);
  const half = Math.max(0.5, (upright ? box.width : box.height) / 2);
  const depth = (upright ? box.height : box.width) / 2;
  const off = Math.min(1, Math.abs(at - (upright ? centre.x : centre.y)) / half);
  const reach = depth * reachOf(node, off);
  const { x, y } = directions[side];
  if (node.shape === 'lifeline' && !upright) return { x: centre.x, y: at };
  return upright ? { x: at, y: centre.y + y * reach } : { x: centre.x + x * reach, y: at };
}

/** How far the outline reaches at a share of the way from the middle of a side to its corner, 0 to 1. */
function reachOf({ shape }: GraphNode, off: number): number {
  if (shape === 'diamond') return 1 - off;
  return ['ellipse', 'start', 'end'].includes(shape) ? Math.sqrt(1 - off * off) : 1;
}

/** Round and pointed shapes are met in the middle of a side, whatever the drawing's hand did. */
export const meetsInMiddle = (node: GraphNode | undefined): boolean =>
  node !== undefined &&
  ['diamond', 'ellipse', 'start', 'end', 'triangle', 'hexagon', 'actor', 'cloud', 'image'].includes(
    node.shape,
  );

/** A place along a side that is drawn near its middle is the middle; near a corner it keeps away from that. */
export function placeOnSide(node: GraphNode, side: Side, drawn: number): number {
  const box = solidBox(node);
  const [start, size] = isUpright(side) ? [box.x, box.width] : [box.y, box.height];
  const middle = start + size / 2;
  if (node.shape === 'lifeline' && !isUpright(side)) return drawn;
  if (meetsInMiddle(node) || Math.abs(drawn - middle) <= Math.max(6, size * 0.15)) return middle;
  const margin = Math.min(10, size / 4);
  return Math.min(start + size - margin, Math.max(start + margin, drawn));
}

/** @param drawn where the line met the node in the picture, moved with the node. */
export function portsOf(node: GraphNode, drawn: GraphPoint | undefined): Port[] {
  const box = solidBox(node);
  const centre = centreOf(box);
  const wanted = drawn === undefined ? undefined : sideOf(box, drawn);
  return (['left', 'right', 'top', 'bottom'] as const).map((side) => {
    const middle = isUpright(side) ? centre.x : centre.y;
    if (drawn === undefined || side !== wanted) {
      return { side, point: pointOn(node, side, middle), cost: drawn === undefined ? 0 : otherSide };
    }
    return {
      side,
      point: pointOn(node, side, placeOnSide(node, side, isUpright(side) ? drawn.x : drawn.y)),
      cost: 0,
    };
  });
}
