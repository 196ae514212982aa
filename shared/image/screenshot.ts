/** Finds the screenshot that was taken last, in the folders where the platform keeps them. */
import { lstat, readdir } from 'node:fs/promises';
import path from 'node:path';
import pLimit from 'p-limit';
import { PixelwrightError, throwIfCancelled } from '../errors.ts';
import { type ScreenshotFolder, type ScreenshotPlace, screenshotFolders } from './screenshot-folders.ts';

/** Formats that screenshots are saved in; others are pictures of another kind. */
const isPicture = (name: string): boolean => /^[^.].*\.(png|jpe?g|webp|avif|gif|tiff?|bmp)$/i.test(name);

/** By its words, or by day and time, which the names of screenshots carry in every language. */
export function looksLikeScreenshot(name: string): boolean {
  const plain = name.normalize('NFKC');
  if (
    /screen[ _-]?(shot|cap)|bildschirmfoto|captura|capture d.écran|スクリーンショット|截[图屏圖]/iu.test(
      plain,
    )
  )
    return true;
  return /\d{4}[-_.]?\d{2}[-_.]?\d{2}\D{1,8}\d{1,2}[-_.:]?\d{2}[-_.:]?\d{2}/.test(plain);
}

interface Found {
  readonly path: string;
  readonly modifiedMs: number;
}

/** At once; a folder may hold thousands. */
const filesAtOnce = 32;

/**
 * The path of the newest screenshot. Links are passed over, since they may lead anywhere.
 * @throws PixelwrightError `input-not-found` naming the folders, `cancelled`.
 */
export async function findScreenshot(place: ScreenshotPlace, signal: AbortSignal): Promise<string> {
  const folders = await screenshotFolders(place);
  let newest: Found | undefined;
  for (const folder of folders) {
    for (const found of await picturesIn(folder, signal)) {
      if (newest === undefined || found.modifiedMs > newest.modifiedMs) newest = found;
    }
  }
  if (newest !== undefined) return newest.path;
  const names = folders.map((folder) => folder.path);
  throw new PixelwrightError(
    'input-not-found',
    `Expected a screenshot in ${names.join(', ')}, but there is none.`,
    {
      next: 'Take a screenshot and save it there, give the path of the picture, or copy it and use clipboard:.',
      details: { folders: names },
    },
  );
}

async function picturesIn(folder: ScreenshotFolder, signal: AbortSignal): Promise<Found[]> {
  throwIfCancelled(signal);
  // A folder that is not there, or not ours to read, holds no screenshot for us; the error names all of them.
  const names = await readdir(folder.path).catch(() => []);
  const wanted = names.filter((name) => isPicture(name) && (!folder.mixed || looksLikeScreenshot(name)));
  const limit = pLimit(filesAtOnce);
  const found = await limit.map(wanted, async (name): Promise<Found | undefined> => {
    throwIfCancelled(signal);
    const file = path.join(folder.path, name);
    // It may be gone again.
    const kind = await lstat(file).catch(() => undefined);
    return kind?.isFile() && kind.size > 0 ? { path: file, modifiedMs: kind.mtimeMs } : undefined;
  });
  return found.filter((entry) => entry !== undefined);
}
