/** Fits a CSS box shadow to how the surroundings of a box darken towards it. */
import type { Rgb } from '../../geometry.ts';
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
/** What rounding of three channels makes of a shadow that grows paler. */
const wobble = 1;
const blurs = [2, 3, 4, 6, 8, 10, 12, 14, 16, 20, 24, 28, 32, 40, 48, 60, 72];
const offsets = [0, 1, 2, 3, 4, 5, 6, 8, 10, 12, 16, 20, 24, 32];

/** Shade at 0.5, 1.5, … CSS pixels from one side: 0 is the colour around, 1 is black. */
type Profile = readonly number[];

/** What lies beside one side, pixel by pixel outward: its brightness, three channels together, and its colour. */
interface Surroundings {
  readonly brightness: readonly number[];
  readonly colors: readonly Rgb[];
}

const brightnessOf = (color: Rgb): number => color.reduce((sum, channel) => sum + channel, 0);

function lookBeside(raster: Raster, box: RawBox, side: SideName, scale: number): Surroundings {
  const values: number[] = [];
  const colors: Rgb[] = [];
  let [level, brightest] = [0, 0];
  for (let distance = 1; distance <= reach * scale; distance++) {
    const pixels = [...outward(raster, box, side, distance, middleShare)].map((index) =>
      unpack(packedAt(raster.data, index)),
    );
    const along = pixels.map(brightnessOf);
    const value = median(along);
    // Text, a neighbour's edge: a shadow is nearly even along the middle of a side.
    if (
      along.filter((one) => Math.abs(one - value) <= evenness).length < 0.7 * along.length ||
      along.length === 0
    )
      break;
    const before = values.at(-1);
    // A shadow only grows paler outward; where it does not, something else begins.
    if (value < brightest - wobble) break;
    brightest = Math.max(brightest, value);
    level = value === before ? level + 1 : 0;
    values.push(value);
    const of = (channel: 0 | 1 | 2): number => median(pixels.map((pixel) => pixel[channel]));
    colors.push([of(0), of(1), of(2)]);
    if (level >= plateau * scale) break;
  }
  const kept = (_: unknown, index: number): boolean => index % scale === 0;
  return { brightness: values.filter(kept), colors: colors.filter(kept) };
}

/** Share of a Gaussian edge's full strength at distance `d` beyond it (CSS Backgrounds 3: σ = blur / 2). */
function edge(distance: number, blur: number): number {
  const x = distance / (blur / 2);
  // Logistic approximation of 1 − Φ(x), off by less than 0.01.
  return 1 / (1 + Math.exp(1.702 * x));
}

/** @returns undefined where nothing darkens, or not as a shadow does. */
export function measureShadow(raster: Raster, box: RawBox, scale: number): Shadow | undefined {
  const around = (['bottom', 'top', 'left', 'right'] as const).map((side) =>
    lookBeside(raster, box, side, scale),
  );
  const brightness = around.map((one) => one.brightness);
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
  const modelsOf = (offsetY: number, blur: number) =>
    [
      (d: number) => edge(d - offsetY, blur),
      (d: number) => edge(d + offsetY, blur),
      (d: number) => edge(d, blur),
      (d: number) => edge(d, blur),
    ] as const;
  let best: { offsetY: number; blur: number; alpha: number; error: number } | undefined;
  for (const blur of blurs) {
    for (const offsetY of offsets) {
      const models = modelsOf(offsetY, blur);
      const points = [below, above, left, right].flatMap((profile, side) => modelled(profile, models[side]));
      const fit = fitted(points);
      if (fit !== undefined && fit.slope > 0 && (!best || fit.error < best.error))
        best = { offsetY, blur, alpha: fit.slope, error: fit.error };
    }
  }
  if (!best || best.alpha < 0.01 || best.alpha > 0.75) return undefined;
  const { offsetY, blur } = best;
  const { color, alpha } = tintOf(around, modelsOf(offsetY, blur)) ?? { color: black, alpha: best.alpha };
  return { offsetY, blur, color, alpha: Math.round(alpha * 100) / 100 };
}

const black: Rgb = [0, 0, 0];
/** Share of the strongest channel's shade by which the weakest may differ in a shadow of grey. */
const leastTint = 0.3;

/**
 * Colour and strength of a tinted shadow: of all pairs that look the same on this ground, the one whose colour is the
 * purest. Undefined where every channel is darkened alike.
 */
function tintOf(
  around: readonly Surroundings[],
  models: readonly ((distance: number) => number)[],
): { color: Rgb; alpha: number } | undefined {
  const ground = around
    .flatMap(({ colors }) => colors.slice(-1))
    .reduce<Rgb>((a, b) => (brightnessOf(b) > brightnessOf(a) ? b : a), black);
  const lostOf = (channel: 0 | 1 | 2): number =>
    fitted(
      around.flatMap(({ colors }, side) => {
        const own = colors.at(-1)?.[channel] ?? 0;
        return modelled(
          colors.map((color) => own - color[channel]),
          models[side],
        );
      }),
    )?.slope ?? 0;
  const lost = [lostOf(0), lostOf(1), lostOf(2)] as const;
  const shares = lost.map((value, channel) => value / Math.max(1, ground[channel] ?? 1));
  const alpha = Math.max(...shares);
  if (alpha < 0.01 || alpha > 0.75 || Math.min(...shares) > (1 - leastTint) * alpha) return undefined;
  const of = (channel: 0 | 1 | 2): number =>
    Math.min(255, Math.max(0, Math.round(ground[channel] - lost[channel] / alpha)));
  return { color: [of(0), of(1), of(2)], alpha };
}

type Point = readonly [value: number, model: number];

/** Least squares of a line through 0. */
function fitted(points: readonly Point[]): { slope: number; error: number } | undefined {
  const square = points.reduce((sum, [, model]) => sum + model * model, 0);
  if (square === 0) return undefined;
  const slope = points.reduce((sum, [value, model]) => sum + value * model, 0) / square;
  return { slope, error: points.reduce((sum, [value, model]) => sum + (value - slope * model) ** 2, 0) };
}

const modelled = (profile: Profile, model: ((distance: number) => number) | undefined): Point[] =>
  model === undefined ? [] : profile.map((shade, i) => [shade, model(i + 0.5)]);
