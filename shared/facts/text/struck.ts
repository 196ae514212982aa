/** Mends letters that a line runs through: where there is ink right above and below it, it is ink as well. */
import { at } from '../pixels.ts';
import type { Segment } from '../regions/lines.ts';
import type { InkMap } from './ink.ts';

/** Share of a line's columns that must have letters above and below. */
const leastCrossed = 0.12;
/** Longest struck text, in CSS pixels. */
const longest = 600;

/**
 * @param rules horizontal ones are looked at; lines that touch, as a blurred one does, count as one.
 * @returns the pixels that are ink after all, or undefined if nothing is struck through.
 */
export function strikeBridges(
  rules: readonly Segment[],
  ink: InkMap,
  width: number,
  height: number,
  scale: number,
): Set<number> | undefined {
  const bridges = new Set<number>();
  for (const rule of rules) {
    const length = rule.right - rule.left + 1;
    if (rule.orientation !== 'horizontal' || length > longest * scale) continue;
    const band = bandOf(rule, rules);
    if (band.top < 1 || band.bottom >= height - 1) continue;
    const crossed: number[] = [];
    for (let x = rule.left; x <= rule.right; x++) {
      const above = at(ink.mask, (band.top - 1) * width + x);
      const below = at(ink.mask, (band.bottom + 1) * width + x);
      if (above === 1 && below === 1) crossed.push(x);
    }
    if (crossed.length < Math.max(4, leastCrossed * length)) continue;
    for (const x of crossed) for (let y = band.top; y <= band.bottom; y++) bridges.add(y * width + x);
  }
  return bridges.size > 0 ? bridges : undefined;
}

/** A rule with the antialiased rows that belong to it. */
function bandOf(rule: Segment, rules: readonly Segment[]): { top: number; bottom: number } {
  let { top, bottom } = rule;
  for (const other of rules) {
    if (other.orientation !== 'horizontal') continue;
    const overlap = Math.min(other.right, rule.right) - Math.max(other.left, rule.left);
    if (overlap < 0.8 * (rule.right - rule.left)) continue;
    if (other.bottom === top - 1) top = other.top;
    if (other.top === bottom + 1) bottom = other.bottom;
  }
  return { top, bottom };
}
