/** Reads a picture file within limits: regular files only, inside the allowed folders, never more than the limit. */
import { constants } from 'node:fs';
import { type FileHandle, open, readdir, realpath, stat } from 'node:fs/promises';
import { basename, dirname, join, parse, relative, resolve } from 'node:path';
import { distance } from 'fastest-levenshtein';
import { liesInside } from '../allowed-roots.ts';
import type { RunContext } from '../context.ts';
import { PixelwrightError, throwIfCancelled } from '../errors.ts';
import { formatBytes, tooManyBytes } from './limits.ts';
import { schemeOf, unknownScheme } from './reference.ts';

export interface LocalFileOptions {
  /** Folder that relative paths start from. */
  readonly baseDirectory: string;
  /** The file must lie inside one of these after links are followed; undefined allows every folder. */
  readonly roots: readonly string[] | undefined;
}

const chunkBytes = 1024 * 1024;

/**
 * Reads the first of `paths` that exists.
 * @throws PixelwrightError `input-not-found`, `not-allowed`, `input-unsupported` (folder, device, empty),
 *   `input-too-large`, `cancelled`.
 */
export async function readLocalFile(
  paths: readonly string[],
  options: LocalFileOptions,
  context: RunContext,
): Promise<{ name: string; bytes: Uint8Array }> {
  const absolute = paths.map((path) => resolve(options.baseDirectory, path));
  const path = await firstExisting(absolute, options.roots);
  const handle = await openRegular(path, options.roots);
  try {
    return { name: basename(path), bytes: await readBounded(handle, path, context) };
  } finally {
    await handle.close();
  }
}

/** The real path of the first candidate; its own errors say what is wrong with the first one. */
async function firstExisting(
  paths: readonly string[],
  roots: readonly string[] | undefined,
): Promise<string> {
  const first = paths[0] ?? '.';
  let denied: unknown;
  for (const path of paths) {
    try {
      await stat(path);
      return path;
    } catch (error) {
      const code = codeOf(error);
      if (code === 'EACCES' || code === 'EPERM') denied ??= error;
    }
  }
  if (denied !== undefined) throw await unreadable(first, roots, denied);
  throw await missing(first, roots);
}

async function openRegular(path: string, roots: readonly string[] | undefined): Promise<FileHandle> {
  const real = await realpath(path).catch((error: unknown) => {
    // A pipe under a name, such as /dev/stdin, is there and has no path of its own.
    if (codeOf(error) === 'ENOENT') throw roots === undefined ? notRegular(path) : outside(path, roots);
    throw error;
  });
  await requireInside(real, path, roots);
  const kind = await stat(real);
  if (kind.isDirectory()) {
    throw new PixelwrightError('input-unsupported', `Expected a picture file, but ${path} is a folder.`, {
      next: `Name the pictures in it, for example ${join(path, '*.png')}.`,
    });
  }
  if (!kind.isFile()) throw notRegular(path);
  let handle: FileHandle;
  try {
    // O_NONBLOCK, because opening a pipe that took the file's place in the meantime would wait for ever.
    handle = await open(real, constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0));
  } catch (error) {
    throw await unreadable(path, roots, error);
  }
  try {
    // The folder may have been swapped for a link between the check and the opening.
    if (roots !== undefined) await requireInside(await realpath(real), path, roots);
    return handle;
  } catch (error) {
    await handle.close();
    throw error;
  }
}

const notRegular = (path: string): PixelwrightError =>
  new PixelwrightError(
    'input-unsupported',
    `Expected a picture file, but ${path} is a device, pipe or socket.`,
    {
      next: 'Save the picture to a file and name that.',
    },
  );

async function readBounded(handle: FileHandle, path: string, context: RunContext): Promise<Uint8Array> {
  const limit = context.limits.maxInputBytes;
  const { size } = await handle.stat();
  if (size > limit) throw tooManyBytes(path, formatBytes(size), limit);
  const chunks: Buffer[] = [];
  let total = 0;
  for (;;) {
    throwIfCancelled(context.signal);
    const buffer = Buffer.allocUnsafe(Math.min(chunkBytes, Math.max(size - total, 0) + 1));
    const { bytesRead } = await handle.read(buffer, 0, buffer.length);
    if (bytesRead === 0) break;
    total += bytesRead;
    if (total > limit) throw tooManyBytes(path, `more than ${formatBytes(limit)}`, limit);
    chunks.push(buffer.subarray(0, bytesRead));
  }
  if (total === 0) {
    throw new PixelwrightError(
      'input-unsupported',
      `Expected a picture, but ${basename(path)} is empty (0 bytes).`,
      {
        next: 'Save the picture again; the program that wrote it may not have finished.',
      },
    );
  }
  return Buffer.concat(chunks, total);
}

