/** Refines rough places of pictures, icons, boxes and rules to the pixels that are there. */
import type { Rect } from '../../geometry.ts';
import type { PageFacts, PagePicture } from '../page-facts.ts';
import { at, modeOf, packedAt, packedDistance, unpack } from '../pixels.ts';
import type { RawFacts } from '../raw-facts.ts';
import { type Bounds, rectOf } from '../text/text-line.ts';
import { boundsOf, grownBounds, shareIn } from './allot-ink.ts';
import type { GivenThing, MeasuredThing } from './given.ts';

/** Least difference, 0..255, from what is around a thing. */
const leastContrast = 12;
/** Share of a row or column that must differ for it to belong to a picture, and of one that is a box's side. */
const pictureShare = 0.12;
const sideShare = 0.6;
/** A refined thing keeps this share of the rough one's sides at least. */
const leastSide = 0.45;

export function measureThings(
  raw: RawFacts,
  facts: PageFacts,
  things: readonly GivenThing[],
): (MeasuredThing | undefined)[] {
  return things.map((thing) => {
    const tight =
      thing.kind === 'icon' ? (inkOf(raw, facts, thing.box) ?? trimmed(raw, thing.box, 0)) : undefined;
    if (thing.kind === 'icon') return tight && pictureOf(raw, tight, 'icon');
    if (thing.kind === 'picture') {
      const found = trimmed(raw, thing.box, pictureShare);
      return found && pictureOf(raw, found, kindOf(raw, found));
    }
    const found = trimmed(raw, thing.box, sideShare);
    if (found === undefined) return undefined;
    return thing.kind === 'divider' ? ruleOf(raw, found) : boxOf(raw, found);
  });
}

/** Around the pieces of ink that lie in a rough box and in no line of text. */
function inkOf(raw: RawFacts, facts: PageFacts, rough: Rect): Bounds | undefined {
  const box = boundsOf(rough, raw.scale);
  const texts = facts.lines.map((line) => boundsOf(line.box, raw.scale));
  const own = raw.ink.blobs.filter(
    (blob) =>
      (shareIn(blob, box) >= 0.5 || shareIn(blob, grownBounds(box, raw.scale)) >= 0.9) &&
      !texts.some((text) => shareIn(blob, text) > 0.8),
  );
  if (own.length === 0) return undefined;
  const bounds = {
    left: Math.min(...own.map((blob) => blob.left)),
    top: Math.min(...own.map((blob) => blob.top)),
    right: Math.max(...own.map((blob) => blob.right)),
    bottom: Math.max(...own.map((blob) => blob.bottom)),
  };
  return isTooSmall(bounds, box) ? undefined : bounds;
}

const isTooSmall = (found: Bounds, box: Bounds): boolean =>
  found.right - found.left < leastSide * (box.right - box.left) ||
  found.bottom - found.top < leastSide * (box.bottom - box.top);

/** Cuts away the rows and columns at the sides that look like what is around. @param share of a row that must differ. */
function trimmed(raw: RawFacts, rough: Rect, share: number): Bounds | undefined {
  const { width, data } = raw.raster;
  const box = boundsOf(rough, raw.scale);
  const around = grownBounds(box, raw.scale);
  const area = {
    left: Math.max(0, Math.floor(around.left)),
    top: Math.max(0, Math.floor(around.top)),
    right: Math.min(width - 1, Math.ceil(around.right)),
    bottom: Math.min(raw.raster.height - 1, Math.ceil(around.bottom)),
  };
  if (area.right <= area.left || area.bottom <= area.top) return undefined;
  const ground = groundOf(raw, area);
  const differs = (x: number, y: number): number =>
    packedDistance(packedAt(data, y * width + x), ground) >= leastContrast ? 1 : 0;
  const bounds = { ...area };
  const row = (y: number): boolean => {
    let count = 0;
    for (let x = bounds.left; x <= bounds.right; x++) count += differs(x, y);
    return count > share * (bounds.right - bounds.left + 1 - 10 * raw.scale);
  };
  const column = (x: number): boolean => {
    let count = 0;
    for (let y = bounds.top; y <= bounds.bottom; y++) count += differs(x, y);
    return count > share * (bounds.bottom - bounds.top + 1 - 8 * raw.scale);
  };
  while (bounds.top < bounds.bottom && !row(bounds.top)) bounds.top++;
  while (bounds.bottom > bounds.top && !row(bounds.bottom)) bounds.bottom--;
  while (bounds.left < bounds.right && !column(bounds.left)) bounds.left++;
  while (bounds.right > bounds.left && !column(bounds.right)) bounds.right--;
  return isTooSmall(bounds, box) ? undefined : bounds;
}

/** The most frequent colour along the edge of an area. */
function groundOf(raw: RawFacts, area: Bounds): number {
  const { width, data } = raw.raster;
  const colors: number[] = [];
  for (let x = area.left; x <= area.right; x++)
    colors.push(packedAt(data, area.top * width + x), packedAt(data, area.bottom * width + x));
  for (let y = area.top; y <= area.bottom; y++)
    colors.push(packedAt(data, y * width + area.left), packedAt(data, y * width + area.right));
  return modeOf(colors).value;
}

