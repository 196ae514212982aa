/** The way that a line was drawn, made straight and upright: the picture's own layout, where it leads around everything. */
import type { GraphNode, GraphPoint } from '../../../diagram-graph.ts';
import { bottom, right } from '../../../geometry.ts';
import { centreOf } from '../route-points.ts';
import { toGrid } from './boxes.ts';
import { solidBox } from './obstacles.ts';
import { isUpright, meetsInMiddle, placeOnSide, pointOn, type Side } from './ports.ts';
import { withoutStraights } from './search.ts';

/** A stretch in one direction: `at` is its x where it is upright, else its y. */
interface Stretch {
  readonly upright: boolean;
  readonly at: number;
}

/** An end of a line: a node, or the point where it lies free. */
export interface LineEnd {
  readonly node: GraphNode | undefined;
  readonly point: GraphPoint;
}

/** @returns undefined for a line that was not drawn along the axes. */
export function drawnRoute(
  from: LineEnd,
  to: LineEnd,
  bends: readonly GraphPoint[],
): GraphPoint[] | undefined {
  const stretches = stretchesOf([from.point, ...bends, to.point]);
  const [first, ...rest] = stretches ?? [];
  const last = rest.at(-1);
  if (first === undefined) return undefined;
  if (last === undefined) return straightRoute(from, to, first.upright);
  const start = endOn(from, first, rest[0] ?? last);
  const end = endOn(to, last, stretches?.at(-2) ?? first);
  const middle = rest.slice(0, -1).map(({ upright, at }) => ({ upright, at: toGrid(at) }));
  const all = [
    { upright: first.upright, at: first.upright ? start.x : start.y },
    ...middle,
    { upright: last.upright, at: last.upright ? end.x : end.y },
  ];
  const corners = all.slice(1).map((one, index) => {
    const before = all[index] ?? one;
    return one.upright ? { x: one.at, y: before.at } : { x: before.at, y: one.at };
  });
  return withoutStraights([start, ...corners, end]);
}

/** Neighbours along one axis are one; undefined where a stretch leans too far to be along any. */
function stretchesOf(points: readonly GraphPoint[]): Stretch[] | undefined {
  const stretches: (Stretch & { length: number })[] = [];
  for (const [index, b] of points.slice(1).entries()) {
    const a = points[index] ?? b;
    const [dx, dy] = [Math.abs(b.x - a.x), Math.abs(b.y - a.y)];
    const [long, short] = [Math.max(dx, dy), Math.min(dx, dy)];
    if (long < 4) continue;
    if (short > Math.max(6, long * 0.2)) return undefined;
    const upright = dy > dx;
    const at = upright ? (a.x + b.x) / 2 : (a.y + b.y) / 2;
    const before = stretches.at(-1);
    if (before === undefined || before.upright !== upright) stretches.push({ upright, at, length: long });
    else stretches[stretches.length - 1] = before.length > long ? before : { upright, at, length: long };
  }
  return stretches.length === 0 ? undefined : stretches;
}

/** Where a bent line meets its end: on the side that its first stretch leaves. @param next the stretch after it. */
function endOn({ node, point }: LineEnd, { upright, at }: Stretch, next: Stretch): GraphPoint {
  if (node === undefined) return upright ? { x: at, y: point.y } : { x: point.x, y: at };
  const centre = centreOf(solidBox(node));
  const ahead = next.at - (upright ? centre.y : centre.x);
  const side: Side = upright ? (ahead > 0 ? 'bottom' : 'top') : ahead > 0 ? 'right' : 'left';
  return pointOn(node, side, placeOnSide(node, side, at));
}

/** One straight piece between two ends, at a place where both have a side; undefined where there is none. */
function straightRoute(from: LineEnd, to: LineEnd, upright: boolean): GraphPoint[] | undefined {
  const [a, b] = [spanOf(from, upright), spanOf(to, upright)];
  const [low, high] = [Math.max(a.low, b.low), Math.min(a.high, b.high)];
  if (low > high) return undefined;
  const drawn = (a.drawn + b.drawn) / 2;
  const within = (at: number): boolean => at >= low && at <= high;
  // A pointed shape is met at its point, then a drawn middle is kept; else the line stays where it was drawn.
  const wanted = [
    ...[a, b].filter(({ exact }) => exact).map(({ middle }) => middle),
    ...[a, b].filter(({ middle, near }) => Math.abs(drawn - middle) <= near).map(({ middle }) => middle),
    toGrid(drawn),
    (low + high) / 2,
  ];
  const at = wanted.find(within);
  if (at === undefined) return undefined;
  const backwards = upright
    ? centreOfEnd(to).y < centreOfEnd(from).y
    : centreOfEnd(to).x < centreOfEnd(from).x;
  const sides: readonly [Side, Side] = upright ? ['bottom', 'top'] : ['right', 'left'];
  const [leaving, entering] = backwards ? [sides[1], sides[0]] : sides;
  return [meet(from, leaving, at), meet(to, entering, at)];
}

const centreOfEnd = ({ node, point }: LineEnd): GraphPoint =>
  node === undefined ? point : centreOf(solidBox(node));

function spanOf({ node, point }: LineEnd, upright: boolean) {
  const drawn = upright ? point.x : point.y;
  if (node === undefined)
    return { low: drawn - 5, high: drawn + 5, middle: drawn, drawn, exact: false, near: 0 };
  const box = solidBox(node);
  const [start, end] = upright
    ? [box.x, right(box)]
    : [box.y, node.shape === 'lifeline' ? bottom(node.box) : bottom(box)];
  const middle = (start + end) / 2;
  const margin = Math.min(6, (end - start) / 4);
  const exact = meetsInMiddle(node);
  const isLine = node.shape === 'lifeline' && !upright;
  return {
    low: start + margin,
    high: end - margin,
    middle,
    drawn,
    exact,
    near: isLine ? 0 : Math.max(6, (end - start) * 0.15),
  };
}

const meet = ({ node, point }: LineEnd, side: Side, at: number): GraphPoint =>
  node === undefined
    ? isUpright(side)
      ? { x: at, y: point.y }
      : { x: point.x, y: at }
    : pointOn(node, side, at);
