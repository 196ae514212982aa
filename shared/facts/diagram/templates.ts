/** Compares a filled area with the shapes that diagrams are drawn with. */
import type { NodeShape } from '../../diagram-graph.ts';
import { at } from '../pixels.ts';
import { sampleGrid as grid, isCloud, notchesOf } from './clouds.ts';
import type { Mask } from './mask.ts';

export interface ShapeFit {
  readonly shape: NodeShape;
  /** Intersection over union with the shape, 0..1. */
  readonly fit: number;
}

/** In a box from 0 to 1 each way. */
type Template = (u: number, v: number) => boolean;

const mirrored =
  (template: Template): Template =>
  (u, v) =>
    template(1 - u, v);
const turned =
  (template: Template): Template =>
  (u, v) =>
    template(v, u);
const upsideDown =
  (template: Template): Template =>
  (u, v) =>
    template(u, 1 - v);

const slanted =
  (slant: number): Template =>
  (u, v) =>
    u >= slant * (1 - v) && u <= 1 - slant * v;
const hexagonal =
  (inset: number): Template =>
  (u, v) =>
    Math.min(u, 1 - u) >= inset * Math.abs(2 * v - 1);
const tapered =
  (inset: number): Template =>
  (u, v) =>
    Math.min(u, 1 - u) >= inset * (1 - v);
const triangular: Template = (u, v) => Math.abs(u - 0.5) <= v / 2;
const halfEllipse = (u: number): number => Math.sqrt(Math.max(0, 1 - (2 * u - 1) ** 2));
const capped =
  (cap: number): Template =>
  (u, v) =>
    v >= cap * (1 - halfEllipse(u)) && v <= 1 - cap * (1 - halfEllipse(u));
const waved =
  (depth: number): Template =>
  (u, v) =>
    v <= 1 - depth + depth * Math.sin(2 * Math.PI * u);
const waves =
  (depth: number): Template =>
  (u, v) =>
    v <= 1 - depth - depth * Math.sin(2 * Math.PI * (1 - u));
const folded =
  (x: number, y: number): Template =>
  (u, v) =>
    u <= 1 - x || v >= ((u - 1 + x) / x) * y;

const diamond: Template = (u, v) => Math.abs(u - 0.5) + Math.abs(v - 0.5) <= 0.5;
const ellipse: Template = (u, v) => (u - 0.5) ** 2 + (v - 0.5) ** 2 <= 0.25;

const templates: readonly (readonly [NodeShape, Template])[] = [
  ['rectangle', () => true],
  ['ellipse', ellipse],
  ['diamond', diamond],
  ...[0.1, 0.15, 0.2, 0.25, 0.3, 0.4].flatMap((slant): [NodeShape, Template][] => [
    ['parallelogram', slanted(slant)],
    ['parallelogram', mirrored(slanted(slant))],
  ]),
  ...[0.08, 0.12, 0.16, 0.2, 0.25, 0.33].map((inset): [NodeShape, Template] => ['hexagon', hexagonal(inset)]),
  ...[0.12, 0.2, 0.3].flatMap((inset): [NodeShape, Template][] => [
    ['trapezoid', tapered(inset)],
    ['trapezoid', upsideDown(tapered(inset))],
  ]),
  ['triangle', triangular],
  ['triangle', upsideDown(triangular)],
  ['triangle', turned(triangular)],
  ['triangle', mirrored(turned(triangular))],
  ...[0.08, 0.12, 0.17, 0.24].map((cap): [NodeShape, Template] => ['cylinder', capped(cap)]),
  ...[0.05, 0.09, 0.14, 0.2].flatMap((depth): [NodeShape, Template][] =>
    [waved(depth), waves(depth)].flatMap((one): [NodeShape, Template][] => [
      ['document', one],
      ['document', mirrored(one)],
    ]),
  ),
  ...[0.1, 0.18].flatMap((x): [NodeShape, Template][] =>
    [0.2, 0.35].map((y): [NodeShape, Template] => ['note', folded(x, y)]),
  ),
];

/** Each template, sampled once. */
const sampled = templates.map(([shape, template]) => {
  const bits = new Uint8Array(grid * grid);
  for (let v = 0; v < grid; v++)
    for (let u = 0; u < grid; u++) bits[v * grid + u] = template((u + 0.5) / grid, (v + 0.5) / grid) ? 1 : 0;
  return { shape, bits };
});

/** The shape that fits best; `cloud` for a bulging outline that nothing else fits. */
export function fitShape(mask: Mask): ShapeFit {
  const own = samplesOf(mask);
  const fits: ShapeFit[] = sampled.map(({ shape, bits }) => ({ shape, fit: overlap(own, bits) }));
  fits.push(
    ...[0.25, 0.35, 0.5].map((share) => ({
      shape: 'rounded' as const,
      fit: overlap(own, roundedBox(mask, share)),
    })),
  );
  const found = fits.reduce((a, b) => (b.fit > a.fit ? b : a));
  // A square box with all of its corners round is a circle.
  const round = fits.find(({ shape }) => shape === 'ellipse') ?? found;
  const isCircle =
    Math.abs(mask.width - mask.height) < 0.08 * mask.width &&
    round.fit > 0.95 &&
    found.fit - round.fit < 0.02;
  const best = isCircle ? round : found;
  const box = fits[0]?.fit ?? 0;
  // A box with its corners cut is a rounded one: told by the corners alone, which are a percent of its area.
  const isBox = box >= best.fit - 0.012 || (best.shape === 'note' && cutsOf(mask).every((cut) => cut > 0.1));
  if (isBox) return { shape: isRounded(mask, box) ? 'rounded' : 'rectangle', fit: Math.max(box, best.fit) };
  if (best.fit < 0.93 && isCloud(mask, own)) return { shape: 'cloud', fit: 0.9 };
  if (best.shape === 'trapezoid' && notchesOf(own) > 0) return { shape: 'cloud', fit: best.fit };
  return best;
}

