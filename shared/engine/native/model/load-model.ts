/** Loads the language model's file, with progress and cancel. */
import { stat } from 'node:fs/promises';
import koffi from 'koffi';
import { cancelled, PixelwrightError, throwIfCancelled } from '../../../errors.ts';
import { type Library, silenceLog } from '../library/load.ts';
import { addressOfView, pointers } from '../library/memory.ts';
import { useServerInstead } from '../library/platforms.ts';
import type { Pointer } from '../library/types.ts';
import { anonymousMemory, HugePages } from './huge-pages.ts';
import { captureLog } from './native-log.ts';
import { Vocabulary } from './vocabulary.ts';

export interface LoadModelOptions {
  /** A GGUF file. */
  readonly path: string;
  /** Layers to keep in GPU memory; 0: none. */
  readonly gpuLayers: number;
  /** `ggml_backend_dev_t` of the one GPU to use; all that there are if not given. */
  readonly device?: Pointer | undefined;
  readonly signal: AbortSignal;
  /** @param fraction 0..1, never falling. */
  readonly onProgress?: (fraction: number) => void;
}

export interface LanguageModel {
  readonly pointer: Pointer;
  readonly vocabulary: Vocabulary;
  /** Floats that the model takes for one image token: its width, times 1 + the DeepStack layers. */
  readonly inputSize: number;
  readonly layers: number;
  /** Bytes of one cell of the context: keys and values of one token in all layers, 16 bits each. */
  readonly cellBytes: number;
  /** Longest context that it was trained on, in tokens. */
  readonly trainedContext: number;
  /** Bytes of its weights. */
  readonly bytes: number;
  /** For people: `qwen3vl 2B Q4_K - Medium`. */
  readonly description: string;
  /** Of its weights; to be closed before `free`. */
  readonly pages: HugePages;
  free(): void;
}

/** Every kind of character that byte-level tokens may cut, and what must not become a control token. */
const roundTrip = 'Hello,  Wörld! 你好 🖌️\n\t<|im_end|>';

/** `enum llama_rope_type`: interleaved M-RoPE, which Qwen3-VL has. */
const interleavedMrope = 40;

/**
 * @throws PixelwrightError `model-missing` without the file, `model-corrupt` where llama.cpp cannot load
 * it (with its own words) or where it is another kind of model, `cancelled`.
 */
export async function loadModel(library: Library, options: LoadModelOptions): Promise<LanguageModel> {
  const { path, signal } = options;
  throwIfCancelled(signal);
  await requireFile(path);
  const { llama } = library;
  const log = captureLog(library);
  let highest = 0;
  const pages = new HugePages(library);
  let memoryBefore: ReadonlySet<string> | undefined = anonymousMemory();
  const progress = koffi.register(
    (fraction: number) => {
      // The first call comes when all memory is reserved and none of it has been written.
      if (memoryBefore) pages.reserved(memoryBefore);
      memoryBefore = undefined;
      if (fraction > highest) {
        highest = fraction;
        options.onProgress?.(Math.min(1, fraction));
      }
      return !signal.aborted;
    },
    koffi.pointer(koffi.proto(null, 'bool', ['float', 'void *'])),
  );
  let model: Pointer | null;
  // Ended by a null; read while the model is loaded.
  const devices = pointers(2);
  devices[0] = options.device ?? 0n;
  try {
    model = await llama.llama_model_load_from_file.later(path, {
      ...llama.llama_model_default_params(),
      n_gpu_layers: options.gpuLayers,
      ...(options.device === undefined ? {} : { devices: addressOfView(devices) }),
      progress_callback: progress,
    });
  } finally {
    koffi.unregister(progress);
    log.stop();
    silenceLog(library);
  }
  if (model === null) {
    if (signal.aborted) throw cancelled(signal.reason);
    throw corrupt(path, log.errors());
  }
  return await described(library, model, path, pages);
}

async function requireFile(path: string): Promise<void> {
  try {
    if ((await stat(path)).isFile()) return;
  } catch (cause) {
    throw new PixelwrightError('model-missing', `There is no model file at ${path}.`, {
      next: 'Get one with "pixelwright models pull", or name another file with --model.',
      cause,
    });
  }
  throw new PixelwrightError('model-missing', `${path} should be a model file and is not a file.`, {
    next: 'Name a .gguf file with --model.',
  });
}

function corrupt(path: string, said: string): PixelwrightError {
  return new PixelwrightError(
    'model-corrupt',
    `The model file ${path} could not be loaded${said === '' ? '.' : `: ${said}`}`,
    { next: 'Check it with "pixelwright models verify", or download it again.', details: { path, said } },
  );
}

async function described(
  library: Library,
  model: Pointer,
  path: string,
  pages: HugePages,
): Promise<LanguageModel> {
  const { llama } = library;
  const vocabulary = llama.llama_model_get_vocab(model);
  const type = llama.llama_model_rope_type(model);
  if (vocabulary === null || type !== interleavedMrope) {
    llama.llama_model_free(model);
    throw corrupt(path, 'it is not a Qwen3-VL language model');
  }
  const text = Buffer.alloc(256);
  const length = llama.llama_model_desc(model, text, text.byteLength);
  const words = new Vocabulary(library, vocabulary);
  if (words.text(await words.tokenise(roundTrip)) !== roundTrip) {
    llama.llama_model_free(model);
    throw new PixelwrightError(
      'engine-unavailable',
      'The libraries of the native engine do not tokenise as expected: text does not come back as it went in.',
      { next: useServerInstead, details: { path } },
    );
  }
  const headSize = Number(metadata(library, model, 'qwen3vl.attention.key_length') ?? 128);
  let freed = false;
  return {
    pointer: model,
    vocabulary: words,
    inputSize: llama.llama_model_n_embd_inp(model),
    layers: llama.llama_model_n_layer(model),
    cellBytes: llama.llama_model_n_layer(model) * llama.llama_model_n_head_kv(model) * headSize * 2 * 2,
    trainedContext: llama.llama_model_n_ctx_train(model),
    bytes: llama.llama_model_size(model),
    description: text.toString('utf8', 0, Math.min(length, text.byteLength - 1)),
    pages,
    free() {
      if (!freed) llama.llama_model_free(model);
      freed = true;
    },
  };
}

/** A value of the file's metadata, as text. */
function metadata({ llama }: Library, model: Pointer, key: string): string | undefined {
  const text = Buffer.alloc(256);
  const length = llama.llama_model_meta_val_str(model, key, text, text.byteLength);
  return length < 0 ? undefined : text.toString('utf8', 0, Math.min(length, text.byteLength - 1));
}
