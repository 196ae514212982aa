/** First half of the measurement: surfaces, boxes, rules, pictures and text lines in source pixels, before reading. */
import type { Raster } from '../image/picture.ts';
import { boxOfSurface } from './boxes/borders.ts';
import { findBoxes, measureBoxes } from './boxes/find-boxes.ts';
import { measureGradient } from './boxes/gradient.ts';
import type { RawBox } from './boxes/raw-box.ts';
import type { Gradient } from './page-facts.ts';
import { findPictures, liesIn, type RawPicture } from './pictures/find-pictures.ts';
import { findPhotoAreas, type PhotoArea } from './pictures/photo-areas.ts';
import { at, packedAt } from './pixels.ts';
import { type FlatRegions, findFlatRegions } from './regions/flat-regions.ts';
import { findSegments, type Segment } from './regions/lines.ts';
import { rescuePlates } from './regions/plates.ts';
import { findSurfaces, isWhollyFlat, type SurfaceMap } from './regions/surfaces.ts';
import { groupLines, type InkLine } from './text/group-lines.ts';
import { type Blob, findInk, type InkMap } from './text/ink.ts';
import { isLetterBox, isLetterSegment } from './text/letters.ts';
import { splitByStyle } from './text/split-lines.ts';

export interface RawFacts {
  readonly raster: Raster;
  readonly scale: number;
  readonly regions: FlatRegions;
  readonly ink: InkMap;
  /** Packed colour of the page. */
  readonly page: number;
  readonly pageGradient?: Gradient;
  readonly boxes: RawBox[];
  readonly rules: readonly Segment[];
  readonly pictures: RawPicture[];
  readonly lines: InkLine[];
}

export interface RawOptions {
  readonly scale: number;
  /** Largest step inside a flat area, 0..255. */
  readonly step: number;
  /** Least contrast of ink, 0..255. */
  readonly contrast: number;
  /** The picture was compressed or scaled. */
  readonly lossy: boolean;
}

/** Shortest rule, CSS pixels. */
const shortestRule = 24;

export function findRawFacts(raster: Raster, regions: FlatRegions, options: RawOptions): RawFacts {
  const { scale } = options;
  const tolerance = Math.max(2, options.step);
  const photos = options.lossy ? [] : findPhotoAreas(raster);
  const map = findSurfaces(regions, { data: raster.data, scale, tolerance, photos });
  const segments = findSegments(regions, map.lineRegions, shortestRule * scale, scale);
  const pageRegion = pageRegionOf(regions, map.surfaceOf);
  const pageSurface = at(map.surfaceOf, pageRegion);
  const page = map.surfaces[pageSurface]?.color ?? 0xffffff;
  const gradient = pageGradient(raster, regions, pageRegion);
  const { boxes, rules } = findBoxes(raster, regions, map, segments, { scale, tolerance, page, pageSurface });
  const ignored = straightRegions(regions, segments);
  const inkOptions = { surfaceOf: map.surfaceOf, ignored, contrast: options.contrast };
  const first = findInk(raster, regions, inkOptions);
  const letters = letterBoxes(boxes, first.blobs, scale);
  const strokes = rules.filter((rule) => isLetterSegment(rule, first.blobs, scale));
  for (const { surface } of letters) {
    const region = map.surfaces[surface]?.region;
    if (region !== undefined) map.surfaceOf[region] = -1;
  }
  for (const { region } of strokes) ignored[region] = 0;
  const plates = options.lossy ? rescuePlates(raster, regions, map, first.blobs, scale) : [];
  const rescued = plates.map((plate) => boxOfSurface(plate, map.surfaces.indexOf(plate)));
  measureBoxes(raster, regions, map, rescued, { scale, tolerance, page, pageSurface });
  boxes.push(...rescued);
  const changed = letters.length + strokes.length + plates.length > 0;
  const ink = changed ? findInk(raster, regions, inkOptions) : first;
  const kept = boxes.filter(
    (box) => !letters.includes(box) && !isCounter(box, raster, regions, map.surfaceOf, scale),
  );
  const blobs = ink.blobs.filter((blob) => !isCorner(blob, kept, scale));
  const seeds = [...blobs, ...photos.map((photo) => blobOfPhoto(raster, regions, map, photo))];
  const found = findPictures(raster, seeds, kept, { scale, isInk: (index) => at(ink.mask, index) === 1 });
  const lines = groupLines(found.rest, scale).flatMap(splitByStyle);
  return {
    raster,
    scale,
    regions,
    ink,
    page,
    ...(gradient ? { pageGradient: gradient } : {}),
    lines,
    pictures: found.pictures,
    boxes: kept.filter(
      (box) =>
        !found.pictures.some(
          (picture) => isInside(box, picture) && !isPlate(box, picture, regions, map, scale),
        ),
    ),
    rules: rules.filter(
      (rule) =>
        !strokes.includes(rule) &&
        !found.pictures.some((picture) => liesIn(rule, picture)) &&
        !kept.some((box) => hugs(rule, box, scale)) &&
        !lines.some((line) => isStemIn(rule, line)),
    ),
  };
}

