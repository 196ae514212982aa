/** Measures a linear gradient across a box from the pixels of its own region. */

import type { Rgb } from '../../geometry.ts';
import type { Raster } from '../../image/picture.ts';
import type { Gradient } from '../page-facts.ts';
import { at } from '../pixels.ts';
import type { FlatRegions } from '../regions/flat-regions.ts';
import type { RawBox } from './raw-box.ts';

/** Least-squares plane of one channel: value ≈ mean + x·slopeX + y·slopeY, x and y in −0.5..0.5 of the box. */
interface Plane {
  readonly mean: number;
  readonly slopeX: number;
  readonly slopeY: number;
}

/** Largest change of a channel across a box that still counts as one colour. */
const flatRange = 5;

/** Root mean square distance from the plane, 0..255, above which a smooth area is a photo and no CSS gradient. */
const textureResidual = 3.5;

/** @returns undefined for a flat box, `textured` for one whose colours do not lie on a plane. */
export function measureGradient(
  raster: Raster,
  regions: FlatRegions,
  region: number,
  box: RawBox,
): Gradient | 'textured' | undefined {
  const points = samples(raster, regions, region, box);
  if (points.length < 24) return undefined;
  const planes = [0, 1, 2].map((channel) => fitPlane(points, channel));
  const [red, green, blue] = planes;
  if (!red || !green || !blue) return undefined;
  if (planes.some((plane, channel) => residual(points, channel, plane) > textureResidual)) return 'textured';
  const slopeX = strongest(planes.map((p) => p.slopeX));
  const slopeY = strongest(planes.map((p) => p.slopeY));
  if (Math.max(Math.abs(slopeX), Math.abs(slopeY)) < flatRange) return undefined;
  // Along the direction in which the channel with the largest change grows.
  const lead = planes.reduce((a, b) => (span(b) > span(a) ? b : a));
  const angle = angleOf(lead.slopeX / (box.right - box.left + 1), lead.slopeY / (box.bottom - box.top + 1));
  const radians = (angle * Math.PI) / 180;
  const width = box.right - box.left + 1;
  const height = box.bottom - box.top + 1;
  // Length of the gradient line, CSS Images 3: |w·sin| + |h·cos|; its ends relative to the centre.
  const length = Math.abs(width * Math.sin(radians)) + Math.abs(height * Math.cos(radians));
  const dx = (Math.sin(radians) * length) / 2 / width;
  const dy = (-Math.cos(radians) * length) / 2 / height;
  const color = (sign: number): Rgb => {
    const value = (p: Plane): number => clamp(p.mean + sign * (p.slopeX * dx + p.slopeY * dy));
    return [value(red), value(green), value(blue)];
  };
  return { angle, from: color(-1), to: color(1) };
}

function residual(points: readonly Sample[], channel: number, plane: Plane): number {
  let sum = 0;
  for (const point of points) {
    const expected = plane.mean + plane.slopeX * point[0] + plane.slopeY * point[1];
    sum += (at(point, channel + 2) - expected) ** 2;
  }
  return Math.sqrt(sum / points.length);
}

const clamp = (value: number): number => Math.max(0, Math.min(255, Math.round(value)));
const span = (p: Plane): number => Math.hypot(p.slopeX, p.slopeY);
const strongest = (values: readonly number[]): number =>
  values.reduce((a, b) => (Math.abs(b) > Math.abs(a) ? b : a), 0);

/** CSS angle in degrees of the direction (x right, y down), snapped to 45° where it is within 8°. */
function angleOf(x: number, y: number): number {
  const raw = ((Math.atan2(x, -y) * 180) / Math.PI + 360) % 360;
  const snapped = Math.round(raw / 45) * 45;
  return Math.abs(raw - snapped) <= 8 ? snapped % 360 : Math.round(raw);
}

type Sample = readonly [x: number, y: number, red: number, green: number, blue: number];

function samples(raster: Raster, regions: FlatRegions, region: number, box: RawBox): Sample[] {
  const points: Sample[] = [];
  const width = box.right - box.left + 1;
  const height = box.bottom - box.top + 1;
  const stepX = Math.max(1, width / 40);
  const stepY = Math.max(1, height / 24);
  for (let v = stepY / 2; v < height; v += stepY) {
    for (let u = stepX / 2; u < width; u += stepX) {
      const index = (box.top + Math.floor(v)) * raster.width + box.left + Math.floor(u);
      if (at(regions.labels, index) !== region) continue;
      const byte = index * 3;
      points.push([
        u / width - 0.5,
        v / height - 0.5,
        at(raster.data, byte),
        at(raster.data, byte + 1),
        at(raster.data, byte + 2),
      ]);
    }
  }
  return points;
}

function fitPlane(points: readonly Sample[], channel: number): Plane {
  let n = 0,
    sx = 0,
    sy = 0,
    sxx = 0,
    sxy = 0,
    syy = 0,
    sv = 0,
    sxv = 0,
    syv = 0;
  for (const point of points) {
    const [x, y] = point;
    const value = at(point, channel + 2);
    n++;
    sx += x;
    sy += y;
    sxx += x * x;
    sxy += x * y;
    syy += y * y;
    sv += value;
    sxv += x * value;
    syv += y * value;
  }
  const mx = sx / n,
    my = sy / n,
    mv = sv / n;
  const cxx = sxx / n - mx * mx,
    cyy = syy / n - my * my,
    cxy = sxy / n - mx * my;
  const cxv = sxv / n - mx * mv,
    cyv = syv / n - my * mv;
  const determinant = cxx * cyy - cxy * cxy;
  if (determinant < 1e-9) return { mean: mv, slopeX: 0, slopeY: 0 };
  const slopeX = (cxv * cyy - cyv * cxy) / determinant;
  const slopeY = (cyv * cxx - cxv * cxy) / determinant;
  return { mean: mv - slopeX * mx - slopeY * my, slopeX, slopeY };
}
