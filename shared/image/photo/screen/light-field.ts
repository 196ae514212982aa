/** Evens out the light on a screen: only what changes slowly everywhere is light, so dark and coloured parts stay. */
import type { RunContext } from '../../../context.ts';
import type { Raster } from '../../picture.ts';
import { giveWay } from '../../turn.ts';
import { solve } from '../homography.ts';

/** Blocks along the longer side in which the light's slope is measured. */
const blocksAlong = 72;
/** Grey levels: darker blocks tell more of the sensor than of the light. */
const darkest = 24;
/** Largest change of the light over a whole side, as a logarithm; steeper slopes are drawn. */
const steepest = 1.2;
/** A value of this share of the pixels is a colour of the page. */
const commonShare = 0.012;
/** Share of white from which on all is white, against noise. */
const white = 0.99;
/** The most that a photo's exposure is corrected, and that of a page most of which is below `darkPage`. */
const mostGain = 1.9;
const mostDarkGain = 1.25;
const darkPage = 90;
/** Blocks between two that are compared, and the fewest comparisons that tell of the light. */
const span = 3;
const fewest = 30;
const rounds = 12;
const bytesPerTurn = 3_000_000;

/** log light = c₀u + c₁v + c₂u² + c₃uv + c₄v², u and v from −0.5 to 0.5 across and down. */
type Field = readonly number[];

interface Slope {
  readonly u: number;
  readonly v: number;
  /** Of the logarithm of the brightness: along u, else along v. */
  readonly slope: number;
  readonly across: boolean;
  /** Grey level: noise turns dark ones more. */
  readonly trust: number;
}

/**
 * Divides by a light of second order and exposes so that the page's brightest colour is white.
 * @throws PixelwrightError `cancelled`.
 */
export async function evenScreenLight(raster: Raster, context: RunContext): Promise<Raster> {
  const field = fitField(slopesOf(raster));
  await giveWay(context.signal);
  const { width, height } = raster;
  const data = new Uint8Array(raster.data.length);
  const gain = exposure(raster, field);
  const rows = Math.max(1, Math.floor(bytesPerTurn / (width * 3)));
  for (let from = 0; from < height; from += rows) {
    for (let y = from; y < Math.min(height, from + rows); y++) {
      for (let x = 0; x < width; x++) {
        const factor = gain / lightAt(field, x / width - 0.5, y / height - 0.5);
        const at = (y * width + x) * 3;
        for (let c = at; c < at + 3; c++) data[c] = Math.min(255, Math.round((raster.data[c] ?? 0) * factor));
      }
    }
    await giveWay(context.signal);
  }
  return { width, height, data };
}

function lightAt([a = 0, b = 0, c = 0, d = 0, e = 0]: Field, u: number, v: number): number {
  return Math.exp(a * u + b * v + c * u * u + d * u * v + e * v * v);
}

/** How the brightness changes from each plain block to plain ones some way to the right and below. */
function slopesOf(raster: Raster): Slope[] {
  const { width, height } = raster;
  const size = Math.max(4, Math.round(Math.max(width, height) / blocksAlong));
  const [columns, rows] = [Math.floor(width / size), Math.floor(height / size)];
  const blocks = Array.from({ length: columns * rows }, (_, index) =>
    plainBlock(raster, (index % columns) * size, Math.floor(index / columns) * size, size),
  );
  const slopes: Slope[] = [];
  for (const [at, own] of blocks.entries()) {
    const [column, row] = [at % columns, Math.floor(at / columns)];
    const [u, v] = [((column + 0.5) * size) / width - 0.5, ((row + 0.5) * size) / height - 0.5];
    const [right, below] = [
      column + span < columns ? blocks[at + span] : undefined,
      blocks[at + span * columns],
    ];
    const [du, dv] = [(span * size) / width, (span * size) / height];
    if (own && right)
      slopes.push({ u: u + du / 2, v, across: true, slope: (right - own) / du, trust: Math.exp(own) });
    if (own && below)
      slopes.push({ u, v: v + dv / 2, across: false, slope: (below - own) / dv, trust: Math.exp(own) });
  }
  return slopes;
}

