/** Files that a browser needs for a moment. */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';

/** Writes files into a new temporary folder, hands over the path of the first, and removes all afterwards. */
export async function inFolder<T>(
  files: readonly { readonly path: string; readonly content: string | Uint8Array }[],
  work: (first: string) => Promise<T>,
): Promise<T> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'pixelwright-page-'));
  try {
    for (const file of files) {
      const target = path.join(folder, file.path);
      await mkdir(path.dirname(target), { recursive: true });
      await writeFile(target, file.content);
    }
    return await work(path.join(folder, files[0]?.path ?? ''));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
