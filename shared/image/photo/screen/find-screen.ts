/** Finds a screen in a photo: four straight edges of any brightness, the outermost ones, inside the frame. */
import type { RunContext } from '../../../context.ts';
import type { Raster } from '../../picture.ts';
import { giveWay } from '../../turn.ts';
import { reduce } from '../plane.ts';
import { type Quadrilateral, scaled } from '../quadrilateral.ts';
import { refineScreen } from '../refine.ts';
import { channelsOf, edgeField, transposed } from './edges.ts';
import { isDarkFrame, isFrame, linesWithin } from './frame.ts';
import { levelLines } from './lines.ts';
import { bestBetween } from './quadrilaterals.ts';

export interface FoundScreen {
  /** In pixels of the raster, clockwise from the upper left. */
  readonly corners: Quadrilateral;
  /** Share of each side that lies on an edge, 0..1. */
  readonly support: readonly number[];
  /** Whether a plain frame runs around it, and whether that is a dark one. */
  readonly isFramed: boolean;
  readonly isDarkFramed: boolean;
}

/** Longer sides of the pictures on which lines are found and refined. */
const lineSide = 640;
const refinedSide = 960;
/**
 * The screen, or whatever else is the outermost thing with four straight sides; undefined if there is none.
 * @throws PixelwrightError `cancelled`.
 */
export async function findScreen(raster: Raster, context: RunContext): Promise<FoundScreen | undefined> {
  const small = await reduce(raster, lineSide);
  const channels = channelsOf(small);
  await giveWay(context.signal);
  const field = edgeField(channels);
  const level = levelLines(field);
  await giveWay(context.signal);
  const upright = levelLines(transposed(field));
  await giveWay(context.signal);
  const outer = bestBetween({ tops: level, bottoms: level, lefts: upright, rights: upright }, small);
  if (outer === undefined || outer.isCut) return undefined;
  let screen = outer;
  let isDarkFramed = false;
  // A monitor's rim and the black border of its panel are two frames.
  for (let depth = 0; depth < 2; depth++) {
    const around = screen.corners;
    const sides = linesWithin(around, level, upright, small);
    const inner = bestBetween(sides, small, (corners) => isFrame(around, corners, channels, depth > 0));
    if (inner === undefined) break;
    isDarkFramed = isDarkFrame(around, inner.corners, channels);
    screen = inner;
  }
  const fine = channelsOf(await reduce(raster, refinedSide));
  const factor = (fine[0]?.width ?? 1) / small.width;
  const refined = refineScreen(fine, scaled(screen.corners, factor), 0.005 * refinedSide);
  const corners = refined
    ? scaled(refined.corners, raster.width / (fine[0]?.width ?? 1))
    : scaled(screen.corners, raster.width / small.width);
  return { corners, support: screen.support, isFramed: screen !== outer, isDarkFramed };
}
