/** Least-squares planes over colour samples: the direction in which an area's colours change. */
import { at } from '../pixels.ts';

/** Position in −0.5..0.5 of the area, and the three channels, 0..255. */
export type Sample = readonly [x: number, y: number, red: number, green: number, blue: number];

/** value ≈ mean + x·slopeX + y·slopeY. */
export interface Plane {
  readonly mean: number;
  readonly slopeX: number;
  readonly slopeY: number;
}

/** @param channel 0..2. */
export function fitPlane(points: readonly Sample[], channel: number): Plane {
  const mean = (value: (point: Sample) => number): number =>
    points.reduce((sum, point) => sum + value(point), 0) / points.length;
  const mx = mean(([x]) => x);
  const my = mean(([, y]) => y);
  const mv = mean((point) => at(point, channel + 2));
  const cxx = mean(([x]) => (x - mx) ** 2);
  const cyy = mean(([, y]) => (y - my) ** 2);
  const cxy = mean(([x, y]) => (x - mx) * (y - my));
  const cxv = mean((point) => (point[0] - mx) * (at(point, channel + 2) - mv));
  const cyv = mean((point) => (point[1] - my) * (at(point, channel + 2) - mv));
  const determinant = cxx * cyy - cxy * cxy;
  if (determinant < 1e-9) return { mean: mv, slopeX: 0, slopeY: 0 };
  const slopeX = (cxv * cyy - cyv * cxy) / determinant;
  const slopeY = (cyv * cxx - cxv * cxy) / determinant;
  return { mean: mv - slopeX * mx - slopeY * my, slopeX, slopeY };
}
