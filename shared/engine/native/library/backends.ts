/** Loads the backends of a library: what drives the devices, and the variant for this processor. */
import path from 'node:path';
import koffi from 'koffi';
import { PixelwrightError } from '../../../errors.ts';
import type { Library } from './load.ts';
import { useServerInstead } from './platforms.ts';

export interface LoadedBackends {
  /** File name of the processor's variant, e.g. `libggml-cpu-zen4.so`. */
  readonly processor: string;
  /** File names of the accelerators that loaded; a GPU's does not where its driver is absent. */
  readonly accelerators: readonly string[];
}

/**
 * Each file by its path, where ggml itself would take whatever lies in the folder and what an environment
 * variable names. Call once, before a model is loaded.
 * @throws PixelwrightError `engine-unavailable` where no variant runs on this processor.
 */
export function loadBackends({ ggml, llama, files }: Library): LoadedBackends {
  const accelerators = files.accelerators.filter((file) => ggml.ggml_backend_load(file) !== null);
  // In the order of their scores, as a variant that scores may still not load.
  const fitting = files.processors
    .map((file) => ({ file, score: scoreOf(file) }))
    .filter(({ score }) => score > 0)
    .toSorted((a, b) => b.score - a.score);
  const processor = fitting.find(({ file }) => ggml.ggml_backend_load(file) !== null);
  if (processor === undefined) {
    throw new PixelwrightError('engine-unavailable', 'The native engine has no library for this processor.', {
      next: useServerInstead,
      details: { folder: files.folder, arch: process.arch },
    });
  }
  llama.llama_backend_init();
  return {
    processor: path.basename(processor.file),
    accelerators: accelerators.map((file) => path.basename(file)),
  };
}

/** How well a variant fits this processor, by its own account; 0: it does not run here. */
function scoreOf(file: string): number {
  let variant: ReturnType<typeof koffi.load> | undefined;
  try {
    variant = koffi.load(file);
    const score: unknown = variant.func('ggml_backend_score', 'int', [])();
    return Number(score);
  } catch {
    // One that stands alone, as on Windows for arm64, has no score: it is for every processor of its kind.
    return variant === undefined ? 0 : 1;
  } finally {
    variant?.unload();
  }
}
