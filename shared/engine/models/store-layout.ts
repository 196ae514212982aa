/**
 * Where downloaded models lie, and what is in there.
 *
 *     <home>/models/                      home: PIXELWRIGHT_HOME, else the platform's cache folder
 *       qwen3-vl-2b/                      a folder for each entry of the catalogue
 *         NAME.gguf                       a whole file under the hub's name, checked against its SHA-256
 *         NAME.gguf.json                  its receipt: from where, how large, which SHA-256
 *         NAME.gguf.part                  what has come of a file that is being downloaded, or was cut
 *         NAME.gguf.part.json             which file those bytes belong to
 *         NAME.gguf.lock/                 there while a process works on that file
 *
 * A file that a user put there has no receipt; it is used, and cannot be verified.
 */
import { readdir, readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { PixelwrightError } from '../../errors.ts';
import { type Environment, homeFolder } from '../../home-folder.ts';
import type { CatalogueEntry } from './catalogue.ts';

/** A model's file on this machine. */
export interface LocalFile {
  readonly name: string;
  readonly path: string;
  readonly bytes: number;
  /** `store`: downloaded by pixelwright; `hub-cache`: by Hugging Face's own tools, and not ours to touch. */
  readonly origin: 'store' | 'hub-cache';
}

export const receiptSchema = z.object({
  repository: z.string(),
  revision: z.string(),
  file: z.string(),
  hub: z.string(),
  bytes: z.int().positive(),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  downloaded: z.string(),
});

/** What is known about a downloaded file; `downloaded` is an ISO date. */
export type Receipt = Readonly<z.infer<typeof receiptSchema>>;

export const modelsFolder = (environment: Environment): string =>
  path.join(homeFolder(environment), 'models');

export const entryFolder = (entry: CatalogueEntry, environment: Environment): string =>
  path.join(modelsFolder(environment), entry.name);

export const receiptPath = (file: string): string => `${file}.json`;
export const partPath = (file: string): string => `${file}.part`;
export const partNotePath = (file: string): string => `${file}.part.json`;

/** The whole `.gguf` files of an entry in the store. */
export async function storedFiles(entry: CatalogueEntry, environment: Environment): Promise<LocalFile[]> {
  return await ggufFilesIn(entryFolder(entry, environment), 'store');
}

/** Files of a folder by their sizes; a folder that is not there has none, a broken link is none. */
export async function ggufFilesIn(folder: string, origin: LocalFile['origin']): Promise<LocalFile[]> {
  const files: LocalFile[] = [];
  for (const name of await namesIn(folder)) {
    if (!/\.gguf$/i.test(name)) continue;
    const file = path.join(folder, name);
    const status = await stat(file).catch(absent);
    if (status?.isFile()) files.push({ name, path: file, bytes: status.size, origin });
  }
  return files;
}

/** What a folder holds, sorted; nothing where it is not there. */
export async function namesIn(folder: string): Promise<string[]> {
  return ((await readdir(folder).catch(absent)) ?? []).sort();
}

/** Bytes of a file; 0 where it is not there. */
export async function sizeOf(file: string): Promise<number> {
  return (await stat(file).catch(absent))?.size ?? 0;
}

/** The receipt of a downloaded file; undefined where there is none, or none that can be read. */
export async function readReceipt(file: string): Promise<Receipt | undefined> {
  return await readNote(receiptPath(file), receiptSchema);
}

/** A small JSON file of ours; one that is damaged counts as absent. */
export async function readNote<Note>(file: string, schema: z.ZodType<Note>): Promise<Note | undefined> {
  const text = await readFile(file, 'utf8').catch(absent);
  if (text === undefined) return undefined;
  try {
    return schema.safeParse(JSON.parse(text)).data;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/** For `catch`: what is not there is undefined. @throws PixelwrightError `model-missing` for another fault. */
export function absent(error: unknown): undefined {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'ENOENT' || code === 'ENOTDIR') return undefined;
  throw new PixelwrightError(
    'model-missing',
    `The models on this machine cannot be read: ${String(error)}.`,
    {
      next: 'Make the folder readable for this user, or set PIXELWRIGHT_HOME (or HF_HUB_CACHE) to another one.',
      cause: error,
    },
  );
}
