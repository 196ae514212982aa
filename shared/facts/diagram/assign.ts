/** Gives each text to the shape that it stands in or to the connector that it stands at. */
import type { GraphPoint } from '../../diagram-graph.ts';
import type { Rect } from '../../geometry.ts';
import type { FoundConnector } from './connectors.ts';
import { type FoundOutline, shareInside } from './outline.ts';
import type { FoundText } from './texts.ts';

export type TextPlace =
  | { readonly kind: 'outline'; readonly index: number }
  | { readonly kind: 'connector'; readonly index: number; readonly at: 'middle' | 'from' | 'to' }
  | { readonly kind: 'free' };

/** @param containers places of outlines with others in them. */
export function placeTexts(
  texts: readonly FoundText[],
  outlines: readonly FoundOutline[],
  containers: ReadonlySet<number>,
  connectors: readonly FoundConnector[],
): TextPlace[] {
  return texts.map(({ box }): TextPlace => {
    const icon = outlines.findIndex(
      ({ caption }) => caption !== undefined && shareInside(box, caption) > 0.7,
    );
    if (icon >= 0) return { kind: 'outline', index: icon };
    const home = smallestAround(box, outlines);
    if (home >= 0 && !containers.has(home)) return { kind: 'outline', index: home };
    const near = nearestConnector(box, connectors);
    const container = home < 0 ? undefined : outlines[home];
    const isTitle = container !== undefined && standsAtHead(box, container);
    if (near && !(isTitle && near.distance > 0.4 * box.height)) {
      const length = Math.min(box.width, 3 * box.height);
      if (near.distance < 1.3 * Math.min(box.height, 40) + 6 + (near.inLine ? length : 0))
        return { kind: 'connector', index: near.index, at: near.at };
    }
    if (container && (isTitle || home >= 0))
      return isTitle ? { kind: 'outline', index: home } : { kind: 'free' };
    const figure = outlines.findIndex(
      (outline) =>
        (outline.shape === 'actor' || outline.shape === 'start' || outline.shape === 'end') &&
        standsBelow(box, outline.box),
    );
    return figure >= 0 ? { kind: 'outline', index: figure } : { kind: 'free' };
  });
}

function smallestAround(box: Rect, outlines: readonly FoundOutline[]): number {
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
  let best = -1;
  let least = Number.POSITIVE_INFINITY;
  for (const [index, outline] of outlines.entries()) {
    const own = outline.axis
      ? { ...outline.box, height: (outline.rules[0] ?? 0) - outline.box.y }
      : outline.box;
    const isInside = x > own.x && y > own.y && x < own.x + own.width && y < own.y + own.height;
    if (!isInside || own.width * own.height >= least) continue;
    least = own.width * own.height;
    best = index;
  }
  return best;
}

/** In the first part of a container, or in the part that a rule cuts off. */
function standsAtHead(text: Rect, { shape, box, rules, tracks }: FoundOutline): boolean {
  const y = text.y + text.height / 2;
  const x = text.x + text.width / 2;
  // What has a bar for its title has it nowhere else.
  if (shape !== 'rectangle' && rules.length + tracks.length > 0)
    return rules.some((rule) => y < rule) || tracks.some((track) => x < track);
  return text.y - box.y < 1.8 * text.height || box.y + box.height - text.y - text.height < 0.8 * text.height;
}

const standsBelow = (text: Rect, box: Rect): boolean =>
  Math.abs(text.x + text.width / 2 - box.x - box.width / 2) < Math.max(20, 0.6 * box.width) &&
  text.y > box.y + 0.8 * box.height &&
  text.y - box.y - box.height < 1.5 * text.height;

interface Near {
  readonly index: number;
  readonly distance: number;
  readonly at: 'middle' | 'from' | 'to';
  readonly inLine: boolean;
}

function nearestConnector(box: Rect, connectors: readonly FoundConnector[]): Near | undefined {
  let best: Near | undefined;
  for (const [index, { points }] of connectors.entries()) {
    const found = distanceToWay(box, points);
    const share = found.along / Math.max(1, found.length);
    const isEnd =
      Math.min(found.along, found.length - found.along) <
        Math.min(0.22 * found.length, 2.2 * box.height + 30) && box.width < 4 * box.height;
    const at = !isEnd ? 'middle' : share < 0.5 ? 'from' : 'to';
    if (!best || found.distance < best.distance)
      best = { index, distance: found.distance, at, inLine: found.distance === 0 };
  }
  return best;
}

/** From a box to the nearest point of a way, and how far along the way that is. */
function distanceToWay(
  box: Rect,
  points: readonly GraphPoint[],
): { distance: number; along: number; length: number } {
  let [distance, along, length] = [Number.POSITIVE_INFINITY, 0, 0];
  const middle = { x: box.x + box.width / 2, y: box.y + box.height / 2 };
  let nearestMiddle = Number.POSITIVE_INFINITY;
  for (const [index, b] of points.entries()) {
    const a = points[index - 1];
    if (!a) continue;
    const leg = Math.hypot(b.x - a.x, b.y - a.y);
    const steps = Math.max(1, Math.ceil(leg / 3));
    for (let step = 0; step <= steps; step++) {
      const [x, y] = [a.x + ((b.x - a.x) * step) / steps, a.y + ((b.y - a.y) * step) / steps];
      const off = Math.hypot(
        Math.max(box.x - x, 0, x - box.x - box.width),
        Math.max(box.y - y, 0, y - box.y - box.height),
      );
      const toMiddle = Math.hypot(x - middle.x, y - middle.y);
      if (off < distance || (off === distance && toMiddle < nearestMiddle)) {
        distance = off;
        nearestMiddle = toMiddle;
        along = length + (leg * step) / steps;
      }
    }
    length += leg;
  }
  return { distance, along, length };
}
