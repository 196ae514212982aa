/** Round things that code draws better than a crop: radio buttons beside their texts, and dots of one colour. */
import type { Raster } from '../../image/picture.ts';
import type { RawPicture } from '../pictures/find-pictures.ts';
import { packedAt, packedDistance } from '../pixels.ts';
import type { RawBox, RawSide } from './raw-box.ts';

interface Bounds {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** CSS pixels: browsers draw radio buttons 13 high, and no list of choices has larger ones than 24. */
const [smallest, largest] = [12, 24] as const;
/** CSS pixels between a ring and its label, and between their middles. */
const [leastGap, mostGap, mostAskew] = [2, 16, 5] as const;
/** CSS pixels: how far the ring's ink lies from its bounds. */
const thickest = 3;
/** Rays from the middle; of them, the share that must meet the ring, and may meet something else. */
const rays = 36;
const leastMet = 0.94;
const mostStray = 0.06;
/** 0..255: what differs from the ground by more is the ring's ink, and the dot's. */
const contrast = 24;
const dotContrast = 60;
/** CSS pixels across dots that stand for a state. */
const [smallestDisc, largestDisc] = [5, 16] as const;
/** Radius of a dot as a share of the ring's. */
const [smallestDot, largestDot] = [0.2, 0.75] as const;

export interface Rings {
  /** Those that were known, small round ones with their bounds, and a round one for each ring and each dot. */
  readonly boxes: readonly RawBox[];
  /** The other icons, and the dots in the radio buttons that are chosen. */
  readonly icons: readonly RawPicture[];
}

/**
 * @param icons that may be rings.
 * @param texts that may be their labels.
 * @param known boxes, of which small ones may be dots.
 */
export function takeRings(
  raster: Raster,
  icons: readonly RawPicture[],
  texts: readonly Bounds[],
  known: readonly RawBox[],
  scale: number,
): Rings {
  const boxes: RawBox[] = [];
  const dots: RawPicture[] = [];
  for (const icon of icons) {
    const ring = hasLabel(icon, texts, scale) ? ringOf(raster, icon, scale) : undefined;
    if (ring === undefined) continue;
    boxes.push(ring.box);
    if (ring.dot !== undefined) dots.push(ring.dot);
  }
  const rounded = known.map((box) => roundedDot(raster, box, scale) ?? box);
  boxes.push(...rounded.filter((box) => !known.includes(box)));
  const others = icons.filter((icon) => !boxes.some((box) => isWithin(icon, box)));
  boxes.push(...others.flatMap((icon) => discOf(raster, icon, scale) ?? []));
  const rest = icons.filter((icon) => !boxes.some((box) => isWithin(icon, box)));
  return { boxes: [...rounded, ...boxes.filter((box) => !rounded.includes(box))], icons: [...rest, ...dots] };
}

/** A small box that is a dot: its smooth edge is seldom part of it. */
function roundedDot(raster: Raster, box: RawBox, scale: number): RawBox | undefined {
  const { left, top, right, bottom, outside: background } = box;
  if (Object.keys(box.border).length > 0) return undefined;
  for (const more of [0, 1]) {
    const bounds = { left: left - more, top: top - more, right: right + more, bottom: bottom + more };
    const disc = discOf(raster, { ...bounds, background }, scale);
    if (disc !== undefined) return { ...box, ...bounds, radius: disc.radius };
  }
  return undefined;
}

/** A circle of one colour, but for its smooth edge. */
function discOf(
  raster: Raster,
  { left, top, right, bottom, background: outside }: Bounds & { readonly background: number },
  scale: number,
): RawBox | undefined {
  const [across, down] = [right - left + 1, bottom - top + 1];
  if (Math.abs(across - down) > 1) return undefined;
  if (Math.min(across, down) < smallestDisc * scale || Math.max(across, down) > largestDisc * scale)
    return undefined;
  const [x0, y0, radius] = [(left + right) / 2, (top + bottom) / 2, (across + down) / 4];
  const colorAt = (x: number, y: number): number => packedAt(raster.data, y * raster.width + x);
  const fill = colorAt(Math.round(x0), Math.round(y0));
  if (packedDistance(fill, outside) < dotContrast) return undefined;
  for (let y = top; y <= bottom; y += 1) {
    for (let x = left; x <= right; x += 1) {
      const away = Math.hypot(x - x0, y - y0) - radius;
      if (away <= -1.5 && packedDistance(colorAt(x, y), fill) > contrast) return undefined;
      // The corners of its square show the ground.
      if (away >= 0.7 && packedDistance(colorAt(x, y), outside) > dotContrast) return undefined;
    }
  }
  const shape = { left, top, right, bottom, outside, radius: Math.round(radius) };
  return { ...shape, fill, border: {}, surface: -1, region: -1 };
}

const isWithin = (icon: Bounds, box: Bounds): boolean =>
  icon.left >= box.left && icon.right <= box.right && icon.top >= box.top && icon.bottom <= box.bottom;

function hasLabel({ left, top, right, bottom }: Bounds, texts: readonly Bounds[], scale: number): boolean {
  const [across, down] = [right - left + 1, bottom - top + 1];
  if (Math.abs(across - down) > scale) return false;
  if (Math.min(across, down) < smallest * scale || Math.max(across, down) > largest * scale) return false;
  return texts.some((text) => {
    const gap = text.left - right;
    const askew = Math.abs(text.top + text.bottom - top - bottom) / 2;
    return gap >= leastGap * scale && gap <= mostGap * scale && askew <= mostAskew * scale;
  });
}

function ringOf(
  raster: Raster,
  icon: RawPicture,
  scale: number,
): { readonly box: RawBox; readonly dot?: RawPicture } | undefined {
  const { left, top, right, bottom, background } = icon;
  const [x0, y0] = [(left + right) / 2, (top + bottom) / 2];
  const radius = (right - left + bottom - top + 2) / 4;
  const colorAt = (angle: number, distance: number): number => {
    const x = Math.round(x0 + distance * Math.cos(angle));
    const y = Math.round(y0 + distance * Math.sin(angle));
    return packedAt(raster.data, y * raster.width + x);
  };
  const isInk = (angle: number, distance: number, least = contrast): boolean =>
    packedDistance(colorAt(angle, distance), background) > least;
  // Squares and stars reach beyond a ring, or fall short of it, in some directions.
  const outermost = (angle: number): number => {
    for (let distance = 1.45 * radius; distance > 0; distance -= 0.5)
      if (isInk(angle, distance)) return distance;
    return 0;
  };
  const angles = Array.from({ length: rays }, (_, ray) => (2 * Math.PI * ray) / rays);
  const round = angles.filter((angle) => Math.abs(outermost(angle) - radius) <= 1.1 * scale).length;
  if (round < leastMet * rays) return undefined;
  const inner = radius - thickest * scale;
  const strongest: number[] = [];
  let thickness = 0;
  for (const angle of angles) {
    let best = background;
    for (let distance = inner; distance <= radius; distance += 0.5) {
      const color = colorAt(angle, distance);
      if (packedDistance(color, background) > packedDistance(best, background)) best = color;
      if (isInk(angle, distance)) thickness += 0.5 / rays;
    }
    if (packedDistance(best, background) > contrast) strongest.push(best);
  }
  if (strongest.length < leastMet * rays) return undefined;
  // From outside in: the gap, then nothing, or a dot that is as far away on all sides.
  const reaches = angles.map((angle) => {
    for (let distance = inner; distance >= 0; distance -= 0.5)
      if (isInk(angle, distance, dotContrast)) return distance;
    return 0;
  });
  const sorted = reaches.toSorted((a, b) => a - b);
  const reach = sorted[Math.floor(rays / 2)] ?? 0;
  const stray = reaches.filter((one) => Math.abs(one - reach) > 1.5 * scale).length;
  if (stray > mostStray * rays) return undefined;
  const isDot = reach >= smallestDot * radius;
  if (reach > largestDot * radius || (isDot && !isInk(0, 0, dotContrast))) return undefined;
  const color = strongest.toSorted((a, b) => packedDistance(b, background) - packedDistance(a, background))[
    Math.floor(strongest.length / 4)
  ];
  const side: RawSide = { width: Math.max(1, Math.round(thickness)), color: color ?? background };
  const box: RawBox = {
    left,
    top,
    right,
    bottom,
    // Of a chosen one the dot's colour, which is what the page accents its controls with.
    fill: colorAt(0, 0),
    outside: background,
    radius: Math.round(radius),
    border: { top: side, right: side, bottom: side, left: side },
    surface: -1,
    region: -1,
  };
  if (!isDot) return { box };
  const [dx, dy] = [Math.round(x0), Math.round(y0)];
  const r = Math.round(reach);
  return { box, dot: { ...icon, left: dx - r, top: dy - r, right: dx + r, bottom: dy + r, radius: r } };
}
