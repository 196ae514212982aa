/** Dots of state machines and stick figures: shapes that are ink, not outlines. */
import type { Rect } from '../../geometry.ts';
import { at, packedDistance } from '../pixels.ts';
import { componentsOf } from './components.ts';
import { distanceTo } from './distance.ts';
import type { Ground } from './ground.ts';
import { type FoundOutline, shareInside } from './outline.ts';
import type { Region } from './regions.ts';

/** From the middle of a head to the shape that it stands at, in radii of the largest disc in it. */
const headReach = 1.9;

/** Filled discs, with or without a ring around them. @param stroke typical width, pixels. */
export function findDots(
  ground: Ground,
  walls: Uint8Array,
  stroke: number,
  outlines: readonly FoundOutline[],
): FoundOutline[] {
  const { width, height } = ground;
  const depth = distanceTo(
    walls.map((value) => 1 - value),
    width,
    height,
  );
  const least = 3 * Math.max(5.5, 1.7 * stroke);
  const cores = componentsOf(
    Uint8Array.from(depth, (value) => (value >= least ? 1 : 0)),
    width,
    height,
    true,
  );
  return cores.list.flatMap((core): FoundOutline[] => {
    let radius = 0;
    for (let y = core.top; y <= core.bottom; y++)
      for (let x = core.left; x <= core.right; x++) {
        if (at(cores.labels, y * width + x) !== core.index) continue;
        radius = Math.max(radius, at(depth, y * width + x) / 3);
      }
    const middle = { x: (core.left + core.right) / 2, y: (core.top + core.bottom) / 2 };
    const share = (from: number, to: number): number => {
      let [inked, all] = [0, 0];
      for (let y = Math.floor(middle.y - to); y <= middle.y + to; y++)
        for (let x = Math.floor(middle.x - to); x <= middle.x + to; x++) {
          const far = Math.hypot(x - middle.x, y - middle.y);
          if (far < from || far > to || x < 0 || y < 0 || x >= width || y >= height) continue;
          all++;
          inked += at(walls, y * width + x);
        }
      return all === 0 ? 0 : inked / all;
    };
    if (share(0, radius) < 0.93 || share(radius * 1.2, radius * 1.45) > 0.22) return [];
    if (
      outlines.some(
        ({ box }) =>
          // In a shape, or at its edge as the heads of lines are.
          middle.x > box.x - headReach * radius &&
          middle.x < box.x + box.width + headReach * radius &&
          middle.y > box.y - headReach * radius &&
          middle.y < box.y + box.height + headReach * radius,
      )
    )
      return [];
    let ring = 0;
    for (let far = radius * 1.4; far <= radius * 2.6; far += 1)
      if (share(far, far + 1.5) > 0.8) ring = far + 1.5;
    const outer = (ring > 0 ? ring : radius) + 0.5;
    const box = { x: middle.x - outer, y: middle.y - outer, width: 2 * outer, height: 2 * outer };
    const seed = Math.round(middle.y) * width + Math.round(middle.x);
    const { data } = ground.raster;
    const color = (at(data, seed * 3) << 16) | (at(data, seed * 3 + 1) << 8) | at(data, seed * 3 + 2);
    return [
      {
        shape: ring > 0 ? 'end' : 'start',
        box,
        stroke: 1,
        strokeColor: color,
        fill: color,
        rules: [],
        tracks: [],
        confidence: 0.8,
      },
    ];
  });
}

/** Small circles without words are dots: dark ones begin, those with a disc in them end. */
export function withDots(
  outlines: readonly FoundOutline[],
  texts: readonly Rect[],
  ground: Ground,
): FoundOutline[] {
  return outlines.map((outline): FoundOutline => {
    const { box, shape, fill } = outline;
    const isRound =
      ['ellipse', 'rounded'].includes(shape) && Math.abs(box.width - box.height) < 0.2 * box.width;
    if (!isRound || box.width > 110 || texts.some((text) => shareInside(text, box) > 0.7)) return outline;
    if (fill !== undefined && packedDistance(fill, ground.background) > 80)
      return { ...outline, shape: 'start' };
    const reach = 0.22 * box.width;
    let [inked, all] = [0, 0];
    for (let y = Math.ceil(box.y + box.height / 2 - reach); y <= box.y + box.height / 2 + reach; y++)
      for (let x = Math.ceil(box.x + box.width / 2 - reach); x <= box.x + box.width / 2 + reach; x++) {
        if (Math.hypot(x - box.x - box.width / 2, y - box.y - box.height / 2) > reach) continue;
        const surface = at(ground.surfaceOf, y * ground.width + x);
        all++;
        if (surface < 0 || packedDistance(ground.surfaces[surface]?.color ?? 0, ground.background) > 80)
          inked++;
      }
    return all > 0 && inked > 0.9 * all ? { ...outline, shape: 'end' } : outline;
  });
}

