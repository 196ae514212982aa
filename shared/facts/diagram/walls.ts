/** What surrounds a region: how wide its outline is, what lies beyond, and whether the outline runs on at its corners. */
import { at } from '../pixels.ts';
import type { Ground } from './ground.ts';
import type { Mask } from './mask.ts';

export interface Wall {
  /** Median width of the outline's stroke, pixels; 0 where a fill just ends. */
  readonly stroke: number;
  /** Packed colour beyond the outline. */
  readonly outside: number;
  /** Packed; the colour of the outline itself. */
  readonly color: number;
}

/** Widest outline, pixels. */
const widest = 18;

/** Looks outwards from the mask's rim, along rows and columns. */
export function wallOf(mask: Mask, ground: Ground, walls: Uint8Array): Wall {
  const { width, height, raster } = ground;
  const widths: number[] = [];
  const outside = new Map<number, number>();
  const colors: number[][] = [];
  const step = Math.max(1, Math.floor((mask.width + mask.height) / 80));
  const look = (x: number, y: number, dx: number, dy: number): void => {
    let depth = 0;
    let inked = 0;
    let deepest = -1;
    while (depth < widest) {
      const [px, py] = [x + dx * (depth + 1), y + dy * (depth + 1)];
      if (px < 0 || py < 0 || px >= width || py >= height) return;
      const pixel = py * width + px;
      // Up to two pixels of a blurred edge may lie before the ink.
      if (at(walls, pixel) === 0 && (inked > 0 || depth >= 2)) break;
      if (at(walls, pixel) === 1) {
        inked++;
        if (deepest < 0 || inked === 2) deepest = pixel;
      }
      depth++;
    }
    if (depth >= widest) return;
    widths.push(inked);
    const beyond = (y + dy * (depth + 2)) * width + x + dx * (depth + 2);
    const surface = at(ground.surfaceOf, beyond);
    const color = surface < 0 ? undefined : ground.surfaces[surface]?.color;
    if (color !== undefined) outside.set(color, (outside.get(color) ?? 0) + 1);
    if (deepest >= 0) colors.push([0, 1, 2].map((channel) => at(raster.data, deepest * 3 + channel)));
  };
  for (let x = 0; x < mask.width; x += step) {
    let [first, last] = [-1, -1];
    for (let y = 0; y < mask.height; y++)
      if (at(mask.bits, y * mask.width + x) === 1) {
        if (first < 0) first = y;
        last = y;
      }
    if (first < 0) continue;
    look(mask.x + x, mask.y + first, 0, -1);
    look(mask.x + x, mask.y + last, 0, 1);
  }
  for (let y = 0; y < mask.height; y += step) {
    const row = mask.bits.subarray(y * mask.width, (y + 1) * mask.width);
    const [first, last] = [row.indexOf(1), row.lastIndexOf(1)];
    if (first < 0) continue;
    look(mask.x + first, mask.y + y, -1, 0);
    look(mask.x + last, mask.y + y, 1, 0);
  }
  const middle = (list: number[]): number => list.sort((a, b) => a - b)[Math.floor(list.length / 2)] ?? 0;
  const [common] = [...outside].reduce((a, b) => (b[1] > a[1] ? b : a), [ground.background, 0]);
  const channel = (index: number): number => middle(colors.map((color) => color[index] ?? 0));
  return {
    stroke: middle(widths),
    outside: common,
    color: (channel(0) << 16) | (channel(1) << 8) | channel(2),
  };
}

/**
 * At how many corners of a box an outline runs on straight beyond it, 0..4: none at a box of its own, two and more
 * where the lines belong to others.
 */
export function cornersRunningOn(
  box: { x: number; y: number; width: number; height: number },
  stroke: number,
  walls: Uint8Array,
  width: number,
  height: number,
): number {
  const reach = Math.max(2, Math.ceil(stroke / 2) + 1);
  /** Whether the strip from `near` to `far` pixels beyond the corner is drawn, but for a dash's gap. */
  const runsOn = (x: number, y: number, dx: number, dy: number): boolean => {
    const [near, far] = [stroke + 6, stroke + 16];
    let missing = 0;
    for (let step = near; step <= far; step++) {
      let found = false;
      for (let side = -reach; side <= reach && !found; side++) {
        const [px, py] = [Math.round(x + dx * step + dy * side), Math.round(y + dy * step + dx * side)];
        found = px >= 0 && py >= 0 && px < width && py < height && at(walls, py * width + px) === 1;
      }
      if (!found) missing++;
    }
    return missing <= 3;
  };
  const half = stroke / 2;
  const [left, top, right, bottom] = [
    box.x - half,
    box.y - half,
    box.x + box.width + half,
    box.y + box.height + half,
  ];
  return [
    [left, top, -1, -1],
    [right, top, 1, -1],
    [right, bottom, 1, 1],
    [left, bottom, -1, 1],
  ].filter(([x = 0, y = 0, dx = 0, dy = 0]) => runsOn(x, y, dx, 0) || runsOn(x, y, 0, dy)).length;
}
