/** Traces connectors: which shapes they join, which way, and what stands at their ends. */
import type { EdgeHead, GraphPoint } from '../../diagram-graph.ts';
import type { Rect } from '../../geometry.ts';
import { at, median } from '../pixels.ts';
import { chosen, distinct, isDirected } from './choice.ts';
import { componentsOf } from './components.ts';
import { distanceTo } from './distance.ts';
import type { Ground } from './ground.ts';
import { type FoundHead, headAt } from './heads.ts';
import { type Contact, type Network, networkOf } from './network.ts';
import type { FoundOutline } from './outline.ts';
import type { Owners } from './owners.ts';
import { findRoutes, type Route } from './routes.ts';
import { lengthOf, simplified, strandsOf } from './strands.ts';
import { inRows } from './text-rows.ts';
import { thin } from './thinning.ts';

export interface FoundConnector {
  readonly points: readonly GraphPoint[];
  readonly line: 'straight' | 'orthogonal' | 'curved';
  readonly from: number;
  readonly to: number;
  readonly fromHead: EdgeHead;
  readonly toHead: EdgeHead;
  readonly dashed: boolean;
  /** Packed. */
  readonly color: number;
  readonly strokeWidth: number;
  readonly confidence: number;
}

export interface LineSource {
  readonly ground: Ground;
  /** Strokes without letters; the gaps of dashed lines closed. */
  readonly walls: Uint8Array;
  /** 1 on gaps that were closed. */
  readonly bridged: Uint8Array;
  readonly owners: Owners;
  readonly outlines: readonly FoundOutline[];
  readonly texts: readonly Rect[];
  readonly strokeWidth: number;
}

export function connectorsOf({ ink, routes, heads }: TracedLines, source: LineSource): FoundConnector[] {
  const found = distinct(chosen(routes, heads, source.outlines), 3 * source.strokeWidth + 6);
  return found.map((route) => connectorOf(route, heads, source, ink));
}

export interface TracedLines {
  /** 1 for strokes that belong to no shape. */
  readonly ink: Uint8Array;
  readonly network: Network;
  readonly routes: readonly Route[];
  /** By the knot of the contact. */
  readonly heads: ReadonlyMap<number, FoundHead>;
}

/** All lines that leave a shape, before it is told which of them are connectors. */
export function traceLines(source: LineSource): TracedLines {
  const { ground, owners } = source;
  const { width, height } = ground;
  const ink = new Uint8Array(width * height);
  for (let pixel = 0; pixel < ink.length; pixel++)
    ink[pixel] =
      at(source.walls, pixel) === 1 && at(owners.of, pixel) < 0 && at(owners.borders, pixel) === 0 ? 1 : 0;
  dropCrumbs(ink, width, height, 3 * source.strokeWidth + 4);
  const solid = filled(ink, source);
  const line = thin(solid, width, height);
  const stroke = Math.max(1.5, source.strokeWidth);
  const network = networkOf(strandsOf(line, width), { owners, stroke, texts: inRows(source.texts) });
  const routes = findRoutes(network, stroke);
  const heads = new Map<number, FoundHead>();
  for (const contact of network.contacts.values()) {
    // The longest way from there is a connector, and no rest of an outline.
    const own = routes.filter((one) => one.from.knot === contact.knot).sort((a, b) => b.length - a.length);
    const [route] = own;
    if (route) heads.set(contact.knot, headOf(contact, route, ink, source));
  }
  for (const knot of fansIn(routes, heads, stroke)) heads.delete(knot);
  return { ink, network, routes, heads };
}

/**
 * Lines that leave one place aslant look like the barbs of an open head there, but go on to heads of their own; and
 * like a solid head, but part before one could end.
 * @returns the knots of such places.
 */
function fansIn(routes: readonly Route[], heads: ReadonlyMap<number, FoundHead>, stroke: number): number[] {
  const longest = { open: 8 * stroke + 12, arrow: 5 * stroke + 2 };
  return [...heads.keys()].filter((knot) => {
    const head = heads.get(knot)?.head;
    if (head !== 'open' && head !== 'arrow') return false;
    const own = routes.filter(({ from }) => from.knot === knot);
    const parted = new Set(
      own.flatMap(({ links: [stem, branch] }) =>
        stem && branch && lengthOf(stem.points) <= longest[head] && lengthOf(branch.points) > 2 * longest.open
          ? [branch]
          : [],
      ),
    );
    const go = own.every(({ to }) => isDirected(heads.get(to.knot)?.head ?? 'none'));
    return parted.size > 1 && (head === 'arrow' || go);
  });
}

