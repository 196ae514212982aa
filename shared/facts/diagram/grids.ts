/** Puts cells that share their sides together: tables, classes with compartments, headers above bodies. */
import type { Rect } from '../../geometry.ts';
import type { Ground } from './ground.ts';
import { boxIou, type FoundOutline, outerBox } from './outline.ts';
import type { Region } from './regions.ts';
import { cornersRunningOn, type Wall } from './walls.ts';

export interface Cell extends Region {
  readonly wall: Wall;
}

/** Boxes, and shapes that a header with rounded upper corners is taken for. */
const isBox = ({ shape, mask }: Cell): boolean =>
  ['rectangle', 'rounded', 'trapezoid', 'document', 'cylinder', 'note'].includes(shape) &&
  mask.area > 0.86 * mask.width * mask.height;

/** Grids of at least two cells, and the cells that are in them. */
export function findGrids(
  cells: readonly Cell[],
  ground: Ground,
  walls: Uint8Array,
): { outlines: FoundOutline[]; used: Set<Cell> } {
  const boxes = distinct(cells.filter(isBox));
  const used = new Set<Cell>();
  const outlines: FoundOutline[] = [];
  const groups = boxes.map((cell) => [cell]);
  // Grown greedily: two groups become one where their common box is full.
  for (let joined = true; joined; ) {
    joined = false;
    for (let a = 0; a < groups.length && !joined; a++)
      for (let b = a + 1; b < groups.length && !joined; b++) {
        const [one, two] = [groups[a] ?? [], groups[b] ?? []];
        if (!fits(one, two)) continue;
        groups[a] = [...one, ...two];
        groups.splice(b, 1);
        joined = true;
      }
  }
  for (const group of groups) {
    const [first] = group;
    if (group.length < 2 || !first) continue;
    const stroke = Math.max(...group.map((cell) => cell.wall.stroke));
    const inner = around(group.map((cell) => cell.mask));
    if (cornersRunningOn(inner, stroke, walls, ground.width, ground.height) > 1) continue;
    for (const cell of group) used.add(cell);
    const filled = group.find((cell) => cell.color !== cell.wall.outside);
    outlines.push({
      shape: 'table',
      box: outerBox(inner, stroke),
      stroke,
      ...(stroke > 0 ? { strokeColor: first.wall.color } : {}),
      ...(filled ? { fill: filled.color } : {}),
      rules: lines(group, inner, 'y', 'height'),
      tracks: tracksOf(group, inner),
      confidence: 0.9,
    });
  }
  return { outlines, used };
}

function distinct(cells: readonly Cell[]): Cell[] {
  const kept: Cell[] = [];
  for (const cell of cells.toSorted((a, b) => a.closing - b.closing))
    if (!kept.some((other) => boxIou(other.mask, cell.mask) > 0.6)) kept.push(cell);
  return kept;
}

function around(boxes: readonly Rect[]): Rect {
  const [x, y] = [Math.min(...boxes.map((box) => box.x)), Math.min(...boxes.map((box) => box.y))];
  return {
    x,
    y,
    width: Math.max(...boxes.map((box) => box.x + box.width)) - x,
    height: Math.max(...boxes.map((box) => box.y + box.height)) - y,
  };
}

/** Two groups share a whole side: their common box holds nothing else but the stroke between them. */
function fits(one: readonly Cell[], two: readonly Cell[]): boolean {
  const [a, b] = [around(one.map((cell) => cell.mask)), around(two.map((cell) => cell.mask))];
  const stroke = Math.max(...[...one, ...two].map((cell) => cell.wall.stroke));
  const slack = stroke + 5;
  const gapX = Math.max(a.x, b.x) - Math.min(a.x + a.width, b.x + b.width);
  const gapY = Math.max(a.y, b.y) - Math.min(a.y + a.height, b.y + b.height);
  if (gapX > slack || gapY > slack || (gapX < -slack && gapY < -slack)) return false;
  const level = (p: number, q: number): boolean => Math.abs(p - q) <= slack;
  const stacked = gapY > -slack && level(a.x, b.x) && level(a.x + a.width, b.x + b.width);
  const beside = gapX > -slack && level(a.y, b.y) && level(a.y + a.height, b.y + b.height);
  return stacked || beside;
}

/** Strokes from top to bottom; below a title, which goes through all columns, where the first row is one. */
function tracksOf(group: readonly Cell[], inner: Rect): number[] {
  const body = group.filter(({ mask }) => mask.width < 0.95 * inner.width || mask.y > inner.y + 4);
  const isTitled = body.length === group.length - 1 && body.length > 1;
  return isTitled
    ? lines(body, around(body.map((cell) => cell.mask)), 'x', 'width')
    : lines(group, inner, 'x', 'width');
}

/** Middles of the strokes that run through the whole grid. */
function lines(group: readonly Cell[], inner: Rect, start: 'x' | 'y', size: 'width' | 'height'): number[] {
  const [across, span] = start === 'y' ? (['x', 'width'] as const) : (['y', 'height'] as const);
  const edges = [...new Set(group.map((cell) => cell.mask[start]))].sort((a, b) => a - b);
  return edges.flatMap((edge) => {
    if (edge - inner[start] < 6) return [];
    const below = group.filter((cell) => Math.abs(cell.mask[start] - edge) <= 4);
    const covered = below.reduce((sum, cell) => sum + cell.mask[span], 0);
    const isWhole =
      covered > 0.85 * inner[span] &&
      group.every((cell) => cell.mask[start] >= edge - 4 || cell.mask[start] + cell.mask[size] <= edge + 2);
    const stroke = group[0]?.wall.stroke ?? 1;
    return isWhole &&
      below[0]?.mask[across] !== undefined &&
      edge === Math.min(...below.map((cell) => cell.mask[start]))
      ? [edge - stroke / 2]
      : [];
  });
}
