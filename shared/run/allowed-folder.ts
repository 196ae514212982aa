/** The folder that a caller from outside names for results: only inside of what they may use, links followed. */
import { realpath } from 'node:fs/promises';
import path from 'node:path';
import { liesInside } from '../allowed-roots.ts';
import { PixelwrightError } from '../errors.ts';
import { type OutputFolder, openOutputFolder } from './output-folder.ts';

/**
 * @param folder absolute.
 * @param stem of the files: a link of that name that leads outside is refused too.
 * @throws PixelwrightError `not-allowed`, and as `openOutputFolder`.
 */
export async function openAllowedFolder(
  folder: string,
  roots: readonly string[],
  stem: string,
): Promise<OutputFolder> {
  // Asked before anything is made, so that a refusal leaves no trace outside.
  await requireInside(await realOfExisting(folder), folder, roots);
  const opened = await openOutputFolder(folder);
  try {
    for (const place of [folder, path.join(folder, `${stem}-assets`)]) {
      await requireInside(await realOfExisting(place), place, roots);
    }
    return opened;
  } catch (error) {
    await opened.close();
    throw error;
  }
}

/** The real path of the nearest folder above that exists, with the rest as it was named. */
async function realOfExisting(place: string): Promise<string> {
  const real = await realpath(place).catch(() => undefined);
  if (real !== undefined) return real;
  const parent = path.dirname(place);
  return parent === place ? place : path.join(await realOfExisting(parent), path.basename(place));
}

async function requireInside(real: string, shown: string, roots: readonly string[]): Promise<void> {
  if (await liesInside(real, roots)) return;
  throw new PixelwrightError('not-allowed', `${shown} lies outside of what may be written.`, {
    next: `Name a folder inside ${roots.join(' or ')}, or leave it out.`,
    details: { roots },
  });
}
