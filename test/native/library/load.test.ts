/** The libraries of this machine, for real: found, checked, opened, their backends loaded. */
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadBackends } from '../../../shared/engine/native/library/backends.ts';
import { type Library, openLibrary, silenceLog } from '../../../shared/engine/native/library/load.ts';
import { findLibrary } from '../../../shared/engine/native/library/packages.ts';
import { libraryVersion } from '../../../shared/engine/native/library/pins.ts';
import {
  checkLibrary,
  contextDefaults,
  differences,
  modelDefaults,
} from '../../../shared/engine/native/library/self-check.ts';
import { silentLog } from '../../../shared/log.ts';

let home = '';
let library: Library;

beforeAll(async () => {
  home = await mkdtemp(path.join(os.tmpdir(), 'pixelwright-home-'));
  library = openLibrary(await findLibrary({ device: 'cpu', log: silentLog, home }));
  silenceLog(library);
});
afterAll(() => rm(home, { recursive: true, force: true }));

describe('findLibrary', () => {
  it('for the processor leaves GPU backends out', async () => {
    const found = await findLibrary({ device: 'cpu', log: silentLog, home });
    expect(found).toMatchObject({ device: 'cpu', version: libraryVersion });
    expect(found.accelerators.filter((file) => !file.includes('blas'))).toEqual([]);
    expect(found.processors.length).toBeGreaterThan(0);
  });

  it('asks for CUDA to be added first', async () => {
    const machine = { platform: 'linux', arch: 'x64', libc: 'glibc' } as const;
    await expect(findLibrary({ device: 'cuda', log: silentLog, home, machine })).rejects.toMatchObject({
      code: 'engine-unavailable',
      next: expect.stringContaining('pixelwright gpu add cuda'),
    });
  });

  it('asks for the libraries of Windows on ARM to be added first', async () => {
    const machine = { platform: 'win32', arch: 'arm64', libc: null } as const;
    await expect(findLibrary({ device: 'auto', log: silentLog, home, machine })).rejects.toMatchObject({
      code: 'engine-unavailable',
      next: expect.stringContaining('pixelwright gpu add cpu'),
    });
  });

  it('refuses a machine that there are no libraries for', async () => {
    const machine = { platform: 'linux', arch: 'riscv64', libc: 'glibc' } as const;
    await expect(findLibrary({ device: 'auto', log: silentLog, home, machine })).rejects.toMatchObject({
      code: 'engine-unavailable',
    });
  });
});

describe('the self-check', () => {
  it('accepts the pinned libraries', () => {
    expect(() => checkLibrary(library)).not.toThrow();
  });

  it('refuses another version before it asks for any struct', () => {
    const asked: string[] = [];
    const llama = new Proxy(library.llama, {
      get: (target, name, receiver) => {
        if (name === 'llama_version') return () => '0.3.0-dev';
        asked.push(String(name));
        return Reflect.get(target, name, receiver);
      },
    });
    expect(() => checkLibrary({ ...library, llama })).toThrow(
      expect.objectContaining({
        code: 'engine-unavailable',
        message: expect.stringContaining('llama_version: expected 0.4.0-dev, found 0.3.0-dev'),
        next: expect.stringContaining('--base-url'),
      }),
    );
    expect(asked).toEqual([]);
  });

  it('tells each default that is another one', () => {
    const shifted = () => ({ ...library.llama.llama_context_default_params(), n_ctx: 0, n_batch: 512 });
    const llama = new Proxy(library.llama, {
      get: (target, name, receiver) =>
        name === 'llama_context_default_params' ? shifted : Reflect.get(target, name, receiver),
    });
    expect(() => checkLibrary({ ...library, llama })).toThrow(
      /another layout.*n_ctx: expected 512, found 0; n_batch: expected 2048, found 512/,
    );
  });

  it('sees every member: one that is altered, absent or new', () => {
    for (const defaults of [modelDefaults, contextDefaults]) {
      const known: Readonly<Record<string, unknown>> = defaults;
      for (const name of Object.keys(known)) {
        expect(differences(known, { ...known, [name]: 7777 })).toHaveLength(1);
        expect(differences(known, { ...known, [name]: undefined })).toHaveLength(1);
      }
      expect(differences(known, { ...known, n_new: 0 })).toEqual(['n_new: expected undefined, found 0']);
    }
  });
});

describe('backends', () => {
  it('one variant for this processor is loaded, and it is a device', () => {
    const loaded = loadBackends(library);
    expect(library.files.processors.map((file) => path.basename(file))).toContain(loaded.processor);
    expect(Number(library.ggml.ggml_backend_dev_count())).toBeGreaterThan(0);
  });

  it('a processor that none is for is told to use a server', () => {
    const files = { ...library.files, processors: [path.join(home, 'absent.so')] };
    expect(() => loadBackends({ ...library, files })).toThrow(
      expect.objectContaining({ code: 'engine-unavailable' }),
    );
  });
});