/** Letters found as boxes; one that is known makes its neighbours known. */
function letterBoxes(boxes: readonly RawBox[], blobs: readonly Blob[], scale: number): RawBox[] {
  const found: RawBox[] = [];
  let letters = blobs;
  for (;;) {
    const more = boxes.filter((box) => !found.includes(box) && isLetterBox(box, letters, scale));
    if (more.length === 0) return found;
    found.push(...more);
    letters = more.map(
      (box, index): Blob => ({
        ...box,
        index,
        area: 1,
        surface: -1,
        purity: 1,
        background: box.outside,
        color: box.fill ?? 0,
      }),
    );
  }
}

/** The inside of an o: small, without a border, and what surrounds it is ink. */
function isCounter(
  box: RawBox,
  raster: Raster,
  regions: FlatRegions,
  surfaceOf: Int32Array,
  scale: number,
): boolean {
  if (Math.max(box.right - box.left, box.bottom - box.top) > 60 * scale || Object.keys(box.border).length > 0)
    return false;
  const beyond = Math.round(2 * scale);
  const middle = { x: (box.left + box.right) >> 1, y: (box.top + box.bottom) >> 1 };
  const around = [
    [box.left - beyond, middle.y],
    [box.right + beyond, middle.y],
    [middle.x, box.top - beyond],
    [middle.x, box.bottom + beyond],
  ];
  return (
    around.filter(([x = 0, y = 0]) => {
      if (x < 0 || y < 0 || x >= raster.width || y >= raster.height) return false;
      return at(surfaceOf, at(regions.labels, y * raster.width + x)) < 0;
    }).length >= 3
  );
}

/** What is left of a letter's stem inside a line of text. */
function isStemIn(rule: Segment, line: InkLine): boolean {
  if (rule.orientation !== 'vertical' || line.blobs.length < 2) return false;
  return (
    rule.left >= line.left - 2 &&
    rule.right <= line.right + 2 &&
    rule.top >= line.top - 2 &&
    rule.bottom <= line.bottom + 2
  );
}

function blobOfPhoto(raster: Raster, regions: FlatRegions, map: SurfaceMap, photo: PhotoArea): Blob {
  const beside = photo.left >= 4 ? photo.left - 4 : Math.min(raster.width - 1, photo.right + 4);
  const pixel = ((photo.top + photo.bottom) >> 1) * raster.width + beside;
  return {
    ...photo,
    index: -1,
    area: (photo.right - photo.left + 1) * (photo.bottom - photo.top + 1),
    surface: at(map.surfaceOf, at(regions.labels, pixel)),
    purity: 1,
    background: packedAt(raster.data, pixel),
    color: 0,
  };
}

/** A line right at a box's edge is its blurred outline or border, whatever else was made of it. */
function hugs(rule: Segment, box: RawBox, scale: number): boolean {
  const near = 2.5 * scale;
  const horizontal = rule.orientation === 'horizontal';
  const [from, to, at0] = horizontal
    ? [rule.left, rule.right, (rule.top + rule.bottom) / 2]
    : [rule.top, rule.bottom, (rule.left + rule.right) / 2];
  const [a, b, first, last] = horizontal
    ? [box.left, box.right, box.top, box.bottom]
    : [box.top, box.bottom, box.left, box.right];
  if (from < a - near || to > b + near || to - from < 0.4 * (b - a)) return false;
  return Math.abs(at0 - first) <= near || Math.abs(at0 - last) <= near;
}

/** True for a box that lies in a picture and is a part of it. */
function isInside(box: RawBox, picture: RawPicture): boolean {
  return (
    box.left >= picture.left - 1 &&
    box.right <= picture.right + 1 &&
    box.top >= picture.top - 1 &&
    box.bottom <= picture.bottom + 1
  );
}

