/** Gives each box the thin lines that run along its sides, and finds frames that have lines on all four. */
import { packedDistance } from '../pixels.ts';
import type { Segment } from '../regions/lines.ts';
import type { Surface } from '../regions/surfaces.ts';
import type { RawBox, RawSide, SideName } from './raw-box.ts';
import { sideNames } from './raw-box.ts';

interface Candidate {
  readonly side: SideName;
  readonly segment: Segment;
}

/**
 * Adopts border lines. A line belongs to a side if it touches it and is about as long as it.
 * @param used receives the segments that became borders.
 */
export function adoptBorders(
  box: RawBox,
  segments: readonly Segment[],
  used: Set<Segment>,
  scale: number,
): void {
  const adopted: Candidate[] = [];
  for (const side of sideNames) {
    const segment = segments.find((candidate) => runsAlong(box, side, candidate, scale));
    if (segment) adopted.push({ side, segment });
  }
  const pill = pillBorder(box, adopted);
  if (pill) {
    for (const { segment } of adopted) used.add(segment);
    box.border = { top: pill, right: pill, bottom: pill, left: pill };
    box.radius += pill.width;
    box.left -= pill.width;
    box.right += pill.width;
    box.top -= pill.width;
    box.bottom += pill.width;
    return;
  }
  const framed = adopted.length >= 3;
  for (const { side, segment } of adopted) {
    // A single line between two areas is drawn by CSS authors under or right of the first one.
    const accent = thickness(segment) >= 3 * scale;
    if (!framed && !accent && (side === 'top' || side === 'left')) continue;
    box.border[side] = { width: thickness(segment), color: segment.color };
    used.add(segment);
  }
  // CSS gives the radius of the outer edge.
  const widths = Object.values(box.border).map((side) => side.width);
  if (framed && box.radius > 0) box.radius += Math.max(...widths);
  for (const { side, segment } of adopted) {
    if (!box.border[side]) continue;
    if (side === 'top') box.top = Math.min(box.top, segment.top);
    if (side === 'bottom') box.bottom = Math.max(box.bottom, segment.bottom);
    if (side === 'left') box.left = Math.min(box.left, segment.left);
    if (side === 'right') box.right = Math.max(box.right, segment.right);
  }
}

/** The lines that touch a box's sides and are about as long as these. */
export const linesAlong = (box: RawBox, segments: readonly Segment[], scale: number): Segment[] =>
  sideNames.flatMap((side) => segments.find((one) => runsAlong(box, side, one, scale)) ?? []);

/** A pill's sides are arcs, so its border shows as two lines only: the same one above and below. */
function pillBorder(box: RawBox, adopted: readonly Candidate[]): RawSide | undefined {
  if (box.radius < 0.36 * (box.bottom - box.top + 1)) return undefined;
  const above = adopted.find(({ side }) => side === 'top')?.segment;
  const below = adopted.find(({ side }) => side === 'bottom')?.segment;
  if (!above || !below || packedDistance(above.color, below.color) > 12) return undefined;
  return { width: Math.min(thickness(above), thickness(below)), color: above.color };
}

const thickness = (s: Segment): number =>
  s.orientation === 'horizontal' ? s.bottom - s.top + 1 : s.right - s.left + 1;

function runsAlong(box: RawBox, side: SideName, s: Segment, scale: number): boolean {
  const horizontal = side === 'top' || side === 'bottom';
  if ((s.orientation === 'horizontal') !== horizontal) return false;
  const slack = 1.5 * scale;
  const gap =
    side === 'top'
      ? box.top - s.bottom - 1
      : side === 'bottom'
        ? s.top - box.bottom - 1
        : side === 'left'
          ? box.left - s.right - 1
          : s.left - box.right - 1;
  if (gap < -0.5 || gap > slack) return false;
  const [from, to, a, b] = horizontal
    ? [box.left, box.right, s.left, s.right]
    : [box.top, box.bottom, s.top, s.bottom];
  const length = to - from + 1;
  const overlap = Math.min(to, b) - Math.max(from, a) + 1;
  const rounding = 2 * box.radius + 4 * scale;
  const own = b - a + 1;
  return (
    overlap >= Math.max(0.5 * length, length - 2 * rounding - 0.1 * length) && own <= length + 12 * scale + 2
  );
}

