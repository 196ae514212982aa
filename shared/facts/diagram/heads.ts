/** Tells what stands at the end of a line, from how its width changes on the way back from the tip. */
import type { EdgeHead, GraphPoint } from '../../diagram-graph.ts';
import { at } from '../pixels.ts';

export interface HeadSource {
  /** 1 for the ink of lines, heads included. */
  readonly ink: Uint8Array;
  readonly width: number;
  readonly height: number;
  /** Pixels of shapes, which may hide one side of a head. */
  readonly isHidden: (pixel: number) => boolean;
  /** Whether the shape has rows: solid feet stand at such only. */
  readonly isEntity: boolean;
  /** Width of this line's stroke, pixels. */
  readonly stroke: number;
}

export interface FoundHead {
  readonly head: EdgeHead;
  /** 0..1. */
  readonly confidence: number;
}

/**
 * @param tip where the line meets the shape. @param back unit direction from there along the line.
 *
 * At each step back from the tip the ink across the line is measured: how far it reaches to either side, and how
 * much of that is ink. An arrow's head is narrow at the tip, wide behind it, then the bare line; a crow's foot is
 * widest at the shape; a diamond is widest half way and as long again; a bar is wide for the width of a stroke.
 */
export function headAt(source: HeadSource, tip: GraphPoint, way: readonly GraphPoint[]): FoundHead {
  const fork = 2 * Math.max(1.5, source.stroke) + 8;
  const open = headOf(source, straightest(source, tip, way, fork));
  const isSure = open.head === 'many' ? source.isEntity : open.head !== 'none' || open.confidence > 0.5;
  if (isSure) return open;
  // What is wide at the tip may be a neighbour, whose tip is near: not so what grows from this tip.
  const grown = headOf(source, straightest(source, tip, way, 2));
  return grown.head === 'arrow' || grown.head === 'open' ? { ...grown, confidence: 0.6 } : open;
}

function headOf(source: HeadSource, profile: readonly Slice[]): FoundHead {
  const stroke = Math.max(1.5, source.stroke);
  const tail =
    profile
      .slice(-10)
      .map(({ spread }) => spread)
      .sort((a, b) => a - b)[2] ?? 0;
  const bare = Math.min(1.5 * stroke, Math.max(1, tail));
  const wide = profile.map(({ spread }) => spread > 1.6 * bare + 1.5);
  const first = wide.indexOf(true);
  if (first < 0) return { head: 'none', confidence: 0.8 };
  // The head ends where the line is bare again for some steps.
  let last = first;
  for (let step = first; step < profile.length && step - last <= Math.max(3, 1.2 * stroke); step++)
    if (wide[step]) last = step;
  const own = profile.slice(first, last + 1);
  const widest = own.reduce((a, b) => (b.spread > a.spread ? b : a));
  const length = last - first + 1;
  const peak = (profile.indexOf(widest) - first + 1) / length;
  const none: FoundHead = { head: 'none', confidence: 0.5 };
  // One long stroke across: the border of something else, or another line.
  if (widest.spread > 9 * stroke + 24) return none;
  if (first > 5 * stroke + 12) return none;
  if (length <= 1.2 * bare + 1.5) {
    const isBar = widest.spread > 3 * bare + 3 && first > 1.5 * stroke + 1;
    return isBar ? { head: 'one', confidence: 0.5 } : none;
  }
  if (widest.spread < 2 * bare + 2) return none;
  const solid = own.filter(({ run }) => run > 1.8 * bare + 1).length;
  const isSolid = solid >= Math.max(3, 0.4 * length);
  // An arrow whose tip the shape hides is solid, and wide behind the tip; so is a foot whose ink has run.
  const isOpen = !isSolid || source.isEntity;
  const isFoot =
    isOpen && first <= 3 + stroke && peak < 0.35 && (profile[first]?.spread ?? 0) > 0.6 * widest.spread;
  if (isFoot) return { head: 'many', confidence: 0.7 };
  const isLong = peak > 0.3 && peak < 0.68 && length > 1.25 * widest.spread;
  const isDiamond = isLong || ((isSolid || isHollow(own)) && isTent(own, widest.spread));
  if (isDiamond && length > 6) return { head: isSolid ? 'diamond-filled' : 'diamond', confidence: 0.6 };
  if (isSolid || filledShare(own) > 0.85) return { head: 'arrow', confidence: 0.9 };
  if (isHollow(own)) return { head: 'triangle', confidence: 0.7 };
  return { head: 'open', confidence: 0.8 };
}

/**
 * Pixels from the tip at which the line is surely bare; behind that it shows the head's axis. Heads differ in size,
 * and lines bend, so the nearest that shows an even head is right.
 */
const anchors = [9, 15, 22, 30, 40, 52];
/** Pixels of bare line that give its direction. */
const bareReach = 10;

/** The profile along the axis about which the head is most even. */
function straightest(source: HeadSource, tip: GraphPoint, way: readonly GraphPoint[], fork: number): Slice[] {
  let best: Slice[] = [];
  let least = Number.POSITIVE_INFINITY;
  for (const anchor of anchors) {
    const [near, far] = [pointAt(way, tip, anchor), pointAt(way, tip, anchor + bareReach)];
    if (!near || !far) break;
    const length = Math.hypot(far.x - near.x, far.y - near.y);
    if (length < 1) continue;
    const back = { x: (far.x - near.x) / length, y: (far.y - near.y) / length };
    const reach = Math.hypot(near.x - tip.x, near.y - tip.y);
    const start = { x: near.x - back.x * reach, y: near.y - back.y * reach };
    const profile = profileOf(source, start, back, { most: reach + bareReach, fork });
    const uneven = profile.reduce((sum, { low, high }) => sum + Math.abs(low - high), 0);
    const all = profile.reduce((sum, { spread }) => sum + spread, 0);
    const bare = profile.slice(-6).some(({ spread }) => spread > 1.8 * Math.max(1.5, source.stroke) + 2)
      ? 0.3
      : 0;
    const blank = profile.slice(-bareReach).filter(({ core }) => !core).length / bareReach;
    const score = (all === 0 ? 1 : uneven / all) + bare + 0.5 * blank + 0.002 * anchor;
    if (score >= least) continue;
    least = score;
    best = profile;
  }
  return best;
}

