/** Compression rings along strong edges: bands inside a box that cut it short, lines around it that look like borders. */
import type { Raster } from '../../image/picture.ts';
import { at, median, packedAt, packedDistance } from '../pixels.ts';
import type { Segment } from '../regions/lines.ts';
import { outsideColor, outward } from './outside.ts';
import type { RawBox, RawSide, SideName } from './raw-box.ts';
import { sideNames } from './raw-box.ts';

/** Between a box and what is around it, 0..255: weaker edges do not ring so that it could be seen. */
const strongEdge = 100;
/** A line this like one of the two is a trace of it; CSS pixels, at most this wide. */
const mostTrace = 60;
const widestTrace = 2;

/** CSS pixels that a band of tinted chroma takes: a block at half the resolution. */
const widestBand = 12;

/** CSS pixels from an edge to where most of what is around a box has its own colour. */
const beyondRinging = [6, 10];

/** Radius by the shorter side from which a box is round, and the share of a round side that its tangent covers. */
const roundFrom = 0.36;
const tangent = 0.1;

interface Edge {
  /** How much more a pixel is like what is around the box than like its inside: below 0 inside. */
  readonly lean: (index: number) => number;
}

/** @returns undefined for a box without a strong edge. */
function strongEdgeOf(raster: Raster, box: RawBox, scale: number): Edge | undefined {
  const { fill } = box;
  if (fill === undefined) return undefined;
  // Near by, chroma of the box may have run over; farther away, other things may stand.
  const outside = [outsideColor(raster, box, scale), outsideColor(raster, box, scale, beyondRinging)]
    .flatMap((color) => (color === undefined ? [] : [{ color, contrast: packedDistance(color, fill) }]))
    .reduce((a, b) => (b.contrast > a.contrast ? b : a), { color: fill, contrast: 0 });
  // Luma is stored in full, and chroma at half the resolution.
  const byLuma = lumaDistance(fill, outside.color) >= leastLuma;
  if (outside.contrast < strongEdge && !byLuma) return undefined;
  const differ = byLuma ? lumaDistance : packedDistance;
  const lean = (index: number): number => {
    const color = packedAt(raster.data, index);
    return differ(color, fill) - differ(color, outside.color);
  };
  return { lean };
}

/** A frame of lines around a box whose colour is neither its own nor that of the ground is no ringing. */
export function isFramed(raster: Raster, box: RawBox, lines: readonly Segment[], scale: number): boolean {
  const ground = outsideColor(raster, box, scale, beyondRinging);
  const framing = lines.filter(({ color }) =>
    [box.fill, ground].every((one) => one === undefined || packedDistance(one, color) > mostTrace),
  );
  return framing.length >= 3;
}

/** Moves the sides of a box to where the picture goes over into what is around it. Changes the box. */
export function reachEdges(raster: Raster, box: RawBox, scale: number): void {
  const edge = strongEdgeOf(raster, box, scale);
  if (edge === undefined) return;
  const share = box.radius >= roundFrom * shorterSide(box) ? tangent : undefined;
  for (const side of sideNames) {
    let width = 0;
    for (let distance = 1; distance <= widestBand * scale; distance += 1) {
      const leans = [...outward(raster, box, side, distance, share)].map(edge.lean);
      if (leans.length === 0 || median(leans) >= 0) break;
      width = distance;
    }
    // What goes on like this is another thing of the same colour.
    if (width < widestBand * scale) move(box, side, width);
  }
  if (shorterSide(box) >= 2 * widestBand * scale) box.ringing = widestBand * scale;
  correctCorners(raster, box, edge, scale);
}

export const shorterSide = (box: RawBox): number => Math.min(box.right - box.left, box.bottom - box.top) + 1;

function correctCorners(raster: Raster, box: RawBox, { lean }: Edge, scale: number): void {
  const limits = corners.map(([side, end]) => {
    const depth = depthOf(box, side, end, shorterSide(box) / 2, raster.width, lean);
    return depth < 1 ? 0 : depth / (1 - Math.SQRT1_2);
  });
  const eaten = leastEaten * scale;
  const found = box.radii ?? limits.map(() => box.radius);
  const radii = found.map((radius, corner) => {
    const limit = box.radii ? at(limits, corner) : median(limits);
    return limit === 0 || Math.abs(radius - limit) > eaten ? limit : radius;
  });
  if (Math.max(...radii) - Math.min(...radii) <= eaten) {
    box.radius = median(radii);
    delete box.radii;
  } else box.radii = [at(radii, 0), at(radii, 1), at(radii, 2), at(radii, 3)];
}

/** Ringing eats into corners; by less than this, CSS pixels, is not worth a correction. */
const leastEaten = 4;

const corners = [
  ['left', 'top'],
  ['right', 'top'],
  ['right', 'bottom'],
  ['left', 'bottom'],
] as const;

/** Pixels along the diagonal from a corner to the inside: a circle of radius r is met at r(1 − 1/√2). */
function depthOf(
  box: RawBox,
  side: 'left' | 'right',
  end: 'top' | 'bottom',
  most: number,
  width: number,
  lean: (index: number) => number,
): number {
  const [dx, dy] = [side === 'left' ? 1 : -1, end === 'top' ? 1 : -1];
  let depth = 0;
  while (depth < most && lean((box[end] + depth * dy) * width + box[side] + depth * dx) >= 0) depth++;
  return depth;
}

/** Difference of luma, 0..255, from which it tells better than colour where an edge is. */
const leastLuma = 24;

/** Of a packed colour, as JPEG weighs it, 0..255. Source: ITU-T T.871. */
const luma = (color: number): number =>
  0.299 * ((color >> 16) & 255) + 0.587 * ((color >> 8) & 255) + 0.114 * (color & 255);

const lumaDistance = (a: number, b: number): number => Math.abs(luma(a) - luma(b));

function move(box: RawBox, side: SideName, outwards: number): void {
  if (side === 'top') box.top -= outwards;
  if (side === 'bottom') box.bottom += outwards;
  if (side === 'left') box.left -= outwards;
  if (side === 'right') box.right += outwards;
}

/** Takes such borders away again, and with them what they added to the box, whose edges are known. Changes it. */
export function dropRinging(raster: Raster, box: RawBox, scale: number): void {
  const { fill, outside } = box;
  if (fill === undefined || packedDistance(fill, outside) < strongEdge) return;
  const isTrace = ({ width, color }: RawSide): boolean =>
    width <= widestTrace * scale &&
    Math.min(packedDistance(color, fill), packedDistance(color, outside)) <= mostTrace;
  const traces = sideNames.filter((side) => box.border[side] && isTrace(box.border[side]));
  for (const side of traces) {
    move(box, side, -(box.border[side]?.width ?? 0));
    delete box.border[side];
  }
  const edge = traces.length > 0 ? strongEdgeOf(raster, box, scale) : undefined;
  if (edge && Object.keys(box.border).length === 0) correctCorners(raster, box, edge, scale);
}
