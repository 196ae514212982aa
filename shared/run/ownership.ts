/** Which files of an output folder this program made, and may therefore replace. */
import type { Dirent } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { PixelwrightError } from '../errors.ts';
import { notWritable } from './output-folder.ts';

/** What is written under one name, and the file that names the others. */
export interface ResultName {
  /** Every file and folder of the result begins with it. */
  readonly stem: string;
  /** `login.html`: the file that carries our mark and mentions the rest. */
  readonly main: string;
}

/** How a file says that it may be replaced: our generator meta, JSON key, host or comment near its start. */
const mark =
  /<meta\s+name="generator"\s+content="pixelwright\b|"generator":\s*"pixelwright\b|^<mxfile\b[^>]*\bhost="pixelwright"|^(?:%%|<!--|\/\*) generator: pixelwright\b/i;
const markWithin = 4096;

/**
 * Files of an earlier result of the same name, relative to `folder`: the main file, if it carries our mark,
 * and those beside it that it mentions.
 */
export async function ownedFiles(folder: string, result: ResultName): Promise<string[]> {
  const text = await readIfThere(path.join(folder, result.main));
  if (text === undefined || !mark.test(text.slice(0, markWithin))) return [];
  const { name: mainStem } = path.parse(result.main);
  const beside = (await filesIn(folder)).filter(
    (name) => (name.startsWith(result.stem) || name.startsWith(mainStem)) && name !== result.main,
  );
  const assetFolder = `${result.stem}-assets`;
  const assets = (await filesIn(path.join(folder, assetFolder))).map((name) => `${assetFolder}/${name}`);
  // A style sheet or a component names further files: pictures, components of its own.
  const owned = new Set([result.main]);
  const texts = [text];
  for (let next = texts.shift(); next !== undefined; next = texts.shift()) {
    for (const name of [...beside, ...assets]) {
      if (owned.has(name) || !mentions(next, name)) continue;
      owned.add(name);
      const inside = /\.(?:css|vue)$/.test(name) ? await readIfThere(path.join(folder, name)) : undefined;
      if (inside !== undefined) texts.push(inside);
    }
  }
  return [...owned];
}

/** What may carry our mark and name further files. */
const mains = /\.(?:html|vue|tsx|drawio|mmd)$/;

/**
 * Files that a result may replace: its own earlier ones, and those of other targets of the same picture, which
 * share its crops.
 */
export async function replaceableFiles(folder: string, result: ResultName): Promise<string[]> {
  const { name: mainStem } = path.parse(result.main);
  const others = (await filesIn(folder)).filter(
    (name) => mains.test(name) && sameStem(path.parse(name).name, [result.stem, mainStem]),
  );
  const all = [result.main, ...others].map((main) => ownedFiles(folder, { stem: result.stem, main }));
  return [...new Set((await Promise.all(all)).flat())];
}

/** `my-login` and `MyLogin` are files of one picture. */
function sameStem(stem: string, stems: readonly string[]): boolean {
  const plain = (text: string): string => text.replace(/[^\p{L}\p{N}]/gu, '').toLowerCase();
  return stems.some((one) => plain(one) === plain(stem));
}

/** @throws PixelwrightError `output-not-writable` if one of `fresh` exists and is not in `owned`. */
export async function refuseForeignFiles(folder: string, fresh: readonly string[], owned: readonly string[]) {
  const foreign: string[] = [];
  for (const name of fresh) {
    if (!owned.includes(name) && (await exists(path.join(folder, name)))) foreign.push(name);
  }
  const [first] = foreign;
  if (first === undefined) return;
  throw new PixelwrightError(
    'output-not-writable',
    `${path.join(folder, first)} exists and was not made by pixelwright, so it was left as it is.`,
    { next: 'Give another folder with --out, or replace it with --force.', details: { files: foreign } },
  );
}

/** A folder is never replaced, by force neither: it holds more than what is written. @throws PixelwrightError `output-not-writable`. */
export async function refuseFolders(folder: string, fresh: readonly string[]): Promise<void> {
  for (const name of fresh) {
    const file = path.join(folder, name);
    const entry = (await entriesOf(path.dirname(file))).find((one) => one.name === path.basename(file));
    if (entry?.isDirectory() !== true) continue;
    throw new PixelwrightError(
      'output-not-writable',
      `Expected to write the file ${file}, but it is a folder.`,
      {
        next: 'Rename that folder, or give another one to write into with --out.',
        details: { files: [name] },
      },
    );
  }
}

function mentions(text: string, name: string): boolean {
  return [name, encodeURI(name)].some((form) =>
    ['"', "'", '('].some((before) => text.includes(before + form) || text.includes(`${before}./${form}`)),
  );
}

export async function exists(file: string): Promise<boolean> {
  return (await entriesOf(path.dirname(file))).some((entry) => entry.name === path.basename(file));
}

async function filesIn(folder: string): Promise<string[]> {
  return (await entriesOf(folder)).filter((entry) => entry.isFile()).map((entry) => entry.name);
}

async function entriesOf(folder: string): Promise<Dirent[]> {
  try {
    return await readdir(folder, { withFileTypes: true });
  } catch (cause) {
    if (hasCode(cause, 'ENOENT')) return [];
    throw notWritable(folder, cause);
  }
}

/** A folder of that name is there, but has no text to own it by. */
async function readIfThere(file: string): Promise<string | undefined> {
  try {
    return await readFile(file, 'utf8');
  } catch (cause) {
    if (hasCode(cause, 'ENOENT') || hasCode(cause, 'EISDIR') || hasCode(cause, 'EACCES')) return undefined;
    throw notWritable(path.dirname(file), cause);
  }
}

const hasCode = (cause: unknown, code: string): boolean =>
  cause instanceof Error && 'code' in cause && cause.code === code;
