/** Tells what stands at the end of a line, from how its width changes on the way back from the tip. */
import type { EdgeHead, GraphPoint } from '../../diagram-graph.ts';
import { at } from '../pixels.ts';

export interface HeadSource {
  /** 1 for the ink of lines, heads included. */
  readonly ink: Uint8Array;
  readonly width: number;
  readonly height: number;
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
export function headAt(source: HeadSource, tip: GraphPoint, back: GraphPoint, available: number): FoundHead {
  const stroke = Math.max(1.5, source.stroke);
  const most = Math.min(14 * stroke + 24, Math.max(available * 0.6, 6 * stroke));
  const profile = profileOf(source, tip, back, most);
  const tail = middleOf(profile.slice(Math.floor(profile.length * 0.75)).map(({ spread }) => spread));
  const bare = Math.min(1.5 * stroke, Math.max(stroke, tail));
  const wide = profile.map(({ spread }) => spread > 1.6 * bare + 1.5);
  const first = wide.indexOf(true);
  if (first < 0) return { head: 'none', confidence: 0.8 };
  // The head ends where the line is bare again for some steps.
  let last = first;
  for (let step = first; step < profile.length && step - last <= Math.max(3, 1.2 * stroke); step++)
    if (wide[step]) last = step;
  const widest = profile.slice(first, last + 1).reduce((a, b) => (b.spread > a.spread ? b : a));
  const length = last - first + 1;
  const peak = (profile.indexOf(widest) - first + 1) / length;
  const filled = filledShare(profile.slice(first, last + 1));
  // One long stroke across: the border of something else, or another line.
  if (widest.spread > 9 * stroke + 24) return { head: 'none', confidence: 0.5 };
  if (length <= 1.8 * stroke + 2) return { head: first > stroke ? 'one' : 'none', confidence: 0.5 };
  const solid = profile.slice(first, last + 1).filter(({ run }) => run > 1.8 * bare + 1).length;
  const isSolid = solid >= Math.max(3, 0.4 * length);
  const isFoot =
    !isSolid &&
    first <= 2 + stroke &&
    peak < 0.35 &&
    (profile[0]?.spread ?? 0) > 0.6 * widest.spread &&
    filled < 0.8;
  if (isFoot) return { head: 'many', confidence: 0.7 };
  if (peak > 0.3 && peak < 0.68 && length > 1.25 * widest.spread && length > 6) {
    return { head: isSolid ? 'diamond-filled' : 'diamond', confidence: 0.6 };
  }
  if (isSolid || filled > 0.85) return { head: 'arrow', confidence: 0.9 };
  if (isHollow(profile.slice(first, last + 1))) return { head: 'triangle', confidence: 0.7 };
  return { head: 'open', confidence: 0.8 };
}

interface Slice {
  /** From the outermost ink on one side to that on the other. */
  readonly spread: number;
  /** Ink pixels within. */
  readonly ink: number;
  /** Of these, how many lie together in the middle. */
  readonly run: number;
  /** Whether the middle is inked. */
  readonly core: boolean;
}

function profileOf(source: HeadSource, tip: GraphPoint, back: GraphPoint, most: number): Slice[] {
  const slices: Slice[] = [];
  const side = 5 * Math.max(1.5, source.stroke) + 14;
  const inked = (along: number, across: number): boolean => {
    const x = Math.round(tip.x + back.x * along - back.y * across);
    const y = Math.round(tip.y + back.y * along + back.x * across);
    return (
      x >= 0 && y >= 0 && x < source.width && y < source.height && at(source.ink, y * source.width + x) === 1
    );
  };
  // What is connected across with gaps no wider than an open head's belongs to the head.
  const gap = 3 * Math.max(1.5, source.stroke) + 7;
  for (let along = 0; along <= most; along++) {
    let [low, high, ink] = [0, 0, inked(along, 0) ? 1 : 0];
    let run = ink;
    for (const sign of [1, -1]) {
      let last = 0;
      for (let across = 1; across <= side && across - last <= gap; across++) {
        if (!inked(along, sign * across)) continue;
        if (across === last + 1 && run > 0) run++;
        last = across;
        ink++;
      }
      if (sign === 1) high = last;
      else low = last;
    }
    const core = [-1, 0, 1].some((across) => inked(along, across));
    slices.push({ spread: ink === 0 ? 0 : low + high + 1, ink, run, core });
  }
  return slices;
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
  return inner.filter(({ core }) => !core).length > 0.4 * inner.length;
}

function middleOf(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}
