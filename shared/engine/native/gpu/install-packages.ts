/** Installs npm packages into a folder of our own: all of them, checked, or nothing. */
import { mkdir, readdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { PixelwrightError } from '../../../errors.ts';
import type { Environment } from '../../../home-folder.ts';
import type { Log } from '../../../log.ts';
import { requireSpace } from '../../models/disk-space.ts';
import { librariesIn } from '../library/add-ons.ts';
import { verifyFiles } from '../library/verify.ts';
import { npmClient, runNpm } from './npm-client.ts';

export interface PackageToInstall {
  /** Without the scope `@node-llama-cpp/`. */
  readonly name: string;
  /** For npm: `@node-llama-cpp/NAME@VERSION`, or a tarball. */
  readonly spec: string;
  /** SHA-256 by path below the folder of its libraries. */
  readonly pins: Readonly<Record<string, string>>;
}

export interface InstallOptions {
  readonly signal: AbortSignal;
  readonly environment: Environment;
  readonly log: Log;
  /** Bytes that the packages and their tarballs take; checked first, and the measure of progress. */
  readonly bytes: number;
  /** @param fraction 0..1, never falling. */
  readonly onProgress?: (fraction: number) => void;
}

/** Milliseconds between two looks at how much is there. */
const progressInterval = 500;

/**
 * Works in a folder beside `target`, which it then becomes; what was there before is replaced.
 * @throws PixelwrightError `cancelled`, `network` with npm's words, `output-not-writable`, and
 * `engine-unavailable` where there is no npm or a file is not the pinned one. Then nothing is left.
 */
export async function installPackages(
  packages: readonly PackageToInstall[],
  target: string,
  options: InstallOptions,
): Promise<void> {
  const { signal, environment, log, bytes, onProgress } = options;
  const parent = path.dirname(target);
  const npm = await npmClient(environment);
  await requireRoom(parent, bytes);
  await removeLeftovers(parent);
  const fresh = path.join(parent, `.${path.basename(target)}.${process.pid}.tmp`);
  // npm's own cache would keep each tarball a second time for good.
  const cache = path.join(fresh, '.npm');
  await mkdir(cache, { recursive: true });
  const stop = watchSize(fresh, bytes, onProgress);
  try {
    await writeFile(path.join(fresh, 'package.json'), '{"private":true}');
    const place = ['--prefix', fresh, '--cache', cache, '--global=false'];
    const quiet = [
      '--ignore-scripts',
      '--no-audit',
      '--no-fund',
      '--no-package-lock',
      '--no-save',
      '--no-update-notifier',
    ];
    const specs = packages.map(({ spec }) => spec);
    await runNpm(npm, ['install', ...place, ...quiet, ...specs], { cwd: fresh, signal, environment });
    for (const { name, pins } of packages) {
      await verifyFiles(librariesIn(fresh, name), pins, { stampFile: path.join(cache, 'checked.json'), log });
    }
    await rm(cache, { recursive: true, force: true });
    await putInPlace(fresh, target);
    onProgress?.(1);
  } finally {
    stop();
    await rm(fresh, { recursive: true, force: true, maxRetries: 5 });
  }
}

async function requireRoom(parent: string, bytes: number): Promise<void> {
  try {
    await requireSpace(parent, bytes);
  } catch (error) {
    if (!(error instanceof PixelwrightError)) throw error;
    throw new PixelwrightError(error.code, error.message, {
      next: 'Free some space, or set PIXELWRIGHT_HOME to a folder on another disk.',
      details: error.details,
      cause: error,
    });
  }
}

/** Folders of runs that were killed. */
async function removeLeftovers(parent: string): Promise<void> {
  for (const name of await readdir(parent)) {
    const [, pid] = /^\..*\.(\d+)\.tmp(?:\.old)?$/.exec(name) ?? [];
    if (pid !== undefined && !isAlive(Number(pid))) {
      await rm(path.join(parent, name), { recursive: true, force: true });
    }
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // Another user's process may not be signalled, and is alive.
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

async function putInPlace(fresh: string, target: string): Promise<void> {
  const old = `${fresh}.old`;
  try {
    await rename(target, old).catch((error: unknown) => {
      if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error;
    });
    await rename(fresh, target);
    await rm(old, { recursive: true, force: true });
  } catch (cause) {
    throw inUse(target, cause);
  }
}

/** Windows neither moves nor deletes a library that a program has open. */
export function inUse(folder: string, cause: unknown): PixelwrightError {
  return new PixelwrightError(
    'output-not-writable',
    `The folder ${folder} cannot be replaced or removed: ${cause instanceof Error ? cause.message : String(cause)}`,
    { next: 'End the engine that uses it with "pixelwright stop", then run the command again.', cause },
  );
}

/** npm says nothing until it is done; what it has written tells how far it is. */
function watchSize(folder: string, bytes: number, onProgress: InstallOptions['onProgress']): () => void {
  if (onProgress === undefined) return () => {};
  let highest = 0;
  const timer = setInterval(() => {
    void bytesIn(folder).then((there) => {
      const fraction = Math.min(0.99, there / bytes);
      if (fraction <= highest) return;
      highest = fraction;
      onProgress(fraction);
    });
  }, progressInterval);
  return () => clearInterval(timer);
}

/** Files that go while they are counted do not count. */
export async function bytesIn(folder: string): Promise<number> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  const sizes = await Promise.all(
    entries
      .filter((entry) => entry.isFile())
      .map((entry) =>
        stat(path.join(entry.parentPath, entry.name)).then(
          ({ size }) => size,
          () => 0,
        ),
      ),
  );
  return sizes.reduce((sum, size) => sum + size, 0);
}
