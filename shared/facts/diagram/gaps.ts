/** Joins lines across what interrupts them. */
import type { GraphPoint } from '../../diagram-graph.ts';
import type { Rect } from '../../geometry.ts';
import { type Contact, endsByKnot, type Link, type NetworkOptions, pointsFrom } from './links.ts';
import { leaving, lengthOf } from './strands.ts';

interface FreeEnd {
  readonly knot: number;
  readonly point: GraphPoint;
  /** Outwards. */
  readonly direction: GraphPoint;
  readonly link: Link;
}

/** Joins free ends that point at each other: where a label stands in the line, or a stroke was lifted. */
export function gapLinks(
  links: readonly Link[],
  contacts: ReadonlyMap<number, Contact>,
  options: NetworkOptions,
): Link[] {
  const { stroke } = options;
  const free: FreeEnd[] = [];
  for (const [knot, ends] of endsByKnot(links)) {
    const [link] = ends;
    if (ends.length !== 1 || !link || contacts.has(knot)) continue;
    // Short pieces are dirt, but for the head of a line that does not reach it.
    const isHead = contacts.has(link.from === knot ? link.to : link.from);
    if (!isHead && lengthOf(link.points) < 2 * stroke + 3) continue;
    const way = pointsFrom(link, knot);
    const point = way[0];
    if (!point) continue;
    // In a head the thinned line staggers: its way is that from the tip.
    const tip = contacts.get(link.from === knot ? link.to : link.from)?.point;
    const inward =
      tip && lengthOf(link.points) < 8 * stroke + 12
        ? leaving([point, tip], 1)
        : leaving(way, 6 * stroke + 10);
    free.push({ knot, point, direction: { x: -inward.x, y: -inward.y }, link });
  }
  const pairs: { a: FreeEnd; b: FreeEnd; cost: number; corner?: GraphPoint }[] = [];
  for (const [index, a] of free.entries())
    for (const b of free.slice(index + 1)) {
      if (a.link === b.link) continue;
      const [dx, dy] = [b.point.x - a.point.x, b.point.y - a.point.y];
      const gap = Math.hypot(dx, dy);
      const bridged = options.texts.some((text) => crosses(text, a.point, b.point));
      const most = bridged ? 60 * stroke + 160 : 6 * stroke + 22;
      if (gap > most) continue;
      const aims =
        gap < 3
          ? 1
          : Math.min(
              (a.direction.x * dx + a.direction.y * dy) / gap,
              -(b.direction.x * dx + b.direction.y * dy) / gap,
            );
      const facing = -(a.direction.x * b.direction.x + a.direction.y * b.direction.y);
      const corner = cornerOf(a, b);
      const isUnder = options.texts.some(
        (text) => isBeside(text, a.point, stroke) && isBeside(text, b.point, stroke),
      );
      const isStraight =
        (aims >= (bridged ? 0.75 : 0.88) && facing >= 0.6) || (isUnder && aims >= 0.25 && facing >= -0.3);
      if (!isStraight && !(corner && Math.abs(facing) < 0.5)) continue;
      if (!isStraight && corner) {
        pairs.push({ a, b, cost: 3 * gap, corner });
        continue;
      }
      pairs.push({ a, b, cost: gap * (2 - aims) * (2 - facing) });
    }
  const used = new Set<number>();
  const found: Link[] = [];
  for (const { a, b, corner } of pairs.sort((p, q) => p.cost - q.cost)) {
    if (used.has(a.knot) || used.has(b.knot)) continue;
    used.add(a.knot).add(b.knot);
    found.push({
      points: corner ? [a.point, corner, b.point] : [a.point, b.point],
      from: a.knot,
      to: b.knot,
      isGap: true,
    });
  }
  return found;
}

/** Where two ends would meet if both went straight on; undefined where they do not. */
function cornerOf(a: FreeEnd, b: FreeEnd): GraphPoint | undefined {
  const cross = a.direction.x * b.direction.y - a.direction.y * b.direction.x;
  if (Math.abs(cross) < 0.5) return undefined;
  const [dx, dy] = [b.point.x - a.point.x, b.point.y - a.point.y];
  const along = (dx * b.direction.y - dy * b.direction.x) / cross;
  const other = (dx * a.direction.y - dy * a.direction.x) / cross;
  if (along < -3 || other < -3) return undefined;
  return { x: a.point.x + a.direction.x * along, y: a.point.y + a.direction.y * along };
}

/** Whether a line ends at the patch that a label stands on; under it a curve may turn. */
function isBeside(box: Rect, { x, y }: GraphPoint, stroke: number): boolean {
  const off = Math.hypot(
    Math.max(box.x - x, 0, x - box.x - box.width),
    Math.max(box.y - y, 0, y - box.y - box.height),
  );
  return off <= 2 * stroke + 0.5 * Math.min(box.height, 40);
}

/** Whether the way between two points leads through a box, for a third of its length at least. */
function crosses(box: Rect, a: GraphPoint, b: GraphPoint): boolean {
  let inside = 0;
  // A label may stand in the gap but not quite in line with it.
  const pad = 5 + 0.4 * Math.min(box.height, 40);
  for (let step = 0; step <= 20; step++) {
    const [x, y] = [a.x + ((b.x - a.x) * step) / 20, a.y + ((b.y - a.y) * step) / 20];
    if (x >= box.x - pad && y >= box.y - pad && x <= box.x + box.width + pad && y <= box.y + box.height + pad)
      inside++;
  }
  return inside >= 7;
}
