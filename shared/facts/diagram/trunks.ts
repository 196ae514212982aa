/** Tells the trunk of a tree, whose branches leave it to both sides where a child lies straight ahead, from a crossing. */
import type { GraphPoint } from '../../diagram-graph.ts';
import { type Link, type Network, pointsFrom } from './network.ts';
import { leaving } from './strands.ts';

/** Cosine above which two directions are one, and below which they are square to each other. */
const [same, square] = [0.9, 0.35];

const dot = (a: GraphPoint, b: GraphPoint): number => a.x * b.x + a.y * b.y;

/**
 * Whether four lines that meet are a trunk with three branches: three end in one direction, as children below their
 * bar do, and the fourth in the opposite one. Lines that only cross end as they come.
 * @param ends links by their knots. @param reach pixels over which a direction is told.
 */
export function isTrunk(
  knot: number,
  around: readonly Link[],
  network: Network,
  ends: ReadonlyMap<number, readonly Link[]>,
  reach: number,
): boolean {
  if (around.length !== 4) return false;
  const arms = around.flatMap((link) => {
    const drop = dropOf(link, knot, network, ends, reach);
    return drop === undefined ? [] : [{ start: leaving(pointsFrom(link, knot), reach), drop }];
  });
  if (arms.length !== 4) return false;
  return arms.some(({ drop: way }) => {
    const ahead = arms.filter(({ drop }) => dot(drop, way) > same);
    const back = arms.filter(({ drop }) => dot(drop, way) < -same);
    const turned = ahead.filter(({ start }) => Math.abs(dot(start, way)) < square);
    return ahead.length === 3 && back.length === 1 && turned.length === 2;
  });
}

/** The direction in which a line comes to its shape, or in which it sends a branch off where it parts. */
function dropOf(
  link: Link,
  knot: number,
  network: Network,
  ends: ReadonlyMap<number, readonly Link[]>,
  reach: number,
): GraphPoint | undefined {
  const end = link.from === knot ? link.to : link.from;
  const back = leaving(pointsFrom(link, end), reach);
  const arriving = { x: -back.x, y: -back.y };
  if (network.contacts.has(end)) return arriving;
  return (ends.get(end) ?? [])
    .filter((other) => other !== link)
    .map((other) => leaving(pointsFrom(other, end), reach))
    .toSorted((a, b) => Math.abs(dot(a, arriving)) - Math.abs(dot(b, arriving)))[0];
}
