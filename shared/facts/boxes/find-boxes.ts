/** From surfaces and thin lines to the visible boxes of a page and the rules between them. */
import type { Raster } from '../../image/picture.ts';
import { at, median, packedDistance } from '../pixels.ts';
import type { FlatRegions } from '../regions/flat-regions.ts';
import type { Segment } from '../regions/lines.ts';
import { cleanTolerance, type SurfaceMap } from '../regions/surfaces.ts';
import { adoptBorders, boxOfSurface, findFrames, isOutlineOf, linesAlong } from './borders.ts';
import { measureGradient } from './gradient.ts';
import { outsideColor } from './outside.ts';
import type { RawBox } from './raw-box.ts';
import { sideNames } from './raw-box.ts';
import { dropRinging, isFramed, reachEdges, shorterSide } from './ringing.ts';
import { sampleBorders } from './sampled-borders.ts';
import { measureShadow } from './shadow.ts';
import { mergeStacks } from './stacks.ts';

export interface BoxMap {
  readonly boxes: RawBox[];
  /** Lines that are no box's border. */
  readonly rules: readonly Segment[];
}

export interface BoxOptions {
  readonly scale: number;
  readonly tolerance: number;
  /** Packed colour of the page. */
  readonly page: number;
  /** Index of the surface that is the page's ground. */
  readonly pageSurface: number;
}

/** CSS pixels: ripples around the knob of a switch would make a border of what it lies in. */
const leastRippled = 20;

export function findBoxes(
  raster: Raster,
  regions: FlatRegions,
  map: SurfaceMap,
  segments: readonly Segment[],
  options: BoxOptions,
): BoxMap {
  const { scale } = options;
  const lossy = options.tolerance > cleanTolerance;
  const used = new Set<Segment>();
  const surfaces = map.surfaces.flatMap((surface, index) =>
    surface.kind === 'box' ? [boxOfSurface(surface, index)] : [],
  );
  const inner = mergeStacks(surfaces, segments, scale);
  for (const box of lossy ? inner : []) {
    if (!isFramed(raster, box, linesAlong(box, segments, scale), scale)) reachEdges(raster, box, scale);
    // A corner beside other ink has lost more than its arc.
    else box.radius = median(map.surfaces[box.surface]?.radii ?? [box.radius]);
  }
  for (const box of inner) adoptBorders(box, segments, used, scale);
  const boxes = inner.filter((box) => !isPage(box, raster, options.pageSurface));
  for (const frame of findFrames(segments, scale)) {
    const known = boxes.find((box) => isOutlineOf(frame, box, scale));
    for (const segment of frame.segments) used.add(segment);
    const side = { width: frame.width, color: frame.color };
    const border = { top: side, right: side, bottom: side, left: side };
    if (known) {
      known.border = border;
      known.radius = Math.max(known.radius, frame.radius);
      continue;
    }
    const { left, top, right, bottom, radius } = frame;
    boxes.push({
      left,
      top,
      right,
      bottom,
      radius,
      border,
      fill: undefined,
      outside: frame.color,
      surface: -1,
      region: -1,
    });
  }
  for (const box of boxes)
    sampleBorders(raster, box, scale, lossy && shorterSide(box) >= leastRippled * scale);
  measureBoxes(raster, regions, map, boxes, options);
  if (lossy) for (const box of boxes) dropRinging(raster, box, scale);
  return {
    boxes: withoutCells(
      boxes.filter((box) => isVisible(box, options)),
      options,
    ),
    rules: segments.filter((segment) => !used.has(segment)),
  };
}

/** All of the picture, or the page's own ground where something as wide as the page covers the rest of it. */
function isPage(box: RawBox, raster: Raster, pageSurface: number): boolean {
  if (box.surface === pageSurface && box.right - box.left + 1 >= 0.985 * raster.width) return true;
  return (
    box.right - box.left + 1 >= 0.985 * raster.width && box.bottom - box.top + 1 >= 0.985 * raster.height
  );
}

/** Adds to each box what is around it, its gradient and its shadow. */
export function measureBoxes(
  raster: Raster,
  regions: FlatRegions,
  map: SurfaceMap,
  boxes: readonly RawBox[],
  options: BoxOptions,
): void {
  for (const box of boxes) {
    box.outside = outsideColor(raster, box, options.scale) ?? options.page;
    const surface = map.surfaces[box.surface];
    if (surface && surface.region >= 0) {
      const gradient = measureGradient(raster, regions, surface.region, box);
      if (gradient === 'textured') box.textured = true;
      else if (gradient) box.gradient = gradient;
    } else if (!surface) {
      box.fill = insideColor(regions, map, box);
    }
    const width = box.right - box.left + 1;
    const height = box.bottom - box.top + 1;
    if (width < 40 * options.scale || height < 20 * options.scale) continue;
    const shadow = measureShadow(raster, box, options.scale);
    if (shadow) box.shadow = shadow;
  }
}

/** The colour that has most area among the surfaces inside a frame, equal colours taken together. */
function insideColor(regions: FlatRegions, map: SurfaceMap, frame: RawBox): number | undefined {
  const areas = new Map<number, number>();
  for (const surface of map.surfaces) {
    if (surface.region < 0 || surface.left < frame.left || surface.right > frame.right) continue;
    if (surface.top < frame.top || surface.bottom > frame.bottom) continue;
    areas.set(surface.color, (areas.get(surface.color) ?? 0) + at(regions.area, surface.region));
  }
  return [...areas].reduce<[number, number] | undefined>(
    (a, b) => (a && a[1] >= b[1] ? a : b),
    undefined,
  )?.[0];
}

/** A box is seen by its fill, by three borders or more, by an accent line, by its gradient or its shadow. */
function isVisible(box: RawBox, options: BoxOptions): boolean {
  const sides = sideNames.filter((side) => box.border[side]).length;
  if (sides >= 3 || box.gradient || box.shadow) return true;
  return box.fill !== undefined && packedDistance(box.fill, box.outside) > options.tolerance;
}

/** Drops the cells of a table and the rows of a list, whose only outline is their frame's or a shared rule. */
function withoutCells(boxes: readonly RawBox[], options: BoxOptions): RawBox[] {
  const slack = 3 * options.scale;
  return boxes.filter((box) => {
    const parent = boxes.find(
      (other) =>
        other !== box &&
        other.surface < 0 &&
        other.left <= box.left + 1 &&
        other.right >= box.right - 1 &&
        other.top <= box.top + 1 &&
        other.bottom >= box.bottom - 1,
    );
    if (!parent || parent.fill === undefined || box.fill === undefined || box.gradient || box.shadow)
      return true;
    const touching = [
      box.left - parent.left <= slack,
      parent.right - box.right <= slack,
      box.top - parent.top <= slack,
      parent.bottom - box.bottom <= slack,
    ].filter(Boolean).length;
    if (packedDistance(parent.fill, box.fill) <= options.tolerance) return touching < 1;
    // A filled row keeps its colour; the frame's lines are not its own.
    if (touching >= 2) {
      box.border = {};
      box.radius = 0;
    }
    return true;
  });
}
