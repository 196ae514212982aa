/** Fits a CSS box shadow to how the surroundings of a box darken towards it. */
import type { Raster } from '../../image/picture.ts';
import type { Shadow } from '../page-facts.ts';
import { median, packedAt, unpack } from '../pixels.ts';
import { outward } from './outside.ts';
import type { RawBox, SideName } from './raw-box.ts';

/** CSS pixels: the reach of common card shadows. */
const reach = 76;
/** A profile ends where it stays level for this many pixels: what comes after is something else. */
const plateau = 8;
/** Least darkening right beside the box, as a share of the colour around it. */
const leastShade = 0.006;
/** Part of each side that is looked at: near the corners a blurred shadow is weaker. */
const middleShare = 0.3;
/** Largest difference, of three channels together, along it. */
const evenness = 9;
const blurs = [2, 3, 4, 6, 8, 10, 12, 14, 16, 20, 24, 28, 32, 40, 48, 60, 72];
const offsets = [0, 1, 2, 3, 4, 5, 6, 8, 10, 12, 16, 20, 24, 32];

/** Shade at 0.5, 1.5, … CSS pixels from one side: 0 is the colour around, 1 is black. */
type Profile = readonly number[];

function brightnessOf(raster: Raster, box: RawBox, side: SideName, scale: number): number[] {
  const values: number[] = [];
  let level = 0;
  for (let distance = 1; distance <= reach * scale; distance++) {
    const along = [...outward(raster, box, side, distance, middleShare)].map((index) =>
      unpack(packedAt(raster.data, index)).reduce((sum, channel) => sum + channel, 0),
    );
    const value = median(along);
    // Text, a neighbour's edge: a shadow is nearly even along the middle of a side.
    if (
      along.filter((one) => Math.abs(one - value) <= evenness).length < 0.7 * along.length ||
      along.length === 0
    )
      break;
    const before = values.at(-1);
    // A shadow only grows paler outward; where it does not, something else begins.
    if (before !== undefined && value < before) break;
    level = value === before ? level + 1 : 0;
    values.push(value);
    if (level >= plateau * scale) break;
  }
  return values.filter((_, i) => i % scale === 0);
}

/** Share of a Gaussian edge's full strength at distance `d` beyond it (CSS Backgrounds 3: σ = blur / 2). */
function edge(distance: number, blur: number): number {
  const x = distance / (blur / 2);
  // Logistic approximation of 1 − Φ(x), off by less than 0.01.
  return 1 / (1 + Math.exp(1.702 * x));
}

/** @returns undefined where nothing darkens, or not as a shadow does. */
export function measureShadow(raster: Raster, box: RawBox, scale: number): Shadow | undefined {
  const brightness = (['bottom', 'top', 'left', 'right'] as const).map((side) =>
    brightnessOf(raster, box, side, scale),
  );
  // The palest of the four ends is the colour around: weak sides fade in steps of several pixels and end too soon.
  const ends = brightness.map((values) => values.at(-1) ?? 0);
  const far = Math.max(...ends);
  if (far === 0) return undefined;
  const [below = [], above = [], left = [], right = []] = brightness.map((values, i): Profile => {
    // A side on which something else begins has another colour around it.
    const own = far - (ends[i] ?? 0) <= 0.03 * far ? far : (ends[i] ?? far);
    return values.map((value) => 1 - value / own);
  });
  const start = below[0] ?? 0;
  // It must begin to fade at once: a step further out is a neighbour.
  if (start < leastShade || (below[Math.min(3, below.length - 1)] ?? 0) > 0.97 * start) return undefined;
  const beside = Math.max(left[0] ?? 0, right[0] ?? 0);
  if (beside < 0.12 * start && below.length < 4) return undefined;
  let best: { offsetY: number; blur: number; alpha: number; error: number } | undefined;
  for (const blur of blurs) {
    for (const offsetY of offsets) {
      const points = [
        ...modelled(below, (d) => edge(d - offsetY, blur)),
        ...modelled(above, (d) => edge(d + offsetY, blur)),
        ...modelled(left, (d) => edge(d, blur)),
        ...modelled(right, (d) => edge(d, blur)),
      ];
      const square = points.reduce((sum, [, model]) => sum + model * model, 0);
      if (square === 0) continue;
      const alpha = points.reduce((sum, [shade, model]) => sum + shade * model, 0) / square;
      const error = points.reduce((sum, [shade, model]) => sum + (shade - alpha * model) ** 2, 0);
      if (alpha > 0 && (!best || error < best.error)) best = { offsetY, blur, alpha, error };
    }
  }
  if (!best || best.alpha < 0.01 || best.alpha > 0.75) return undefined;
  const { offsetY, blur, alpha } = best;
  return { offsetY, blur, color: [0, 0, 0], alpha: Math.round(alpha * 100) / 100 };
}

const modelled = (profile: Profile, model: (distance: number) => number): [shade: number, model: number][] =>
  profile.map((shade, i) => [shade, model(i + 0.5)]);