/** Takes out specks, which are left where an outline was taken away. */
function dropCrumbs(ink: Uint8Array, width: number, height: number, most: number): void {
  const parts = componentsOf(ink, width, height, true);
  const isCrumb = parts.list.map((part) => Math.max(part.right - part.left, part.bottom - part.top) < most);
  for (let pixel = 0; pixel < ink.length; pixel++) {
    const part = at(parts.labels, pixel);
    if (part >= 0 && isCrumb[part]) ink[pixel] = 0;
  }
}

/** Fills the small holes of hollow heads and the slits between double strokes, so that thinning sees one line. */
function filled(ink: Uint8Array, { ground, strokeWidth, owners }: LineSource): Uint8Array {
  const { width, height } = ground;
  const empty = ink.map((value, pixel) => (value === 1 || at(owners.of, pixel) >= 0 ? 0 : 1));
  const holes = componentsOf(empty, width, height, false);
  const side = 9 * Math.max(1.5, strokeWidth) + 18;
  const depth = distanceTo(ink, width, height);
  const deepest = new Float64Array(holes.list.length);
  for (let pixel = 0; pixel < empty.length; pixel++) {
    const hole = at(holes.labels, pixel);
    if (hole >= 0 && at(depth, pixel) > at(deepest, hole)) deepest[hole] = at(depth, pixel);
  }
  const result = ink.slice();
  for (let pixel = 0; pixel < result.length; pixel++) {
    const hole = at(holes.labels, pixel);
    const part = hole < 0 ? undefined : holes.list[hole];
    if (!part) continue;
    const isSmall =
      part.right - part.left < side && part.bottom - part.top < side && part.area < 0.5 * side * side;
    const isSlit = at(deepest, hole) <= 3 * 2.4 && part.left > 0;
    if (isSmall || isSlit) result[pixel] = 1;
  }
  return result;
}

function headOf(contact: Contact, route: Route, ink: Uint8Array, source: LineSource): FoundHead {
  const { width, height } = source.ground;
  const stroke = widthAlong(route.points, ink, source);
  const owner = source.outlines[contact.owner];
  if (owner?.axis) return headAtAxis(contact, route, source, stroke, widthAt(owner, contact.point.y));
  const isHidden = (pixel: number): boolean => at(source.owners.of, pixel) >= 0;
  const isEntity = ['table', 'class'].includes(owner?.shape ?? '');
  return headAt({ ink, width, height, stroke, isHidden, isEntity }, contact.point, route.points);
}

/** Where a lifeline is at some height, and how wide: as its bar while it is active. */
function widthAt(
  { axis, bars = [] }: FoundOutline,
  y: number,
): { readonly axis: number; readonly bar: number } {
  const own = bars.filter((bar) => y >= bar.y - 4 && y <= bar.y + bar.height + 4);
  if (own.length === 0) return { axis: axis?.x ?? 0, bar: 0 };
  const left = Math.min(...own.map((bar) => bar.x));
  const right = Math.max(...own.map((bar) => bar.x + bar.width));
  return { axis: (left + right) / 2, bar: right - left };
}

/** A lifeline is a stroke alone: what stands beside it, up to it, is the head's. */
function headAtAxis(
  contact: Contact,
  route: Route,
  { ground: { width, height }, walls, owners, strokeWidth }: LineSource,
  stroke: number,
  { axis, bar }: { readonly axis: number; readonly bar: number },
): FoundHead {
  const half = (bar + strokeWidth) / 2 + 1;
  const isAxis = (pixel: number): boolean => Math.abs((pixel % width) - axis) <= half;
  const isOwn = (pixel: number): boolean => [-1, contact.owner].includes(at(owners.of, pixel));
  // No head is longer than this.
  const reach = 16 * strokeWidth + 60;
  const ink = new Uint8Array(width * height);
  const from = Math.max(0, Math.round(contact.point.y - reach));
  const left = Math.max(0, Math.round(axis - reach));
  for (let y = from; y < Math.min(height, contact.point.y + reach); y++)
    for (let x = left; x < Math.min(width, axis + reach); x++) {
      const pixel = y * width + x;
      if (at(walls, pixel) === 1 && isOwn(pixel) && !isAxis(pixel)) ink[pixel] = 1;
    }
  const side = contact.point.x < axis ? -1 : 1;
  const tip = { x: axis + side * half, y: contact.point.y };
  const source = { ink, width, height, stroke, isHidden: isAxis, isEntity: false };
  const found = headAt(source, tip, [tip, ...route.points]);
  // Messages have no feet and no hollow heads.
  return ['many', 'triangle', 'diamond'].includes(found.head) ? { ...found, head: 'open' } : found;
}

