/** Renders each page once and keeps the picture and what was read from the page in `.cache/`. */
import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';
import sharp from 'sharp';
import type { RunContext } from '../../shared/context.ts';
import type { Raster } from '../../shared/image/picture.ts';
import type { Browser } from '../../shared/score/browser.ts';
import { referenceFromRendered, type ScoreReference } from '../../shared/score/reference.ts';
import { renderPage } from '../../shared/score/render.ts';
import type { BenchPage } from './pages.ts';

export interface Reference {
  readonly reference: ScoreReference;
  /** Screenshot of the whole page, PNG. */
  readonly png: Buffer;
}

/**
 * A page's screenshot with its exact blocks, from the cache if neither the page, nor a file beside it, nor the
 * scorer has changed.
 *
 * @param root folder whose files pages may read.
 */
export async function referenceOf(
  browser: Browser,
  page: BenchPage,
  deviceScaleFactor: number,
  root: string,
  context: RunContext,
): Promise<Reference> {
  const key = createHash('sha256')
    .update(JSON.stringify([page.name, page.width, page.height, deviceScaleFactor, browser.version()]))
    .update(await hashOf([page.file]))
    .update(await hashOf(await filesUnder(root, (name) => !name.endsWith('.html'))))
    .update(await hashOf(await filesUnder(path.resolve('shared/score'), () => true)))
    .digest('hex');
  const folder = path.resolve('.cache/quality', `${page.name}-${key.slice(0, 16)}`);
  const cached = await fromCache(folder);
  if (cached) return cached;
  const rendered = await renderPage(browser, page.file, { ...page, deviceScaleFactor, root }, context);
  const reference = referenceFromRendered(rendered, deviceScaleFactor);
  const { raster: _, ...rest } = reference;
  const partial = `${folder}.${process.pid}.tmp`;
  await mkdir(partial, { recursive: true });
  await writeFile(path.join(partial, 'page.png'), rendered.png);
  await writeFile(path.join(partial, 'reference.json'), JSON.stringify(rest));
  try {
    await rename(partial, folder);
  } catch (error) {
    // Another run may have rendered the same page meanwhile; its files are as good.
    context.log.debug(`cache: ${String(error)}`);
  }
  return { reference, png: rendered.png };
}

/** Decodes a picture the way the image stage does: RGB, 8 bits, no alpha. */
export async function decode(picture: Buffer): Promise<Raster> {
  const { data, info } = await sharp(picture)
    .removeAlpha()
    .toColourspace('srgb')
    .raw()
    .toBuffer({ resolveWithObject: true });
  return { width: info.width, height: info.height, data };
}

async function fromCache(folder: string): Promise<Reference | undefined> {
  try {
    const png = await readFile(path.join(folder, 'page.png'));
    // Written above by this program; the key holds a hash of the sources that define the shape.
    const rest = JSON.parse(await readFile(path.join(folder, 'reference.json'), 'utf8')) as Omit<
      ScoreReference,
      'raster'
    >;
    return { png, reference: { ...rest, raster: await decode(png) } };
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}

async function filesUnder(folder: string, wanted: (name: string) => boolean): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile() && wanted(entry.name))
    .map((entry) => path.join(entry.parentPath, entry.name))
    .sort();
}

async function hashOf(files: readonly string[]): Promise<string> {
  const hash = createHash('sha256');
  for (const file of files) hash.update(file).update(await readFile(file));
  return hash.digest('hex');
}
