/** Hashes of library files: what is refused, what is remembered, what is looked at again. */
import { createHash } from 'node:crypto';
import { appendFile, mkdtemp, readFile, rm, utimes, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { verifyFiles } from '../../../shared/engine/native/library/verify.ts';
import { silentLog } from '../../../shared/log.ts';

let folder = '';
let stampFile = '';
const text = 'a library';
const pins = { 'lib.so': createHash('sha256').update(text).digest('hex') };

beforeEach(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'pixelwright-verify-'));
  stampFile = path.join(folder, 'engines', 'checked.json');
  await writeFile(path.join(folder, 'lib.so'), text);
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const verify = (): Promise<void> => verifyFiles(folder, pins, { stampFile, log: silentLog });

describe('a library file', () => {
  it('as pinned is accepted, and remembered', async () => {
    await verify();
    const stamps: unknown = JSON.parse(await readFile(stampFile, 'utf8'));
    expect(stamps).toEqual({ [path.join(folder, 'lib.so')]: expect.stringContaining(pins['lib.so']) });
    await expect(verify()).resolves.toBeUndefined();
  });

  it('that changed is refused by name, though it was good before', async () => {
    await verify();
    await appendFile(path.join(folder, 'lib.so'), '!');
    await expect(verify()).rejects.toMatchObject({
      code: 'engine-unavailable',
      message: expect.stringMatching(
        /lib\.so is not the one expected: its SHA-256 is [0-9a-f]{64}, expected/,
      ),
      next: expect.stringContaining('--base-url'),
    });
  });

  it('that changed behind its old size and time is refused too', async () => {
    await verify();
    const file = path.join(folder, 'lib.so');
    await writeFile(file, 'A library');
    await utimes(file, new Date(0), new Date(0));
    await expect(verify()).rejects.toMatchObject({ code: 'engine-unavailable' });
  });

  it('that is absent is refused by name', async () => {
    await rm(path.join(folder, 'lib.so'));
    await expect(verify()).rejects.toMatchObject({
      code: 'engine-unavailable',
      message: expect.stringContaining('lib.so is not the one expected: it cannot be read'),
    });
  });
});

describe('notes of earlier checks', () => {
  it('that are damaged only cost a new check', async () => {
    await verify();
    await writeFile(stampFile, '{"x": 1');
    await verify();
    expect(JSON.parse(await readFile(stampFile, 'utf8'))).toHaveProperty([path.join(folder, 'lib.so')]);
  });

  it('that cannot be kept do not stop the engine', async () => {
    const lines: string[] = [];
    const log = { ...silentLog, debug: (line: string) => lines.push(line) };
    await verifyFiles(folder, pins, { stampFile: path.join(folder, 'lib.so', 'x.json'), log });
    expect(lines.join()).toContain('could not be noted');
  });
});