/** Photos have many colours; 4 bits a channel, some 4,000 pixels. */
const photoColors = 100;

function kindOf(raw: RawFacts, { left, top, right, bottom }: Bounds): PagePicture['kind'] {
  const step = Math.max(1, Math.floor(Math.sqrt(((right - left) * (bottom - top)) / 4000)));
  const colors = new Set<number>();
  for (let y = top; y <= bottom; y += step)
    for (let x = left; x <= right; x += step)
      colors.add(packedAt(raw.raster.data, y * raw.raster.width + x) & 0xf0f0f0);
  return colors.size >= photoColors ? 'photo' : 'drawing';
}

function pictureOf(raw: RawFacts, bounds: Bounds, kind: PagePicture['kind']): MeasuredThing {
  const ring = {
    left: bounds.left - 2,
    top: bounds.top - 2,
    right: bounds.right + 2,
    bottom: bounds.bottom + 2,
  };
  const { width, height } = raw.raster;
  const inside = {
    left: Math.max(0, ring.left),
    top: Math.max(0, ring.top),
    right: Math.min(width - 1, ring.right),
    bottom: Math.min(height - 1, ring.bottom),
  };
  const background = unpack(groundOf(raw, inside));
  const radius = kind === 'icon' ? 0 : radiusOf(raw, bounds, groundOf(raw, inside)) / raw.scale;
  return {
    list: 'pictures',
    item: { box: rectOf(bounds, raw.scale), kind, radius: Math.round(radius), background },
  };
}

/** From where a corner's diagonal first leaves the ground: a circle of radius r is met at r(1 − 1/√2). */
function radiusOf(raw: RawFacts, { left, top, right, bottom }: Bounds, ground: number): number {
  const limit = Math.min(right - left, bottom - top) / 2;
  const { width, data } = raw.raster;
  const found = [
    [left, top, 1, 1],
    [right, top, -1, 1],
    [right, bottom, -1, -1],
    [left, bottom, 1, -1],
  ].map(([x = 0, y = 0, dx = 0, dy = 0]) => {
    let steps = 0;
    while (
      steps < limit &&
      packedDistance(packedAt(data, (y + steps * dy) * width + x + steps * dx), ground) < leastContrast
    )
      steps++;
    return steps / (1 - Math.SQRT1_2);
  });
  const sorted = found.sort((a, b) => a - b);
  return at(sorted, 3) - at(sorted, 0) > 0.4 * Math.max(8, at(sorted, 3))
    ? 0
    : Math.min(limit, at(sorted, 1));
}

function boxOf(raw: RawFacts, bounds: Bounds): MeasuredThing {
  const { width, data } = raw.raster;
  const colorsAt = (depth: number): number[] => {
    const colors: number[] = [];
    for (let x = bounds.left + 4; x <= bounds.right - 4; x++)
      colors.push(
        packedAt(data, (bounds.top + depth) * width + x),
        packedAt(data, (bounds.bottom - depth) * width + x),
      );
    return colors;
  };
  const fill = modeOf(insideOf(raw, bounds)).value;
  let border = 0;
  const edge = modeOf(colorsAt(0)).value;
  while (border < 4 * raw.scale && packedDistance(modeOf(colorsAt(border)).value, fill) >= leastContrast)
    border++;
  const side = { width: border / raw.scale, color: unpack(edge) };
  const ground = groundOf(raw, {
    left: Math.max(0, bounds.left - 2),
    top: Math.max(0, bounds.top - 2),
    right: Math.min(width - 1, bounds.right + 2),
    bottom: Math.min(raw.raster.height - 1, bounds.bottom + 2),
  });
  return {
    list: 'boxes',
    item: {
      box: rectOf(bounds, raw.scale),
      fill: unpack(fill),
      border:
        border > 0 && border < 4 * raw.scale ? { top: side, right: side, bottom: side, left: side } : {},
      radius: Math.round(radiusOf(raw, bounds, ground) / raw.scale),
      confidence: 0.6,
    },
  };
}

function* insideOf(raw: RawFacts, { left, top, right, bottom }: Bounds): Generator<number> {
  const inset = Math.min(5, (right - left) >> 2, (bottom - top) >> 2);
  for (let y = top + inset; y <= bottom - inset; y++)
    for (let x = left + inset; x <= right - inset; x++)
      yield packedAt(raw.raster.data, y * raw.raster.width + x);
}

function ruleOf(raw: RawFacts, bounds: Bounds): MeasuredThing | undefined {
  const [width, height] = [bounds.right - bounds.left + 1, bounds.bottom - bounds.top + 1];
  if (Math.min(width, height) > 6 * raw.scale || Math.max(width, height) < 12 * raw.scale) return undefined;
  const color = unpack(modeOf(insideOf(raw, bounds)).value);
  const orientation = width >= height ? 'horizontal' : 'vertical';
  return { list: 'separators', item: { box: rectOf(bounds, raw.scale), color, orientation } };
}
