/** Borders by sampling outward from a box, for those too short or too broken to be found as lines. */
import type { Raster } from '../../image/picture.ts';
import { median, modeOf, pack, packedAt, packedDistance, unpack } from '../pixels.ts';
import { maxLineWidth } from '../regions/surfaces.ts';
import { outward } from './outside.ts';
import type { RawBox, RawSide, SideName } from './raw-box.ts';
import { sideNames } from './raw-box.ts';

/** What counts as a line beside a box, 0..255 where not a share. */
interface Limits {
  /** Least difference between a border and what lies on either side of it. */
  readonly contrast: number;
  /** Largest difference within a border's width. */
  readonly even: number;
  /** How far a badge's colour is from the border's that it lies on. */
  readonly plate: number;
  /** The colour of a line, where enough of its pixels agree on one. */
  readonly colorOf: (colors: readonly number[]) => number | undefined;
}

const clean: Limits = { contrast: 7, even: 4, plate: 4, colorOf: modeOfMost };
/** Ripples leave hardly two pixels of a line alike. */
const rippled: Limits = { contrast: 12, even: 8, plate: 32, colorOf: middleOfMost };
const mostRipple = 16;
const agreeing = 0.6;
/** How far a ground's colours are apart along a side; least share of a side without a badge on it. */
const mostUneven = 4;
const leastEnding = 0.4;
/** Share of a badge's stretch that has its colour: the rest is its text. */
const leastCovered = 0.7;

/** Adds the borders that are missing on a box; keeps them only where at least three sides have one. */
export function sampleBorders(raster: Raster, box: RawBox, scale: number, lossy: boolean): void {
  const missing = sideNames.filter((side) => !box.border[side]);
  if (missing.length === 0 || box.fill === undefined) return;
  const found: Partial<Record<SideName, RawSide>> = {};
  for (const side of missing) {
    const border = sampleSide(raster, box, side, box.fill, scale, lossy ? rippled : clean);
    if (border) found[side] = border;
  }
  const all = { ...found, ...box.border };
  const sides = sideNames.filter((side) => all[side]);
  const pill = box.radius >= 0.36 * (box.bottom - box.top + 1) && found.top && found.bottom;
  if (pill && packedDistance(pill.color, found.top?.color ?? 0) <= 12) {
    for (const side of missing) found[side] ??= pill;
  } else if (sides.length < 3) return;
  if (box.radius > 0 && missing.length === 4)
    box.radius += Math.max(0, ...sides.map((side) => all[side]?.width ?? 0));
  const mode = modeOf(sides.map((side) => all[side]?.color ?? 0)).value;
  for (const side of missing) {
    const border = found[side];
    if (!border || packedDistance(border.color, mode) > 24) continue;
    box.border[side] = border;
    if (side === 'top') box.top -= border.width;
    if (side === 'bottom') box.bottom += border.width;
    if (side === 'left') box.left -= border.width;
    if (side === 'right') box.right += border.width;
  }
}

function sampleSide(
  raster: Raster,
  box: RawBox,
  side: SideName,
  fill: number,
  scale: number,
  { contrast, even, plate, colorOf }: Limits,
): RawSide | undefined {
  const limit = Math.round(maxLineWidth * scale);
  const rows: number[][] = [];
  for (let distance = 1; distance <= limit + 2; distance++)
    rows.push([...outward(raster, box, side, distance)].map((index) => packedAt(raster.data, index)));
  const colors: number[] = [];
  for (const row of withoutPlates(rows, plate, Object.values(box.border))) {
    // A border has one colour; the ground beyond it may change along the side.
    const color = colorOf(row) ?? (colors.length > 0 ? middleOfMost(row, mostUneven) : undefined);
    if (color === undefined) break;
    colors.push(color);
  }
  const color = colors[0];
  if (color === undefined) return undefined;
  let width = 1;
  while (width < colors.length && packedDistance(colors[width] ?? 0, color) <= even) width++;
  const outside = colors[width];
  if (outside === undefined || width > limit) return undefined;
  if (packedDistance(color, fill) < contrast || packedDistance(color, outside) < contrast) return undefined;
  // The darkest row of a shadow goes over into the next one; a border ends.
  const far = colors.at(-1) ?? outside;
  if (packedDistance(color, outside) < 0.4 * packedDistance(color, far)) return undefined;
  return width === 1 && isBetween(color, fill, outside) ? undefined : { width, color };
}

/** Leaves out the places where a badge of the colour of the borders that are known lies on it: there it does not end. */
function withoutPlates(
  rows: readonly number[][],
  plate: number,
  known: readonly RawSide[],
): readonly number[][] {
  const color = modeOf(rows[0] ?? []).value;
  if (!known.some((side) => packedDistance(side.color, color) <= plate)) return rows;
  const far = rows.at(-1) ?? [];
  const covered = far.flatMap((one, index) => (packedDistance(one, color) <= plate ? [index] : []));
  const [from = 0, to = -1] = [covered[0], covered.at(-1)];
  // A badge takes one stretch of the side; what is like the border here and there is a picture.
  if (
    covered.length < leastCovered * (to - from + 1) ||
    far.length - (to - from + 1) < leastEnding * far.length
  )
    return rows;
  return rows.map((row) => row.filter((_, index) => index < from || index > to));
}

function modeOfMost(colors: readonly number[]): number | undefined {
  const { value, count, total } = modeOf(colors);
  return total === 0 || count < agreeing * total ? undefined : value;
}

function middleOfMost(colors: readonly number[], most = mostRipple): number | undefined {
  if (colors.length === 0) return undefined;
  const channels = colors.map(unpack);
  const middle = pack(
    median(channels.map((color) => color[0])),
    median(channels.map((color) => color[1])),
    median(channels.map((color) => color[2])),
  );
  const alike = colors.filter((color) => packedDistance(color, middle) <= most).length;
  return alike < agreeing * colors.length ? undefined : middle;
}

/** An antialiased edge lies on the straight line between the two colours that it parts. */
function isBetween(color: number, a: number, b: number): boolean {
  const [c, p, q] = [unpack(color), unpack(a), unpack(b)];
  const axis = p.map((value, i) => (q[i] ?? 0) - value);
  const length = axis.reduce((sum, value) => sum + value * value, 0);
  if (length < 100) return false;
  const t = axis.reduce((sum, value, i) => sum + value * ((c[i] ?? 0) - (p[i] ?? 0)), 0) / length;
  if (t < 0.08 || t > 0.92) return false;
  return axis.every((value, i) => Math.abs((p[i] ?? 0) + t * value - (c[i] ?? 0)) <= 8);
}
