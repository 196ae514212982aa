/** The image stage: reads pictures, fits them to a model, cuts pieces out, straightens photos. */
export { type DecodeOptions, decodePicture } from './decode.ts';
export type { EncodedPicture, PictureFormat, PictureSource, Raster, SourcePicture } from './picture.ts';
export type { HostResolver } from './public-address.ts';
export { type ReadOptions, readEncoded, readPicture } from './read.ts';