/** A round head, an upright stroke below it, and two legs. */
export function findActors(
  regions: readonly Region[],
  texts: readonly Rect[],
  ground: Ground,
  walls: Uint8Array,
  stroke: number,
): FoundOutline[] {
  const { width, height } = ground;
  const inked = (x: number, y: number): boolean => {
    for (let side = -Math.ceil(stroke); side <= Math.ceil(stroke); side++) {
      const px = Math.round(x) + side;
      if (px >= 0 && px < width && y >= 0 && y < height && at(walls, Math.round(y) * width + px) === 1)
        return true;
    }
    return false;
  };
  const heads = regions.filter(
    ({ shape, fit, mask, closing }) =>
      ['ellipse', 'rounded', 'diamond', 'hexagon'].includes(shape) &&
      closing <= 4 &&
      !texts.some((text) => shareInside(text, mask) > 0.5) &&
      fit > 0.8 &&
      mask.width < 90 &&
      Math.abs(mask.width - mask.height) < 0.3 * mask.width + 3,
  );
  return heads.flatMap(({ mask }): FoundOutline[] => {
    const bust = bustBelow(mask, regions, texts, stroke);
    if (bust !== undefined) return [bust];
    const size = mask.height + 2 * stroke;
    const x = mask.x + mask.width / 2;
    const neck = mask.y + mask.height + stroke;
    let body = 0;
    while (body < 4 * size && inked(x, neck + body)) body++;
    if (body < 0.5 * size || body >= 4 * size) return [];
    // Below the hip both legs are there, apart, and the middle is empty.
    let [low, reach] = [0, 0];
    for (let leg = 2; leg < 3 * size; leg++) {
      const y = Math.round(neck + body + leg);
      if (y >= height) break;
      const found = [-1, 1].map((sign) => {
        for (let out = 1; out < 1.6 * size; out++) if (inked(x + sign * out, y)) return out;
        return 0;
      });
      const [a = 0, b = 0] = found;
      if (a === 0 || b === 0 || Math.abs(a - b) > 0.8 * size) break;
      low = leg;
      reach = Math.max(reach, a, b);
    }
    if (low < 0.35 * size) return [];
    const half = Math.max(reach, 0.8 * size) + stroke;
    const box = { x: x - half, y: mask.y - stroke, width: 2 * half, height: size + body + low };
    return [{ shape: 'actor', box, stroke, strokeColor: 0, rules: [], tracks: [], confidence: 0.8 }];
  });
}

/** Shoulders below a head, as icons of users have them. */
function bustBelow(
  head: Region['mask'],
  regions: readonly Region[],
  texts: readonly Rect[],
  stroke: number,
): FoundOutline | undefined {
  const body = regions.find(({ mask }) => {
    const gap = mask.y - head.y - head.height;
    return (
      Math.abs(mask.x + mask.width / 2 - head.x - head.width / 2) < 0.12 * mask.width &&
      mask.width > 1.2 * head.width &&
      mask.width < 3 * head.width &&
      mask.height > 0.35 * head.height &&
      mask.height < 1.7 * head.height &&
      gap > -0.2 * head.height &&
      gap < 0.6 * head.height + 2 * stroke &&
      !texts.some((text) => shareInside(text, mask) > 0.5)
    );
  })?.mask;
  if (body === undefined) return undefined;
  const box = {
    x: body.x - stroke,
    y: head.y - stroke,
    width: body.width + 2 * stroke,
    height: body.y + body.height - head.y + 2 * stroke,
  };
  return { shape: 'actor', box, stroke, strokeColor: 0, rules: [], tracks: [], confidence: 0.8 };
}
