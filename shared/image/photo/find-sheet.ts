/** Finds the sheet or whiteboard in a photo: an area that is brighter than what it lies on. */
import type { RunContext } from '../../context.ts';
import type { Raster } from '../picture.ts';
import { giveWay } from '../turn.ts';
import { type Plane, type Point, reduce, smooth, whiteness } from './plane.ts';
import { polygonArea, type Quadrilateral, scaled } from './quadrilateral.ts';
import { type RefinedPage, refine } from './refine.ts';
import { proposePages, smallestShare } from './regions.ts';

export interface FoundSheet {
  /** In pixels of the raster, clockwise from the upper left. */
  readonly corners: Quadrilateral;
  /** Mean share of the sides that lies on a clear edge, 0..1. */
  readonly confidence: number;
}

/** Longer sides of the pictures on which pages are proposed and refined. */
const proposalSide = 480;
const refinedSide = 960;
const weakestSide = 0.5;
const meanSupport = 0.7;

/**
 * The largest page whose four sides lie on clear edges; undefined if there is none.
 * @throws PixelwrightError `cancelled`.
 */
export async function findSheet(raster: Raster, context: RunContext): Promise<FoundSheet | undefined> {
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

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function gap(a: Point, b: Point): number {
  return Math.hypot(a.x - b.x, a.y - b.y);
}
