/** Joins the dashes of broken lines, so that they are followed, and close outlines, like drawn through ones. */
import type { GraphPoint } from '../../diagram-graph.ts';
import { at } from '../pixels.ts';
import type { Part, Parts } from './strokes.ts';

export interface Dashes {
  /** Part indices of dashes. */
  readonly members: ReadonlySet<number>;
  /** The gaps between neighbouring dashes, end to end. */
  readonly bridges: readonly (readonly [GraphPoint, GraphPoint])[];
}

interface Link {
  readonly from: Dash;
  readonly to: Dash;
  readonly bridge: readonly [GraphPoint, GraphPoint];
  readonly gap: number;
}

interface Dash {
  readonly part: Part;
  readonly ends: readonly [GraphPoint, GraphPoint];
  readonly length: number;
}

/** An ellipsis, and the dots of two letters, are fewer. */
const leastDots = 5;

/** As high as wide, and no longer than a stroke is wide three times: it has no direction of its own. */
function isDot({ part, length }: Dash): boolean {
  const [w, h] = [part.right - part.left + 1, part.bottom - part.top + 1];
  return (
    length < 2.2 * Math.max(1.5, part.strokeWidth) ||
    (Math.max(w, h) <= 1.5 * Math.min(w, h) + 1 && length <= 3.4 * Math.max(1.5, part.strokeWidth))
  );
}

/** Cosine of the largest turn between a dash and the way to the next. */
const straight = 0.8;

/** The same at a dot, where the line turns with each. */
const aroundDot = 0.4;

/** A dash is a short plain stroke; it counts where it continues another of about its length and width. */
export function findDashes(parts: Parts, width: number): Dashes {
  const dashes = parts.list.flatMap((part) => dashOf(part, parts, width));
  const links: Link[] = [];
  const cell = 64;
  const grid = new Map<string, { dash: Dash; end: 0 | 1 }[]>();
  for (const dash of dashes)
    for (const end of [0, 1] as const) {
      const key = `${Math.floor(dash.ends[end].x / cell)} ${Math.floor(dash.ends[end].y / cell)}`;
      grid.set(key, [...(grid.get(key) ?? []), { dash, end }]);
    }
  for (const dash of dashes) {
    const first = nextOf(dash, 0, grid, cell);
    const second = nextOf(dash, 1, grid, cell, isDot(dash) ? first : undefined);
    for (const link of [first, second]) if (link) links.push(link);
  }
  const next = new Map<Dash, Link[]>();
  for (const link of links) next.set(link.from, [...(next.get(link.from) ?? []), link]);
  const isMutual = ({ from, to }: Link): boolean => next.get(to)?.some((back) => back.to === from) ?? false;
  const mutual = new Map([...next].map(([dash, own]) => [dash, own.filter(isMutual)]));
  // One link alone may join two strokes of a letter; in a row there is a dash with two neighbours.
  const letters = parts.list.filter(({ winding }) => winding > leastLetter);
  const inWords = new Set(
    dashes.filter(({ part }) => letters.some((letter) => letter !== part && isBeside(part, letter))),
  );
  const kept = [...mutual].flatMap(([dash, own]) => {
    if (own.length === 0 || chainLength(dash, mutual) < (isDot(dash) ? leastDots : 3)) return [];
    const chain = chainOf(dash, mutual);
    // Strokes of letters in lines below each other; beside a row of dashes stands a label at most.
    return chain.filter((one) => inWords.has(one)).length > 0.5 * chain.length ? [] : own;
  });
  const members = new Set(kept.flatMap((link) => [link.from.part.index, link.to.part.index]));
  const loose = dashes.filter(({ part }) => members.has(part.index));
  return {
    members,
    bridges: [
      ...kept.filter((link) => link.from.part.index < link.to.part.index).map((link) => link.bridge),
      ...loose.flatMap((dash) => onward(dash, kept, parts, width)),
    ],
  };
}

