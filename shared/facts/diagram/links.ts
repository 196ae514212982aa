/** Pieces of line between knots, and what they are looked at with. */
import type { GraphPoint } from '../../diagram-graph.ts';
import type { Rect } from '../../geometry.ts';
import type { Owners } from './owners.ts';

/** A piece of line between two knots. */
export interface Link {
  readonly points: readonly GraphPoint[];
  readonly from: number;
  readonly to: number;
  /** Made up, where a line is interrupted. */
  readonly isGap?: boolean;
}

export interface Contact {
  readonly knot: number;
  readonly owner: number;
  readonly point: GraphPoint;
}

export interface NetworkOptions {
  readonly owners: Owners;
  /** Typical stroke, pixels. */
  readonly stroke: number;
  /** Texts that may interrupt a line. */
  readonly texts: readonly Rect[];
}

/** Points of a link, starting at the knot. */
export const pointsFrom = (link: Link, knot: number): readonly GraphPoint[] =>
  link.from === knot ? link.points : link.points.toReversed();

export function endsByKnot(links: readonly Link[]): Map<number, Link[]> {
  const ends = new Map<number, Link[]>();
  const add = (knot: number, link: Link): void => {
    const list = ends.get(knot);
    if (list) list.push(link);
    else ends.set(knot, [link]);
  };
  for (const link of links) {
    add(link.from, link);
    add(link.to, link);
  }
  return ends;
}
