/** Loads a projector, and turns pictures into embeddings for the language model. */

import { defaultLimits, type Limits } from '../../../config.ts';
import { createContext } from '../../../context.ts';
import { PixelwrightError, throwIfCancelled } from '../../../errors.ts';
import { decodePicture, pictureSize, type Raster, readEncoded } from '../../../image/index.ts';
import type { ImagePart } from '../../engine.ts';
import type { Library } from '../library/load.ts';
import type { Pointer } from '../library/types.ts';
import type { ThreadPool } from '../model/thread-pool.ts';
import { chooseAttention, openDevice, type VisionDevice } from './device.ts';
import { EncodeJob } from './encode-job.ts';
import { checkBudget, defaultImageBudget, type ImageBudget } from './fit.ts';
import { bindVision, type VisionGgml } from './ggml.ts';
import { GgufFile } from './gguf-file.ts';
import { createPlacement, repackingBufferTypes } from './placement.ts';
import { type ImageSize, type PreparedImage, preprocess, sizeImage } from './preprocess.ts';
import { embeddingSize, type Projector, readProjector, towerWeights } from './projector.ts';
import { type Attention, Tower } from './tower.ts';
import { loadWeights, type TowerTensors } from './weights.ts';

export interface LoadVisionOptions {
  /** The projector, a GGUF file. */
  readonly path: string;
  /** A `ggml_backend_dev_t`; the processor unless given. */
  readonly device?: Pointer;
  /** Of the processor. */
  readonly threads: number;
  /** Threads to compute with; shared with the text context, so never while that computes. */
  readonly threadPool?: ThreadPool;
  /** Tokens of one picture; 8 to 4096 unless given. */
  readonly budget?: ImageBudget;
  /** Bounds on encoded pictures. */
  readonly limits?: Limits;
  /** Multiplications of one step; see `defaultWork`. */
  readonly workPerStep?: number;
  /** Turn matrices of 16 or 32 bits into Q8_0, which processors multiply faster; off unless given. */
  readonly quantise?: boolean;
  /** Chosen by what the device can do unless given. */
  readonly attention?: Attention;
  /** Let the processor keep matrices in the order that suits it; on unless given. */
  readonly repack?: boolean;
  readonly signal: AbortSignal;
  /** @param fraction 0..1 of the file. */
  readonly onProgress?: (fraction: number) => void;
}

/**
 * About a tenth of a second for one thread with AVX2, so that other streams go on, and some milliseconds to a
 * second for a GPU: 1024 × 768 pixels are 1.4e12 multiplications of the 2B model's tower, 1920 × 1080 are 5.7e12.
 */
export const defaultWork = { processorThread: 4e9, device: 2e12 } as const;

/** Pixels as they are, or a file. */
export type ImageInput = ImagePart | Raster;

export interface PrepareOptions {
  readonly signal: AbortSignal;
}

/**
 * Reads a projector into the device's memory.
 * @throws PixelwrightError `model-missing`, `model-corrupt` with what is wrong, `out-of-memory`,
 *   `engine-unavailable` (device), `option-invalid` (budget), `cancelled`.
 */
export async function loadVisionEncoder(
  library: Library,
  options: LoadVisionOptions,
): Promise<VisionEncoder> {
  const { path, signal, budget = defaultImageBudget } = options;
  checkBudget(budget);
  throwIfCancelled(signal);
  const ggml = bindVision(library);
  const file = await GgufFile.open(ggml, path);
  let device: VisionDevice | undefined;
  let tensors: TowerTensors | undefined;
  try {
    const projector = readProjector(file);
    device = openDevice(library, ggml, options);
    const extra =
      device.isProcessor && options.repack !== false ? repackingBufferTypes(library, device.device) : [];
    tensors = await loadWeights(ggml, file, towerWeights(projector), {
      plain: device.memory,
      place: createPlacement(ggml, device.device, device.memory, extra),
      quantise: options.quantise === true && device.isProcessor,
      signal,
      ...(options.onProgress === undefined ? {} : { onProgress: options.onProgress }),
    });
    return new VisionEncoder(ggml, projector, device, tensors, { ...options, budget });
  } catch (error) {
    tensors?.free();
    device?.free();
    throw error;
  } finally {
    await file.close();
  }
}

export class VisionEncoder {
  readonly #ggml: VisionGgml;
  readonly #projector: Projector;
  readonly #device: VisionDevice;
  readonly #tensors: TowerTensors;
  readonly #tower: Tower;
  readonly #attention: Attention;
  readonly #budget: ImageBudget;
  readonly #limits: Limits;
  readonly #workPerStep: number;
  readonly #jobs = new Set<EncodeJob>();
  #last: Promise<unknown> = Promise.resolve();
  #closed = false;

