/** Chooses among enclosed regions those that are shapes, and leaves out what lies between shapes and lines. */
import { at, packedDistance } from '../pixels.ts';
import type { InkLine } from '../text/group-lines.ts';
import { type Cell, findGrids } from './grids.ts';
import type { Ground } from './ground.ts';
import { type Mask, trimmed } from './mask.ts';
import { boxIou, type FoundOutline, outerBox, shareInside } from './outline.ts';
import type { Region } from './regions.ts';
import { cornerRadius, fitShape } from './templates.ts';
import { cornersRunningOn, wallOf } from './walls.ts';

const leastFit = 0.86;
/** Of a shape that is none of ours, drawn around its words without a gap. */
const leastOddFit = 0.75;
/** Share of its bounds that a box fills, round corners and all. */
const fullBox = 0.9;
/** Share of a rim along others' rims from which a region is what lies between them. */
const mostShared = 0.07;

export function chooseShapes(
  regions: readonly Region[],
  lines: readonly InkLine[],
  ground: Ground,
  walls: Uint8Array,
  strokeWidth: number,
): FoundOutline[] {
  const cells = withCylinders(
    regions.map((region): Cell => ({ ...region, wall: wallOf(region.mask, ground, walls) })),
  );
  const fitting = cells.filter((cell) => cell.fit >= (isOdd(cell, lines) ? leastOddFit : leastFit));
  // Heads of arrows are no cells, but cells without words are as small as heads.
  const isCell = (cell: Cell): boolean => cell.mask.area > fullBox * cell.mask.width * cell.mask.height;
  const likely = fitting.filter((cell) => !isHead(cell, lines, strokeWidth));
  // A table's cells hold words; those that hold shapes with words are lanes.
  const worded = likely.filter(({ mask }) => isCentred(mask, lines));
  const isLane = (cell: Cell): boolean =>
    worded.some(
      ({ mask }) =>
        mask !== cell.mask && shareInside(mask, cell.mask) > 0.98 && mask.area < 0.5 * cell.mask.area,
    );
  const grids = findGrids(
    fitting.filter((cell) => (isCell(cell) || likely.includes(cell)) && !isLane(cell)),
    ground,
    walls,
  );
  const rims = new Int16Array(ground.width * ground.height).fill(-1);
  const accepted: FoundOutline[] = [];
  const accept = (outline: FoundOutline): void => {
    paintRim(rims, accepted.length, outline, ground);
    accepted.push(outline);
  };
  for (const grid of grids.outlines) accept(grid);
  const ranked = likely
    .filter((cell) => !grids.used.has(cell))
    .map((cell) => ({ cell, rank: rankOf(cell, lines, ground) }))
    .sort((a, b) => b.rank - a.rank);
  for (const { cell } of ranked) {
    const outline = outlineOf(cell);
    if (isBetweenLines(outline, lines)) continue;
    if (accepted.some((other) => repeats(outline, other))) continue;
    // Lines that run up to a filled shape cut it out of the container around it, whose rim is the shape's then.
    const isAround = (index: number): boolean => {
      const other = accepted[index];
      const { fill } = outline;
      return (
        fill !== undefined &&
        other !== undefined &&
        fill !== other.fill &&
        shareInside(outline.box, other.box) > 0.97
      );
    };
    if (sharedRim(cell.mask, cell.wall.stroke, { rims, isAround }, ground) > mostShared) continue;
    const isPlainBox = cell.mask.area > 0.86 * cell.mask.width * cell.mask.height;
    const runningOn = isPlainBox
      ? cornersRunningOn(cell.mask, cell.wall.stroke, walls, ground.width, ground.height)
      : 0;
    if (runningOn > 1 && packedDistance(cell.color, cell.wall.outside) < 10) continue;
    accept(outline);
  }
  return accepted;
}

