/** What a prompt is made of once it is tokenised: tokens and whole pictures. */

/** A run of layers after layers, so that others can compute in between. */
export interface EncodeJob {
  /** 0..1. */
  readonly progress: number;
  /** Computes the next part, off the main thread. @returns whether all is done. */
  step(): Promise<boolean>;
  /** Makes a step that runs now end early; the job is then only good to be disposed of. */
  abort(): void;
  /** f32[image tokens × input size]; after the last step. */
  result(): Float32Array;
  dispose(): void;
}

export interface PromptImage {
  /** Equal keys have equal embeddings. */
  readonly key: string;
  /** Image tokens in a row and in a column. */
  readonly columns: number;
  readonly rows: number;
  /** Decodes the picture and starts the encoder on it. @throws PixelwrightError of the image stage. */
  encode(): Promise<EncodeJob>;
}

export interface Entry {
  /** A token id, or a picture's key: equal keys after equal entries have equal keys and values. */
  readonly key: number | string;
  /** Cells of the context that it takes. */
  readonly cells: number;
  /** How far the next entry's position lies behind its own. */
  readonly advance: number;
  readonly image?: PromptImage;
}

export const tokenEntry = (id: number): Entry => ({ key: id, cells: 1, advance: 1 });

/** M-RoPE lets a picture take as many positions as its longer side has tokens (Qwen2-VL's report, 2.1). */
export const imageEntry = (image: PromptImage): Entry => ({
  key: image.key,
  cells: image.columns * image.rows,
  advance: Math.max(image.columns, image.rows),
  image,
});

export const cellsOf = (entries: readonly Entry[]): number =>
  entries.reduce((sum, { cells }) => sum + cells, 0);

export const advanceOf = (entries: readonly Entry[]): number =>
  entries.reduce((sum, { advance }) => sum + advance, 0);

/** How many entries two lists have in common from the start, at most `limit`. */
export function commonLength(a: readonly Entry[], b: readonly Entry[], limit: number): number {
  const most = Math.min(a.length, b.length, limit);
  let length = 0;
  while (length < most && a[length]?.key === b[length]?.key) length++;
  return length;
}
