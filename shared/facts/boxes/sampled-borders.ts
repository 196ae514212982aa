/** Borders by sampling outward from a box, for those too short or too broken to be found as lines. */
import type { Raster } from '../../image/picture.ts';
import { modeOf, packedAt, packedDistance, unpack } from '../pixels.ts';
import { maxLineWidth } from '../regions/surfaces.ts';
import { outward } from './outside.ts';
import type { RawBox, RawSide, SideName } from './raw-box.ts';
import { sideNames } from './raw-box.ts';

/** Least difference between a border and what lies on either side of it. */
const leastContrast = 7;

/** Adds the borders that are missing on a box; keeps them only where at least three sides have one. */
export function sampleBorders(raster: Raster, box: RawBox, scale: number): void {
  const missing = sideNames.filter((side) => !box.border[side]);
  if (missing.length === 0 || box.fill === undefined) return;
  const found: Partial<Record<SideName, RawSide>> = {};
  for (const side of missing) {
    const border = sampleSide(raster, box, side, box.fill, scale);
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
): RawSide | undefined {
  const limit = Math.round(maxLineWidth * scale);
  const colors: number[] = [];
  for (let distance = 1; distance <= limit + 2; distance++) {
    const mode = modeOf(
      [...outward(raster, box, side, distance)].map((index) => packedAt(raster.data, index)),
    );
    if (mode.total === 0 || mode.count < 0.6 * mode.total) break;
    colors.push(mode.value);
  }
  const color = colors[0];
  if (color === undefined) return undefined;
  let width = 1;
  while (width < colors.length && packedDistance(colors[width] ?? 0, color) <= 4) width++;
  const outside = colors[width];
  if (outside === undefined || width > limit) return undefined;
  if (packedDistance(color, fill) < leastContrast || packedDistance(color, outside) < leastContrast)
    return undefined;
  // The darkest row of a shadow goes over into the next one; a border ends.
  const far = colors.at(-1) ?? outside;
  if (packedDistance(color, outside) < 0.4 * packedDistance(color, far)) return undefined;
  return width === 1 && isBetween(color, fill, outside) ? undefined : { width, color };
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
