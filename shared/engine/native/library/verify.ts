/** Checks library files against their pinned hashes, once for each state that a file is in. */
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { z } from 'zod';
import { PixelwrightError } from '../../../errors.ts';
import type { Log } from '../../../log.ts';
import { useServerInstead } from './platforms.ts';

/** By absolute path: what the file looked like from outside when its hash was right. */
const stampsSchema = z.record(z.string(), z.string());
type Stamps = z.infer<typeof stampsSchema>;

export interface VerifyOptions {
  /** Where the stamps of earlier checks are kept. */
  readonly stampFile: string;
  readonly log: Log;
}

/**
 * Hashing 80 MB takes a fifth of a second, so a file that has the size, time stamps and place of an earlier
 * good check is taken as good.
 * @param pins SHA-256 by path below `folder`.
 * @throws PixelwrightError `engine-unavailable`, naming the file that is absent or another one.
 */
export async function verifyFiles(
  folder: string,
  pins: Readonly<Record<string, string>>,
  { stampFile, log }: VerifyOptions,
): Promise<void> {
  const known = await readStamps(stampFile);
  const fresh: Record<string, string> = {};
  for (const [name, expected] of Object.entries(pins)) {
    const file = path.join(folder, name);
    const stamp = `${expected} ${await stampOf(file)}`;
    if (known[file] === stamp) continue;
    const found = await hashOf(file);
    if (found !== expected) throw altered(file, `its SHA-256 is ${found}, expected ${expected}`);
    fresh[file] = stamp;
  }
  if (Object.keys(fresh).length === 0) return;
  try {
    await writeStamps(stampFile, { ...known, ...fresh });
  } catch (error) {
    log.debug(`The check of the libraries could not be noted in ${stampFile}: ${String(error)}`);
  }
}

async function stampOf(file: string): Promise<string> {
  try {
    const { size, mtimeMs, ctimeMs, ino } = await stat(file);
    return [size, mtimeMs, ctimeMs, ino].join(' ');
  } catch (cause) {
    throw altered(file, 'it cannot be read', cause);
  }
}

async function hashOf(file: string): Promise<string> {
  const hash = createHash('sha256');
  try {
    await pipeline(createReadStream(file, { highWaterMark: 1 << 20 }), hash);
  } catch (cause) {
    throw altered(file, 'it cannot be read', cause);
  }
  return hash.digest('hex');
}

/** None where the file is absent or not ours: then everything is checked again. */
async function readStamps(stampFile: string): Promise<Stamps> {
  const text = await readFile(stampFile, 'utf8').catch(() => '{}');
  try {
    return stampsSchema.parse(JSON.parse(text));
  } catch {
    return {};
  }
}

async function writeStamps(stampFile: string, stamps: Stamps): Promise<void> {
  await mkdir(path.dirname(stampFile), { recursive: true });
  const fresh = `${stampFile}.${process.pid}.tmp`;
  try {
    await writeFile(fresh, JSON.stringify(stamps, null, 1), { mode: 0o600 });
    await rename(fresh, stampFile);
  } finally {
    await rm(fresh, { force: true });
  }
}

function altered(file: string, what: string, cause?: unknown): PixelwrightError {
  return new PixelwrightError('engine-unavailable', `The library ${file} is not the one expected: ${what}.`, {
    next: `Install pixelwright again (npm install), or what was added with "pixelwright gpu add". ${useServerInstead}`,
    details: { file },
    cause,
  });
}
