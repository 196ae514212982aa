/** Chooses among the ways that lines may take those that are connectors. */
import type { EdgeHead } from '../../diagram-graph.ts';
import type { FoundHead } from './heads.ts';
import type { Contact } from './network.ts';
import type { FoundOutline } from './outline.ts';
import type { Route } from './routes.ts';
import { lengthOf } from './strands.ts';

/** An end that an arrow points from or at, and not just how many there are. */
export const isDirected = (head: EdgeHead): boolean =>
  !['none', 'one', 'many', 'zero-or-one', 'one-or-many', 'zero-or-many'].includes(head);

/** Among all ways between contacts, those that are connectors: one for two ends, and for shared stretches by heads. */
export function chosen(
  routes: readonly Route[],
  heads: ReadonlyMap<number, FoundHead>,
  outlines: readonly FoundOutline[],
): Route[] {
  const groups = groupsOf(routes);
  return groups.flatMap((group) => {
    const contacts = [
      ...new Map(group.flatMap((route) => [route.from, route.to]).map((one) => [one.knot, one])).values(),
    ];
    const between = (a: Contact, b: Contact): Route | undefined =>
      group.find((route) => route.from.knot === a.knot && route.to.knot === b.knot);
    if (contacts.length === 2) {
      const [a, b] = contacts;
      const route = a && b && between(a, b);
      return route && (a.owner !== b.owner || route.length > 60) ? [route] : [];
    }
    const isTarget = (contact: Contact): boolean => isDirected(heads.get(contact.knot)?.head ?? 'none');
    const targets = contacts.filter(isTarget);
    const sources = contacts.filter((contact) => !isTarget(contact));
    const found = new Set<Route>();
    const nearest = (one: Contact, others: readonly Contact[]): Route | undefined =>
      others
        .flatMap((other) => (other.owner === one.owner ? [] : (between(other, one) ?? [])))
        .sort((a, b) => a.length - b.length)[0];
    if (targets.length > 0 && sources.length > 0) {
      for (const target of targets) {
        const route = nearest(target, sources);
        if (route) found.add(route);
      }
      for (const one of sources) {
        if ([...found].some((route) => route.from.knot === one.knot)) continue;
        const route = targets
          .flatMap((target) => (target.owner === one.owner ? [] : (between(one, target) ?? [])))
          .sort((a, b) => a.length - b.length)[0];
        if (route) found.add(route);
      }
      return [...found, ...explaining(group, [...found], isTarget)];
    }
    // A twig reaches its trunk, and no other twig without turning back.
    const reached = contacts.map((one) => contacts.filter((other) => between(one, other)).length);
    const central = contacts.filter((_, index) => reached[index] === Math.max(...reached));
    const hub = hubOf(central, outlines);
    return contacts.flatMap((contact) => (contact.owner === hub.owner ? [] : (between(hub, contact) ?? [])));
  });
}

/** Shortest piece of line, in pixels, that nothing but a line of its own explains. */
const leastUnexplained = 30;

/** Further ways until every drawn piece of line is part of one: to ends with arrows first, then between ends without. */
function explaining(
  group: readonly Route[],
  found: readonly Route[],
  isTarget: (contact: Contact) => boolean,
): Route[] {
  const covered = new Set(found.flatMap(({ links }) => links));
  const likely = group
    .filter(({ from, to }) => !isTarget(from) && from.owner !== to.owner)
    .toSorted((a, b) => Number(isTarget(b.to)) - Number(isTarget(a.to)) || a.length - b.length);
  const more: Route[] = [];
  for (const link of new Set(likely.flatMap(({ links }) => links))) {
    if (covered.has(link) || link.isGap === true || lengthOf(link.points) < leastUnexplained) continue;
    const route = likely.find(({ links }) => links.includes(link));
    if (route === undefined) continue;
    more.push(route);
    for (const one of route.links) covered.add(one);
  }
  return more;
}

/** Barbs and burrs give a line a second end beside its own: ways that never part are one, the shortest. */
export function distinct(routes: readonly Route[], most: number): Route[] {
  const kept: Route[] = [];
  for (const route of routes.toSorted((a, b) => a.length - b.length)) {
    const isSame = kept.some(
      (other) =>
        other.from.owner === route.from.owner &&
        other.to.owner === route.to.owner &&
        [0, 0.25, 0.5, 0.75, 1].every((share) => {
          const here = route.points[Math.round(share * (route.points.length - 1))];
          return (
            here !== undefined && other.points.some(({ x, y }) => Math.hypot(x - here.x, y - here.y) <= most)
          );
        }),
    );
    if (!isSame) kept.push(route);
  }
  return kept;
}

/** Routes that share a contact belong together. */
function groupsOf(routes: readonly Route[]): Route[][] {
  const groups: { knots: Set<number>; routes: Route[] }[] = [];
  for (const route of routes) {
    const touching = groups.filter(({ knots }) => knots.has(route.from.knot) || knots.has(route.to.knot));
    const [first, ...others] = touching;
    const home = first ?? { knots: new Set<number>(), routes: [] };
    if (!first) groups.push(home);
    for (const other of others) {
      for (const knot of other.knots) home.knots.add(knot);
      home.routes.push(...other.routes);
      groups.splice(groups.indexOf(other), 1);
    }
    home.knots.add(route.from.knot).add(route.to.knot);
    home.routes.push(route);
  }
  return groups.map((group) => group.routes);
}

/** Of lines without heads that share a stretch: the shape that stands alone on its side, as the head of a tree does. */
function hubOf(contacts: readonly Contact[], outlines: readonly FoundOutline[]): Contact {
  const [first] = contacts;
  if (!first) throw new RangeError('A hub needs contacts.');
  for (const axis of ['y', 'x'] as const) {
    const size = axis === 'y' ? 'height' : 'width';
    const middle = (contact: Contact): number => {
      const box = outlines[contact.owner]?.box;
      return box ? box[axis] + box[size] / 2 : 0;
    };
    const sorted = contacts.toSorted((a, b) => middle(a) - middle(b));
    for (const order of [sorted, sorted.toReversed()]) {
      const [one, two] = order;
      if (!one || !two) continue;
      const apart = Math.abs(middle(one) - middle(two));
      const rest = order.slice(1).map(middle);
      if (
        apart > (outlines[one.owner]?.box[size] ?? 0) * 0.8 &&
        Math.max(...rest) - Math.min(...rest) < apart
      )
        return one;
    }
  }
  return first;
}
