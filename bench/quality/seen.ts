/** What the converter sees in a picture: its measured facts, and where in them the page lies. */
import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { RunContext } from '../../shared/context.ts';
import { measurePicture } from '../../shared/facts/index.ts';
import type { PageFacts } from '../../shared/facts/page-facts.ts';
import type { Rect } from '../../shared/geometry.ts';
import { homographyBetween, project } from '../../shared/image/index.ts';
import type { Quadrilateral } from '../../shared/image/photo/quadrilateral.ts';
import { asScreen } from '../../shared/run/convert/photographed.ts';
import { loadPicture } from '../../shared/run/load-picture.ts';
import { cornersOf } from './photo.ts';

export interface Seen {
  readonly facts: PageFacts;
  /** Corners of what was measured, in pixels of the picture as it was given. */
  readonly corners: Quadrilateral;
}

/** Measured as the command line does, once for each picture and version of the built program. */
export async function seenIn(picture: Buffer, worker: string, context: RunContext): Promise<Seen> {
  const key = createHash('sha256')
    .update(picture)
    .update('as a screen')
    .update(await hashOfProgram(path.dirname(worker)))
    .digest('hex')
    .slice(0, 24);
  const file = path.resolve('.cache/quality', `seen-${key}.json`);
  try {
    // Written below by this program; the key holds a hash of the program that defines the shape.
    return JSON.parse(await readFile(file, 'utf8')) as Seen;
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error;
  }
  const source = { kind: 'bytes', bytes: picture, name: 'picture' } as const;
  const loaded = await asScreen(await loadPicture(source, context, { straighten: 'auto' }));
  const facts: PageFacts | undefined = await measurePicture(loaded, context);
  // The worker is the built one, and may be of another version than this program.
  if (facts === undefined) throw new Error('Expected a worker of this version; run "npm run build" first.');
  const [a, b, c, d] = cornersOf(loaded.raster);
  const seen = { facts, corners: [a, b, c, d].map(loaded.toGiven) as unknown as Quadrilateral };
  await mkdir(path.dirname(file), { recursive: true });
  const partial = `${file}.${process.pid}.tmp`;
  await writeFile(partial, JSON.stringify(seen));
  await rename(partial, file);
  return seen;
}

/** Hash of all that the built program consists of: the worker measures, the others straighten photos. */
async function hashOfProgram(folder: string): Promise<string> {
  const hash = createHash('sha256');
  const files = (await readdir(folder)).filter((name) => name.endsWith('.js')).sort();
  for (const file of files) hash.update(await readFile(path.join(folder, file)));
  return hash.digest('hex');
}

/**
 * From CSS pixels of the page to those of the facts.
 * @param page size of the page, CSS pixels.
 * @param inPicture corners of the page in pixels of the picture.
 */
export function placeIn(
  { facts, corners }: Seen,
  page: { readonly width: number; readonly height: number },
  inPicture: Quadrilateral,
): (rect: Rect) => Rect {
  const toPicture = homographyBetween(cornersOf(page), inPicture);
  const toFacts = homographyBetween(corners, cornersOf(facts));
  return ({ x, y, width, height }) => {
    const points = cornersOf({ width, height }).map((corner) =>
      project(toFacts, project(toPicture, { x: corner.x + x, y: corner.y + y })),
    );
    const [xs, ys] = [points.map((point) => point.x), points.map((point) => point.y)];
    const [left, top] = [Math.min(...xs), Math.min(...ys)];
    return { x: left, y: top, width: Math.max(...xs) - left, height: Math.max(...ys) - top };
  };
}
