/** From decoded pixels to the exact input of the vision tower. */
import { createHash } from 'node:crypto';
import type { Raster } from '../../../image/picture.ts';
import { checkBudget, fitPicture, type ImageBudget, type ModelFit } from './fit.ts';
import { cutPatches, type Patches, type PatchShape } from './patches.ts';
import { resizeBicubic } from './resample.ts';
import { createSlices, type Slices } from './slices.ts';

/** What the language model has to know of a picture before it is encoded. */
export interface ImageSize {
  /** Tokens in a row and in a column; the language model counts positions by them. */
  readonly columns: number;
  readonly rows: number;
  /** columns × rows. */
  readonly tokens: number;
  /** Hex SHA-256 of the content and the token budget: equal hashes have equal embeddings on one projector. */
  readonly hash: string;
  /** Size of the source and where it lies on the model's canvas, to turn the model's points into pixels. */
  readonly source: { readonly width: number; readonly height: number };
  readonly fit: ModelFit;
}

/** A picture, or two frames of a film, ready to be encoded. */
export interface PreparedImage extends ImageSize {
  /** One for a picture; two where two frames go through the two temporal kernels. */
  readonly frames: readonly [Patches] | readonly [Patches, Patches];
}

/**
 * @param contentHashes of each frame.
 * @throws PixelwrightError `option-invalid` (budget).
 */
export function sizeImage(
  { width, height }: { readonly width: number; readonly height: number },
  shape: PatchShape,
  budget: ImageBudget,
  contentHashes: readonly string[],
): ImageSize {
  checkBudget(budget);
  const side = shape.patchSize * shape.mergeSize;
  const fit = fitPicture(width, height, budget, side);
  const columns = fit.width / side;
  const rows = fit.height / side;
  const content = [...contentHashes, budget.minTokens, budget.maxTokens].join(' ');
  const hash = createHash('sha256').update(content).digest('hex');
  return { columns, rows, tokens: columns * rows, hash, source: { width, height }, fit };
}

/** Bytes hashed at a stretch: about a millisecond. */
const hashSlice = 1 << 20;

/**
 * Fits, pads and cuts frames of one size; bit-exact with llama.cpp's `mtmd_image_preprocessor_dyn_size`.
 * Runs on this thread in slices of a few milliseconds.
 * @param frames one picture, or two frames of equal size.
 * @param contentHashes of the files that the frames were decoded from; where not given, pixels are hashed.
 * @throws PixelwrightError `cancelled`, `option-invalid` (budget).
 */
export async function preprocess(
  frames: readonly [Raster] | readonly [Raster, Raster],
  shape: PatchShape,
  budget: ImageBudget,
  signal: AbortSignal,
  contentHashes?: readonly string[],
): Promise<PreparedImage> {
  const slices = createSlices(signal);
  const [first, second] = frames;
  const size = sizeImage(first, shape, budget, contentHashes ?? [await hashPixels(frames, slices)]);
  const cut = async (frame: Raster) => cutPatches(await paint(frame, size.fit, slices), shape, slices);
  return {
    ...size,
    frames: second === undefined ? [await cut(first)] : [await cut(first), await cut(second)],
  };
}

async function hashPixels(frames: readonly Raster[], slices: Slices): Promise<string> {
  const hash = createHash('sha256');
  for (const { width, height, data } of frames) {
    hash.update(`${width} ${height} `);
    for (let from = 0; from < data.length; from += hashSlice) {
      hash.update(data.subarray(from, from + hashSlice));
      if (slices.isOver()) await slices.rest();
    }
  }
  return hash.digest('hex');
}

/** The picture scaled and laid on black. */
async function paint(frame: Raster, fit: ModelFit, slices: Slices): Promise<Raster> {
  const { content, width, height } = fit;
  const scaled = await resizeBicubic(frame, content.width, content.height, slices);
  if (scaled.width === width && scaled.height === height) return scaled;
  const data = new Uint8Array(width * height * 3);
  for (let y = 0; y < content.height; y++) {
    const row = scaled.data.subarray(y * content.width * 3, (y + 1) * content.width * 3);
    data.set(row, ((content.y + y) * width + content.x) * 3);
  }
  return { width, height, data };
}
