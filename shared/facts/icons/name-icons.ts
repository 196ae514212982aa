/** Gives icons that were measured as pixels the shape of the icon set that they have. */
import { bottom, overlapArea, type Rect, type Rgb, right } from '../../geometry.ts';
import type { Raster } from '../../image/picture.ts';
import type { IconSymbol, PageFacts, PagePicture } from '../page-facts.ts';
import type { InkMask } from './ink.ts';
import { createIconMatcher, type IconMatcher, type MatchedIcon } from './match-icon.ts';

/** CSS pixels: larger drawings are pictures of their own, and each size costs time. */
const largestIcon = 64;
/** Icons that are compared; a page has more only where it is a list of them. */
const mostIcons = 80;
/** Mean distance, in levels of a channel, from the line between background and ink; above it more colours meet. */
const plainInk = 14;
/** Pixels around the ink that are looked at too, in which the set's square may shift. */
const margin = 2;

/** @returns facts in which matched icons carry a `symbol`, and the box of its square instead of their ink's. */
export async function nameIcons(facts: PageFacts, raster: Raster): Promise<PageFacts> {
  const icons = facts.pictures.filter(isPlainIcon).slice(0, mostIcons);
  if (icons.length === 0) return facts;
  const matcher = await createIconMatcher();
  const known = new Map<string, MatchedIcon | undefined>();
  const named = new Map<PagePicture, PagePicture>();
  for (const icon of icons) {
    const drawing = inkOf(icon, raster, facts.pixelRatio);
    if (drawing === undefined) continue;
    const matched = matchOnce(drawing.mask, matcher, known);
    const picture = matched && withSymbol(icon, drawing, matched, facts.pixelRatio);
    if (picture !== undefined && standsFree(picture, icon, facts)) named.set(icon, picture);
  }
  return { ...facts, pictures: facts.pictures.map((picture) => named.get(picture) ?? picture) };
}

const isPlainIcon = ({ kind, radius, box }: PagePicture): boolean =>
  kind === 'icon' && radius === 0 && Math.max(box.width, box.height) <= largestIcon;

/** The same icon stands in every row of a list. */
function matchOnce(mask: InkMask, matcher: IconMatcher, known: Map<string, MatchedIcon | undefined>) {
  const levels = Array.from(mask.ink, (value) => Math.round(15 * value).toString(16)).join('');
  const key = `${mask.width} ${levels}`;
  if (!known.has(key)) known.set(key, matcher.match(mask));
  return known.get(key);
}

interface Drawing {
  readonly mask: InkMask;
  readonly color: Rgb;
  /** Upper left corner of the mask in the picture's pixels. */
  readonly left: number;
  readonly top: number;
}

/** Coverage of each pixel by the one colour that is not the background; undefined where there are more colours. */
function inkOf({ box, background }: PagePicture, raster: Raster, pixelRatio: number): Drawing | undefined {
  const left = Math.max(0, Math.round(box.x * pixelRatio) - margin);
  const top = Math.max(0, Math.round(box.y * pixelRatio) - margin);
  const width = Math.min(raster.width, Math.round(right(box) * pixelRatio) + margin) - left;
  const height = Math.min(raster.height, Math.round(bottom(box) * pixelRatio) + margin) - top;
  const pixel = (index: number): Rgb => {
    const at = 3 * ((top + Math.floor(index / width)) * raster.width + left + (index % width));
    return [raster.data[at] ?? 0, raster.data[at + 1] ?? 0, raster.data[at + 2] ?? 0];
  };
  const pixels = Array.from({ length: width * height }, (_, index) => pixel(index));
  const color = farthest(pixels, background);
  const axis = minus(color, background);
  const length = dot(axis, axis);
  // Fainter than this, ripples of compression look like ink.
  if (length < 40 ** 2) return undefined;
  const ink = new Float32Array(pixels.length);
  let off = 0;
  for (const [index, value] of pixels.entries()) {
    const from = minus(value, background);
    const share = Math.min(1, Math.max(0, dot(from, axis) / length));
    ink[index] = share;
    off += Math.max(...from.map((part, channel) => Math.abs(part - share * (axis[channel] ?? 0))));
  }
  if (off / pixels.length > plainInk) return undefined;
  return { mask: { width, height, ink }, color, left, top };
}

const minus = (a: Rgb, b: Rgb): Rgb => [a[0] - b[0], a[1] - b[1], a[2] - b[2]];
const dot = (a: Rgb, b: Rgb): number => a[0] * b[0] + a[1] * b[1] + a[2] * b[2];

/** Mean of the few pixels that differ most from the background: the middle of the strokes. */
function farthest(pixels: readonly Rgb[], background: Rgb): Rgb {
  const distance = (color: Rgb): number => dot(minus(color, background), minus(color, background));
  const count = Math.max(1, Math.round(0.02 * pixels.length));
  const most = [...pixels].sort((a, b) => distance(b) - distance(a)).slice(0, count);
  const mean = (channel: 0 | 1 | 2): number =>
    Math.round(most.reduce((sum, color) => sum + color[channel], 0) / most.length);
  return [mean(0), mean(1), mean(2)];
}

/** Sides that people give to icons are whole pixels. */
const wholeWithin = 0.6;

function withSymbol(
  icon: PagePicture,
  drawing: Drawing,
  matched: MatchedIcon,
  pixelRatio: number,
): PagePicture {
  const { name, nodes, strokeWidth, strength } = matched;
  const measured = matched.side / pixelRatio;
  const whole = Math.round(measured);
  const side = Math.abs(whole - measured) <= wholeWithin ? whole : Math.round(measured * 10) / 10;
  const place = (start: number, offset: number): number =>
    Math.round(((start + offset) / pixelRatio + (measured - side) / 2) * 2) / 2;
  const { background } = icon;
  // Strokes that cover no pixel wholly never show their own colour.
  const full = minus(drawing.color, background).map((part) => part / strength);
  const channel = (index: 0 | 1 | 2): number =>
    Math.min(255, Math.max(0, Math.round(background[index] + (full[index] ?? 0))));
  const symbol: IconSymbol = {
    name,
    nodes,
    strokeWidth: Math.round(4 * strokeWidth) / 4,
    color: [channel(0), channel(1), channel(2)],
  };
  const box = {
    x: place(drawing.left, matched.x),
    y: place(drawing.top, matched.y),
    width: side,
    height: side,
  };
  return { ...icon, box, symbol };
}

/** The square has a blank margin, which must not reach into what stands beside it. */
function standsFree(picture: PagePicture, icon: PagePicture, facts: PageFacts): boolean {
  const others: readonly Rect[] = [
    ...facts.lines.map(({ box }) => box),
    ...facts.pictures.filter((other) => other !== icon).map(({ box }) => box),
    ...facts.separators.map(({ box }) => box),
  ];
  const { box } = picture;
  const inPage = box.x >= 0 && box.y >= 0 && right(box) <= facts.width && bottom(box) <= facts.height;
  return inPage && others.every((other) => overlapArea(other, box) === 0);
}
