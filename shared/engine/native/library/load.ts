/** Opens llama.cpp's shared libraries and finds their functions. */
import koffi, { type LibraryHandle } from 'koffi';
import { PixelwrightError } from '../../../errors.ts';
import {
  type GgmlFunctions,
  ggmlBaseSignatures,
  ggmlSignatures,
  type LlamaFunctions,
  llamaSignatures,
} from './functions.ts';
import { growStacks } from './stacks.ts';
import { bind, type Pointer } from './types.ts';

/** Files of one package, as `findLibrary` finds them. */
export interface LibraryFiles {
  /** Holds the backends too. */
  readonly folder: string;
  readonly ggmlBase: string;
  readonly ggml: string;
  readonly llama: string;
}

/** The opened libraries. They stay open until the process ends: backends cannot be taken out again. */
export interface Library {
  readonly llama: LlamaFunctions;
  readonly ggml: GgmlFunctions;
  readonly handles: {
    readonly ggmlBase: LibraryHandle;
    readonly ggml: LibraryHandle;
    readonly llama: LibraryHandle;
  };
  readonly files: LibraryFiles;
}

/**
 * Opens the libraries in the order that Windows needs; loads no backend.
 * @throws PixelwrightError `engine-unavailable` with the loader's own words.
 */
export function openLibrary(files: LibraryFiles): Library {
  try {
    growStacks();
    const ggmlBase = koffi.load(files.ggmlBase);
    const ggml = koffi.load(files.ggml);
    const llama = koffi.load(files.llama);
    return {
      llama: bind(llama, llamaSignatures),
      ggml: { ...bind(ggmlBase, ggmlBaseSignatures), ...bind(ggml, ggmlSignatures) },
      handles: { ggmlBase, ggml, llama },
      files,
    };
  } catch (cause) {
    throw new PixelwrightError(
      'engine-unavailable',
      `The libraries of the native engine could not be opened: ${cause instanceof Error ? cause.message : String(cause)}`,
      {
        next: 'Install pixelwright again for this platform (npm install), or use an OpenAI-compatible server with --base-url.',
        details: { folder: files.folder },
        cause,
      },
    );
  }
}

/**
 * Makes the backends of the folder known; ggml picks the CPU variant that fits this machine best, and
 * leaves out a GPU backend whose driver is not there. Call once, before a model is loaded.
 */
export function loadBackends({ ggml, llama, files }: Library): void {
  ggml.ggml_backend_load_all_from_path(files.folder);
  llama.llama_backend_init();
}

/** The address of an exported function, for C code that calls it. */
export function addressOf(library: LibraryHandle, name: string): Pointer {
  return koffi.address(library.symbol(name));
}

/**
 * Stops the libraries from writing to stderr. A JavaScript function as their log would stop each worker
 * thread until the main one has time; `llama_supports_mmap` takes no argument and does nothing.
 */
export function silenceLog({ llama, handles }: Library): void {
  llama.llama_log_set(addressOf(handles.llama, 'llama_supports_mmap'), null);
}
