/** Tests whether a flat region is a rectangle, a rounded rectangle, a pill or a circle. */
import { at } from '../pixels.ts';
import type { FlatRegions } from './flat-regions.ts';

export interface RoundedRect {
  /** Corner radii in pixels: top left, top right, bottom right, bottom left. */
  readonly radii: readonly [number, number, number, number];
  /** Share of the rows whose ends lie on the fitted outline, 0..1. */
  readonly fit: number;
  /** Share of the outline's four sides that the region itself covers, 0..1: low for an H, high for a button. */
  readonly sides: number;
}

/** Area that one rounded corner of radius 1 lacks: 1 − π/4. */
const cornerLoss = 1 - Math.PI / 4;

/** Inclusive pixels. */
export interface Edges {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

export const edgesOf = (regions: FlatRegions, region: number): Edges => ({
  left: at(regions.left, region),
  top: at(regions.top, region),
  right: at(regions.right, region),
  bottom: at(regions.bottom, region),
});

/** A side of which the region covers less than this is no side but a burr that compression left on it. */
const burr = 0.3;
const longestBurr = 2;

/** The bounds of a region, moved in by at most two pixels where only burrs reach the outermost ones. */
export function edgesWithoutBurrs(regions: FlatRegions, region: number): Edges {
  const { labels, width: stride } = regions;
  let { left, top, right, bottom } = edgesOf(regions, region);
  const share = (from: number, to: number, indexOf: (along: number) => number): number => {
    const skipped = Math.floor((to - from) / 5);
    let own = 0;
    for (let i = from + skipped; i <= to - skipped; i++) if (at(labels, indexOf(i)) === region) own++;
    return own / Math.max(1, to - from + 1 - 2 * skipped);
  };
  const row = (y: number): boolean => share(left, right, (x) => y * stride + x) < burr;
  const column = (x: number): boolean => share(top, bottom, (y) => y * stride + x) < burr;
  for (let step = 0; step < longestBurr && bottom - top > 8 && right - left > 8; step++) {
    const burrs = [column(left), row(top), column(right), row(bottom)];
    left += burrs[0] ? 1 : 0;
    top += burrs[1] ? 1 : 0;
    right -= burrs[2] ? 1 : 0;
    bottom -= burrs[3] ? 1 : 0;
  }
  return { left, top, right, bottom };
}

/** Fits one region. Cost: its bounding box. @param edges its bounds, unless others are wanted. */
export function fitRoundedRect(
  regions: FlatRegions,
  region: number,
  { left, top, right, bottom }: Edges = edgesOf(regions, region),
): RoundedRect {
  const width = right - left + 1;
  const height = bottom - top + 1;
  const first = new Int32Array(height);
  const last = new Int32Array(height);
  for (let row = 0; row < height; row++) {
    const base = (top + row) * regions.width;
    let a = left;
    while (a <= right && at(regions.labels, base + a) !== region) a++;
    let b = right;
    while (b >= a && at(regions.labels, base + b) !== region) b--;
    first[row] = a - left;
    last[row] = right - b;
  }
  const half = height / 2;
  const loss: [number, number, number, number] = [0, 0, 0, 0];
  for (let row = 0; row < height; row++) {
    const upper = row < half;
    loss[upper ? 0 : 3] += Math.min(at(first, row), width / 2);
    loss[upper ? 1 : 2] += Math.min(at(last, row), width / 2);
  }
  const limit = Math.min(width, height) / 2;
  const radius = (lost: number): number => {
    const plain = Math.sqrt(lost / cornerLoss);
    // A full arc's antialiased rim is outside the region's bounds; that of a corner, about one pixel a row, is inside:
    // loss = (1 − π/4)·r² + r.
    const value =
      plain >= 0.8 * limit ? plain : (Math.sqrt(1 + 4 * cornerLoss * lost) - 1) / (2 * cornerLoss);
    return value < 1 ? 0 : Math.min(value, limit);
  };
  const radii = [radius(loss[0]), radius(loss[1]), radius(loss[2]), radius(loss[3])] as const;
  let good = 0;
  for (let row = 0; row < height; row++) {
    const depth = Math.min(row, height - 1 - row) + 0.5;
    const upper = row < half;
    if (isOnOutline(at(first, row), upper ? radii[0] : radii[3], depth)) good++;
    if (isOnOutline(at(last, row), upper ? radii[1] : radii[2], depth)) good++;
  }
  return {
    radii,
    fit: good / (2 * height),
    sides: sideCover(regions, region, radii, { left, right, top, bottom }),
  };
}

/** From this radius on a flat arc moves so fast from row to row that the next rows' insets count, too. */
const largeArc = 12;

/** Within a pixel and a half of the outline. */
function isOnOutline(found: number, radius: number, depth: number): boolean {
  if (radius < largeArc) return Math.abs(found - inset(radius, depth)) <= 1.5;
  const [near, far] = [inset(radius, depth + 1), inset(radius, Math.max(0, depth - 1))];
  return found >= near - 1.5 && found <= far + 1.5;
}

/** Horizontal inset of a circle's outline of the given radius at `depth` pixels from its top. */
function inset(radius: number, depth: number): number {
  if (depth >= radius) return 0;
  return radius - Math.sqrt(radius * radius - (radius - depth) ** 2);
}

function sideCover(
  regions: FlatRegions,
  region: number,
  radii: RoundedRect['radii'],
  edge: { left: number; right: number; top: number; bottom: number },
): number {
  const { labels, width } = regions;
  let hit = 0;
  let all = 0;
  const count = (x: number, y: number): void => {
    all++;
    if (at(labels, y * width + x) === region) hit++;
  };
  for (let x = Math.ceil(edge.left + radii[0]); x <= edge.right - radii[1]; x++) count(x, edge.top);
  for (let x = Math.ceil(edge.left + radii[3]); x <= edge.right - radii[2]; x++) count(x, edge.bottom);
  for (let y = Math.ceil(edge.top + radii[0]); y <= edge.bottom - radii[3]; y++) count(edge.left, y);
  for (let y = Math.ceil(edge.top + radii[1]); y <= edge.bottom - radii[2]; y++) count(edge.right, y);
  return all === 0 ? 1 : hit / all;
}
