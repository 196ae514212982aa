/** Rows of a soft edge look like rules: each has a colour of its own, between those of the two areas that it parts. */
import type { Raster } from '../../image/picture.ts';
import { median, pack, packedAt, packedDistance, unpack } from '../pixels.ts';
import type { Segment } from './lines.ts';

/** CSS pixels from a line to where the areas beside it have their own colours. */
const beyond = 4;
/** Between the two areas, 0..255, for there to be an edge; and how far off the way between them a colour may lie. */
const leastEdge = 16;
const offWay = 14;
/** Sharpening overshoots a strong edge by up to this share of it. */
const overshoot = 0.14;
const samples = 9;

/** True for a line that is part of an edge, or of the overshoot beside it. */
export function isRamp(raster: Raster, segment: Segment, scale: number): boolean {
  const reach = Math.max(2, Math.round(beyond * scale));
  const horizontal = segment.orientation === 'horizontal';
  const [first, last] = horizontal ? [segment.top, segment.bottom] : [segment.left, segment.right];
  const before = colorAlong(raster, segment, first - reach);
  const after = colorAlong(raster, segment, last + reach);
  if (before === undefined || after === undefined) return false;
  if (packedDistance(before, after) < leastEdge) return false;
  const [a, b, c] = [unpack(before), unpack(after), unpack(segment.color)];
  const axis = a.map((value, i) => (b[i] ?? 0) - value);
  const length = axis.reduce((sum, value) => sum + value * value, 0);
  const t = axis.reduce((sum, value, i) => sum + value * ((c[i] ?? 0) - (a[i] ?? 0)), 0) / length;
  if (t < -overshoot || t > 1 + overshoot) return false;
  return axis.every((value, i) => Math.abs((a[i] ?? 0) + t * value - (c[i] ?? 0)) <= offWay);
}

/** Channel-wise median of the pixels that run along a line at a place across it. */
function colorAlong(raster: Raster, segment: Segment, across: number): number | undefined {
  const horizontal = segment.orientation === 'horizontal';
  if (across < 0 || across >= (horizontal ? raster.height : raster.width)) return undefined;
  const [from, to] = horizontal ? [segment.left, segment.right] : [segment.top, segment.bottom];
  const colors = Array.from({ length: samples }, (_, i) => {
    const along = Math.round(from + ((to - from) * (i + 0.5)) / samples);
    return unpack(
      packedAt(raster.data, horizontal ? across * raster.width + along : along * raster.width + across),
    );
  });
  const middle = (channel: 0 | 1 | 2): number => Math.round(median(colors.map((color) => color[channel])));
  return pack(middle(0), middle(1), middle(2));
}
