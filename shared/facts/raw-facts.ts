/** First half of the measurement: surfaces, boxes, rules, pictures and text lines in source pixels, before reading. */
import type { Raster } from '../image/picture.ts';
import { takeBands } from './boxes/bands.ts';
import { boxOfSurface } from './boxes/borders.ts';
import { hugs, isCorner } from './boxes/edges.ts';
import { findBoxes, measureBoxes } from './boxes/find-boxes.ts';
import { measureGradient } from './boxes/gradient.ts';
import { coversSame, findHollow, frameWith } from './boxes/hollow.ts';
import { keepInsideParents } from './boxes/nesting.ts';
import type { RawBox } from './boxes/raw-box.ts';
import { liesOnOutlines } from './boxes/soft-edges.ts';
import type { Gradient } from './page-facts.ts';
import { joinCharts } from './pictures/charts.ts';
import { findPictures, liesIn, type RawPicture } from './pictures/find-pictures.ts';
import {
  blobOfPhoto,
  coverPhotos,
  isInside,
  isPlate,
  maskOfPhotos,
  takeSmoothPhotos,
} from './pictures/on-photo.ts';
import { findPhotoAreas } from './pictures/photo-areas.ts';
import { at } from './pixels.ts';
import { type FlatRegions, findFlatRegions } from './regions/flat-regions.ts';
import { findSegments, type Segment, standsOut } from './regions/lines.ts';
import { rescuePlates } from './regions/plates.ts';
import { isRamp } from './regions/ramps.ts';
import { cleanTolerance, findSurfaces } from './regions/surfaces.ts';
import { splitByInk } from './text/change-of-ink.ts';
import { groupLines, type InkLine } from './text/group-lines.ts';
import { type Blob, findInk, type InkMap } from './text/ink.ts';
import { isCounter, isLetterSegment, isStemIn, letterBoxes } from './text/letters.ts';
import { splitByStyle } from './text/split-lines.ts';
import { strikeBridges } from './text/struck.ts';
import { splitMarks } from './text/tall-marks.ts';
import { onTintedGround } from './text/tinted-ground.ts';

export interface RawFacts {
  readonly raster: Raster;
  /** The picture was compressed or scaled. */
  readonly lossy: boolean;
  readonly scale: number;
  readonly regions: FlatRegions;
  readonly ink: InkMap;
  /** True for a pixel of a rule, an underline, a border: no part of a letter. */
  readonly isLine: (index: number) => boolean;
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
  /** The picture as it was before it was smoothed. */
  readonly original: Raster;
}

/** Largest channel difference of two pixels of one colour, 0..255. */
const lossyTolerance = 3;
/** Least channel difference of a badge from what it lies on. */
const paleContrast = 14;
/** Shortest rule, CSS pixels. */
const shortestRule = 24;

