/** Everything of the native engine that is loaded once: libraries, threads, model, context, projector. */
import { stat } from 'node:fs/promises';
import path from 'node:path';
import type { Device } from '../../config.ts';
import { throwIfCancelled } from '../../errors.ts';
import type { Log } from '../../log.ts';
import { chooseContextSize } from './context-size.ts';
import { chooseDevice } from './device.ts';
import { type Images, openImages } from './images.ts';
import { loadBackends } from './library/backends.ts';
import { type Library, openLibrary, silenceLog } from './library/load.ts';
import { findLibrary } from './library/packages.ts';
import { checkLibrary } from './library/self-check.ts';
import { type LanguageModel, loadModel } from './model/load-model.ts';
import { TextContext } from './model/text-context.ts';
import { createThreadPool } from './model/thread-pool.ts';
import { defaultThreads } from './model/threads.ts';
import { Candidates } from './sampler/candidates.ts';
import { Scheduler } from './scheduler/scheduler.ts';

export interface RuntimeOptions {
  readonly model: string;
  readonly mmproj?: string | undefined;
  readonly device?: Device | undefined;
  readonly threads?: number | undefined;
  readonly contextSize?: number | undefined;
  readonly parallel?: number | undefined;
  readonly log: Log;
}

export interface Runtime {
  readonly library: Library;
  readonly model: LanguageModel;
  /** File name of the model. */
  readonly modelName: string;
  readonly context: TextContext;
  readonly scheduler: Scheduler;
  readonly candidates: Candidates;
  /** Absent without a projector. */
  readonly images: Images | undefined;
  /** For people. */
  readonly device: string;
  close(): Promise<void>;
}

/** Most tokens of one decode; llama.cpp's own physical batch. */
const batchSize = 512;
const defaultParallel = 8;
/** Finished sequences whose keys and values are kept beside those of running requests. */
const keptSequences = 8;
/** Guesses in one decode, over all requests; each keeps a row of logits. */
const guesses = 32;
/** Prompt tokens between two steps of running answers: about as long as five of these steps on a processor. */
const prefillChunk = { processor: 64, gpu: 512 } as const;
/** About eight pictures of 1,000 image tokens. */
const embeddingCacheBytes = 256 * 1024 * 1024;

/** How much of the loading the language model is; the projector is the rest. */
const modelShare = 0.7;

/** Least memory of a GPU beside the weights: a small context, and the largest graphs. */
const computeBytes = 768 * 1024 * 1024;

/** A file that is absent counts nothing here: loading it says so better. */
async function neededBytes({ model, mmproj }: RuntimeOptions): Promise<number> {
  const files = mmproj === undefined ? [model] : [model, mmproj];
  const sizes = await Promise.all(
    files.map((file) =>
      stat(file).then(
        ({ size }) => size,
        () => 0,
      ),
    ),
  );
  return sizes.reduce((sum, size) => sum + size, computeBytes);
}

/** Nothing stays loaded if this throws. @throws PixelwrightError as `loadNativeEngine`. */
export async function loadRuntime(
  options: RuntimeOptions,
  { signal, onProgress }: { readonly signal: AbortSignal; readonly onProgress?: (fraction: number) => void },
): Promise<Runtime> {
  const opened: (() => void | Promise<void>)[] = [];
  const close = async (): Promise<void> => {
    for (const dispose of opened.splice(0).reverse()) await dispose();
  };
  try {
    const location = await findLibrary({ device: options.device ?? 'auto', log: options.log });
    const library = openLibrary(location);
    checkLibrary(library);
    silenceLog(library);
    const backends = loadBackends(library);
    options.log.debug(`Backends: ${[backends.processor, ...backends.accelerators].join(', ')}`);
    const device = chooseDevice(library, options.device ?? 'auto', await neededBytes(options));
    const pool = createThreadPool(library, { threads: options.threads ?? defaultThreads() });
    opened.push(() => pool.free());

    const share = options.mmproj === undefined ? 1 : modelShare;
    const model = await loadModel(library, {
      path: options.model,
      gpuLayers: device.gpuLayers,
      device: device.pointer,
      signal,
      onProgress: (fraction) => onProgress?.(fraction * share),
    });
    opened.push(() => model.free());
    opened.push(() => model.pages.close());

    const images =
      options.mmproj === undefined
        ? undefined
        : await openImages(library, model.inputSize, {
            path: options.mmproj,
            threads: pool.threads,
            threadPool: pool,
            signal,
            onProgress: (fraction) => onProgress?.(share + fraction * (1 - share)),
            ...(device.pointer === undefined ? {} : { device: device.pointer }),
          });
    if (images) opened.push(() => images.close());

    const parallel = options.parallel ?? defaultParallel;
    const outputs = parallel + guesses;
    const sequences = parallel + keptSequences;
    const size = options.contextSize ?? chooseContextSize(model, device);
    const gpu = device.gpuLayers > 0;
    const context = await TextContext.create(library, model, {
      size,
      sequences,
      batchSize,
      outputs,
      pool,
      gpu,
    });
    opened.push(() => context.free());
    throwIfCancelled(signal);

    const scheduler = new Scheduler(context, model.vocabulary, {
      parallel,
      sequences,
      outputs,
      prefillChunk: gpu ? prefillChunk.gpu : prefillChunk.processor,
      embeddingCacheBytes,
    });
    opened.push(() => scheduler.close());
    const candidates = new Candidates(model.vocabulary.size);
    const modelName = path.basename(options.model);
    return { library, model, modelName, context, scheduler, candidates, images, device: device.name, close };
  } catch (error) {
    await close();
    throw error;
  }
}
