/** Photos among blobs and boxes: what stands in for a photo's area, and which boxes in it are plates on it. */

import type { Raster } from '../../image/picture.ts';
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
export function isInside(box: RawBox, picture: RawPicture): boolean {
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

/** A card whose upper part is a photo is measured below it only; this gives it its whole height (or width). */
export function coverPhotos(boxes: readonly RawBox[], pictures: readonly RawPicture[], scale: number): void {
  const near = 3 * scale;
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
    }
  }
}
