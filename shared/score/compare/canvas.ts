/** Brings two pictures to one scale, so that their pixels can be laid on each other. */
import sharp from 'sharp';
import type { Rect } from '../../geometry.ts';
import type { Raster } from '../../image/picture.ts';

export interface Canvas {
  readonly expected: Raster;
  /** Scaled to the other's pixels. */
  readonly actual: Raster;
  /** Pixels here per pixel of the actual picture as it came; 1 where nothing was scaled. */
  readonly scale: number;
  /** What both show. */
  readonly width: number;
  readonly height: number;
  /** What one of them shows beyond that, in pixels here. */
  readonly beyond: readonly { readonly box: Rect; readonly kind: 'missing' | 'added' }[];
}

/** Pixel ratios of screens, and what they make of each other. */
const ratios = [1 / 3, 0.5, 2 / 3, 0.75, 4 / 5, 1.25, 4 / 3, 1.5, 2, 3];
/** A scale this near to one of those is that one, and shapes this alike are one shape. */
const tolerance = 0.02;

/** A picture of another pixel ratio, or of another size and the same shape, is scaled; any other is cut. */
export async function layOnEachOther(expected: Raster, original: Raster): Promise<Canvas> {
  const scale = scaleOf(expected, original);
  const actual = scale === 1 ? original : await resized(original, expected, scale);
  const width = Math.min(expected.width, actual.width);
  const height = Math.min(expected.height, actual.height);
  return {
    expected,
    actual,
    scale,
    width,
    height,
    beyond: [
      ...strips(expected, width, height).map((box) => ({ box, kind: 'missing' as const })),
      ...strips(actual, width, height).map((box) => ({ box, kind: 'added' as const })),
    ],
  };
}

function scaleOf(expected: Raster, actual: Raster): number {
  const across = expected.width / actual.width;
  const down = expected.height / actual.height;
  if (Math.abs(across / down - 1) <= tolerance) return across;
  const ratio = ratios.find((known) => Math.abs(across / known - 1) <= tolerance);
  return ratio === undefined ? 1 : across;
}

async function resized(original: Raster, expected: Raster, scale: number): Promise<Raster> {
  const height = Math.round(original.height * scale);
  // A pixel of difference comes from rounding, and is no difference.
  const snapped = Math.abs(height - expected.height) <= 2 ? expected.height : Math.max(1, height);
  const { data, info } = await sharp(original.data, {
    raw: { width: original.width, height: original.height, channels: 3 },
    limitInputPixels: false,
  })
    .resize({ width: expected.width, height: snapped, fit: 'fill' })
    .raw({ depth: 'uchar' })
    .toBuffer({ resolveWithObject: true });
  return { width: info.width, height: info.height, data };
}

/** What lies to the right of and below a corner that two pictures share. */
function strips(raster: Raster, width: number, height: number): Rect[] {
  const right = { x: width, y: 0, width: raster.width - width, height: raster.height };
  const below = { x: 0, y: height, width, height: raster.height - height };
  return [right, below].filter((box) => box.width > 0 && box.height > 0);
}