function outlineOf({ shape, mask, wall, color, fit }: Cell): FoundOutline {
  const isFilled = packedDistance(color, wall.outside) >= 6;
  return {
    shape,
    mask,
    box: outerBox(mask, wall.stroke),
    stroke: wall.stroke,
    ...(wall.stroke > 0 ? { strokeColor: wall.color } : {}),
    ...(isFilled ? { fill: color } : {}),
    ...(shape === 'rounded' ? { radius: cornerRadius(mask) + wall.stroke } : {}),
    rules: [],
    tracks: [],
    confidence: fit,
  };
}

/** Shapes that lines which cross aslant close in. */
const slanted: readonly FoundOutline['shape'][] = ['triangle', 'trapezoid', 'parallelogram'];

/** Nobody draws a slanted shape and leaves it empty and plain: crossing lines have closed it in. */
const isBetweenLines = ({ shape, fill, box }: FoundOutline, lines: readonly InkLine[]): boolean =>
  slanted.includes(shape) && fill === undefined && !lines.some((line) => shareInside(boxOf(line), box) > 0.5);

/** Hollow heads of arrows and the like: small, and without words. */
function isHead({ mask }: Cell, lines: readonly InkLine[], strokeWidth: number): boolean {
  if (Math.min(mask.width, mask.height) > 7 * strokeWidth + 16) return false;
  return !lines.some((line) => shareInside(boxOf(line), mask) > 0.8);
}

const boxOf = (line: InkLine) => ({
  x: line.left,
  y: line.top,
  width: line.right - line.left + 1,
  height: line.bottom - line.top + 1,
});

/** A good fit, words in the middle and a fill of its own speak for a shape; size speaks against it. */
function rankOf(
  { mask, fit, wall, color, closing }: Cell,
  lines: readonly InkLine[],
  ground: Ground,
): number {
  const centred = isCentred(mask, lines);
  const filled = packedDistance(color, wall.outside) >= 6;
  const share = mask.area / (ground.width * ground.height);
  return fit + (centred ? 0.12 : 0) + (filled ? 0.1 : 0) - 0.008 * closing - 0.3 * share;
}

const isOdd = ({ mask, closing }: Cell, lines: readonly InkLine[]): boolean =>
  closing === 0 && isCentred(mask, lines);

/** Whether words stand in its middle. */
const isCentred = (mask: Mask, lines: readonly InkLine[]): boolean =>
  lines
    .map(boxOf)
    .some(
      (box) =>
        shareInside(box, mask) > 0.8 &&
        Math.abs(box.x + box.width / 2 - mask.x - mask.width / 2) < 0.2 * mask.width &&
        Math.abs(box.y + box.height / 2 - mask.y - mask.height / 2) < 0.3 * mask.height,
    );

/** The same outline seen again: with another gap closed, or the inner line of a double one. */
function repeats(one: FoundOutline, other: FoundOutline): boolean {
  if (boxIou(one.box, other.box) > 0.55) return true;
  const overlap = shareInside(one.box, other.box);
  // A grid's cells, and slices of a shape that a rule cuts off, are no shapes of their own.
  if (overlap > 0.9 && (other.rules.length > 0 || other.tracks.length > 0)) return true;
  const inside = overlap > 0.97 || shareInside(other.box, one.box) > 0.97;
  return !inside && Math.min(1, overlap) > 0.25;
}

/** A lid above a body: two regions that make a cylinder together. */
function withCylinders(cells: readonly Cell[]): Cell[] {
  const used = new Set<Cell>();
  const merged: Cell[] = [];
  for (const lid of cells)
    for (const body of cells) {
      if (lid === body || used.has(lid) || used.has(body)) continue;
      const [a, b] = [lid.mask, body.mask];
      const slack = 6 + lid.wall.stroke;
      if (Math.abs(a.x - b.x) > slack || Math.abs(a.x + a.width - b.x - b.width) > slack) continue;
      if (a.height > 0.6 * b.height || a.y >= b.y || b.y > a.y + a.height || a.height > 0.75 * a.width)
        continue;
      const mask = unionOf(a, b, body.wall.stroke);
      const fit = fitShape(mask);
      if (fit.shape !== 'cylinder' || fit.fit < 0.9) continue;
      used.add(lid).add(body);
      merged.push({ ...body, ...fit, mask });
    }
  return [...cells.filter((cell) => !used.has(cell)), ...merged];
}

