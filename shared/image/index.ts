/** The image stage: reads pictures, fits them to a model, cuts pieces out, straightens photos. */
export { type DecodeOptions, decodePicture } from './decode.ts';
export { type Fetched, fetchBytes } from './download.ts';
export { type FoundPage, findPage, looksLikePhotoOfPage } from './photo/find-page.ts';
export { homographyBetween, project } from './photo/homography.ts';
export { type Point, reduce } from './photo/plane.ts';
export type { Quadrilateral } from './photo/quadrilateral.ts';
export { type StraightenedPhoto, straightenPhoto } from './photo/straighten.ts';
export type { EncodedPicture, PictureFormat, PictureSource, Raster, SourcePicture } from './picture.ts';
export { pictureSize } from './picture-size.ts';
export {
  type ModelTile,
  type PrepareOptions,
  planTiles,
  prepareForModel,
  type RelativeBox,
  type TilePlan,
  tileMapping,
} from './prepare.ts';
export { type AddressPolicy, type HostResolver, resolveBySystem } from './public-address.ts';
export { crop, cropRaster, type EncodeOptions, encodePng } from './raster.ts';
export { type ReadOptions, readEncoded, readPicture } from './read.ts';
export { tokenSide } from './token-budget.ts';
