/** One length in whole pixels, so rounded that an edge that is off already comes back to its place. */
import type { Declarations } from '../html/element.ts';
import { onScale, pixelsOf } from './scale.ts';

/** Edges are drawn on the nearest whole pixel: what is off by this much from its middle is clear of the next, CSS pixels. */
const clear = 0.45;

/** An edge. */
export interface Place {
  /** Where it should be, CSS pixels. */
  readonly at: number;
  /** By how much it is off. */
  readonly drift: number;
}

/** What may be off, so that it is drawn where it should be. @param at an edge, if it is drawn on a whole pixel. */
function unseen(at: number | undefined): readonly [number, number] {
  if (at === undefined) return [-0.5, 0.5];
  const off = Math.round(at) - at;
  return [off - clear, off + clear];
}

/** The whole number of pixels after which the drift is not seen; an even one where that does too. */
function settled(
  pixels: number,
  drift: number,
  share: number,
  [from, to]: readonly [number, number],
): number {
  const after = (whole: number): number => drift + share * (whole - pixels);
  const preferred = onScale(pixels);
  if (after(preferred) >= from && after(preferred) <= to) return preferred;
  return Math.round(pixels + ((from + to) / 2 - drift) / share);
}

/**
 * Rounds one length in place.
 *
 * @param snaps whether the edge after it is known to a part of a pixel.
 * @param share of its error that moves what follows.
 * @returns the edge after it; its place is not a number where the length is not one of pixels.
 */
export function settle(
  base: Declarations,
  property: string,
  { at, drift }: Place,
  snaps: boolean,
  share = 1,
): Place {
  const value = base[property] ?? '0';
  const pixels = pixelsOf(`${value}`);
  if (pixels === undefined) return { at: Number.NaN, drift };
  if (pixels === 0) return { at, drift };
  const end = at + pixels;
  const window = unseen(snaps && Number.isFinite(end) ? end : undefined);
  const whole = settled(pixels, drift, share, window);
  // What CSS takes no negative length for stays at nothing.
  const kept = pixels > 0 ? Math.max(0, whole) : whole;
  base[property] = `${kept}px`;
  return { at: end, drift: drift + share * (kept - pixels) };
}

/** Rounds a gap, which every two neighbours have between them. @returns what it is off each time. */
export function settleGap(base: Declarations, property: string, times: number): number {
  const pixels = pixelsOf(`${base[property] ?? ''}`);
  if (pixels === undefined || times < 1) return 0;
  const even = onScale(pixels);
  const kept = Math.abs(even - pixels) * times <= clear ? even : Math.round(pixels);
  base[property] = `${kept}px`;
  return kept - pixels;
}