export function findRawFacts(raster: Raster, regions: FlatRegions, options: RawOptions): RawFacts {
  const { scale } = options;
  const tolerance = options.lossy ? lossyTolerance : cleanTolerance;
  const photos = findPhotoAreas(options.original, options.lossy);
  const map = findSurfaces(regions, { data: raster.data, scale, tolerance, photos });
  const smooth = takeSmoothPhotos(raster, regions, map, scale);
  const straight = findSegments(regions, map.lineRegions, shortestRule * scale, scale);
  const segments = straight.filter((one) =>
    options.lossy ? !isRamp(raster, one, scale) : standsOut(raster.data, regions, one),
  );
  const pageRegion = pageRegionOf(regions, map.surfaceOf);
  const pageSurface = at(map.surfaceOf, pageRegion);
  const page = map.surfaces[pageSurface]?.color ?? 0xffffff;
  const gradient = pageGradient(raster, regions, pageRegion);
  const { boxes, rules } = findBoxes(raster, regions, map, segments, { scale, tolerance, page, pageSurface });
  boxes.push(...takeBands(raster, regions, boxes, scale));
  const ignored = straightRegions(regions, straight);
  const photoMask = maskOfPhotos(raster, [...photos, ...smooth], map);
  const inkOptions = { surfaceOf: map.surfaceOf, ignored, photoMask, contrast: options.contrast };
  const first = findInk(raster, regions, inkOptions);
  const letters = letterBoxes(boxes, first.blobs, scale);
  const loose = [...rules, ...straight.filter((one) => !segments.includes(one))];
  const strokes = loose.filter((one) => isLetterSegment(one, first.blobs, scale));
  for (const { surface } of letters) {
    const region = map.surfaces[surface]?.region;
    if (region !== undefined) map.surfaceOf[region] = -1;
  }
  for (const { region } of strokes) ignored[region] = 0;
  const plates = options.lossy ? rescuePlates(raster, regions, map, first, scale) : [];
  if (options.lossy) {
    // A pale badge is no ink, and its letters are ink of their own.
    const pale = findInk(raster, regions, { ...inkOptions, contrast: paleContrast });
    plates.push(...rescuePlates(raster, regions, map, pale, scale, true));
  }
  const rescued = plates.map((plate) => boxOfSurface(plate, map.surfaces.indexOf(plate)));
  measureBoxes(raster, regions, map, rescued, { scale, tolerance, page, pageSurface });
  boxes.push(...rescued);
  const bridges = strikeBridges(loose, first, raster.width, raster.height, scale);
  const changed = letters.length + strokes.length + plates.length > 0 || bridges !== undefined;
  const again = changed ? findInk(raster, regions, { ...inkOptions, ...(bridges && { bridges }) }) : first;
  const ink = options.lossy ? onTintedGround(again, regions, map, photoMask, scale) : again;
  const kept = boxes.filter(
    (box) => !letters.includes(box) && !isCounter(box, raster, regions, map.surfaceOf, scale),
  );
  const hollow = findHollow(ink, raster.width, scale);
  for (const [blob, frame] of hollow) {
    const known = kept.find((box) => coversSame(box, frame, scale));
    if (options.lossy && known) frameWith(known, frame);
    else if (options.lossy) kept.push(frame);
    // A frame of a clean picture that is no box is an icon.
    else if (!known) hollow.delete(blob);
  }
  const isSoftEdge = (blob: Blob): boolean =>
    hollow.has(blob) || (options.lossy && liesOnOutlines(blob, ink, raster.width, kept, scale));
  const blobs = ink.blobs.filter((blob) => !isCorner(blob, kept, scale) && !isSoftEdge(blob));
  const seeds = [
    ...blobs,
    ...[...photos, ...smooth].map((photo) => blobOfPhoto(raster, regions, map, photo)),
  ];
  const found = findPictures(raster, seeds, kept, {
    scale,
    isInk: (index) => at(ink.mask, index) === 1 || at(photoMask, index) === 1,
    labels: ink.labels,
    regionLabels: regions.labels,
    photosAreExact: !options.lossy,
  });
  const onPhotos = kept.filter(
    (box) =>
      box.right - box.left >= 36 * scale &&
      blobs.filter((blob) => blob.surface === box.surface && liesIn(blob, box)).length >= 2 &&
      found.pictures.some((one) => isInside(box, one) && isPlate(box, one, regions, map, scale)),
  );
  const labels = blobs.filter((blob) =>
    onPhotos.some((box) => box.surface === blob.surface && liesIn(blob, box)),
  );
  const lines = groupLines([...new Set([...found.rest, ...labels])], scale)
    .flatMap(splitMarks)
    .flatMap((line) => (options.lossy ? splitByInk(line) : [line]))
    .flatMap(splitByStyle);
  const grown = [...coverPhotos(kept, found.pictures, scale)];
  measureBoxes(raster, regions, map, grown, { scale, tolerance, page, pageSurface });
  keepInsideParents(kept, scale);
  const free = rules.filter(
    (rule) =>
      !strokes.includes(rule) &&
      !found.pictures.some((picture) => liesIn(rule, picture)) &&
      !kept.some((box) => hugs(rule, box, scale)) &&
      !lines.some((line) => isStemIn(rule, line)),
  );
  const charts = joinCharts(found.pictures, free, { boxes: kept, texts: lines, scale });
  return {
    raster,
    lossy: options.lossy,
    scale,
    regions,
    ink,
    isLine: (index) => at(ignored, at(regions.labels, index)) === 1 && at(ink.mask, index) === 0,
    page,
    ...(gradient ? { pageGradient: gradient } : {}),
    lines,
    pictures: charts.pictures,
    boxes: kept.filter(
      (box) => onPhotos.includes(box) || !found.pictures.some((picture) => isInside(box, picture)),
    ),
    rules: charts.rules,
  };
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