/** Logarithm of a block's brightness; undefined where it is dark or something is to be seen in it. */
function plainBlock({ width, data }: Raster, left: number, top: number, size: number): number | undefined {
  let [sum, squares] = [0, 0];
  const step = Math.max(1, Math.floor(size / 8));
  let count = 0;
  for (let y = top; y < top + size; y += step) {
    for (let x = left; x < left + size; x += step) {
      const at = (y * width + x) * 3;
      const value = ((data[at] ?? 0) + (data[at + 1] ?? 0) + (data[at + 2] ?? 0)) / 3;
      sum += value;
      squares += value * value;
      count += 1;
    }
  }
  const mean = sum / count;
  const deviation = Math.sqrt(Math.max(0, squares / count - mean * mean));
  return mean < darkest || deviation > 3 + 0.02 * mean ? undefined : Math.log(mean);
}

/** Least squares on the slopes; those that the field does not explain count less from round to round. */
function fitField(slopes: readonly Slope[]): Field {
  const near = slopes.filter(({ slope }) => Math.abs(slope) < 4 * steepest);
  let field: Field = [0, 0, 0, 0, 0];
  if (near.length < fewest) return field;
  for (let round = 0; round < rounds; round++) {
    // From forgiving to strict: what is drawn has slopes of any size, light only its own.
    const scale = Math.max(0.1, steepest * 0.75 ** round);
    // A little weight on no light at all keeps at zero what nothing tells of.
    const rows: number[][] = field.map((_, i) => [...field.map((__, j) => (i === j ? 0.5 : 0)), 0]);
    for (const { u, v, across, slope, trust } of near) {
      const terms = across ? [1, 0, 2 * u, v, 0] : [0, 1, 0, u, 2 * v];
      const error = slope - terms.reduce((sum, term, i) => sum + term * (field[i] ?? 0), 0);
      const weight = (trust / 255) ** 2 / (1 + (error / scale) ** 2) ** 2;
      for (const [i, row] of rows.entries()) {
        for (let j = 0; j < 5; j++) row[j] = (row[j] ?? 0) + weight * (terms[i] ?? 0) * (terms[j] ?? 0);
        row[5] = (row[5] ?? 0) + weight * (terms[i] ?? 0) * slope;
      }
    }
    field = solve(rows);
  }
  return field;
}

/** What the page's brightest common colour must be multiplied by to be white. */
function exposure({ width, height, data }: Raster, field: Field): number {
  const counts = new Uint32Array(512);
  const step = Math.max(1, Math.floor(Math.sqrt((width * height) / 250_000)));
  let total = 0;
  for (let y = 0; y < height; y += step) {
    for (let x = 0; x < width; x += step) {
      const at = (y * width + x) * 3;
      const brightest = Math.max(data[at] ?? 0, data[at + 1] ?? 0, data[at + 2] ?? 0);
      const level = Math.min(511, Math.round(brightest / lightAt(field, x / width - 0.5, y / height - 0.5)));
      counts[level] = (counts[level] ?? 0) + 1;
      total += 1;
    }
  }
  const common = commonShare * total;
  let level = 511;
  // Of white cards on light grey the cards are white, however small they are.
  while (level > 0 && !(massAt(counts, level) > common && isPeak(counts, level))) level -= 1;
  // A dark page need not show any white, and the camera has opened its eye already.
  const isDark = quantile(counts, 0.5 * total) < darkPage;
  if (isDark) return Math.min(mostDarkGain, 255 / Math.max(1, quantile(counts, 0.998 * total)));
  return Math.min(mostGain, 255 / (Math.max(1, level) * white));
}

/** The level up to which so many pixels lie. */
function quantile(counts: Uint32Array, pixels: number): number {
  let below = 0;
  return counts.findIndex((count) => {
    below += count;
    return below > pixels;
  });
}

/** Noise spreads a colour over some levels; it lies where most are. */
function isPeak(counts: Uint32Array, level: number): boolean {
  const own = massAt(counts, level);
  return [-4, -3, -2, -1, 1, 2, 3, 4].every((off) => massAt(counts, level + off) <= own);
}

function massAt(counts: Uint32Array, level: number): number {
  let sum = 0;
  for (let at = level - 2; at <= level + 2; at++) sum += counts[at] ?? 0;
  return sum;
}
