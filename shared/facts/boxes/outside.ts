/** Looks outward from a box's sides: the colour around it. */
import type { Raster } from '../../image/picture.ts';
import { modeOf, packedAt } from '../pixels.ts';
import type { RawBox, SideName } from './raw-box.ts';
import { sideNames } from './raw-box.ts';

const samplesPerSide = 24;

/** Pixel indices at distance `distance` (≥ 1) from one side, along its middle `share` of it. */
export function* outward(
  raster: Raster,
  box: RawBox,
  side: SideName,
  distance: number,
  share = 0.7,
): Generator<number> {
  const horizontal = side === 'top' || side === 'bottom';
  const [from, to] = horizontal ? [box.left, box.right] : [box.top, box.bottom];
  const fixed =
    side === 'top'
      ? box.top - distance
      : side === 'bottom'
        ? box.bottom + distance
        : side === 'left'
          ? box.left - distance
          : box.right + distance;
  if (fixed < 0 || fixed >= (horizontal ? raster.height : raster.width)) return;
  for (let i = 0; i < samplesPerSide; i++) {
    const along = Math.round(from + (to - from) * (0.5 - share / 2 + (share * (i + 0.5)) / samplesPerSide));
    yield horizontal ? fixed * raster.width + along : along * raster.width + fixed;
  }
}

/**
 * The colour just beyond a box (mode of four sides), or undefined where all sides are cut off.
 * @param distances where to look, CSS pixels from its edge.
 */
export function outsideColor(
  raster: Raster,
  box: RawBox,
  scale: number,
  distances: readonly number[] = [2, 4],
): number | undefined {
  const colors: number[] = [];
  for (const side of sideNames) {
    for (const distance of distances) {
      for (const index of outward(raster, box, side, Math.round(distance * scale))) {
        colors.push(packedAt(raster.data, index));
      }
    }
  }
  return colors.length === 0 ? undefined : modeOf(colors).value;
}