  /** For `loadVisionEncoder` only. */
  constructor(
    ggml: VisionGgml,
    projector: Projector,
    device: VisionDevice,
    tensors: TowerTensors,
    options: LoadVisionOptions & { readonly budget: ImageBudget },
  ) {
    this.#ggml = ggml;
    this.#projector = projector;
    this.#device = device;
    this.#tensors = tensors;
    this.#budget = options.budget;
    this.#limits = options.limits ?? defaultLimits;
    const work = device.isProcessor ? defaultWork.processorThread * options.threads : defaultWork.device;
    this.#workPerStep = options.workPerStep ?? work;
    const { width, heads } = projector;
    this.#attention = options.attention ?? chooseAttention(ggml, device.device, width / heads, heads);
    this.#tower = new Tower(projector, tensors, this.#attention);
  }

  /** Floats of one token: width of the language model × (1 + DeepStack layers). */
  get embeddingSize(): number {
    return embeddingSize(this.#projector);
  }

  /** Bytes of weights on the device. */
  get bytes(): number {
    return this.#tensors.bytes;
  }

  /**
   * Tokens and hash without decoding, so that what is cached needs no decoding at all.
   * @throws PixelwrightError `input-unsupported`, `input-too-large`, `cancelled`.
   */
  async measure(image: ImagePart, { signal }: PrepareOptions): Promise<ImageSize> {
    return this.#measure([image], signal);
  }

  /** As `measure`, for two frames of a film. */
  async measureFrames(
    frames: readonly [ImagePart, ImagePart],
    { signal }: PrepareOptions,
  ): Promise<ImageSize> {
    return this.#measure(frames, signal);
  }

  /**
   * Decodes, fits and cuts a picture; see `preprocess`.
   * @throws PixelwrightError `input-unsupported`, `input-too-large`, `cancelled`.
   */
  async prepare(image: ImageInput, { signal }: PrepareOptions): Promise<PreparedImage> {
    const { raster, sha256 } = await this.#read(image, signal);
    const { patches } = this.#projector;
    return preprocess([raster], patches, this.#budget, signal, sha256 === undefined ? undefined : [sha256]);
  }

  /**
   * As `prepare`, for two frames of a film that become the tokens of one picture.
   * @throws PixelwrightError as `prepare`, and `input-unsupported` if the frames have different sizes.
   */
  async prepareFrames(
    [first, second]: readonly [ImageInput, ImageInput],
    { signal }: PrepareOptions,
  ): Promise<PreparedImage> {
    const a = await this.#read(first, signal);
    const b = await this.#read(second, signal);
    requireEqualSizes(a.raster, b.raster);
    const known = a.sha256 === undefined || b.sha256 === undefined ? undefined : [a.sha256, b.sha256];
    return preprocess([a.raster, b.raster], this.#projector.patches, this.#budget, signal, known);
  }

  /** Begins to encode; nothing is computed or allocated before the first step. The caller disposes of the job. */
  start(image: PreparedImage): EncodeJob {
    if (this.#closed) throw new Error('The vision encoder is closed.');
    const job = new EncodeJob(
      {
        ggml: this.#ggml,
        projector: this.#projector,
        tower: this.#tower,
        attention: this.#attention,
        device: this.#device,
        workPerStep: this.#workPerStep,
        alone: (work) => this.#alone(work),
        ended: (ended) => this.#jobs.delete(ended),
      },
      image,
    );
    this.#jobs.add(job);
    return job;
  }

  /** Ends what runs and frees everything. May be called again. */
  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    for (const job of this.#jobs) job.dispose();
    // Its error, if any, went to whoever waits for that step.
    await this.#last.catch(() => {});
    this.#tensors.free();
    this.#device.free();
  }

  #alone<Result>(work: () => Promise<Result>): Promise<Result> {
    const result = this.#last.catch(() => {}).then(work);
    this.#last = result;
    return result;
  }

  async #measure(images: readonly ImagePart[], signal: AbortSignal): Promise<ImageSize> {
    const context = createContext(signal, { limits: this.#limits });
    const hashes: string[] = [];
    const sizes: { width: number; height: number }[] = [];
    for (const { bytes } of images) {
      const encoded = await readEncoded({ kind: 'bytes', bytes }, context);
      hashes.push(encoded.sha256);
      sizes.push(await pictureSize(encoded, context));
    }
    const [first = { width: 1, height: 1 }, second = first] = sizes;
    requireEqualSizes(first, second);
    return sizeImage(first, this.#projector.patches, this.#budget, hashes);
  }

  async #read(image: ImageInput, signal: AbortSignal): Promise<{ raster: Raster; sha256?: string }> {
    if ('data' in image) return { raster: image };
    const context = createContext(signal, { limits: this.#limits });
    const encoded = await readEncoded({ kind: 'bytes', bytes: image.bytes }, context);
    const { raster, sha256 } = await decodePicture(encoded, context);
    return { raster, sha256 };
  }
}

function requireEqualSizes(
  a: { readonly width: number; readonly height: number },
  b: { readonly width: number; readonly height: number },
): void {
  if (a.width === b.width && a.height === b.height) return;
  throw new PixelwrightError(
    'input-unsupported',
    `Expected frames of one size, but got ${a.width} × ${a.height} and ${b.width} × ${b.height}.`,
    { next: 'Scale the frames of a film to the same size.' },
  );
}
