/** The pictures of prompts: how large they are for the model, and their encoding when it is needed. */
import { PixelwrightError } from '../../errors.ts';
import type { ImagePart } from '../engine.ts';
import type { Library } from './library/load.ts';
import type { PromptImage } from './scheduler/entries.ts';
import { type LoadVisionOptions, loadVisionEncoder, type VisionEncoder } from './vision/index.ts';

export interface Images {
  /** Nothing is decoded before the picture is encoded. @throws PixelwrightError of the image stage. */
  describe(
    frames: readonly [ImagePart] | readonly [ImagePart, ImagePart],
    signal: AbortSignal,
  ): Promise<PromptImage>;
  close(): Promise<void>;
}

/**
 * @param inputSize floats that the language model takes for a token.
 * @throws PixelwrightError as `loadVisionEncoder`, and `model-corrupt` for a projector of another model.
 */
export async function openImages(
  library: Library,
  inputSize: number,
  options: LoadVisionOptions,
): Promise<Images> {
  const encoder = await loadVisionEncoder(library, options);
  if (encoder.embeddingSize !== inputSize) {
    await encoder.close();
    throw new PixelwrightError(
      'model-corrupt',
      `The projector ${options.path} gives ${encoder.embeddingSize} numbers for a token, and the model takes ${inputSize}.`,
      { next: 'Give --model and --mmproj of the same size of Qwen3-VL.' },
    );
  }
  return {
    describe: (frames, signal) => describe(encoder, frames, signal),
    close: () => encoder.close(),
  };
}

async function describe(
  encoder: VisionEncoder,
  frames: readonly [ImagePart] | readonly [ImagePart, ImagePart],
  signal: AbortSignal,
): Promise<PromptImage> {
  const [first, second] = frames;
  const { hash, columns, rows } = await (second === undefined
    ? encoder.measure(first, { signal })
    : encoder.measureFrames([first, second], { signal }));
  return {
    key: hash,
    columns,
    rows,
    // Not the signal of this request: another one may wait for the same picture.
    encode: async () => {
      const free = { signal: new AbortController().signal };
      const prepared = await (second === undefined
        ? encoder.prepare(first, free)
        : encoder.prepareFrames([first, second], free));
      return encoder.start(prepared);
    },
  };
}
