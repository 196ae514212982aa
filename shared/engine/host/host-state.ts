/** The file that tells clients where the host is, and its token. */
import { randomUUID } from 'node:crypto';
import { readFileSync, unlinkSync } from 'node:fs';
import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import { isIP } from 'node:net';
import { hostname } from 'node:os';
import path from 'node:path';
import { z } from 'zod';
import { PixelwrightError } from '../../errors.ts';
import { version } from '../../version.ts';
import { hostProtocol } from './protocol.ts';

export const hostStateSchema = z.object({
  pid: z.int().positive(),
  /** Where it listens. */
  address: z.string().refine((text) => isIP(text) !== 0, 'must be an IP address'),
  port: z.int().min(1).max(65_535),
  token: z.string().min(32),
  version: z.string(),
  protocol: z.literal(hostProtocol),
  startedAt: z.string(),
});
export type HostState = z.infer<typeof hostStateSchema>;

export interface HostFiles {
  readonly folder: string;
  readonly state: string;
  readonly lock: string;
  readonly log: string;
}

/**
 * One host for each version of this package, so that none is spoken to in words it does not know; an older
 * one ends by idling. The machine's name stands in it because a home folder may be shared by machines.
 */
export function hostFiles(folder: string): HostFiles {
  const key = `host-${version}-${hostProtocol}-${hostname()}`.replace(/[^\w.-]/g, '_');
  const file = (extension: string): string => path.join(folder, `${key}.${extension}`);
  return { folder, state: file('json'), lock: file('lock'), log: file('log') };
}

/**
 * The state, or undefined if there is none that makes sense.
 * @throws PixelwrightError `not-allowed` for a file that this user may not read.
 */
export async function readState(file: string): Promise<HostState | undefined> {
  const text = await readFile(file, 'utf8')
    .catch(unlessMissing)
    .catch((cause: unknown) => {
      throw unreadable(file, cause);
    });
  return parse(text);
}

/** Readable by the user alone from its first byte on. @throws Error of the file system. */
export async function writeState(file: string, state: HostState): Promise<void> {
  const fresh = `${file}.${process.pid}.${randomUUID()}.tmp`;
  try {
    await writeFile(fresh, JSON.stringify(state), { mode: 0o600, flag: 'wx' });
    await rename(fresh, file);
  } catch (error) {
    await rm(fresh, { force: true });
    throw error;
  }
}

/** Removes the file if it still tells of this host. At once, because it is the last thing before the end. */
export function removeState(file: string, token: string): void {
  try {
    if (parse(readFileSync(file, 'utf8'))?.token === token) unlinkSync(file);
  } catch (error) {
    unlessMissing(error);
  }
}

function parse(text: string | undefined): HostState | undefined {
  if (text === undefined) return undefined;
  try {
    return hostStateSchema.safeParse(JSON.parse(text)).data;
  } catch (error) {
    // Half a file of a version that did not rename, or a user's edit: as good as none.
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

function unreadable(file: string, cause: unknown): PixelwrightError {
  const reason = cause instanceof Error ? cause.message : String(cause);
  return new PixelwrightError('not-allowed', `The state of the engine host cannot be read: ${reason}.`, {
    next: 'Run as the user who owns it, or name another folder with PIXELWRIGHT_HOME.',
    details: { file },
    cause,
  });
}

function unlessMissing(error: unknown): undefined {
  if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
  throw error;
}
