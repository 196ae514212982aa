/** Writes the files of one result all or not at all, and never over work that is not ours. */
import { mkdir, rename, rmdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { PixelwrightError, throwIfCancelled } from '../errors.ts';
import { notWritable, type OutputFolder, type Staging } from './output-folder.ts';
import {
  exists,
  ownedFiles,
  type ResultName,
  refuseFolders,
  refuseForeignFiles,
  replaceableFiles,
} from './ownership.ts';

export interface OutputFile {
  /** Relative to the output folder, with forward slashes. */
  readonly path: string;
  readonly mediaType: string;
  readonly role: 'page' | 'style' | 'asset' | 'data';
  readonly content: string | Uint8Array;
}

export interface WriteOptions {
  /** Replace files that were not made by this program. */
  readonly force: boolean;
  readonly signal: AbortSignal;
}

/**
 * Writes all files into a hidden folder, then renames each into place. If anything fails, what was there
 * before stands as it was. Files of an earlier result that the new one lacks are removed.
 * @returns absolute paths, in the order of `files`.
 * @throws PixelwrightError `output-not-writable`, or `cancelled` before the first rename.
 */
export async function writeOutput(
  folder: OutputFolder,
  result: ResultName,
  files: readonly OutputFile[],
  options: WriteOptions,
): Promise<string[]> {
  throwIfCancelled(options.signal);
  const fresh = files.map((file) => file.path);
  const owned = await ownedFiles(folder.path, result);
  await refuseFolders(folder.path, fresh);
  if (!options.force)
    await refuseForeignFiles(folder.path, fresh, await replaceableFiles(folder.path, result));
  const staging = folder.stage();
  try {
    for (const file of files) {
      throwIfCancelled(options.signal);
      const target = path.join(staging.path, 'new', file.path);
      await mkdir(path.dirname(target), { recursive: true });
      await writeFile(target, file.content);
    }
    throwIfCancelled(options.signal);
    await exchange(folder.path, staging, fresh, owned);
  } catch (error) {
    throw error instanceof PixelwrightError ? error : notWritable(folder.path, error);
  } finally {
    await staging.remove();
  }
  return fresh.map((name) => path.join(folder.path, name));
}

/** Moves old files aside and new ones in; on a failure moves everything back and throws. */
async function exchange(
  folder: string,
  staging: Staging,
  fresh: readonly string[],
  owned: readonly string[],
) {
  const undo: (() => Promise<void>)[] = [];
  const move = async (from: string, to: string): Promise<void> => {
    await mkdir(path.dirname(to), { recursive: true });
    await rename(from, to);
    undo.push(() => rename(to, from));
  };
  try {
    for (const name of new Set([...owned, ...fresh])) {
      const current = path.join(folder, name);
      if (await exists(current)) await move(current, path.join(staging.path, 'old', name));
    }
    for (const name of fresh) await move(path.join(staging.path, 'new', name), path.join(folder, name));
  } catch (error) {
    for (const step of undo.reverse()) await step().catch(() => staging.keep());
    await removeEmptyParents(folder, fresh);
    throw error;
  }
  await removeEmptyParents(folder, owned);
}

async function removeEmptyParents(folder: string, names: readonly string[]): Promise<void> {
  for (const parent of new Set(names.map((name) => path.dirname(name)))) {
    // A folder that is not empty, or already gone, is right as it is.
    if (parent !== '.') await rmdir(path.join(folder, parent)).catch(() => {});
  }
}
