/** The first steps of the measurement on a drawn picture: flat regions, surfaces, straight lines. */
import { findFlatRegions } from '../../../shared/facts/regions/flat-regions.ts';
import { findSegments, type Segment } from '../../../shared/facts/regions/lines.ts';
import { findSurfaces, type SurfaceMap } from '../../../shared/facts/regions/surfaces.ts';
import type { Raster } from '../../../shared/image/picture.ts';

/** A picture without photos and without noise. */
export function surfacesOf(raster: Raster, scale = 1): SurfaceMap & { readonly segments: Segment[] } {
  const regions = findFlatRegions(raster, 2);
  const map = findSurfaces(regions, { data: raster.data, scale, tolerance: 2, photos: [] });
  return { ...map, segments: findSegments(regions, map.lineRegions, 24 * scale, scale) };
}
