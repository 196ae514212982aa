/** Thin text never reaches its full colour; where the page has that colour elsewhere, it is taken from there. */
import type { Rgb } from '../../geometry.ts';
import { colorDistance } from '../pixels.ts';
import type { PreparedLine } from './line-images.ts';

/** How much of its colour thin text reaches at least, and how far off the axis a colour may lie. */
const leastReach = 0.78;
const offAxis = 14;

/** @returns the lines, unsure colours replaced by the nearest sure one on the same axis from the background. */
export function snapColors(lines: readonly PreparedLine[]): PreparedLine[] {
  const sure = lines.filter((line) => line.sure);
  return lines.map((line) => {
    if (line.sure || line.onPicture) return line;
    let best: { color: Rgb; reach: number } | undefined;
    for (const other of sure) {
      if (colorDistance(other.background, line.background) > 12) continue;
      const reach = reachOf(line.color, other.color, line.background);
      if (reach !== undefined && (!best || reach > best.reach)) best = { color: other.color, reach };
    }
    return best ? { ...line, color: best.color } : line;
  });
}

/** Where `color` lies between background (0) and `full` (1); undefined if not on that axis or too far from full. */
function reachOf(color: Rgb, full: Rgb, background: Rgb): number | undefined {
  const axis = full.map((value, i) => value - (background[i] ?? 0));
  const own = color.map((value, i) => value - (background[i] ?? 0));
  const length = axis.reduce((sum, value) => sum + value * value, 0);
  if (length === 0) return undefined;
  const t = axis.reduce((sum, value, i) => sum + value * (own[i] ?? 0), 0) / length;
  if (t < leastReach || t > 1.02) return undefined;
  return axis.every((value, i) => Math.abs(t * value - (own[i] ?? 0)) <= offAxis) ? t : undefined;
}