/** Both masks, and column by column what lies between them. */
function unionOf(upper: Mask, lower: Mask, stroke: number): Mask {
  const x = Math.min(upper.x, lower.x);
  const y = upper.y;
  const width = Math.max(upper.x + upper.width, lower.x + lower.width) - x;
  const height = lower.y + lower.height - y;
  const bits = new Uint8Array(width * height);
  for (const mask of [upper, lower])
    for (let row = 0; row < mask.height; row++)
      for (let column = 0; column < mask.width; column++)
        if (at(mask.bits, row * mask.width + column) === 1)
          bits[(row + mask.y - y) * width + column + mask.x - x] = 1;
  for (let column = 0; column < width; column++) {
    let last = -1;
    for (let row = 0; row < height; row++) {
      if (at(bits, row * width + column) === 0) continue;
      if (last >= 0 && row - last > 1 && row - last <= 3 * stroke + 12)
        for (let fill = last + 1; fill < row; fill++) bits[fill * width + column] = 1;
      last = row;
    }
  }
  return trimmed(bits, x, y, width, height);
}

/** Marks what lies just outside of an outline's mask, stroke included. */
function paintRim(rims: Int16Array, index: number, outline: FoundOutline, ground: Ground): void {
  const { mask, box } = outline;
  const reach = Math.round(outline.stroke) + 3;
  const inner = mask ?? {
    x: box.x + outline.stroke,
    y: box.y + outline.stroke,
    width: box.width - 2 * outline.stroke,
    height: box.height - 2 * outline.stroke,
  };
  const isInside = (x: number, y: number): boolean =>
    x >= inner.x &&
    y >= inner.y &&
    x < inner.x + inner.width &&
    y < inner.y + inner.height &&
    (mask === undefined || at(mask.bits, (y - mask.y) * mask.width + x - mask.x) === 1);
  const mark = (x: number, y: number): void => {
    if (x < 0 || y < 0 || x >= ground.width || y >= ground.height || isInside(x, y)) return;
    rims[y * ground.width + x] = index;
  };
  const [x0, y0] = [Math.round(inner.x), Math.round(inner.y)];
  for (let y = y0; y < y0 + inner.height; y++)
    for (let x = x0; x < x0 + inner.width; x++) {
      if (
        !isInside(x, y) ||
        (isInside(x - 1, y) && isInside(x + 1, y) && isInside(x, y - 1) && isInside(x, y + 1))
      )
        continue;
      for (let dy = -reach; dy <= reach; dy++) for (let dx = -reach; dx <= reach; dx++) mark(x + dx, y + dy);
    }
}

/** Share of a mask's rim that lies along other outlines; @param isAround tells which of them hold it. */
function sharedRim(
  mask: Mask,
  stroke: number,
  { rims, isAround }: { readonly rims: Int16Array; readonly isAround: (index: number) => boolean },
  ground: Ground,
): number {
  let rim = 0;
  let shared = 0;
  const own = (x: number, y: number): number =>
    x < 0 || y < 0 || x >= mask.width || y >= mask.height ? 0 : at(mask.bits, y * mask.width + x);
  for (let y = 0; y < mask.height; y++)
    for (let x = 0; x < mask.width; x++) {
      if (own(x, y) === 0 || (own(x - 1, y) && own(x + 1, y) && own(x, y - 1) && own(x, y + 1))) continue;
      rim++;
      const other = rims[(mask.y + y) * ground.width + mask.x + x] ?? -1;
      if (other >= 0 && !isAround(other)) shared++;
    }
  return rim === 0 || stroke < 0 ? 0 : shared / rim;
}
