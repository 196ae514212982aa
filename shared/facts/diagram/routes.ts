/** Follows lines from shape to shape: straight on over crossings, and apart where lines share a stretch. */
import type { GraphPoint } from '../../diagram-graph.ts';
import { type Contact, endsByKnot, type Link, type Network, pointsFrom } from './network.ts';
import { leaving, lengthOf } from './strands.ts';
import { isTrunk } from './trunks.ts';

export interface Route {
  readonly from: Contact;
  readonly to: Contact;
  readonly points: readonly GraphPoint[];
  /** In order. */
  readonly links: readonly Link[];
  readonly length: number;
}

/** Cosine below which a line does not turn at a knot: sharper than a right angle. */
const sharpest = -0.35;
/** Pixels of cost of a right turn, so that a straight way is preferred. */
const turnCost = 40;

/** All ways between two contacts that a line may take. */
export function findRoutes(network: Network, stroke: number): Route[] {
  const ends = endsByKnot(network.links);
  const allowed = new Map<number, (from: Link, to: Link) => number | undefined>();
  for (const [knot, around] of ends) {
    const trunk = isTrunk(knot, around, network, ends, 5 * stroke + 8);
    allowed.set(knot, turnsAt(knot, around, stroke, trunk));
  }
  const routes: Route[] = [];
  for (const contact of network.contacts.values())
    routes.push(...routesFrom(contact, network, ends, allowed));
  return routes;
}

/** The cost of going on from one link to another at a knot; undefined where no line goes so. @param trunk of a tree. */
function turnsAt(
  knot: number,
  around: readonly Link[],
  stroke: number,
  trunk: boolean,
): (from: Link, to: Link) => number | undefined {
  const reach = 5 * stroke + 8;
  const directions = new Map(around.map((link) => [link, leaving(pointsFrom(link, knot), reach)]));
  const straightness = (a: Link, b: Link): number => {
    const [p, q] = [directions.get(a), directions.get(b)];
    return p && q ? -(p.x * q.x + p.y * q.y) : -1;
  };
  const partner = new Map<Link, Link>();
  if (around.length >= 4 && !trunk) {
    const pairs = around
      .flatMap((a, index) => around.slice(index + 1).map((b) => ({ a, b, straight: straightness(a, b) })))
      .sort((p, q) => q.straight - p.straight);
    for (const { a, b, straight } of pairs) {
      if (straight < 0.8 || partner.has(a) || partner.has(b)) continue;
      partner.set(a, b);
      partner.set(b, a);
    }
  }
  return (from, to) => {
    if (from === to) return undefined;
    // One straight pair alone is no crossing: the others leave it.
    const own = partner.size >= 4 ? partner.get(from) : undefined;
    if (own) return own === to ? 0 : undefined;
    if (partner.has(to) && around.length === 4 && partner.size === 4) return undefined;
    const straight = straightness(from, to);
    return straight < sharpest ? undefined : turnCost * (1 - straight);
  };
}

interface Step {
  readonly link: Link;
  /** The knot that it leads to. */
  readonly knot: number;
  readonly cost: number;
  readonly before?: Step;
}

/** Dijkstra over links with a direction; few enough that a sorted list serves as the queue. */
function routesFrom(
  start: Contact,
  network: Network,
  ends: ReadonlyMap<number, readonly Link[]>,
  allowed: ReadonlyMap<number, (from: Link, to: Link) => number | undefined>,
): Route[] {
  const queue: Step[] = (ends.get(start.knot) ?? []).map((link) => ({
    link,
    knot: link.from === start.knot ? link.to : link.from,
    cost: lengthOf(link.points),
  }));
  const done = new Set<string>();
  const routes: Route[] = [];
  while (queue.length > 0) {
    queue.sort((a, b) => b.cost - a.cost);
    const step = queue.pop();
    if (!step) break;
    const key = `${network.links.indexOf(step.link)} ${step.knot}`;
    if (done.has(key)) continue;
    done.add(key);
    const contact = network.contacts.get(step.knot);
    if (contact) {
      if (contact.knot !== start.knot && !routes.some((route) => route.to.knot === contact.knot))
        routes.push({ from: start, to: contact, ...waysOf(step, start), length: step.cost });
      continue;
    }
    for (const next of ends.get(step.knot) ?? []) {
      const turn = allowed.get(step.knot)?.(step.link, next);
      if (turn === undefined) continue;
      queue.push({
        link: next,
        knot: next.from === step.knot ? next.to : next.from,
        cost: step.cost + turn + lengthOf(next.points),
        before: step,
      });
    }
  }
  return routes;
}

function waysOf(last: Step, start: Contact): Pick<Route, 'points' | 'links'> {
  const steps: Step[] = [];
  for (let step: Step | undefined = last; step; step = step.before) steps.unshift(step);
  let knot = start.knot;
  const points: GraphPoint[] = [];
  for (const step of steps) {
    points.push(...pointsFrom(step.link, knot));
    knot = step.knot;
  }
  return { points, links: steps.map(({ link }) => link) };
}
