/** The lines between shapes as a graph: spurs pruned, gaps closed, ends tied to the shapes that they meet. */
import type { GraphPoint } from '../../diagram-graph.ts';
import { gapLinks } from './gaps.ts';
import { type Contact, endsByKnot, type Link, type NetworkOptions, pointsFrom } from './links.ts';
import { ownerNear } from './owners.ts';
import { leaving, lengthOf, type StrandGraph } from './strands.ts';

export { type Contact, endsByKnot, type Link, type NetworkOptions, pointsFrom } from './links.ts';

export interface Network {
  readonly knots: readonly GraphPoint[];
  readonly links: readonly Link[];
  /** By knot. */
  readonly contacts: ReadonlyMap<number, Contact>;
}

export function networkOf(graph: StrandGraph, options: NetworkOptions): Network {
  const { stroke } = options;
  const headLength = 8 * stroke + 12;
  const knots = [...graph.knots];
  let links: Link[] = graph.strands.map(({ points, from, to }) => ({ points, from, to }));
  links = contracted(links, stroke);
  links = [...links, ...tips(links, knots, options)];
  const contactsOf = (list: readonly Link[]): Map<number, Contact> => {
    const contacts = new Map<number, Contact>();
    for (const [knot, ends] of endsByKnot(list)) {
      const [only] = ends;
      if (ends.length !== 1 || !only || only.isGap) continue;
      const way = pointsFrom(only, knot);
      const start = way[0];
      if (!start) continue;
      const inward = leaving(way, headLength / 2);
      const found = ownerNear(options.owners, start, { x: -inward.x, y: -inward.y }, 3, stroke + 5);
      if (found) contacts.set(knot, { knot, owner: found.owner, point: found.at });
    }
    return contacts;
  };
  for (let round = 0; round < 4; round++) {
    const before = links.length;
    links = merged(withoutSpurs(links, contactsOf(links), headLength, stroke));
    links = merged(withOneContact(links, contactsOf(links), headLength));
    if (links.length === before) break;
  }
  const first = contactsOf(links);
  links = merged([...links, ...gapLinks(links, first, options)]);
  links = withoutCrumbs(links, contactsOf(links), options);
  const contacts = contactsOf(links);
  for (const [knot, ends] of endsByKnot(links)) {
    const [only] = ends;
    if (ends.length !== 1 || !only || contacts.has(knot) || lengthOf(only.points) < 2 * stroke + 4) continue;
    const way = pointsFrom(only, knot);
    const start = way[0];
    if (!start) continue;
    const inward = leaving(way, headLength);
    const found = ownerNear(
      options.owners,
      start,
      { x: -inward.x, y: -inward.y },
      stroke + 5,
      8 * stroke + 20,
    );
    if (found) contacts.set(knot, { knot, owner: found.owner, point: found.at });
  }
  return { knots, links, contacts };
}

/** The barbs of an open head meet just before the shape: from there to the shape the line goes on. */
function tips(links: readonly Link[], knots: GraphPoint[], { owners, stroke }: NetworkOptions): Link[] {
  return [...endsByKnot(links)].flatMap(([knot, ends]): Link[] => {
    const tip = knots[knot];
    if (ends.length < 3 || !tip) return [];
    const trunk = ends.reduce((a, b) => (lengthOf(b.points) > lengthOf(a.points) ? b : a));
    const inward = leaving(pointsFrom(trunk, knot), 4 * stroke + 12);
    const isBarb = (link: Link): boolean => link === trunk || lengthOf(link.points) <= 8 * stroke + 12;
    const ahead = ends.every(isBarb) ? 8 * stroke + 14 : 0;
    const found = ownerNear(owners, tip, { x: -inward.x, y: -inward.y }, Math.ceil(stroke + 5), ahead);
    if (!found) return [];
    // Not where one of the lines gets there by itself.
    const reaches = ends.some((link) => {
      const end = pointsFrom(link, knot).at(-1);
      return (
        end !== undefined &&
        lengthOf(link.points) < 3 * stroke + 8 &&
        Math.hypot(end.x - found.at.x, end.y - found.at.y) < stroke + 4
      );
    });
    if (reaches) return [];
    knots.push(found.at);
    return [{ points: [tip, found.at], from: knot, to: knots.length - 1 }];
  });
}

/** Two crossings that lie within a stroke's width are one, and where lines cross aslant, along what they share. */
function contracted(links: readonly Link[], stroke: number): Link[] {
  const most = 2.5 * stroke + 3;
  const alias = new Map<number, number>();
  const find = (knot: number): number => {
    let here = knot;
    while (alias.has(here)) here = alias.get(here) ?? here;
    return here;
  };
  const degree = endsByKnot(links);
  const kept = links.filter((link) => {
    const isShort =
      link.from !== link.to && lengthOf(link.points) <= Math.max(most, sharedLength(link, degree, stroke));
    const isInner = (degree.get(link.from)?.length ?? 0) > 2 && (degree.get(link.to)?.length ?? 0) > 2;
    if (!isShort || !isInner) return true;
    const [a, b] = [find(link.from), find(link.to)];
    if (a !== b) alias.set(b, a);
    return false;
  });
  return kept
    .map((link) => ({ ...link, from: find(link.from), to: find(link.to) }))
    .filter((link) => link.from !== link.to || lengthOf(link.points) > 4 * most);
}