/** Median width of a line in its middle, measured across; pixels. */
function widthAlong(
  points: readonly GraphPoint[],
  ink: Uint8Array,
  { ground: { width, height }, strokeWidth }: LineSource,
): number {
  const widths: number[] = [];
  for (let share = 0.3; share <= 0.7; share += 0.05) {
    const index = Math.floor(share * points.length);
    const [a, here, b] = [
      points[Math.max(0, index - 4)],
      points[index],
      points[Math.min(points.length - 1, index + 4)],
    ];
    if (!a || !here || !b) continue;
    const length = Math.hypot(b.x - a.x, b.y - a.y) || 1;
    const across = { x: -(b.y - a.y) / length, y: (b.x - a.x) / length };
    const isInk = (step: number): boolean => {
      const [x, y] = [Math.round(here.x + across.x * step), Math.round(here.y + across.y * step)];
      return x >= 0 && y >= 0 && x < width && y < height && at(ink, y * width + x) === 1;
    };
    if (!isInk(0)) continue;
    let [low, high] = [0, 0];
    while (low > -20 && isInk(low - 1)) low--;
    while (high < 20 && isInk(high + 1)) high++;
    widths.push(high - low + 1);
  }
  return Math.max(1.5, widths.length === 0 ? strokeWidth : median(widths));
}

function connectorOf(
  route: Route,
  heads: ReadonlyMap<number, FoundHead>,
  source: LineSource,
  ink: Uint8Array,
): FoundConnector {
  const { width, raster } = source.ground;
  const own = (contact: Contact): EdgeHead => heads.get(contact.knot)?.head ?? 'none';
  // From the end without an arrow to the one with it.
  const turned = isDirected(own(route.from)) && !isDirected(own(route.to));
  const [from, to] = turned ? [route.to, route.from] : [route.from, route.to];
  const way = [route.from.point, ...route.points, route.to.point];
  const bent = simplified(turned ? way.toReversed() : way, Math.max(2.5, 1.2 * source.strokeWidth));
  const points = withoutKink(bent, 8 * source.strokeWidth + 20);
  let gaps = 0;
  const colors: [number[], number[], number[]] = [[], [], []];
  for (const { x, y } of route.points) {
    const pixel = Math.round(y) * width + Math.round(x);
    if (at(source.bridged, pixel) === 1) gaps++;
    else if (at(ink, pixel) === 1)
      for (const [channel, list] of colors.entries()) list.push(at(raster.data, pixel * 3 + channel));
  }
  const channel = (index: 0 | 1 | 2): number => (colors[index].length === 0 ? 0 : median(colors[index]));
  return {
    points,
    line: lineOf(points),
    from: from.owner,
    to: to.owner,
    fromHead: own(from),
    toHead: own(to),
    dashed: gaps > 0.15 * route.points.length,
    color: (channel(0) << 16) | (channel(1) << 8) | channel(2),
    strokeWidth: widthAlong(route.points, ink, source),
    confidence: Math.min(heads.get(from.knot)?.confidence ?? 0.5, heads.get(to.knot)?.confidence ?? 0.5),
  };
}

/** A straight line that begins or ends with a short piece of another one which leaves the same place. */
function withoutKink(points: readonly GraphPoint[], most: number): readonly GraphPoint[] {
  const [first, middle, last] = points;
  if (points.length !== 3 || !first || !middle || !last) return points;
  const legs = [first, last].map(({ x, y }) => Math.hypot(x - middle.x, y - middle.y));
  const isAslant = ({ x, y }: GraphPoint): boolean =>
    Math.min(Math.abs(x - middle.x), Math.abs(y - middle.y)) > 0.12 * Math.hypot(x - middle.x, y - middle.y);
  return Math.min(...legs) <= most && Math.max(...legs) > 5 * most && isAslant(first) && isAslant(last)
    ? [first, last]
    : points;
}

function lineOf(points: readonly GraphPoint[]): FoundConnector['line'] {
  const level = (a: GraphPoint, b: GraphPoint): boolean => {
    const [dx, dy] = [Math.abs(a.x - b.x), Math.abs(a.y - b.y)];
    return Math.min(dx, dy) <= Math.max(4, 0.12 * Math.max(dx, dy));
  };
  const legs = points.slice(1).map((point, index) => [points[index] ?? point, point] as const);
  const long = legs.filter(([a, b]) => Math.hypot(a.x - b.x, a.y - b.y) > 14);
  if (legs.length <= 1) return 'straight';
  if (long.length > 0 && long.every(([a, b]) => level(a, b))) return 'orthogonal';
  return legs.length <= 2 ? 'straight' : 'curved';
}
