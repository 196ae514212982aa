/** Photos among blobs and boxes: what stands in for a photo's area, and which boxes in it are plates on it. */

import type { Raster } from '../../image/picture.ts';
import { measureGradient } from '../boxes/gradient.ts';
import type { RawBox } from '../boxes/raw-box.ts';
import { at, packedAt } from '../pixels.ts';
import type { FlatRegions } from '../regions/flat-regions.ts';
import { isWhollyFlat, type SurfaceMap } from '../regions/surfaces.ts';
import type { Blob } from '../text/ink.ts';
import type { RawPicture } from './find-pictures.ts';
import type { PhotoArea } from './photo-areas.ts';

export function blobOfPhoto(raster: Raster, regions: FlatRegions, map: SurfaceMap, photo: PhotoArea): Blob {
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

/** True for a box that lies in a picture and is a part of it. */
export function isInside(box: PhotoArea, picture: PhotoArea): boolean {
  return (
    box.left >= picture.left - 1 &&
    box.right <= picture.right + 1 &&
    box.top >= picture.top - 1 &&
    box.bottom <= picture.bottom + 1
  );
}

/** A button or badge on a photo: wholly flat, which no part of a photo of that size is. */
export function isPlate(
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

/**
 * A card whose upper part is a photo is measured below it only; this gives it its whole height (or width).
 * @returns the boxes that grew.
 */
export function coverPhotos(
  boxes: readonly RawBox[],
  pictures: readonly RawPicture[],
  scale: number,
): Set<RawBox> {
  const near = 3 * scale;
  const changed = new Set<RawBox>();
  for (const box of boxes) {
    for (const picture of pictures) {
      const columns =
        Math.abs(picture.left - box.left) <= near && Math.abs(picture.right - box.right) <= near;
      const rows = Math.abs(picture.top - box.top) <= near && Math.abs(picture.bottom - box.bottom) <= near;
      if (columns && Math.abs(box.top - picture.bottom - 1) <= near) box.top = Math.min(box.top, picture.top);
      else if (columns && Math.abs(picture.top - box.bottom - 1) <= near)
        box.bottom = Math.max(box.bottom, picture.bottom);
      else if (rows && Math.abs(box.left - picture.right - 1) <= near)
        box.left = Math.min(box.left, picture.left);
      else if (rows && Math.abs(picture.left - box.right - 1) <= near)
        box.right = Math.max(box.right, picture.right);
      else continue;
      // The corners on the photo's side are the photo's, and as round as the others.
      delete box.radii;
      changed.add(box);
    }
  }
  return changed;
}

/** CSS pixels: smaller smooth areas are left as they are. */
const leastSmoothPhoto = 64;

/**
 * Photos so smooth that most of them is one region: its colours change, but not as a gradient's do. Their surfaces are
 * taken out of the map, so that what lies on them is no text.
 */
export function takeSmoothPhotos(
  raster: Raster,
  regions: FlatRegions,
  map: SurfaceMap,
  scale: number,
): PhotoArea[] {
  const found: PhotoArea[] = [];
  for (const surface of map.surfaces) {
    const { region, left, top, right, bottom } = surface;
    if (surface.kind !== 'field' || region < 0) continue;
    const [width, height] = [right - left + 1, bottom - top + 1];
    if (Math.min(width, height) < leastSmoothPhoto * scale || at(regions.area, region) < 0.4 * width * height)
      continue;
    if (width * height > 0.6 * raster.width * raster.height) continue;
    if (measureGradient(raster, regions, region, surface) !== 'textured') continue;
    map.surfaceOf[region] = -1;
    found.push(grown({ left, top, right, bottom }, regions, map));
  }
  return found;
}

/** Share of a row or column beside a smooth photo that must be neither surface nor text for it to be part of it. */
const leastFragments = 0.7;

/** Moves the sides out over the fragments at a photo's edge. */
function grown(area: PhotoArea, regions: FlatRegions, map: SurfaceMap): PhotoArea {
  const { width, height } = regions;
  const isFree = (x: number, y: number): number =>
    at(map.surfaceOf, at(regions.labels, y * width + x)) < 0 ? 1 : 0;
  let { left, top, right, bottom } = area;
  const rowShare = (y: number): number => {
    let free = 0;
    for (let x = left; x <= right; x++) free += isFree(x, y);
    return free / (right - left + 1);
  };
  const columnShare = (x: number): number => {
    let free = 0;
    for (let y = top; y <= bottom; y++) free += isFree(x, y);
    return free / (bottom - top + 1);
  };
  while (right + 1 < width && columnShare(right + 1) >= leastFragments) right++;
  while (left > 0 && columnShare(left - 1) >= leastFragments) left--;
  while (bottom + 1 < height && rowShare(bottom + 1) >= leastFragments) bottom++;
  while (top > 0 && rowShare(top - 1) >= leastFragments) top--;
  return { left, top, right, bottom };
}

/** 1 inside photos, but for the plates on them: what is connected to a photo's pixels is not connected through them. */
export function maskOfPhotos(raster: Raster, photos: readonly PhotoArea[], map: SurfaceMap): Uint8Array {
  const mask = new Uint8Array(raster.width * raster.height);
  const paint = ({ left, top, right, bottom }: PhotoArea, value: number): void => {
    for (let y = top; y <= bottom; y++)
      mask.fill(value, y * raster.width + left, y * raster.width + right + 1);
  };
  for (const photo of photos) paint(photo, 1);
  for (const surface of map.surfaces) {
    if (surface.kind === 'box' && photos.some((photo) => isInside(surface, photo))) paint(surface, 0);
  }
  return mask;
}
