/** Deletes models from the store; nothing outside it, and nothing that pixelwright did not put there. */
import { rm, rmdir } from 'node:fs/promises';
import path from 'node:path';
import { PixelwrightError } from '../../errors.ts';
import type { Environment } from '../../home-folder.ts';
import { parseName, quantisations } from './catalogue.ts';
import { hubCacheFiles, hubCacheFolder } from './hub-cache.ts';
import { withLock } from './lock.ts';
import { isPart } from './pick-file.ts';
import {
  entryFolder,
  namesIn,
  partNotePath,
  partPath,
  readReceipt,
  receiptPath,
  sizeOf,
} from './store-layout.ts';

export interface Removed {
  readonly files: readonly string[];
  readonly bytes: number;
  /** Files without a receipt, which a user put into the folder: they stay. */
  readonly kept: readonly string[];
}

/**
 * Deletes one quantisation, or all of a model: whole files and parts of downloads. Projectors go with the last
 * model that they serve.
 * @throws PixelwrightError `option-invalid` (unknown name, a download is under way), `model-missing` (nothing of it in the
 *   store).
 */
export async function removeModel(
  name: string,
  options: { readonly signal: AbortSignal; readonly environment?: Environment },
): Promise<Removed> {
  const environment = options.environment ?? process.env;
  const { entry, quantisation } = parseName(name);
  const folder = entryFolder(entry, environment);
  const names = await modelNames(folder);
  const isModel = (file: string): boolean =>
    quantisations.some((word) => isPart(file, { role: 'model', quantisation: word }));
  const doomed = names.filter(
    (file) => quantisation === undefined || isPart(file, { role: 'model', quantisation }),
  );
  if (doomed.length === 0) throw await nothingThere(name, environment);
  const orphans = names.some((file) => isModel(file) && !doomed.includes(file))
    ? []
    : names.filter((file) => !isModel(file));
  const files: string[] = [];
  const kept: string[] = [];
  let bytes = 0;
  for (const file of new Set([...doomed, ...orphans])) {
    const freed = await removeFile(path.join(folder, file), options.signal);
    if (freed === undefined) kept.push(path.join(folder, file));
    else files.push(path.join(folder, file));
    bytes += freed ?? 0;
  }
  // Only when it is empty: what others put there stays.
  await rmdir(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOTEMPTY' && error.code !== 'EEXIST' && error.code !== 'ENOENT') throw error;
  });
  return { files, bytes, kept };
}

/** The names of whole and of half-downloaded models, without the ends that the store gives to what goes with them. */
async function modelNames(folder: string): Promise<string[]> {
  const found = (await namesIn(folder)).flatMap((name) => /^(.*\.gguf)(\.part)?$/i.exec(name)?.[1] ?? []);
  return [...new Set(found)];
}

/** Bytes that were freed; undefined for a file that is not ours. */
async function removeFile(target: string, signal: AbortSignal): Promise<number | undefined> {
  const busy = (): never => {
    throw new PixelwrightError(
      'option-invalid',
      `${path.basename(target)} is being downloaded by another process.`,
      {
        next: 'Stop that download first, then remove the model.',
      },
    );
  };
  return await withLock(target, signal, busy, async () => {
    const whole = await sizeOf(target);
    const part = await sizeOf(partPath(target));
    const ours = whole === 0 || (await readReceipt(target)) !== undefined;
    await rm(partPath(target), { force: true });
    await rm(partNotePath(target), { force: true });
    if (!ours) return part > 0 ? part : undefined;
    await rm(target, { force: true });
    await rm(receiptPath(target), { force: true });
    return whole + part;
  });
}

async function nothingThere(name: string, environment: Environment): Promise<PixelwrightError> {
  const named = parseName(name);
  const elsewhere = await hubCacheFiles(named.entry, environment);
  if (elsewhere.length === 0) {
    return new PixelwrightError(
      'model-missing',
      `Expected ${name} among the installed models; it is not there.`,
      {
        next: 'List them with "pixelwright models list".',
      },
    );
  }
  return new PixelwrightError(
    'model-missing',
    `Expected ${name} in pixelwright's own folder; it is only in Hugging Face's cache, ${hubCacheFolder(environment)}, which is not touched.`,
    { next: 'Remove it there with "hf cache rm", if no other program needs it.' },
  );
}
