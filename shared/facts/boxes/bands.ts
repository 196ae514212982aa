/** A plain band above or below a gradient that begins in its colour: one area of pixels, two boxes of a page. */
import type { Raster } from '../../image/picture.ts';
import { packedAt, packedDistance } from '../pixels.ts';
import type { FlatRegions } from '../regions/flat-regions.ts';
import { measureGradient } from './gradient.ts';
import type { RawBox } from './raw-box.ts';

/** CSS pixels: a bar of a page is at least as high. */
const leastBand = 24;
/** Pixels of a row that are looked at, evenly over the box. */
const places = 160;
/** 0..255: what differs from the band by no more is of its colour; and the share of a row that must be. */
const tolerance = 2;
const leastShare = 0.6;

/**
 * Takes plain bands off boxes whose colours follow no gradient as a whole, where the rest then does.
 * @param boxes that are measured; those that are parted get their bounds and gradient.
 * @returns the bands.
 */
export function takeBands(
  raster: Raster,
  regions: FlatRegions,
  boxes: readonly RawBox[],
  scale: number,
): RawBox[] {
  return boxes.flatMap((box) => {
    if (box.textured !== true || box.region < 0 || box.radius > 0) return [];
    for (const side of ['top', 'bottom'] as const) {
      const edge = bandEdge(raster, regions, box, side);
      if (edge === undefined || edge.height < leastBand * scale) continue;
      const rest = side === 'top' ? { top: box.top + edge.height } : { bottom: box.bottom - edge.height };
      const gradient = measureGradient(raster, regions, box.region, { ...box, ...rest });
      if (gradient === undefined || gradient === 'textured') continue;
      const { textured: _, ...plain } = box;
      const band: RawBox = {
        ...plain,
        ...(side === 'top' ? { bottom: box.top + edge.height - 1 } : { top: box.bottom - edge.height + 1 }),
        fill: edge.color,
        surface: -1,
        region: -1,
      };
      delete box.textured;
      Object.assign(box, rest, { gradient });
      return [band];
    }
    return [];
  });
}

/** Rows from one side on that are of one colour, but for what lies on them. */
function bandEdge(
  raster: Raster,
  { labels }: FlatRegions,
  box: RawBox,
  side: 'top' | 'bottom',
): { readonly height: number; readonly color: number } | undefined {
  const across = box.right - box.left + 1;
  const step = Math.max(1, across / places);
  const down = box.bottom - box.top + 1;
  let color: number | undefined;
  const shareOf = (row: number): number => {
    const y = side === 'top' ? box.top + row : box.bottom - row;
    let [own, same] = [0, 0];
    for (let u = step / 2; u < across; u += step) {
      const index = y * raster.width + box.left + Math.floor(u);
      if (labels[index] !== box.region) continue;
      const pixel = packedAt(raster.data, index);
      color ??= pixel;
      own += 1;
      if (packedDistance(pixel, color) <= tolerance) same += 1;
    }
    return own === 0 ? 0 : same / own;
  };
  let height = 0;
  while (height < down && shareOf(height) >= leastShare) height += 1;
  return color === undefined || height >= down ? undefined : { height, color };
}