/** How long two lines run together at least where they cross at the angle at which they leave a link; 0 if they do not. */
function sharedLength(link: Link, ends: ReadonlyMap<number, readonly Link[]>, stroke: number): number {
  const reach = 8 * stroke + 12;
  const leavingAt = (knot: number): GraphPoint[] =>
    (ends.get(knot) ?? [])
      .filter((other) => other !== link)
      .map((other) => leaving(pointsFrom(other, knot), reach));
  const [[a, b, ...more], [c, d, ...others]] = [leavingAt(link.from), leavingAt(link.to)];
  if (!a || !b || !c || !d || more.length + others.length > 0) return 0;
  const straight = (one: GraphPoint, other: GraphPoint): number => -(one.x * other.x + one.y * other.y);
  const crossing = Math.max(
    Math.min(straight(a, c), straight(b, d)),
    Math.min(straight(a, d), straight(b, c)),
  );
  if (crossing < 0.97) return 0;
  const sine = Math.abs(a.x * b.y - a.y * b.x);
  return (2.5 * stroke) / Math.max(0.15, sine) + 3;
}

/** What is left of an outline beside its shape: it never gets away from it. */
function withoutCrumbs(
  links: readonly Link[],
  contacts: ReadonlyMap<number, Contact>,
  { owners, stroke }: NetworkOptions,
): Link[] {
  return links.filter((link) => {
    const [a, b] = [contacts.get(link.from), contacts.get(link.to)];
    if (!a || !b || a.owner !== b.owner) return true;
    return link.points.some(
      (point) => ownerNear(owners, point, { x: 0, y: 0 }, Math.ceil(2 * stroke + 6), 0)?.owner !== a.owner,
    );
  });
}

/** Barbs of open heads, and burrs that thinning leaves. */
function withoutSpurs(
  links: readonly Link[],
  contacts: ReadonlyMap<number, Contact>,
  headLength: number,
  stroke: number,
): Link[] {
  const ends = endsByKnot(links);
  const touches = (knot: number): boolean =>
    contacts.has(knot) ||
    (ends.get(knot) ?? []).some(
      (link) => lengthOf(link.points) <= headLength && contacts.has(link.from === knot ? link.to : link.from),
    );
  const doomed = new Set<Link>();
  for (const link of links) {
    const length = lengthOf(link.points);
    for (const [free, other] of [
      [link.from, link.to],
      [link.to, link.from],
    ] as const) {
      if ((ends.get(free)?.length ?? 0) !== 1 || contacts.has(free)) continue;
      const around = (ends.get(other) ?? []).filter((one) => !doomed.has(one));
      if (around.length < 3) continue;
      // A head that its line does not reach keeps its longest branch, to be met there.
      const isLonely = around.every((one) => lengthOf(one.points) <= headLength);
      if (
        isLonely &&
        around
          .filter((one) => !contacts.has(one.from) && !contacts.has(one.to))
          .every((one) => lengthOf(one.points) <= length)
      )
        continue;
      if (length <= 2 * stroke + 2 || (length <= headLength && touches(other))) doomed.add(link);
    }
  }
  return links.filter((link) => !doomed.has(link));
}

/** Prongs that meet one shape side by side, as a crow's foot or the barbs of a head do, are one contact: the middle one. */
function withOneContact(
  links: readonly Link[],
  contacts: ReadonlyMap<number, Contact>,
  headLength: number,
): Link[] {
  const doomed = new Set<Link>();
  for (const [knot, ends] of endsByKnot(links)) {
    if (ends.length < 3) continue;
    const prongs = ends.filter((link) => {
      const other = link.from === knot ? link.to : link.from;
      return contacts.has(other) && lengthOf(link.points) <= headLength;
    });
    const ownerOf = (link: Link): number =>
      contacts.get(link.from === knot ? link.to : link.from)?.owner ?? -1;
    for (const owner of new Set(prongs.map(ownerOf))) {
      const group = prongs.filter((link) => ownerOf(link) === owner);
      if (group.length < 2 || group.length === ends.length) continue;
      const trunk = ends.find((link) => !group.includes(link));
      if (!trunk) continue;
      const away = leaving(pointsFrom(trunk, knot), headLength);
      const straightest = group.reduce((a, b) =>
        turnOf(pointsFrom(a, knot), away) <= turnOf(pointsFrom(b, knot), away) ? a : b,
      );
      for (const link of group) if (link !== straightest) doomed.add(link);
    }
  }
  return links.filter((link) => !doomed.has(link));
}

/** 0 where a way goes on straight from the trunk, 2 where it turns back. */
function turnOf(points: readonly GraphPoint[], away: GraphPoint): number {
  const own = leaving(points, 40);
  return 1 + own.x * away.x + own.y * away.y;
}

/** A knot that only two links are left at is a point on one line. */
function merged(links: readonly Link[]): Link[] {
  const list = [...links];
  const ends = endsByKnot(list);
  for (const knot of [...ends.keys()]) {
    const pair = list.filter((link) => link.from === knot || link.to === knot);
    const [one, two] = pair;
    if (pair.length !== 2 || !one || !two || one.from === one.to || two.from === two.to) continue;
    const before = pointsFrom(one, knot).toReversed();
    const joined: Link = {
      points: [...before, ...pointsFrom(two, knot).slice(1)],
      from: one.from === knot ? one.to : one.from,
      to: two.from === knot ? two.to : two.from,
    };
    list.splice(list.indexOf(one), 1);
    list.splice(list.indexOf(two), 1, joined);
  }
  return list;
}
