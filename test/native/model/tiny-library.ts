/** The tiny language model on the libraries of this machine, without a context. */
import { loadBackends } from '../../../shared/engine/native/library/backends.ts';
import { type Library, openLibrary, silenceLog } from '../../../shared/engine/native/library/load.ts';
import { findLibrary } from '../../../shared/engine/native/library/packages.ts';
import { type LanguageModel, loadModel } from '../../../shared/engine/native/model/load-model.ts';
import { silentLog } from '../../../shared/log.ts';
import { tinyModel } from '../../models/index.ts';

export interface TinyLibrary {
  readonly library: Library;
  /** The caller frees it. */
  readonly model: LanguageModel;
}

/** The libraries with their backends loaded, silent. */
export async function openedLibrary(): Promise<Library> {
  const library = openLibrary(await findLibrary({ device: 'cpu', log: silentLog }));
  silenceLog(library);
  loadBackends(library);
  return library;
}

export async function openTinyModel(): Promise<TinyLibrary> {
  const library = await openedLibrary();
  const { model: path } = await tinyModel();
  const { signal } = new AbortController();
  return { library, model: await loadModel(library, { path, gpuLayers: 0, signal }) };
}
