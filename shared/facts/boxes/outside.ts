/** Looks outward from a box's sides: the colour around it, and its shadow. */
import type { Raster } from '../../image/picture.ts';
import type { Shadow } from '../page-facts.ts';
import { modeOf, packedAt, packedDistance, unpack } from '../pixels.ts';
import type { RawBox, SideName } from './raw-box.ts';
import { sideNames } from './raw-box.ts';

const samplesPerSide = 24;
/** CSS pixels: the reach of common card shadows. */
const reach = 36;

/** Pixel indices at distance `distance` (≥ 1) from one side, along its middle 70 %. */
export function* outward(raster: Raster, box: RawBox, side: SideName, distance: number): Generator<number> {
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
    const along = Math.round(from + (to - from) * (0.15 + (0.7 * (i + 0.5)) / samplesPerSide));
    yield horizontal ? fixed * raster.width + along : along * raster.width + fixed;
  }
}

/** The colour just beyond a box (mode of four sides at 2 to 4 pixels), or undefined where all sides are cut off. */
export function outsideColor(raster: Raster, box: RawBox, scale: number): number | undefined {
  const colors: number[] = [];
  for (const side of sideNames) {
    for (const distance of [2, 4]) {
      for (const index of outward(raster, box, side, Math.round(distance * scale))) {
        colors.push(packedAt(raster.data, index));
      }
    }
  }
  return colors.length === 0 ? undefined : modeOf(colors).value;
}

/** Median darkness profile outward of one side, in units of the outside colour; empty where unusable. */
function profile(raster: Raster, box: RawBox, side: SideName, scale: number): number[] {
  const values: number[] = [];
  for (let distance = 1; distance <= reach * scale; distance++) {
    const colors = [...outward(raster, box, side, distance)].map((index) => packedAt(raster.data, index));
    if (colors.length === 0) break;
    const mode = modeOf(colors);
    if (mode.count < 0.5 * mode.total) break;
    const [red, green, blue] = unpack(mode.value);
    values.push(red + green + blue);
  }
  return values;
}

/** How far and how strongly a side's surroundings darken towards the box. */
function fade(values: readonly number[]): { extent: number; drop: number; sum: number } {
  let extent = 0;
  // The profile must rise steadily away from the box; where it falls again, something else begins.
  while (extent + 1 < values.length && (values[extent + 1] ?? 0) >= (values[extent] ?? 0)) extent++;
  const far = values[extent] ?? 0;
  while (extent > 0 && far - (values[extent - 1] ?? 0) < 1) extent--;
  const drop = far - (values[0] ?? far);
  let sum = 0;
  for (let i = 0; i < extent; i++) sum += far - (values[i] ?? far);
  return { extent, drop, sum: far === 0 ? 0 : sum / far };
}

/**
 * Fits `box-shadow: 0 offsetY blur color/alpha` from the four profiles.
 * A Gaussian edge of strength α at distance d has α·(1 − Φ((d − offset)/σ)) with σ = blur / 2 (CSS Backgrounds 3).
 */
export function measureShadow(raster: Raster, box: RawBox, scale: number): Shadow | undefined {
  const [below, above, left, right] = (['bottom', 'top', 'left', 'right'] as const).map((side) =>
    fade(profile(raster, box, side, scale)),
  );
  if (!below || !above || !left || !right) return undefined;
  const sides = [left, right].filter((side) => side.drop >= 2);
  if (below.drop < 4 || below.extent < 2 || (sides.length === 0 && below.extent < 3)) return undefined;
  const sideExtent = Math.max(left.extent, right.extent, 1);
  const offset = Math.max(0, (below.extent - Math.max(above.extent, 0)) / 2);
  const blur = Math.max(2, Math.min(below.extent + above.extent, 2 * sideExtent + below.extent) * 0.9);
  // ∫ α(1−Φ) over d ≥ 0 is α(offset + σ·0.4) for offset ≲ σ; solved for α.
  const sigma = blur / 2;
  const alpha = Math.min(0.6, below.sum / (offset + 0.4 * sigma + 0.5));
  if (alpha < 0.01) return undefined;
  return { offsetY: offset / scale, blur: blur / scale, color: [0, 0, 0], alpha };
}

/** True if the two colours cannot be told apart by eye in a flat area. */
export const sameColor = (a: number, b: number, tolerance: number): boolean =>
  packedDistance(a, b) <= tolerance;