/** @throws PixelwrightError `not-allowed` if `real` lies in none of the roots. */
async function requireInside(
  real: string,
  shown: string,
  roots: readonly string[] | undefined,
): Promise<void> {
  if (roots === undefined || (await liesInside(real, roots))) return;
  throw outside(shown, roots);
}

function outside(path: string, roots: readonly string[]): PixelwrightError {
  const allowed = roots.length === 0 ? 'no folder is allowed' : `only ${roots.join(', ')} is allowed`;
  return new PixelwrightError('not-allowed', `${path} lies outside of what may be read: ${allowed}.`, {
    next: 'Move the picture into an allowed folder, or allow its folder.',
    details: { roots },
  });
}

async function missing(path: string, roots: readonly string[] | undefined): Promise<PixelwrightError> {
  const folder = dirname(path);
  // Outside of the roots nobody may learn which names exist.
  if (roots !== undefined) {
    const realFolder = await realpath(folder).catch(() => undefined);
    if (realFolder === undefined) return outsideUnlessLexical(path, roots);
    await requireInside(realFolder, path, roots);
  }
  const scheme = schemeOf(basename(path));
  const names = await readdir(folder).catch(() => undefined);
  if (names === undefined) {
    return new PixelwrightError('input-not-found', `There is no file ${path}: its folder does not exist.`, {
      next: 'Check the path; a relative path starts from the current folder.',
    });
  }
  if (basename(path) === '-') {
    return new PixelwrightError('input-unsupported', 'Expected a picture file, but "-" stands for a pipe.', {
      next: 'Save the picture to a file and name that, or copy it and give clipboard: instead.',
    });
  }
  const near = nearestName(basename(path), names);
  if (near === undefined && scheme !== undefined) return unknownScheme(scheme);
  return new PixelwrightError('input-not-found', `There is no file ${path}.`, {
    next: near === undefined ? 'Check the name and the folder.' : `Did you mean ${join(folder, near)}?`,
    details: near === undefined ? {} : { nearest: join(folder, near) },
  });
}

function outsideUnlessLexical(path: string, roots: readonly string[]): PixelwrightError {
  const inside = roots.some((root) => !relative(resolve(root), path).startsWith('..'));
  if (!inside) return outside(path, roots);
  return new PixelwrightError('input-not-found', `There is no file ${path}: its folder does not exist.`, {
    next: 'Check the path.',
  });
}

/** The name in a folder that differs least, if it differs in less than half of its letters. */
export function nearestName(wanted: string, names: readonly string[]): string | undefined {
  // NFKC also turns the narrow blank in the names of macOS screenshots into an ordinary one.
  const plain = (name: string): string => name.normalize('NFKC').toLowerCase();
  let best: string | undefined;
  const own = parse(plain(wanted));
  let bestDistance = Math.max(2, Math.floor(own.name.length / 2));
  for (const name of names.slice(0, 10_000)) {
    const other = parse(plain(name));
    // An ending that pictures share makes no two names alike.
    const edits = distance(own.name, other.name) + (own.ext === other.ext ? 0 : 1);
    if (edits < bestDistance) {
      best = name;
      bestDistance = edits;
    }
  }
  return best;
}

async function unreadable(
  path: string,
  roots: readonly string[] | undefined,
  cause: unknown,
): Promise<PixelwrightError> {
  await requireInside((await realpath(path).catch(() => undefined)) ?? path, path, roots);
  return new PixelwrightError(
    'not-allowed',
    `${path} cannot be read: permission denied (${codeOf(cause)}).`,
    {
      next: 'Change the rights of the file, or copy it to a folder of yours.',
      cause,
    },
  );
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
}
