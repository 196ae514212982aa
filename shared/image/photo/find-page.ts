/** Finds the page in a photo, be it a sheet, a whiteboard or a screen, and tells such photos from screenshots. */
import type { RunContext } from '../../context.ts';
import type { Raster } from '../picture.ts';
import { findSheet } from './find-sheet.ts';
import type { Quadrilateral } from './quadrilateral.ts';
import { findScreen } from './screen/find-screen.ts';
import { gapsBetween, isEven } from './screen/frame.ts';

/** Corners in pixels of the raster, clockwise from the upper left, and how sure they are. */
export interface FoundPage {
  readonly corners: Quadrilateral;
  /** Mean share of the sides that lies on a clear edge, 0..1. */
  readonly confidence: number;
  /** Whether a dark frame tells that it is a screen; one without is told by what it shows. */
  readonly isScreen: boolean;
}

/** Share of one exact colour above which an area was drawn by a program. */
const drawnShare = 0.2;
/**
 * Slopes below which sides are level: no hand holds a camera to a third of a degree. Sides of what looks like a
 * screen in its frame, on a noisy ground, are only level where they were drawn.
 */
const level = 0.006;
const levelScreen = 0.002;
/** Of a mean side: sides that are nearer to each other are the same. */
const sameSide = 0.015;

/**
 * The page whose four sides lie on clear edges; undefined if there is none. A sheet is brighter than what it lies
 * on; dark parts of a screen are not, so of the two the screen is right where the sheet is but its bright part.
 * @throws PixelwrightError `cancelled`.
 */
export async function findPage(raster: Raster, context: RunContext): Promise<FoundPage | undefined> {
  const sheet = await findSheet(raster, context);
  const screen = await findScreen(raster, context);
  const isScreen = screen?.isDarkFramed ?? false;
  const page = sheet && { ...sheet, isScreen };
  if (screen === undefined) return page;
  const found = { corners: screen.corners, confidence: mean(screen.support), isScreen };
  if (sheet === undefined) return found;
  const gaps = gapsBetween(screen.corners, sheet.corners);
  const isInside = gaps.every(({ least }) => least > -sameSide);
  const shared = gaps.filter(({ mean: gap }) => Math.abs(gap) < sameSide).length;
  if (shared === 4 || isEven(screen.corners, sheet.corners)) return page;
  return screen.isFramed || (isInside && shared > 0) ? found : page;
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
    !isLevel(page.corners, page.isScreen ? levelScreen : level)
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

/** Whether all four sides are level or upright, but for a slope. */
function isLevel(quad: Quadrilateral, slope: number): boolean {
  return quad.every((from, index) => {
    const to = quad[(index + 1) % 4] ?? from;
    const [dx, dy] = [Math.abs(to.x - from.x), Math.abs(to.y - from.y)];
    return Math.min(dx, dy) < slope * Math.max(dx, dy);
  });
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
