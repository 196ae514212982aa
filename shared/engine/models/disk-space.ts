/** Looks whether a download will fit before it begins. */
import { mkdir, statfs } from 'node:fs/promises';
import { PixelwrightError } from '../../errors.ts';
import { formatSize } from './format.ts';
import { notWritable } from './part-file.ts';

/** Left free, so that a model does not take the last of a disk. */
const reserveBytes = 100 * 1024 ** 2;

/**
 * @param bytes that are still to be written below `folder`, which is made where it is not there.
 * @throws PixelwrightError `output-not-writable` with how much is missing.
 */
export async function requireSpace(folder: string, bytes: number): Promise<void> {
  const { bavail, bsize } = await mkdir(folder, { recursive: true })
    .then(() => statfs(folder))
    .catch((cause: unknown) => {
      throw notWritable(folder, cause);
    });
  const free = bavail * bsize;
  const missing = bytes + reserveBytes - free;
  if (missing <= 0) return;
  throw new PixelwrightError(
    'output-not-writable',
    `Expected ${formatSize(bytes + reserveBytes)} free at ${folder}; there are ${formatSize(free)}: ${formatSize(missing)} are missing.`,
    {
      next: 'Free some space, choose a smaller quantisation (Q4_K_M), or set PIXELWRIGHT_HOME to a folder on another disk.',
      details: { folder, neededBytes: bytes + reserveBytes, freeBytes: free, missingBytes: missing },
    },
  );
}