/** The point of a way at a distance from its tip. */
function pointAt(way: readonly GraphPoint[], tip: GraphPoint, distance: number): GraphPoint | undefined {
  return way.find((point) => Math.hypot(point.x - tip.x, point.y - tip.y) >= distance);
}

interface Slice {
  /** From the outermost ink on one side to that on the other. */
  readonly spread: number;
  /** To either side of the middle. */
  readonly low: number;
  readonly high: number;
  /** Ink pixels within. */
  readonly ink: number;
  /** Of these, how many lie together in the middle. */
  readonly run: number;
  /** Whether the middle is inked. */
  readonly core: boolean;
}

/** @param reach.most how far back, @param reach.fork how wide a head may be at its tip; pixels. */
function profileOf(
  source: HeadSource,
  tip: GraphPoint,
  back: GraphPoint,
  { most, fork }: { readonly most: number; readonly fork: number },
): Slice[] {
  const slices: Slice[] = [];
  const side = 5 * Math.max(1.5, source.stroke) + 14;
  const inked = (along: number, across: number): boolean => {
    const x = Math.round(tip.x + back.x * along - back.y * across);
    const y = Math.round(tip.y + back.y * along + back.x * across);
    return (
      x >= 0 && y >= 0 && x < source.width && y < source.height && at(source.ink, y * source.width + x) === 1
    );
  };
  const isHidden = (along: number, across: number): boolean => {
    const x = Math.round(tip.x + back.x * along - back.y * across);
    const y = Math.round(tip.y + back.y * along + back.x * across);
    return x >= 0 && y >= 0 && x < source.width && y < source.height && source.isHidden(y * source.width + x);
  };
  // Barbs spread slowly from the tip; what appears further out belongs to a neighbour. At the tip a fork is open.
  const before: [number, number] = [fork, fork];
  for (let along = 0; along <= most; along++) {
    const sides = [-1, 1].map((sign) => {
      let last = 0;
      let count = 0;
      let run = 0;
      let hidden = false;
      const known = before[sign === 1 ? 1 : 0];
      for (let across = 1; across <= side && (across - last <= 2 || across <= known + 3); across++) {
        if (!inked(along, sign * across)) {
          hidden ||= isHidden(along, sign * across);
          continue;
        }
        if (across === last + 1 && run === last) run++;
        last = across;
        count++;
      }
      return { last, count, run, hidden };
    });
    const [left, right] = sides;
    if (!left || !right) continue;
    for (const [index, { last }] of sides.entries())
      before[index === 0 ? 0 : 1] = Math.max(last, (before[index] ?? 0) - (along < 4 ? 0 : 3), 0);
    // A head is the same on both sides; more on one side is a neighbour, less may be hidden by the shape.
    const evened = (own: typeof left, other: typeof left): number => {
      if (own.hidden && own.last < other.last) return other.last;
      return other.hidden ? own.last : Math.min(own.last, 1.6 * other.last + 3);
    };
    const [low, high] = [evened(left, right), evened(right, left)];
    const centre = inked(along, 0) ? 1 : 0;
    const ink = left.count + right.count + centre;
    const run = centre === 0 ? 0 : left.run + right.run + 1;
    const core = [-1, 0, 1].some((across) => inked(along, across));
    slices.push({
      spread: ink === 0 ? 0 : low + high + 1,
      low,
      high,
      ink: Math.min(ink, low + high + 1),
      run,
      core,
    });
  }
  return slices;
}

/** A diamond grows evenly from a point and shrinks to one as evenly; an arrow ends at once, or within a notch. */
function isTent(slices: readonly Slice[], widest: number): boolean {
  const { length } = slices;
  if (length < 0.9 * widest) return false;
  const least = Math.min(slices[0]?.spread ?? 0, slices.at(-1)?.spread ?? 0);
  const miss = slices.reduce((sum, { spread }, index) => {
    const share = 1 - Math.abs((2 * (index + 1)) / (length + 1) - 1);
    return sum + Math.abs(spread - (least + (widest - least) * share));
  }, 0);
  return miss / length < 0.08 * widest;
}

/** Share of ink within the head; the slices at its tip, which are all line, left out. */
function filledShare(slices: readonly Slice[]): number {
  const wide = slices.filter(({ spread }) => spread > 4);
  const all = wide.reduce((sum, { spread }) => sum + spread, 0);
  return all === 0 ? 1 : wide.reduce((sum, { ink }) => sum + ink, 0) / all;
}

/** A hollow triangle has no line in its middle, and ends in a bar. */
function isHollow(slices: readonly Slice[]): boolean {
  const inner = slices.slice(Math.floor(slices.length * 0.3), Math.ceil(slices.length * 0.8));
  const hollow = inner.filter(({ core }) => !core);
  const isBetween = hollow.filter(({ low, high }) => low > 0 && high > 0).length > 0.6 * hollow.length;
  return isBetween && hollow.length > 0.4 * inner.length;
}