/** Cosine of the largest turn at the last gap of a row; letters of lines below each other stand less even. */
const even = 0.97;

/** Where a row of dashes meets another line, or a corner, the last gap ends at ink that is no dash of its row. */
function onward(
  dash: Dash,
  links: readonly Link[],
  { labels }: Parts,
  width: number,
): (readonly [GraphPoint, GraphPoint])[] {
  const own = links.filter(({ from }) => from === dash);
  const isEven = own.every(({ bridge: [here, there] }) => {
    const back = dash.ends.find((end) => end !== here) ?? here;
    return isDot(dash) || cosine(back, here, there) >= even;
  });
  const gap = own.length === 0 ? Number.POSITIVE_INFINITY : Math.min(...own.map((link) => link.gap));
  // Gaps are shorter than dashes, and as long as their neighbours.
  if (isDot(dash) || !isEven || gap > 0.9 * dash.length + 3) return [];
  return dash.ends.flatMap((end, index) => {
    const back = dash.ends[index === 0 ? 1 : 0] ?? end;
    if (own.some(({ bridge }) => bridge[0] === end)) return [];
    const [dx, dy] = [(end.x - back.x) / dash.length, (end.y - back.y) / dash.length];
    for (let step = 2; step <= 1.3 * gap + 3; step++) {
      const [x, y] = [Math.round(end.x + dx * step), Math.round(end.y + dy * step)];
      if (x < 0 || y < 0 || x >= width || y * width + x >= labels.length) return [];
      const part = at(labels, y * width + x);
      if (part >= 0 && part !== dash.part.index) return [[end, { x, y }] as const];
    }
    return [];
  });
}

/** Of the row of dashes around one, counted up to what a row of dots needs. */
const chainLength = (dash: Dash, links: ReadonlyMap<Dash, readonly Link[]>): number =>
  chainOf(dash, links, leastDots).length;

/** The row of dashes around one, walked along the links, or so many of it. */
function chainOf(dash: Dash, links: ReadonlyMap<Dash, readonly Link[]>, most = longestChain): Dash[] {
  const seen = new Set([dash]);
  for (const one of seen) {
    for (const { to } of links.get(one) ?? []) seen.add(to);
    if (seen.size >= most) break;
  }
  return [...seen];
}

/** Dashes of a row that are looked at: more make no difference, and rows of letters are shorter. */
const longestChain = 12;

/** Strokes that wind more are letters, see `Part.winding`. */
const leastLetter = 1.25;

/** Whether an upright stroke stands close beside a letter of about its height, as another letter does. */
function isBeside(part: Part, letter: Part): boolean {
  const [own, other] = [part.bottom - part.top + 1, letter.bottom - letter.top + 1];
  if (own < 6 || own < 0.8 * (part.right - part.left + 1) || other < 0.4 * own || other > 2.2 * own)
    return false;
  const gap = Math.max(part.left - letter.right, letter.left - part.right);
  const shared = Math.min(part.bottom, letter.bottom) - Math.max(part.top, letter.top) + 1;
  return gap <= 0.4 * own && shared >= 0.6 * Math.min(own, other);
}

/** A stroke of 1.2 to 14 times its width; dots count as dashes without direction. */
function dashOf(part: Part, parts: Parts, width: number): Dash[] {
  const [w, h] = [part.right - part.left + 1, part.bottom - part.top + 1];
  const length = Math.hypot(w, h);
  const thick = Math.max(parts.strokeWidth, 1.5);
  if (length > 16 * thick + 12 || part.winding > 1.5 || part.strokeWidth > 2.2 * thick) return [];
  if (part.area > 1.5 * length * Math.max(part.strokeWidth, 1.2) + 4) return [];
  const dash: Dash = { part, ends: endsOf(part, parts.labels, width), length };
  if (!isDot(dash)) return [dash];
  const middle = { x: (part.left + part.right) / 2, y: (part.top + part.bottom) / 2 };
  return [{ ...dash, ends: [middle, middle] }];
}

