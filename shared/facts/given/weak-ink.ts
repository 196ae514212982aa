/** Finds the ink of a text whose place is roughly known where the page as a whole showed none: faint, blurred, on a photo. */
import type { Raster } from '../../image/picture.ts';
import { at, median, pack } from '../pixels.ts';
import { groupLines, type InkLine } from '../text/group-lines.ts';
import type { Blob } from '../text/ink.ts';
import { type PreparedLine, prepareInk } from '../text/line-images.ts';
import type { Bounds } from '../text/text-line.ts';
import { grownBounds, shareIn } from './allot-ink.ts';

/** Least contrast, 0..255, of the strongest ink; and the share of it from which a pixel is ink. */
const leastContrast = 20;
const inkShare = 0.42;
/** Rank of the strongest ink among the pixels of a box: letters fill some 15 %. */
const strongest = 0.97;
/** Share of a box's sides that may show what is around it. */
const inset = 0.15;
/** Share of a line's pixels that letters fill at most. */
const mostInk = 0.6;

/**
 * @param box source pixels.
 * @param isTaken tells the pixels of other texts.
 * @returns the lines in it, none where nothing stands out.
 */
export function findWeakInk(
  raster: Raster,
  box: Bounds,
  isTaken: (index: number) => boolean,
  { scale, lossy }: { readonly scale: number; readonly lossy: boolean },
): PreparedLine[] {
  const area = clip(grownBounds(box, scale), raster);
  const [width, height] = [area.right - area.left + 1, area.bottom - area.top + 1];
  if (width < 3 || height < 3) return [];
  const indexOf = (pixel: number): number =>
    (area.top + Math.floor(pixel / width)) * raster.width + area.left + (pixel % width);
  const background = groundOf(raster, area);
  const contrast = new Float64Array(width * height);
  for (let pixel = 0; pixel < contrast.length; pixel++) {
    const index = indexOf(pixel);
    if (!isTaken(index)) contrast[pixel] = distanceTo(raster, index, background);
  }
  const middle = contrast.filter((_, pixel) => isMiddle(box, indexOf(pixel), raster.width));
  const top = middle.sort()[Math.floor(strongest * (middle.length - 1))] ?? 0;
  if (top < leastContrast) return [];
  const mask = Uint8Array.from(contrast, (value) => (value >= Math.max(12, inkShare * top) ? 1 : 0));
  const { blobs, labels } = blobsOf(mask, width, height, area, pack(...background));
  const letters = blobs.filter((blob) => shareIn(blob, box) >= 0.5 && !reachesOut(blob, area, raster));
  const ink = letters.reduce((sum, { area: pixels }) => sum + pixels, 0);
  if (ink > mostInk * (box.right - box.left + 1) * (box.bottom - box.top + 1)) return [];
  return groupLines(letters, scale).map((line) =>
    prepareInk(raster, line, isInkOf(line, labels, area, raster), undefined, lossy),
  );
}

const clip = (box: Bounds, { width, height }: Raster): Bounds => ({
  left: Math.max(0, Math.round(box.left)),
  top: Math.max(0, Math.round(box.top)),
  right: Math.min(width - 1, Math.round(box.right)),
  bottom: Math.min(height - 1, Math.round(box.bottom)),
});

/** Channel-wise median: letters fill less than half of any box around them. */
function groundOf(raster: Raster, area: Bounds): [number, number, number] {
  const channels: [number[], number[], number[]] = [[], [], []];
  for (let y = area.top; y <= area.bottom; y++) {
    for (let x = area.left; x <= area.right; x++) {
      const byte = (y * raster.width + x) * 3;
      for (const [channel, list] of channels.entries()) list.push(at(raster.data, byte + channel));
    }
  }
  return [median(channels[0]), median(channels[1]), median(channels[2])];
}

const distanceTo = ({ data }: Raster, index: number, [red, green, blue]: readonly [number, number, number]) =>
  Math.max(
    Math.abs(at(data, index * 3) - red),
    Math.abs(at(data, index * 3 + 1) - green),
    Math.abs(at(data, index * 3 + 2) - blue),
  );

/** In the inner part of a box, where whatever is around it does not show. */
function isMiddle(box: Bounds, index: number, width: number): boolean {
  const [x, y] = [index % width, Math.floor(index / width)];
  const [across, down] = [inset * (box.right - box.left), inset * (box.bottom - box.top)];
  return x >= box.left + across && x <= box.right - across && y >= box.top + down && y <= box.bottom - down;
}

/** What goes on beyond the window is no letter in it. */
const reachesOut = (blob: Blob, area: Bounds, { width, height }: Raster): boolean =>
  (blob.left <= area.left && area.left > 0) ||
  (blob.top <= area.top && area.top > 0) ||
  (blob.right >= area.right && area.right < width - 1) ||
  (blob.bottom >= area.bottom && area.bottom < height - 1);

function blobsOf(
  mask: Uint8Array,
  width: number,
  height: number,
  area: Bounds,
  background: number,
): { blobs: Blob[]; labels: Int32Array } {
  const labels = new Int32Array(mask.length).fill(-1);
  const blobs: Blob[] = [];
  const stack: number[] = [];
  for (let seed = 0; seed < mask.length; seed++) {
    if (at(mask, seed) === 0 || at(labels, seed) >= 0) continue;
    const index = blobs.length;
    let [left, top, right, bottom, pixels] = [width, height, -1, -1, 0];
    labels[seed] = index;
    stack.push(seed);
    while (stack.length > 0) {
      const pixel = stack.pop() ?? 0;
      const x = pixel % width;
      const y = Math.floor(pixel / width);
      pixels++;
      [left, right] = [Math.min(left, x), Math.max(right, x)];
      [top, bottom] = [Math.min(top, y), Math.max(bottom, y)];
      for (let ny = Math.max(0, y - 1); ny <= Math.min(height - 1, y + 1); ny++) {
        for (let nx = Math.max(0, x - 1); nx <= Math.min(width - 1, x + 1); nx++) {
          const next = ny * width + nx;
          if (at(mask, next) === 0 || at(labels, next) >= 0) continue;
          labels[next] = index;
          stack.push(next);
        }
      }
    }
    blobs.push({
      index,
      left: area.left + left,
      top: area.top + top,
      right: area.left + right,
      bottom: area.top + bottom,
      area: pixels,
      surface: 0,
      purity: 1,
      background,
      color: 0,
    });
  }
  return { blobs, labels };
}

function isInkOf(
  line: InkLine,
  labels: Int32Array,
  area: Bounds,
  raster: Raster,
): (index: number) => boolean {
  const own = new Set(line.blobs.map(({ index }) => index));
  const width = area.right - area.left + 1;
  return (index) => {
    const x = (index % raster.width) - area.left;
    const y = Math.floor(index / raster.width) - area.top;
    if (x < 0 || y < 0 || x >= width || y > area.bottom - area.top) return false;
    return own.has(at(labels, y * width + x));
  };
}
