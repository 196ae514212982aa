/**
 * Finds models that Hugging Face's own tools have downloaded; they are used where they lie.
 *
 * The cache is `HF_HUB_CACHE` (formerly `HUGGINGFACE_HUB_CACHE`), else `hub` in `HF_HOME`, else in
 * `huggingface` under `XDG_CACHE_HOME` or `~/.cache`, on every platform. A repository is
 * `models--OWNER--NAME`: `refs/main` names a commit, `snapshots/COMMIT/FILE` links to `blobs/SHA256`
 * (copies where links cannot be made). A download that is under way lies in `blobs` only.
 */
import { readFile, realpath, stat } from 'node:fs/promises';
import { homedir } from 'node:os';
import path from 'node:path';
import type { Environment } from '../../home-folder.ts';
import type { CatalogueEntry } from './catalogue.ts';
import { absent, ggufFilesIn, type LocalFile, namesIn } from './store-layout.ts';

export function hubCacheFolder(environment: Environment): string {
  const named = environment['HF_HUB_CACHE'] || environment['HUGGINGFACE_HUB_CACHE'];
  if (named) return expandHome(named);
  const base = environment['XDG_CACHE_HOME'] || path.join(homedir(), '.cache');
  return path.join(expandHome(environment['HF_HOME'] || path.join(base, 'huggingface')), 'hub');
}

/** `~/x` as a path in this user's home. */
export const expandHome = (file: string): string =>
  path.resolve(/^~(?=$|[\\/])/.test(file) ? path.join(homedir(), file.slice(1)) : file);

/** GGUF files of all snapshots, those of the newest first: what `main` names, then by age. */
export async function hubCacheFiles(entry: CatalogueEntry, environment: Environment): Promise<LocalFile[]> {
  const repository = path.join(
    hubCacheFolder(environment),
    `models--${entry.repository.replaceAll('/', '--')}`,
  );
  const main = (await readFile(path.join(repository, 'refs', 'main'), 'utf8').catch(absent))?.trim();
  const snapshots = path.join(repository, 'snapshots');
  const dated = await Promise.all(
    (await namesIn(snapshots)).map(async (name) => {
      const status = await stat(path.join(snapshots, name)).catch(absent);
      return { name, time: name === main ? Number.POSITIVE_INFINITY : (status?.mtimeMs ?? 0) };
    }),
  );
  const newestFirst = dated.sort((a, b) => (a.time === b.time ? 0 : b.time - a.time));
  const files = await Promise.all(
    newestFirst.map(({ name }) => ggufFilesIn(path.join(snapshots, name), 'hub-cache')),
  );
  return files.flat();
}

/** The SHA-256 that the cache itself gives a file: the name of the blob that it links to. */
export async function hubCacheChecksum(file: string): Promise<string | undefined> {
  const name = path.basename(await realpath(file));
  return /^[0-9a-f]{64}$/.test(name) ? name : undefined;
}