/** The two pixels of a part that are furthest apart along its longer side. */
function endsOf(part: Part, labels: Int32Array, width: number): [GraphPoint, GraphPoint] {
  const lies = part.right - part.left >= part.bottom - part.top;
  const scan = (fixed: number): GraphPoint => {
    let sum = 0;
    let count = 0;
    const [from, to] = lies ? [part.top, part.bottom] : [part.left, part.right];
    for (let other = from; other <= to; other++) {
      const index = lies ? other * width + fixed : fixed * width + other;
      if (at(labels, index) !== part.index) continue;
      sum += other;
      count++;
    }
    const middle = count === 0 ? (from + to) / 2 : sum / count;
    return lies ? { x: fixed, y: middle } : { x: middle, y: fixed };
  };
  return lies ? [scan(part.left), scan(part.right)] : [scan(part.top), scan(part.bottom)];
}

function nextOf(
  dash: Dash,
  end: 0 | 1,
  grid: ReadonlyMap<string, readonly { dash: Dash; end: 0 | 1 }[]>,
  cell: number,
  opposite?: Link,
): Link | undefined {
  const here = dash.ends[end];
  const back = dash.ends[end === 0 ? 1 : 0];
  const dot = isDot(dash);
  const most = Math.min(cell, Math.max(2.2 * dash.length, dot ? 6 * dash.part.strokeWidth : 0) + 3);
  let best: Link | undefined;
  const [column, row] = [Math.floor(here.x / cell), Math.floor(here.y / cell)];
  for (let dy = -1; dy <= 1; dy++)
    for (let dx = -1; dx <= 1; dx++)
      for (const other of grid.get(`${column + dx} ${row + dy}`) ?? []) {
        if (other.dash === dash || other.dash === opposite?.to) continue;
        const there = other.dash.ends[other.end];
        const gap = Math.hypot(there.x - here.x, there.y - here.y);
        if (gap > most || gap < 1 || gap >= (best?.gap ?? Number.POSITIVE_INFINITY)) continue;
        const ratio = dash.length / other.dash.length;
        if (ratio > 2.6 || ratio < 1 / 2.6) continue;
        const far = other.dash.ends[other.end === 0 ? 1 : 0];
        const along = dot ? 1 : cosine(back, here, there);
        const onward = dot || isDot(other.dash) ? 1 : cosine(here, there, far);
        if (along < straight || onward < straight) continue;
        if (opposite && cosine(opposite.bridge[1], here, there) < aroundDot) continue;
        best = { from: dash, to: other.dash, bridge: [here, there], gap };
      }
  return best;
}

/** Of the turn at `b` on the way from `a` to `c`; 1 goes straight on. */
function cosine(a: GraphPoint, b: GraphPoint, c: GraphPoint): number {
  const [ux, uy, vx, vy] = [b.x - a.x, b.y - a.y, c.x - b.x, c.y - b.y];
  const lengths = Math.hypot(ux, uy) * Math.hypot(vx, vy);
  return lengths === 0 ? 1 : (ux * vx + uy * vy) / lengths;
}

/** Draws a straight stroke into a mask. @param radius half its width, pixels. */
export function drawStroke(
  mask: Uint8Array,
  width: number,
  height: number,
  [a, b]: readonly [GraphPoint, GraphPoint],
  radius: number,
): void {
  const steps = Math.max(1, Math.ceil(2 * Math.hypot(b.x - a.x, b.y - a.y)));
  for (let step = 0; step <= steps; step++) {
    const [cx, cy] = [a.x + ((b.x - a.x) * step) / steps, a.y + ((b.y - a.y) * step) / steps];
    for (
      let y = Math.max(0, Math.round(cy - radius));
      y <= Math.min(height - 1, Math.round(cy + radius));
      y++
    )
      for (
        let x = Math.max(0, Math.round(cx - radius));
        x <= Math.min(width - 1, Math.round(cx + radius));
        x++
      )
        mask[y * width + x] = 1;
  }
}
