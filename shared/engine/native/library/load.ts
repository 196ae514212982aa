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

/** Absolute paths of the files of one package, as `findLibrary` finds them. */
export interface LibraryFiles {
  readonly folder: string;
  readonly ggmlBase: string;
  readonly ggml: string;
  readonly llama: string;
  /** Backends of devices, to be loaded first. */
  readonly accelerators: readonly string[];
  /** One for each kind of processor, of which the best is to be loaded. */
  readonly processors: readonly string[];
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
