/** Finds the sheet or whiteboard in a photo, and tells such photos from screenshots. */
import type { RunContext } from '../../context.ts';
import type { Raster } from '../picture.ts';
import { giveWay } from '../turn.ts';
import { type Plane, type Point, reduce, smooth, whiteness } from './plane.ts';
import { polygonArea, type Quadrilateral, scaled } from './quadrilateral.ts';
import { type RefinedPage, refine } from './refine.ts';
import { proposePages, smallestShare } from './regions.ts';

/** Corners in pixels of the raster, clockwise from the upper left, and how sure they are. */
export interface FoundPage {
  readonly corners: Quadrilateral;
  /** Mean share of the sides that lies on a clear edge, 0..1. */
  readonly confidence: number;
}

/** Longer sides of the pictures on which pages are proposed and refined. */
const proposalSide = 480;
const refinedSide = 960;
const weakestSide = 0.5;
const meanSupport = 0.7;
/** Share of one exact colour above which an area was drawn by a program. */
const drawnShare = 0.2;

/**
 * The largest page whose four sides lie on clear edges; undefined if there is none.
 * @throws PixelwrightError `cancelled`.
 */
export async function findPage(raster: Raster, context: RunContext): Promise<FoundPage | undefined> {
  const small = smooth(whiteness(await reduce(raster, proposalSide)), 1);
  const medium = smooth(whiteness(await reduce(raster, refinedSide)), 1);
  const factor = medium.width / small.width;
  let best: { page: RefinedPage; score: number } | undefined;
  for (const proposal of distinct(await proposePages(small, context.signal))) {
    await giveWay(context.signal);
    const coarse = refine(medium, scaled(proposal, factor), 0.02 * refinedSide);
    const page = coarse && refine(medium, coarse.corners, 0.006 * refinedSide);
    if (page === undefined || !isClear(page, medium)) continue;
    const score = mean(page.support) * Math.sqrt(polygonArea(page.corners));
    if (best === undefined || score > best.score) best = { page, score };
  }
  if (best === undefined) return undefined;
  const corners = scaled(best.page.corners, raster.width / medium.width);
  return { corners, confidence: mean(best.page.support) };
}

function isClear({ corners, support }: RefinedPage, { width, height }: Plane): boolean {
  if (Math.min(...support) < weakestSide || mean(support) < meanSupport) return false;
  return polygonArea(corners) > smallestShare * width * height;
}

/** Many thresholds propose the same page. */
function distinct(quads: readonly Quadrilateral[]): Quadrilateral[] {
  const kept: Quadrilateral[] = [];
  for (const quad of quads) {
    const isKnown = kept.some((other) => quad.every((p, i) => gap(p, other[i] ?? p) < 4));
    if (!isKnown) kept.push(quad);
  }
  return kept;
}

/**
 * Whether a picture is a photo of a sheet or whiteboard: a page is found, and neither it nor what is around it
 * is painted in one exact colour, as everything on a screen is.
 * @throws PixelwrightError `cancelled`.
 */
export async function looksLikePhotoOfPage(raster: Raster, context: RunContext): Promise<boolean> {
  // Cheap, and true of nearly every screenshot, so it comes first.
  if (commonestShare(raster, () => true) > drawnShare) return false;
  const page = await findPage(raster, context);
  if (page === undefined) return false;
  const isInPage = insideOf(page.corners);
  return (
    commonestShare(raster, isInPage) < drawnShare &&
    commonestShare(raster, (x, y) => !isInPage(x, y)) < drawnShare &&
    !isAxisAligned(page.corners)
  );
}

/** Share of the commonest exact colour among the chosen pixels, of which at most about 250,000 are looked at. */
function commonestShare(
  { width, height, data }: Raster,
  isChosen: (x: number, y: number) => boolean,
): number {
  const step = Math.max(1, Math.floor(Math.sqrt((width * height) / 250_000)));
  const counts = new Map<number, number>();
  let total = 0;
  let most = 0;
  for (let y = 0; y < height; y += step) {
    for (let x = 0; x < width; x += step) {
      if (!isChosen(x, y)) continue;
      const at = (y * width + x) * 3;
      const color = ((data[at] ?? 0) << 16) | ((data[at + 1] ?? 0) << 8) | (data[at + 2] ?? 0);
      const count = (counts.get(color) ?? 0) + 1;
      counts.set(color, count);
      if (count > most) most = count;
      total += 1;
    }
  }
  return total === 0 ? 0 : most / total;
}

function insideOf(quad: Quadrilateral): (x: number, y: number) => boolean {
  return (x, y) =>
    quad.every((from, index) => {
      const to = quad[(index + 1) % 4] ?? from;
      return (to.x - from.x) * (y - from.y) - (to.y - from.y) * (x - from.x) >= 0;
    });
}

/** No hand holds a camera so that all four sides are level to a third of a degree. */
function isAxisAligned(quad: Quadrilateral): boolean {
  return quad.every((from, index) => {
    const to = quad[(index + 1) % 4] ?? from;
    const [dx, dy] = [Math.abs(to.x - from.x), Math.abs(to.y - from.y)];
    return Math.min(dx, dy) < 0.006 * Math.max(dx, dy);
  });
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function gap(a: Point, b: Point): number {
  return Math.hypot(a.x - b.x, a.y - b.y);
}
