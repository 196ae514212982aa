/** What the image stage hands on: bounded, oriented, flattened pixels and where they came from. */

/** Decoded pixels, 3 channels (RGB), row by row, 8 bits a channel, alpha flattened on white, or on a dark page where what is drawn is pale. */
export interface Raster {
  readonly width: number;
  readonly height: number;
  /** Length width × height × 3. */
  readonly data: Uint8Array;
  /** Interpolated from a photo: no pixel has exactly the colour that it had, however smooth all looks. */
  readonly resampled?: true;
}

export type PictureFormat = 'png' | 'jpeg' | 'webp' | 'avif' | 'gif' | 'tiff' | 'svg' | 'bmp';

/** A picture as the user gave it, decoded once. Boxes everywhere are in pixels of `raster`. */
export interface SourcePicture {
  /** File name or a short description of the source, for messages: `login.png`, `clipboard`. */
  readonly name: string;
  readonly format: PictureFormat;
  /** Hex SHA-256 of the encoded bytes. */
  readonly sha256: string;
  readonly byteLength: number;
  /** After EXIF orientation. */
  readonly raster: Raster;
  /** Frames in the file; only the first is decoded. */
  readonly frames: number;
  /** The file has an alpha channel (a GIF always has); `raster` is opaque. */
  readonly hasAlpha: boolean;
  /** Things that a user should be told: "animated GIF: only the first of 12 frames is used". */
  readonly warnings: readonly string[];
}

/** Everything a caller may give as a picture. */
export type PictureSource =
  | { readonly kind: 'reference'; readonly reference: string }
  | { readonly kind: 'bytes'; readonly bytes: Uint8Array; readonly name?: string };

/** A picture as it came: bounded encoded bytes whose type was read from the content. */
export interface EncodedPicture {
  /** As in `SourcePicture`. */
  readonly name: string;
  readonly format: PictureFormat;
  readonly bytes: Uint8Array;
  /** Hex SHA-256 of `bytes`. */
  readonly sha256: string;
}