/** Four lines that close: the outer rectangle of a bordered box whose inside is not one region. */
export interface Frame {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
  readonly radius: number;
  readonly width: number;
  readonly color: number;
  readonly segments: readonly Segment[];
}

/** Finds frames among the segments. Cost: pairs of verticals that start on the same row. */
export function findFrames(segments: readonly Segment[], scale: number): Frame[] {
  const verticals = segments.filter((s) => s.orientation === 'vertical').sort((a, b) => a.left - b.left);
  const horizontals = segments.filter((s) => s.orientation === 'horizontal');
  const frames: Frame[] = [];
  const near = 3 * scale;
  for (const [index, west] of verticals.entries()) {
    for (const east of verticals.slice(index + 1)) {
      if (Math.abs(east.top - west.top) > near || Math.abs(east.bottom - west.bottom) > near) continue;
      if (packedDistance(east.color, west.color) > 8) continue;
      const north = horizontals.find((h) => closes(h, west, east, 'top', scale));
      const south = horizontals.find((h) => h !== north && closes(h, west, east, 'bottom', scale));
      if (!north || !south) continue;
      const radius = Math.max(0, (north.left - west.left + (east.right - north.right)) / 2);
      frames.push({
        left: west.left,
        right: east.right,
        top: north.top,
        bottom: south.bottom,
        radius: radius <= 2 * scale ? 0 : radius + 1,
        width: thickness(west),
        color: west.color,
        segments: [west, east, north, south],
      });
      break;
    }
  }
  return frames;
}

function closes(h: Segment, west: Segment, east: Segment, side: 'top' | 'bottom', scale: number): boolean {
  if (packedDistance(h.color, west.color) > 8) return false;
  const insetLeft = h.left - west.left;
  const insetRight = east.right - h.right;
  const most = Math.max(26 * scale, 0.5 * (west.bottom - west.top + 1));
  if (insetLeft < -2 * scale || insetRight < -2 * scale || insetLeft > most || insetRight > most)
    return false;
  if (Math.abs(insetLeft - insetRight) > 4 * scale) return false;
  const drop = side === 'top' ? west.top - h.top : h.bottom - west.bottom;
  // A corner's arc takes as much of the side as of the top; where not, the lines are of two neighbours.
  const rounding = (insetLeft + insetRight) / 2;
  return drop >= -2 * scale && Math.abs(drop - rounding) <= Math.max(4 * scale, 0.35 * rounding);
}

/** True if a box's outline is that of the frame, give or take 3 CSS pixels. */
export function isOutlineOf(frame: Frame, box: RawBox, scale: number): boolean {
  const slack = 3 * scale;
  return (
    Math.abs(frame.left - box.left) <= slack &&
    Math.abs(frame.right - box.right) <= slack &&
    Math.abs(frame.top - box.top) <= slack &&
    Math.abs(frame.bottom - box.bottom) <= slack
  );
}

export function boxOfSurface(surface: Surface, index: number): RawBox {
  const { radii } = surface;
  // The outermost column of an arc is antialiased, and so no part of the region.
  const least = Math.min(...radii);
  const across = least >= 0.4 * (surface.bottom - surface.top + 1) ? 1 : 0;
  const along = least >= 0.4 * (surface.right - surface.left + 1) ? 1 : 0;
  const [left, right] = [surface.left - across, surface.right + across];
  const [top, bottom] = [surface.top - along, surface.bottom + along];
  return {
    left,
    top,
    right,
    bottom,
    fill: surface.color,
    outside: surface.color,
    border: {},
    surface: index,
    region: surface.region,
    radius: Math.max(...radii),
    ...(Math.max(...radii) >= 4 && Math.min(...radii) < 0.35 * Math.max(...radii) ? { radii } : {}),
  };
}