/** A button or badge on a photo: wholly flat, which no part of a photo of that size is. */
function isPlate(
  box: RawBox,
  picture: RawPicture,
  regions: FlatRegions,
  map: SurfaceMap,
  scale: number,
): boolean {
  const region = map.surfaces[box.surface]?.region;
  if (picture.kind !== 'photo' || region === undefined || box.gradient || box.textured) return false;
  const width = box.right - box.left + 1;
  const height = box.bottom - box.top + 1;
  if (
    width < 24 * scale ||
    height < 14 * scale ||
    width * height > 0.6 * (picture.right - picture.left) * (picture.bottom - picture.top)
  )
    return false;
  return isWhollyFlat(regions, region);
}

/** The antialiased pixels of a rounded corner. */
function isCorner(blob: Blob, boxes: readonly RawBox[], scale: number): boolean {
  return boxes.some((box) => {
    const zone = box.radius + 4 * scale;
    const slack = 2 * scale;
    if (blob.right < box.left - slack || blob.left > box.right + slack) return false;
    if (blob.bottom < box.top - slack || blob.top > box.bottom + slack) return false;
    const west = blob.left >= box.left - slack && blob.right <= box.left + zone;
    const east = blob.right <= box.right + slack && blob.left >= box.right - zone;
    const north = blob.top >= box.top - slack && blob.bottom <= box.top + zone;
    const south = blob.bottom <= box.bottom + slack && blob.top >= box.bottom - zone;
    if ((west || east) && (north || south)) return touchesOutline(blob, box, scale) || isOnArc(blob, box, scale);
    // The arc of a pill's border takes a whole side.
    const hollow = blob.area < 0.45 * (blob.right - blob.left + 1) * (blob.bottom - blob.top + 1);
    const spans = blob.bottom - blob.top >= 0.7 * (box.bottom - box.top);
    if ((west || east) && hollow && spans && box.radius > 3 * scale) return true;
    // A hair along one side.
    const thin = Math.min(blob.right - blob.left, blob.bottom - blob.top) <= 1.5 * scale;
    return thin && blob.purity < 0.75 && (west || east || north || south) && touchesOutline(blob, box, scale);
  });
}

/** True if the middle of the blob lies on the corner's arc, give or take 3 CSS pixels. */
function isOnArc(blob: Blob, box: RawBox, scale: number): boolean {
  const x = (blob.left + blob.right) / 2;
  const y = (blob.top + blob.bottom) / 2;
  const centreX = x < (box.left + box.right) / 2 ? box.left + box.radius : box.right - box.radius;
  const centreY = y < (box.top + box.bottom) / 2 ? box.top + box.radius : box.bottom - box.radius;
  return Math.abs(Math.hypot(x - centreX, y - centreY) - box.radius) <= 3 * scale;
}

/** True if the blob reaches the rounded outline itself, not only the corner's square. */
function touchesOutline(blob: Blob, box: RawBox, scale: number): boolean {
  const border = Math.max(0, ...Object.values(box.border).map((side) => side.width));
  const near = 2.5 * scale + border;
  return (
    Math.abs(blob.left - box.left) <= near ||
    Math.abs(blob.right - box.right) <= near ||
    Math.abs(blob.top - box.top) <= near ||
    Math.abs(blob.bottom - box.bottom) <= near
  );
}

/** The largest surface. */
function pageRegionOf(regions: FlatRegions, surfaceOf: Int32Array): number {
  let best = 0;
  let area = 0;
  for (let region = 0; region < regions.count; region++) {
    if (at(surfaceOf, region) < 0 || at(regions.area, region) <= area) continue;
    area = at(regions.area, region);
    best = region;
  }
  return best;
}

/** Of the page itself, where its largest surface reaches over nearly all of it. */
function pageGradient(raster: Raster, regions: FlatRegions, region: number): Gradient | undefined {
  const [left, right] = [at(regions.left, region), at(regions.right, region)];
  const [top, bottom] = [at(regions.top, region), at(regions.bottom, region)];
  if (right - left < 0.98 * (raster.width - 1) || bottom - top < 0.9 * (raster.height - 1)) return undefined;
  const page = { left: 0, top: 0, right: raster.width - 1, bottom: raster.height - 1 };
  const gradient = measureGradient(raster, regions, region, page);
  return gradient === 'textured' ? undefined : gradient;
}

/** Regions that are straight lines for the most part, and so no ink. */
function straightRegions(regions: FlatRegions, segments: readonly Segment[]): Uint8Array {
  const covered = new Float64Array(regions.count);
  for (const s of segments) {
    covered[s.region] = at(covered, s.region) + (s.right - s.left + 1) * (s.bottom - s.top + 1);
  }
  const flags = new Uint8Array(regions.count);
  for (const { region } of segments)
    if (at(covered, region) >= 0.6 * at(regions.area, region)) flags[region] = 1;
  return flags;
}

export { findFlatRegions };
