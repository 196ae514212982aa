/** Tells a round photo by its rim: known by texture, a photo's area is a rectangle. */
import type { Raster } from '../../image/picture.ts';
import { packedAt, packedDistance } from '../pixels.ts';

const rays = 64;
/** 0..255: what differs from the ground by less may be ground. */
const leastContrast = 8;
/** Source pixels from the rim: where the photo surely is, and where the ground is. */
const inward = 2.5;
const outward = 1.5;
/** Share of the rays that must find each of them. */
const leastRound = 0.9;

interface Bounds {
  readonly left: number;
  readonly top: number;
  /** Inclusive. */
  readonly right: number;
  readonly bottom: number;
}

/** True for a square area whose inscribed circle is picture right up to its rim, and ground beyond. */
export function isDisc(raster: Raster, { left, top, right, bottom }: Bounds, ground: number): boolean {
  const [across, down] = [right - left + 1, bottom - top + 1];
  if (Math.abs(across - down) > Math.max(2, 0.04 * across)) return false;
  const [x0, y0, radius] = [(left + right) / 2, (top + bottom) / 2, (across + down) / 4];
  const isGround = (angle: number, distance: number): boolean | undefined => {
    const x = Math.round(x0 + distance * Math.cos(angle));
    const y = Math.round(y0 + distance * Math.sin(angle));
    if (x < 0 || y < 0 || x >= raster.width || y >= raster.height) return undefined;
    return packedDistance(packedAt(raster.data, y * raster.width + x), ground) <= leastContrast;
  };
  const angles = Array.from({ length: rays }, (_, index) => (2 * Math.PI * index) / rays);
  const inside = angles.filter((angle) => isGround(angle, radius - inward) === false).length;
  const outside = angles.filter((angle) => isGround(angle, radius + outward) !== false).length;
  return inside >= leastRound * rays && outside >= leastRound * rays;
}
