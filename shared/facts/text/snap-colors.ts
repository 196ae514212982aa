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

/** What a line's colour is compared by. */
interface ColoredLine {
  readonly color: Rgb;
  readonly background: Rgb;
  readonly onPicture: boolean;
  readonly line: { readonly tall: number };
}

/** Heights of lines that are of one text, as a ratio; colours that are one, 0..255; lines that have it at least. */
const otherHeight = 1.3;
const oneColor = 8;
const leastSupport = 3;
/** How much paler or darker than that a line may be measured. */
const agreeing = [0.85, 1.15] as const;

/**
 * In a lossy picture the lines of one text are measured a little paler or darker than each other.
 * @returns the lines, each with the colour that most lines of about its height and on its ground have, if that is near.
 */
export function agreeColors<Line extends ColoredLine>(lines: readonly Line[]): Line[] {
  return lines.map((line) => {
    if (line.onPicture) return line;
    const peers = lines.filter(
      (one) =>
        !one.onPicture &&
        colorDistance(one.background, line.background) <= 12 &&
        Math.max(one.line.tall, line.line.tall) <= otherHeight * Math.min(one.line.tall, line.line.tall),
    );
    const support = (color: Rgb): number =>
      peers.filter((one) => colorDistance(one.color, color) <= oneColor).length;
    let best = { color: line.color, count: 2 * support(line.color) };
    for (const { color } of peers) {
      const reach = reachOf(line.color, color, line.background, agreeing);
      const count = support(color);
      if (reach !== undefined && count >= leastSupport && count > best.count) best = { color, count };
    }
    return { ...line, color: best.color };
  });
}

/** Where `color` lies between background (0) and `full` (1); undefined if not on that axis or too far from full. */
function reachOf(
  color: Rgb,
  full: Rgb,
  background: Rgb,
  [least, most]: readonly [number, number] = [leastReach, 1.02],
): number | undefined {
  const axis = full.map((value, i) => value - (background[i] ?? 0));
  const own = color.map((value, i) => value - (background[i] ?? 0));
  const length = axis.reduce((sum, value) => sum + value * value, 0);
  if (length === 0) return undefined;
  const t = axis.reduce((sum, value, i) => sum + value * (own[i] ?? 0), 0) / length;
  if (t < least || t > most) return undefined;
  return axis.every((value, i) => Math.abs(t * value - (own[i] ?? 0)) <= offAxis) ? t : undefined;
}
