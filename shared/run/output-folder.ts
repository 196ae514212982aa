/** The folder that results are written into: made when missing, removed again when nothing came of it. */
import { mkdtempSync, rmSync } from 'node:fs';
import { access, constants, mkdir, rm, rmdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { PixelwrightError } from '../errors.ts';

export interface OutputFolder {
  /** Absolute. */
  readonly path: string;
  /** A new empty folder on the same file system, so that a rename moves a file out of it at once. */
  stage(): Staging;
  /** Removes folders that were made for this output and stayed empty. */
  close(): Promise<void>;
}

export interface Staging {
  readonly path: string;
  /** From now on `remove` leaves it: it holds the only copy of something. */
  keep(): void;
  remove(): Promise<void>;
}

/** Makes `folder` if it is missing. @throws PixelwrightError `output-not-writable` with the cause in words. */
export async function openOutputFolder(folder: string): Promise<OutputFolder> {
  const absolute = path.resolve(folder);
  let created: string | undefined;
  try {
    created = await makeFolders(absolute);
    if (!(await stat(absolute)).isDirectory())
      throw Object.assign(new Error('not a folder'), { code: 'EEXIST' });
    await access(absolute, constants.W_OK | constants.X_OK);
  } catch (cause) {
    if (created !== undefined) await removeEmptyFolders(absolute, created);
    throw notWritable(absolute, cause);
  }
  return {
    path: absolute,
    stage: () => stageIn(absolute),
    close: async () => {
      if (created !== undefined) await removeEmptyFolders(absolute, created);
    },
  };
}

/**
 * Makes a folder and those above it that are missing, one by one: Node's own recursive mkdir never ends where a folder
 * exists in which none can be made, such as /proc.
 * @returns the uppermost folder that was made; undefined if there was nothing to make.
 */
async function makeFolders(folder: string): Promise<string | undefined> {
  const code = (error: unknown): unknown =>
    error instanceof Error && 'code' in error ? error.code : undefined;
  const parent = path.dirname(folder);
  const exists = (one: string): Promise<boolean> =>
    stat(one).then(
      () => true,
      (error: unknown) => {
        if (code(error) === 'ENOENT') return false;
        throw error;
      },
    );
  if (await exists(folder)) return undefined;
  const above = parent === folder ? undefined : await makeFolders(parent);
  try {
    await mkdir(folder);
    return above ?? folder;
  } catch (error) {
    // Another conversion into the same folder may have been quicker.
    if (code(error) === 'EEXIST') return above;
    if (above !== undefined) await removeEmptyFolders(parent, above);
    throw error;
  }
}

function stageIn(folder: string): Staging {
  let staging: string;
  try {
    staging = mkdtempSync(path.join(folder, '.pixelwright-'));
  } catch (cause) {
    throw notWritable(folder, cause);
  }
  // A process that ends at once (second Ctrl-C) runs only synchronous exit handlers.
  const onExit = (): void => rmSync(staging, { recursive: true, force: true });
  process.once('exit', onExit);
  let kept = false;
  return {
    path: staging,
    keep: () => {
      kept = true;
      process.removeListener('exit', onExit);
    },
    remove: async () => {
      if (kept) return;
      await rm(staging, { recursive: true, force: true });
      process.removeListener('exit', onExit);
    },
  };
}

/** An operating system's refusal as one sentence. */
export function notWritable(folder: string, cause: unknown): PixelwrightError {
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : '';
  const reasons: Readonly<Record<string, string>> = {
    EEXIST: 'a file of that name is in the way',
    ENOTDIR: 'part of that path is a file, not a folder',
    EACCES: 'permission is denied',
    EPERM: 'permission is denied',
    EROFS: 'the file system is read-only',
    ENOSPC: 'the disk is full',
    ENOENT: 'its parent folder cannot be made there',
  };
  const reason = reasons[code] ?? (cause instanceof Error ? cause.message : String(cause));
  return new PixelwrightError(
    'output-not-writable',
    `Expected a folder to write into, but ${folder} is not: ${reason}.`,
    {
      next: 'Give another folder with --out.',
      details: { folder, ...(code === '' ? {} : { cause: code }) },
      cause,
    },
  );
}

async function removeEmptyFolders(from: string, to: string): Promise<void> {
  for (let folder = from; folder.length >= to.length; folder = path.dirname(folder)) {
    try {
      await rmdir(folder);
    } catch {
      // Not empty or already gone: somebody uses it, so it and its parents stay.
      return;
    }
  }
}
