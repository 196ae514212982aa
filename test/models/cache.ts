/** Files that are made once and kept in a folder that git ignores. */
import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** Of the repository. */
export const root = fileURLToPath(new URL('../..', import.meta.url));

export const cacheFolder = path.join(root, '.cache/models');

/**
 * The path of a kept file, which `make` writes when it is not there yet. Whoever makes it beside us makes
 * the same bytes under another temporary name; the last rename stays.
 */
export async function cached(
  name: string,
  make: (path: string) => Promise<void>,
  folder = cacheFolder,
): Promise<string> {
  const file = path.join(folder, name);
  if (existsSync(file)) return file;
  await mkdir(folder, { recursive: true });
  const temporary = `${file}.${randomUUID()}.tmp`;
  try {
    await make(temporary);
    await rename(temporary, file);
  } catch (error) {
    await rm(temporary, { force: true });
    // Windows refuses to replace a file that somebody has mapped; then it is there, which is all we want.
    if (!existsSync(file)) throw error;
  }
  return file;
}
