/** Finds the icon of the set whose shape a drawing has. */
import { createCanvas, type SKRSContext2D } from '@napi-rs/canvas';
import { type IconNode, type IconShape, iconGrid, loadIconSet } from './icon-set.ts';
import { amountOf, difference, type InkMask, resampled, trimmed } from './ink.ts';

/** An icon of the set where a drawing was. */
export interface MatchedIcon {
  readonly name: string;
  readonly nodes: readonly IconNode[];
  /** In units of the grid. */
  readonly strokeWidth: number;
  /** Place of the grid's square in the drawing's mask, in its pixels; fractional, and may reach beyond it. */
  readonly x: number;
  readonly y: number;
  readonly side: number;
  /** 0..1; see `difference`. */
  readonly difference: number;
}

export interface IconMatcher {
  /** @param drawing at least 8 pixels wide or high, else nothing is found. */
  match(drawing: InkMask): MatchedIcon | undefined;
}

/**
 * Bounds found by drawing the whole set at 16, 20 and 24 pixels with strokes of 1.5 and 2: every shape finds
 * itself below the first; shapes of other sets that mean the same lie about as far off as the second.
 */
const bestDifference = 0.34;
/** The second best must be this much worse, unless it is nearly the same shape. */
const smallest = 8;
/** Side of the masks that the first look compares. */
const coarse = 16;
const usualStroke = 2;

interface Known {
  readonly shape: IconShape;
  readonly aspect: number;
  readonly mask: InkMask;
}

export async function createIconMatcher(): Promise<IconMatcher> {
  const draw = createDrawer();
  const known: Known[] = [];
  for (const shape of await loadIconSet()) {
    const mask = trimmed(draw(shape, usualStroke, 1));
    // Shapes of a few dots look like everything small.
    if (mask === undefined || Math.max(mask.width, mask.height) < iconGrid / 2) continue;
    known.push({ shape, aspect: mask.width / mask.height, mask: resampled(mask, coarse, coarse) });
  }
  return { match: (drawing) => matchAmong(known, draw, drawing) };
}

function matchAmong(known: readonly Known[], draw: Draw, drawing: InkMask): MatchedIcon | undefined {
  const ink = trimmed(drawing);
  if (ink === undefined || Math.max(ink.width, ink.height) < smallest) return undefined;
  const aspect = ink.width / ink.height;
  const rough = resampled(ink, coarse, coarse);
  // Beyond one pixel more or less, another aspect is another shape.
  const tolerance = 1.6 / Math.min(ink.width, ink.height) + 0.04;
  const nearest = known
    .filter((one) => Math.abs(Math.log(one.aspect / aspect)) <= tolerance)
    .map((one) => ({ shape: one.shape, apart: difference(one.mask, rough) }))
    .sort((a, b) => a.apart - b.apart)
    .slice(0, 8);
  const fitted = nearest.flatMap(({ shape }) => fit(shape, draw, ink) ?? []);
  const best = fitted.sort((a, b) => a.difference - b.difference)[0];
  if (best === undefined || best.difference > bestDifference) return undefined;
  return { ...best, x: best.x + ink.left, y: best.y + ink.top };
}

const strokes = [1, 1.25, 1.5, 1.75, 2, 2.25, 2.5, 3];

/** The shape with the stroke that covers as much as the drawing, laid over it. */
function fit(shape: IconShape, draw: Draw, ink: InkMask): MatchedIcon | undefined {
  // Drawn four times as large, so that borders are found between pixels.
  const fine = 4;
  const amount = amountOf(ink);
  let best: MatchedIcon | undefined;
  for (const strokeWidth of strokes) {
    const mask = trimmed(draw(shape, strokeWidth, fine));
    if (mask === undefined) continue;
    const scale = Math.max(ink.width / mask.width, ink.height / mask.height);
    const covered = amountOf(mask) * scale ** 2;
    if (covered < 0.75 * amount || covered > 1.33 * amount) continue;
    const apart = difference(resampled(mask, ink.width, ink.height), ink);
    if (best !== undefined && apart >= best.difference) continue;
    best = {
      name: shape.name,
      nodes: shape.nodes,
      strokeWidth,
      x: -mask.left * scale,
      y: -mask.top * scale,
      side: iconGrid * fine * scale,
      difference: apart,
    };
  }
  return best;
}

/** Draws a shape `scale` times as large as the grid; the grid's margin is kept. */
type Draw = (shape: IconShape, strokeWidth: number, scale: number) => InkMask;

function createDrawer(): Draw {
  const contexts = new Map<number, SKRSContext2D>();
  return (shape, strokeWidth, scale) => {
    const side = iconGrid * scale;
    const context = contexts.get(scale) ?? createCanvas(side, side).getContext('2d');
    contexts.set(scale, context);
    context.setTransform(1, 0, 0, 1, 0, 0);
    context.clearRect(0, 0, side, side);
    context.scale(scale, scale);
    context.lineWidth = strokeWidth;
    context.lineCap = 'round';
    context.lineJoin = 'round';
    context.stroke(shape.path);
    const { data } = context.getImageData(0, 0, side, side);
    const ink = new Float32Array(side * side);
    for (let index = 0; index < ink.length; index++) ink[index] = (data[4 * index + 3] ?? 0) / 255;
    return { width: side, height: side, ink };
  };
}