/** Intersection over union of two samplings. */
function overlap(a: Uint8Array, b: Uint8Array): number {
  let both = 0;
  let either = 0;
  for (let index = 0; index < a.length; index++) {
    both += at(a, index) & at(b, index);
    either += at(a, index) | at(b, index);
  }
  return both / either;
}

/** A box with round corners; its look depends on its proportions. @param share radius by the shorter side. */
function roundedBox({ width, height }: Mask, share: number): Uint8Array {
  const radius = share * Math.min(width, height);
  const bits = new Uint8Array(grid * grid);
  for (let v = 0; v < grid; v++) {
    const y = ((v + 0.5) / grid) * height;
    const dy = Math.max(0, radius - y, y - height + radius);
    for (let u = 0; u < grid; u++) {
      const x = ((u + 0.5) / grid) * width;
      const dx = Math.max(0, radius - x, x - width + radius);
      bits[v * grid + u] = dx * dx + dy * dy <= radius * radius ? 1 : 0;
    }
  }
  return bits;
}

function samplesOf(mask: Mask): Uint8Array {
  const bits = new Uint8Array(grid * grid);
  for (let v = 0; v < grid; v++) {
    const y = Math.min(mask.height - 1, Math.floor(((v + 0.5) / grid) * mask.height));
    for (let u = 0; u < grid; u++) {
      const x = Math.min(mask.width - 1, Math.floor(((u + 0.5) / grid) * mask.width));
      bits[v * grid + u] = at(mask.bits, y * mask.width + x);
    }
  }
  return bits;
}

/** How far each of the four corners is cut, along its diagonal, as a share of the shorter side. */
function cutsOf(mask: Mask): number[] {
  const shorter = Math.min(mask.width, mask.height);
  return [
    [0, 0, 1, 1],
    [mask.width - 1, 0, -1, 1],
    [mask.width - 1, mask.height - 1, -1, -1],
    [0, mask.height - 1, 1, -1],
  ].map(([x = 0, y = 0, dx = 1, dy = 1]) => {
    let step = 0;
    while (step < shorter / 2 && at(mask.bits, (y + dy * step) * mask.width + x + dx * step) === 0) step++;
    return step / shorter;
  });
}

/**
 * Radii of the four corners in pixels: a quarter of a circle leaves (1 - π/4) r² of its square empty. What is missing
 * along a whole side, as at one that a hand has drawn aslant, is no corner's.
 */
function radiiOf(whole: Mask): number[] {
  const mask = withoutSlivers(whole);
  const half = Math.floor(Math.min(mask.width, mask.height) / 2);
  const missing = (fromRight: boolean, fromBottom: boolean): number => {
    const isIn = (row: number, column: number): boolean => {
      const y = fromBottom ? mask.height - 1 - row : row;
      return at(mask.bits, y * mask.width + (fromRight ? mask.width - 1 - column : column)) === 1;
    };
    const runs = Array.from({ length: half }, (_, row) => {
      let run = 0;
      while (run < half && !isIn(row, run)) run++;
      return run;
    });
    const usual = runs.at(-1) ?? 0;
    let above = 0;
    while (above < half && !isIn(above, half - 1)) above++;
    return runs.slice(above).reduce((sum, run) => sum + Math.max(0, run - usual), 0);
  };
  return [false, true].flatMap((right) =>
    [false, true].map((bottom) => Math.sqrt(missing(right, bottom) / (1 - Math.PI / 4))),
  );
}

/** Share of a side below which a row or a column at the rim is a line that meets the box, and none of it. */
const leastOfSide = 0.2;

function withoutSlivers({ x, y, width, height, bits, ...rest }: Mask): Mask {
  const count = (start: number, step: number, length: number): number => {
    let sum = 0;
    for (let index = 0; index < length; index++) sum += at(bits, start + index * step);
    return sum;
  };
  const isRow = (row: number): boolean => count(row * width, 1, width) >= leastOfSide * width;
  const isColumn = (column: number): boolean => count(column, width, height) >= leastOfSide * height;
  let [left, top, right, bottom] = [0, 0, width - 1, height - 1];
  while (top < bottom && !isRow(top)) top++;
  while (bottom > top && !isRow(bottom)) bottom--;
  while (left < right && !isColumn(left)) left++;
  while (right > left && !isColumn(right)) right--;
  const [w, h] = [right - left + 1, bottom - top + 1];
  const kept = new Uint8Array(w * h);
  for (let row = 0; row < h; row++)
    kept.set(bits.subarray((row + top) * width + left, (row + top) * width + left + w), row * w);
  return { ...rest, x: x + left, y: y + top, width: w, height: h, bits: kept };
}

/** Radius of a rounded box's corners in pixels, inner edge: the middle of the four. */
export function cornerRadius(mask: Mask): number {
  const [, low = 0, high = 0] = radiiOf(mask).sort((a, b) => a - b);
  return Math.min(Math.min(mask.width, mask.height) / 2, (low + high) / 2);
}

/** Boxes that fill their bounds by so much were drawn with a ruler. */
const ruled = 0.97;

/**
 * Three of a box's corners are rounded by so many pixels, and so much of its shorter side; a line's width is none, and
 * a hand's corner is never sharp.
 */
function isRounded(mask: Mask, fit: number): boolean {
  const [, least = 0] = radiiOf(mask).sort((a, b) => a - b);
  const [pixels, share] = fit >= ruled ? [3.5, 0.07] : [4.6, 0.06];
  return least >= Math.max(pixels, share * Math.min(mask.width, mask.height));
}
