/** A map of which shape each pixel belongs to, its outline's stroke included. */
import type { GraphPoint } from '../../diagram-graph.ts';
import { at } from '../pixels.ts';
import { isInMask } from './mask.ts';
import type { FoundOutline } from './outline.ts';

export interface Owners {
  readonly width: number;
  readonly height: number;
  /** Place of the outline; −1 for none. */
  readonly of: Int16Array;
  /** 1 on the borders of containers, where lines pass through. */
  readonly borders: Uint8Array;
}

/** @param containers places of outlines with others in them: only their borders are theirs. */
export function ownersOf(
  outlines: readonly FoundOutline[],
  containers: ReadonlySet<number>,
  width: number,
  height: number,
): Owners {
  const of = new Int16Array(width * height).fill(-1);
  const borders = new Uint8Array(width * height);
  for (const [index, outline] of outlines.entries()) {
    if (containers.has(index)) paintBorder(borders, outline, width, height);
    else paintShape(of, index, outline, width, height);
  }
  return { width, height, of, borders };
}

function paintShape(
  of: Int16Array,
  index: number,
  outline: FoundOutline,
  width: number,
  height: number,
): void {
  const { mask, box, axis } = outline;
  const reach = Math.round(outline.stroke) + 2;
  const put = (x: number, y: number): void => {
    if (x >= 0 && y >= 0 && x < width && y < height) of[y * width + x] = index;
  };
  if (axis)
    for (let y = Math.floor(box.y); y <= axis.to; y++)
      for (let x = Math.round(axis.x) - reach; x <= Math.round(axis.x) + reach; x++) put(x, y);
  for (const part of [outline.bars ?? [], outline.foot ?? [], outline.caption ?? []].flat()) {
    const { x: left, y: top, width: across, height: down } = part;
    for (let y = Math.floor(top) - reach; y <= top + down + reach; y++)
      for (let x = Math.floor(left) - reach; x <= left + across + reach; x++) put(x, y);
  }
  if (!mask) {
    if (axis) return;
    for (let y = Math.floor(box.y) - 2; y <= box.y + box.height + 1; y++)
      for (let x = Math.floor(box.x) - 2; x <= box.x + box.width + 1; x++) put(x, y);
    return;
  }
  for (let y = mask.y; y < mask.y + mask.height; y++)
    for (let x = mask.x; x < mask.x + mask.width; x++) {
      if (!isInMask(mask, x, y)) continue;
      const isRim =
        !isInMask(mask, x - 1, y) ||
        !isInMask(mask, x + 1, y) ||
        !isInMask(mask, x, y - 1) ||
        !isInMask(mask, x, y + 1);
      if (!isRim) {
        put(x, y);
        continue;
      }
      for (let dy = -reach; dy <= reach; dy++)
        for (let dx = -reach; dx <= reach; dx++)
          if (dx * dx + dy * dy <= reach * reach + 1) put(x + dx, y + dy);
    }
}

function paintBorder(
  borders: Uint8Array,
  { box, stroke, rules, tracks }: FoundOutline,
  width: number,
  height: number,
): void {
  const reach = Math.round(stroke / 2) + 2;
  const fill = (x0: number, y0: number, x1: number, y1: number): void => {
    for (let y = Math.max(0, Math.round(y0)); y <= Math.min(height - 1, y1); y++)
      for (let x = Math.max(0, Math.round(x0)); x <= Math.min(width - 1, x1); x++) borders[y * width + x] = 1;
  };
  const middle = stroke / 2;
  const [left, top, right, bottom] = [
    box.x + middle,
    box.y + middle,
    box.x + box.width - middle,
    box.y + box.height - middle,
  ];
  for (const y of [top, bottom, ...rules]) fill(left - reach, y - reach, right + reach, y + reach);
  for (const x of [left, right, ...tracks]) fill(x - reach, top - reach, x + reach, bottom + reach);
}

/** The nearest shape within `reach` pixels of a point; towards `direction` it may be `ahead` pixels away. */
export function ownerNear(
  owners: Owners,
  point: GraphPoint,
  direction: GraphPoint,
  reach: number,
  ahead: number,
): { readonly owner: number; readonly at: GraphPoint } | undefined {
  const look = (x: number, y: number): number => {
    const [px, py] = [Math.round(x), Math.round(y)];
    return px < 0 || py < 0 || px >= owners.width || py >= owners.height
      ? -1
      : at(owners.of, py * owners.width + px);
  };
  for (let step = 0; step <= ahead; step++) {
    const here = { x: point.x + direction.x * step, y: point.y + direction.y * step };
    const owner = look(here.x, here.y);
    if (owner >= 0) return { owner, at: here };
  }
  for (let radius = 1; radius <= reach; radius++)
    for (let turn = 0; turn < 16; turn++) {
      const angle = (turn / 16) * 2 * Math.PI;
      const here = { x: point.x + Math.cos(angle) * radius, y: point.y + Math.sin(angle) * radius };
      const owner = look(here.x, here.y);
      if (owner >= 0) return { owner, at: here };
    }
  return undefined;
}
