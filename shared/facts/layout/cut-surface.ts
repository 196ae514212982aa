/** Cuts a flat coloured area that several perceived things stand on into one area for each of them. */
import { area, type Rect } from '../../geometry.ts';
import type { Borders, PageBox } from '../page-facts.ts';
import { type Axis, end, length, start } from './intervals.ts';
import { createNest, type Nest } from './nest.ts';

/** Projections that overlap by less are apart, in pixels. */
const slack = 2.5;

/** An area of one colour without a frame all around: nobody would call it a box. */
export function isFlat({ surface, backdrop, mark }: Nest): boolean {
  if (surface === undefined || backdrop !== undefined || mark !== undefined) return false;
  const framed = Object.keys(surface.border).length === 4;
  return surface.gradient === undefined && surface.shadow === undefined && !framed;
}

/** Where something stands on the area, and whether that is a visible box. */
export interface Stand {
  readonly box: Rect;
  readonly solid: boolean;
}

/** Lines between things along an axis: at the edge of a box, else at half way; undefined where two overlap. */
function linesBetween(stands: readonly Stand[], axis: Axis): number[] | undefined {
  const sorted = [...stands].sort((a, b) => start(a.box, axis) - start(b.box, axis));
  const lines: number[] = [];
  for (const [index, next] of sorted.slice(1).entries()) {
    const last = sorted[index];
    const before = Math.max(...sorted.slice(0, index + 1).map(({ box }) => end(box, axis)));
    const from = start(next.box, axis);
    if (from < before - slack) return undefined;
    if (last?.solid === true && !next.solid) lines.push(before);
    else lines.push(next.solid ? from : Math.round((before + from) / 2));
  }
  return lines;
}

/** Rules that part things are truer than half ways. */
function snapped(lines: readonly number[], nest: Nest, axis: Axis): number[] {
  const across = axis === 'y' ? 'horizontal' : 'vertical';
  const rules = nest.separators.filter(
    (rule) =>
      rule.orientation === across &&
      length(rule.box, axis === 'y' ? 'x' : 'y') >= 0.5 * length(nest.box, axis === 'y' ? 'x' : 'y'),
  );
  return lines.map((line) => {
    const near = rules.find((rule) => Math.abs(start(rule.box, axis) - line) <= 16);
    return near === undefined ? line : end(near.box, axis);
  });
}

function bordersOf(border: Borders, first: boolean, last: boolean, axis: Axis): Borders {
  const { top, right: after, bottom: below, left } = border;
  const keep = (side: keyof Borders): boolean =>
    axis === 'y'
      ? side === 'left' || side === 'right' || (side === 'top' ? first : last)
      : side === 'top' || side === 'bottom' || (side === 'left' ? first : last);
  return {
    ...(top && keep('top') && { top }),
    ...(after && keep('right') && { right: after }),
    ...(below && keep('bottom') && { bottom: below }),
    ...(left && keep('left') && { left }),
  };
}

/** Outer corners stay round. */
function cornersOf(
  { radius, radii = [radius, radius, radius, radius] }: PageBox,
  first: boolean,
  last: boolean,
  axis: Axis,
): Pick<PageBox, 'radius' | 'radii'> {
  if (radius === 0 && radii.every((each) => each === 0)) return { radius };
  const [topLeft, topRight, bottomRight, bottomLeft] = radii;
  const after = axis === 'y' ? first : last;
  const below = axis === 'y' ? last : first;
  return {
    radius: 0,
    radii: [first ? topLeft : 0, after ? topRight : 0, last ? bottomRight : 0, below ? bottomLeft : 0],
  };
}

/**
 * Puts pieces of `nest` in its place in `parent`, one for each of the things.
 * @returns the pieces; undefined where the things are neither below nor beside each other.
 */
export function cutSurface(parent: Nest, nest: Nest, stands: readonly Stand[]): Nest[] | undefined {
  const { surface } = nest;
  const axis = (['y', 'x'] as const).find((each) => linesBetween(stands, each) !== undefined);
  if (surface === undefined || axis === undefined || stands.length < 2) return undefined;
  const lines = snapped(linesBetween(stands, axis) ?? [], nest, axis);
  const edges = [start(nest.box, axis), ...lines, end(nest.box, axis)];
  if (edges.some((edge, index) => index > 0 && edge - (edges[index - 1] ?? edge) < 1)) return undefined;
  const pieces = edges.slice(1).map((to, index) => {
    const from = edges[index] ?? to;
    const box =
      axis === 'y' ? { ...nest.box, y: from, height: to - from } : { ...nest.box, x: from, width: to - from };
    const border = bordersOf(surface.border, index === 0, index === edges.length - 2, axis);
    const corners = cornersOf(surface, index === 0, index === edges.length - 2, axis);
    return createNest({ box, surface: { ...surface, ...corners, box, border } });
  });
  const pieceAt = (rect: Rect): Nest | undefined => {
    const middle = start(rect, axis) + length(rect, axis) / 2;
    return pieces.find((piece) => middle < end(piece.box, axis)) ?? pieces[pieces.length - 1];
  };
  for (const inner of nest.nests) pieceAt(inner.box)?.nests.push(inner);
  for (const line of nest.lines) pieceAt(line.box)?.lines.push(line);
  for (const picture of nest.pictures) pieceAt(picture.box)?.pictures.push(picture);
  for (const rule of nest.separators) {
    // A rule along the cuts runs through all pieces: it stays whole, above them.
    const along = length(rule.box, axis) > 0.6 * length(nest.box, axis);
    if (along) parent.separators.push(rule);
    else pieceAt(rule.box)?.separators.push(rule);
  }
  // What fills its piece needs no second area under it.
  const shown = pieces.flatMap((piece) => {
    const [only, ...rest] = piece.nests;
    const bare = piece.lines.length + piece.pictures.length + piece.separators.length === 0;
    const fills =
      only !== undefined &&
      rest.length === 0 &&
      bare &&
      length(only.box, axis) >= 0.9 * length(piece.box, axis);
    const wide = only !== undefined && area(only.box) >= 0.85 * area(piece.box);
    return fills && wide ? [only] : [piece];
  });
  parent.nests = [...parent.nests.filter((other) => other !== nest), ...shown];
  return shown;
}
