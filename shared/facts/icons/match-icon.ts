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
  /** What the drawing's ink is to be multiplied with: below 1 where its strokes are too thin to cover a pixel. */
  readonly strength: number;
}

export interface IconMatcher {
  /** @param drawing at least 8 pixels wide or high, else nothing is found. */
  match(drawing: InkMask): MatchedIcon | undefined;
}

/**
 * Found by drawing every 19th icon of the set at 16, 20 and 24 pixels with strokes of 1.5 and 2, on and between
 * pixels: see the figures in the test. Shapes of the same meaning from another hand lie above it.
 */
const bestDifference = 0.2;
/** Pixels; what is lower or narrower is a dash. */
const smallest = 8;
const narrowest = 5;
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
    const mask = trimmed(draw(shape, usualStroke, iconGrid, iconGrid));
    // Shapes of a few dots look like everything small.
    if (mask === undefined || Math.max(mask.width, mask.height) < iconGrid / 2) continue;
    known.push({ shape, aspect: mask.width / mask.height, mask: resampled(mask, coarse, coarse) });
  }
  return { match: (drawing) => matchAmong(known, draw, drawing) };
}

function matchAmong(known: readonly Known[], draw: Draw, drawing: InkMask): MatchedIcon | undefined {
  const ink = trimmed(drawing);
  if (ink === undefined || Math.max(ink.width, ink.height) < smallest) return undefined;
  if (Math.min(ink.width, ink.height) < narrowest) return undefined;
  const aspect = ink.width / ink.height;
  const rough = resampled(ink, coarse, coarse);
  // Beyond one pixel more or less, another aspect is another shape.
  const tolerance = 1.6 / Math.min(ink.width, ink.height) + 0.04;
  const nearest = known
    .filter((one) => Math.abs(Math.log(one.aspect / aspect)) <= tolerance)
    .map((one) => ({ shape: one.shape, apart: difference(one.mask, rough) }))
    .sort((a, b) => a.apart - b.apart)
    .slice(0, 10);
  const placed = nearest.flatMap(({ shape }) => place(shape, draw, ink) ?? []);
  placed.sort((a, b) => a.difference - b.difference);
  const refined = placed.slice(0, 4).map((one) => refine(one, draw, drawing, ink));
  const best = refined.sort((a, b) => a.difference - b.difference)[0];
  return best === undefined || best.difference > bestDifference ? undefined : best;
}

const strokes = [1, 1.5, 2, 2.5, 3];

type Placed = MatchedIcon & { readonly shape: IconShape };

/** The shape with the stroke that covers as much as the drawing, laid over it by their borders. */
function place(shape: IconShape, draw: Draw, ink: Trimmed): Placed | undefined {
  // Drawn four times as large, so that borders are found between pixels.
  const fine = 4;
  let best: Placed | undefined;
  for (const strokeWidth of strokes) {
    const mask = trimmed(draw(shape, strokeWidth, iconGrid * fine, iconGrid * fine));
    if (mask === undefined) continue;
    const scale = Math.max(ink.width / mask.width, ink.height / mask.height);
    const apart = difference(resampled(mask, ink.width, ink.height), ink);
    if (best !== undefined && apart >= best.difference) continue;
    best = {
      shape,
      name: shape.name,
      nodes: shape.nodes,
      strokeWidth,
      x: ink.left - mask.left * scale,
      y: ink.top - mask.top * scale,
      side: iconGrid * fine * scale,
      difference: apart,
      strength: 1,
    };
  }
  return best;
}

/** Moves, scales and thickens in ever smaller steps for as long as the difference falls. */
function refine(start: Placed, draw: Draw, drawing: InkMask, ink: Trimmed): Placed {
  const rated = (one: Placed): Placed => {
    const drawn = draw(one.shape, one.strokeWidth, one.side, drawing.width, one.x, one.y, drawing.height);
    const strength = Math.min(1, Math.max(0.6, amountOf(drawn) / Math.max(1, amountOf(ink))));
    return { ...one, strength, difference: difference(drawn, drawing, strength) };
  };
  let best = rated(start);
  for (const step of [1, 0.5, 0.25]) {
    for (let improves = true; improves; ) {
      const tried = movesOf(best, step)
        .map(rated)
        .reduce((one, other) => (other.difference < one.difference ? other : one));
      improves = tried.difference < best.difference - 1e-4;
      if (improves) best = tried;
    }
  }
  return best;
}

function movesOf(one: Placed, step: number): Placed[] {
  const { x, y, side, strokeWidth } = one;
  const thicker = Math.min(3, strokeWidth + 0.5 * step);
  const thinner = Math.max(1, strokeWidth - 0.5 * step);
  return [
    { ...one, x: x - step },
    { ...one, x: x + step },
    { ...one, y: y - step },
    { ...one, y: y + step },
    // About its middle, and it must not run away while it grows.
    { ...one, side: side + step, x: x - step / 2, y: y - step / 2 },
    { ...one, side: side - step, x: x + step / 2, y: y + step / 2 },
    { ...one, strokeWidth: thicker },
    { ...one, strokeWidth: thinner },
  ];
}

type Trimmed = NonNullable<ReturnType<typeof trimmed>>;

/** Draws the grid's square `side` pixels large with its corner at (x, y) of a mask of `width` by `height`. */
type Draw = (
  shape: IconShape,
  strokeWidth: number,
  side: number,
  width: number,
  x?: number,
  y?: number,
  height?: number,
) => InkMask;

function createDrawer(): Draw {
  const contexts = new Map<string, SKRSContext2D>();
  return (shape, strokeWidth, side, width, x = 0, y = 0, height = width) => {
    const key = `${width}x${height}`;
    const context = contexts.get(key) ?? createCanvas(width, height).getContext('2d');
    contexts.set(key, context);
    context.setTransform(1, 0, 0, 1, 0, 0);
    context.clearRect(0, 0, width, height);
    context.translate(x, y);
    context.scale(side / iconGrid, side / iconGrid);
    context.lineWidth = strokeWidth;
    context.lineCap = 'round';
    context.lineJoin = 'round';
    context.stroke(shape.path);
    const { data } = context.getImageData(0, 0, width, height);
    const ink = new Float32Array(width * height);
    for (let index = 0; index < ink.length; index++) ink[index] = (data[4 * index + 3] ?? 0) / 255;
    return { width, height, ink };
  };
}
