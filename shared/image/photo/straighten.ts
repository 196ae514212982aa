/** Makes a photo of a sheet, whiteboard or screen look like a scan: straight, evenly lit, sharp. */
import type { RunContext } from '../../context.ts';
import { throwIfCancelled } from '../../errors.ts';
import type { Raster } from '../picture.ts';
import { pipeline, renderRaster } from '../raster.ts';
import { findPage } from './find-page.ts';
import { withoutGrain } from './grain.ts';
import { aspectOf } from './homography.ts';
import { evenLight } from './lighting.ts';
import type { Point } from './plane.ts';
import { reduce } from './plane.ts';
import { type Quadrilateral, scaled } from './quadrilateral.ts';
import { evenScreenLight } from './screen/light-field.ts';
import { panelShare } from './screen/panels.ts';
import { warp } from './warp.ts';

export interface StraightenedPhoto {
  readonly raster: Raster;
  /** The page's corners in pixels of the photo, clockwise from the upper left; absent where none were found. */
  readonly corners: Quadrilateral | undefined;
  readonly warnings: readonly string[];
}

/** Longer side of the result; more than any model or recogniser uses. */
const longestSide = 2400;

/**
 * Removes the perspective of the page, evens out the light, and sharpens. Where no page is found the whole photo
 * is kept, and a warning says so.
 * @throws PixelwrightError `cancelled`.
 */
export async function straightenPhoto(raster: Raster, context: RunContext): Promise<StraightenedPhoto> {
  context.progress({ stage: 'prepare', message: 'looking for the page in the photo' });
  const page = await findPage(raster, context);
  throwIfCancelled(context.signal);
  const flat = page ? await flatten(raster, page.corners, context) : await reduce(raster, longestSide);
  const even = page ? await evened(flat, page.isScreen, context) : await evenLight(flat, context);
  const sharp = await renderRaster(pipeline(even).sharpen({ sigma: 1, m1: 0.3, m2: 1.5 }));
  const warnings = page
    ? []
    : ['No page with four visible corners was found in the photo, so it was not straightened.'];
  return { raster: sharp, corners: page?.corners, warnings };
}

/** Share of coloured or dark areas from which on a page is lit as a screen is. */
const panelsOfScreen = 0.05;

/** A screen keeps its dark and coloured parts; paper becomes white, whatever shadows fall on it. */
async function evened(flat: Raster, isScreen: boolean, context: RunContext): Promise<Raster> {
  const screen = await evenScreenLight(flat, context);
  if (!isScreen && panelShare(screen) <= panelsOfScreen) return evenLight(flat, context);
  return withoutGrain(screen, context);
}

async function flatten(raster: Raster, corners: Quadrilateral, context: RunContext): Promise<Raster> {
  const aspect = aspectOf(corners, raster.width, raster.height);
  const [a, b, c, d] = corners;
  const wide = Math.max(length(a, b), length(d, c));
  const high = Math.max(length(a, d), length(b, c));
  const height = Math.max(high, wide / aspect);
  const factor = Math.min(1, longestSide / Math.max(height, height * aspect));
  // Reduced first, and off this thread, so that fine detail is averaged and not skipped.
  const small = await reduce(raster, Math.round(Math.max(raster.width, raster.height) * factor));
  const quad = scaled(corners, small.width / raster.width);
  const size = [height * aspect * factor, height * factor].map((side) => Math.max(1, Math.round(side)));
  return warp(small, quad, size[0] ?? 1, size[1] ?? 1, context);
}

function length(p: Point, q: Point): number {
  return Math.hypot(p.x - q.x, p.y - q.y);
}
