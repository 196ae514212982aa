/** Finds the model to load among the user's own files, the store and Hugging Face's cache; never the network. */
import { readdir } from 'node:fs/promises';
import path from 'node:path';
import type { Settings } from '../../config.ts';
import { PixelwrightError } from '../../errors.ts';
import type { Environment } from '../../home-folder.ts';
import {
  type CatalogueEntry,
  catalogue,
  type NamedModel,
  nameOf,
  type ProjectorQuantisation,
  parseName,
  parseProjector,
  projectorQuantisations,
  type Quantisation,
  quantisations,
} from './catalogue.ts';
import { checkPair } from './check-pair.ts';
import { chooseModel, type FreeMemory } from './choose-model.ts';
import { expandHome, hubCacheFiles } from './hub-cache.ts';
import { pickFile, quantisationIn } from './pick-file.ts';
import { absent, type LocalFile, readReceipt, storedFiles } from './store-layout.ts';

export interface FoundModel {
  /** Absolute paths of two files that belong together; their headers have been checked. */
  readonly model: string;
  readonly mmproj: string;
  /** `qwen3-vl-2b:Q8_0`, or the file's name for a file of the user's own. */
  readonly name: string;
  /** Absent where a file of the user's own does not tell it by its name. */
  readonly quantisation?: string;
}

export type ModelSettings = Pick<Settings, 'model' | 'mmproj'>;

export interface FindOptions {
  readonly environment?: Environment;
  /** Prefers, of several that are installed, the one that `chooseModel` would take. */
  readonly memory?: FreeMemory;
}

/**
 * The model that the settings name, else the best that is installed; undefined if none is.
 * @throws PixelwrightError `option-invalid` (an unknown name, a projector that cannot be told),
 *   `model-missing` (a named file or a named model that is not here), `model-corrupt`, `input-unsupported`.
 */
export async function findModel(
  settings: ModelSettings,
  options: FindOptions = {},
): Promise<FoundModel | undefined> {
  const environment = options.environment ?? process.env;
  const found = isFile(settings.model)
    ? await ownFiles(settings.model, settings.mmproj)
    : await installed(settings, environment, options.memory);
  if (found !== undefined) await checkPair(found.model, found.mmproj);
  return found;
}

/** Whether the setting `model` is a path; else it is a name of the catalogue. */
export const isFile = (text: string | undefined): text is string =>
  text !== undefined && (/[\\/]/.test(text) || /\.gguf$/i.test(text));

/** All files of an entry on this machine, the store's before Hugging Face's. */
export async function localFiles(entry: CatalogueEntry, environment: Environment): Promise<LocalFile[]> {
  return [...(await storedFiles(entry, environment)), ...(await hubCacheFiles(entry, environment))];
}

async function ownFiles(model: string, mmproj: string | undefined): Promise<FoundModel> {
  const file = expandHome(model);
  const quantisation = quantisationIn(path.basename(file));
  return {
    model: file,
    mmproj: mmproj === undefined ? await projectorBeside(file) : expandHome(mmproj),
    name: path.basename(file).replace(/\.gguf$/i, ''),
    ...(quantisation === undefined ? {} : { quantisation }),
  };
}

/** The one projector in the folder of a model. @throws PixelwrightError `option-invalid` for none or several. */
async function projectorBeside(model: string): Promise<string> {
  const folder = path.dirname(model);
  const names = (await readdir(folder).catch(absent)) ?? [];
  const found = names.filter((name) => /mmproj.*\.gguf$/i.test(name)).sort();
  const [only] = found;
  if (only !== undefined && found.length === 1) return path.join(folder, only);
  const what = found.length === 0 ? 'no mmproj file lies' : `${found.join(', ')} lie`;
  throw new PixelwrightError('option-invalid', `Expected the vision file of ${model}; ${what} beside it.`, {
    next: 'Name it with --mmproj FILE.',
    details: { model, beside: found },
  });
}

async function installed(
  settings: ModelSettings,
  environment: Environment,
  memory: FreeMemory | undefined,
): Promise<FoundModel | undefined> {
  const named = settings.model === undefined ? undefined : parseName(settings.model);
  const wanted: readonly NamedModel[] = named === undefined ? catalogue.map((entry) => ({ entry })) : [named];
  for (const model of wanted) {
    const found = await installedOf(model, settings.mmproj, environment, memory);
    if (found !== undefined) return found;
  }
  if (named === undefined) return undefined;
  throw notInstalled(named, settings.mmproj);
}

async function installedOf(
  { entry, quantisation }: NamedModel,
  mmproj: string | undefined,
  environment: Environment,
  memory: FreeMemory | undefined,
): Promise<FoundModel | undefined> {
  const files = await localFiles(entry, environment);
  const choice = memory === undefined ? undefined : chooseModel(memory, { entry });
  for (const candidate of quantisation === undefined
    ? first(choice?.quantisation, quantisations)
    : [quantisation]) {
    const model = pickFile(files, { role: 'model', quantisation: candidate });
    const projector = await installedProjector(files, mmproj, choice?.projector);
    if (model === undefined || projector === undefined) continue;
    return {
      model: await whole(model),
      mmproj: projector,
      name: nameOf(entry, candidate),
      quantisation: candidate,
    };
  }
  return undefined;
}

async function installedProjector(
  files: readonly LocalFile[],
  mmproj: string | undefined,
  chosen: ProjectorQuantisation | undefined,
): Promise<string | undefined> {
  const asked = mmproj === undefined ? undefined : parseProjector(mmproj);
  if (mmproj !== undefined && asked === undefined) return expandHome(mmproj);
  for (const candidate of asked === undefined ? first(chosen, projectorQuantisations) : [asked]) {
    const file = pickFile(files, { role: 'mmproj', quantisation: candidate });
    if (file !== undefined) return await whole(file);
  }
  return undefined;
}

/** The path of a file whose size is what its receipt says. @throws PixelwrightError `model-corrupt`. */
async function whole(file: LocalFile): Promise<string> {
  const receipt = file.origin === 'store' ? await readReceipt(file.path) : undefined;
  if (receipt === undefined || receipt.bytes === file.bytes) return file.path;
  throw new PixelwrightError(
    'model-corrupt',
    `Expected ${receipt.bytes} bytes in ${file.path}, as they were downloaded; it has ${file.bytes}.`,
    { next: 'Run "pixelwright models pull" to download it again.', details: { file: file.path } },
  );
}

/** The words in their order, but one before all others. */
function first<Word extends string>(preferred: Word | undefined, words: readonly Word[]): readonly Word[] {
  return preferred === undefined ? words : [preferred, ...words.filter((word) => word !== preferred)];
}

function notInstalled(
  { entry, quantisation }: { readonly entry: CatalogueEntry; readonly quantisation?: Quantisation },
  mmproj?: string,
): PixelwrightError {
  const name = quantisation === undefined ? entry.name : nameOf(entry, quantisation);
  const projector = mmproj === undefined ? '' : ` with the projector ${mmproj}`;
  return new PixelwrightError('model-missing', `The model ${name}${projector} is not installed.`, {
    next: `Download it with "pixelwright models pull ${name}${mmproj === undefined ? '' : ` --mmproj ${mmproj}`}".`,
    details: { model: name },
  });
}
