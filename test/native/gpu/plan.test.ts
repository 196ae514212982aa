/** What an add-on consists of on which machine, and which of its backends can be used. */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { planAddOn } from '../../../shared/engine/native/gpu/add-on-plan.ts';
import { addedCuda, cudaGap, cudaRuntime, usableBackend } from '../../../shared/engine/native/gpu/cuda.ts';
import type { NvidiaGpu } from '../../../shared/engine/native/gpu/nvidia.ts';
import { addOnFolder, librariesIn } from '../../../shared/engine/native/library/add-ons.ts';
import { libraryVersion } from '../../../shared/engine/native/library/pins.ts';

const linux = { platform: 'linux', arch: 'x64', libc: 'glibc' } as const;
const windows = { platform: 'win32', arch: 'x64', libc: null } as const;
const windowsArm = { platform: 'win32', arch: 'arm64', libc: null } as const;
const mac = { platform: 'darwin', arch: 'arm64', libc: null } as const;

const gpu = (computeCapability: number): NvidiaGpu => ({
  name: 'GPU',
  driver: '580.65',
  memoryBytes: 2 ** 34,
  computeCapability,
});
const all = { driver: true, toolkits: [13, 12] } as const;

describe('the plan', () => {
  it('for CUDA 13 is one package, with its size', () => {
    expect(planAddOn('cuda', linux, { runtime: all, gpus: [gpu(8.9)] })).toEqual({
      addOn: 'cuda',
      version: libraryVersion,
      packages: ['linux-x64-cuda'],
      downloadBytes: 142_850_036,
      diskBytes: 188_693_843,
      notes: [],
    });
  });

  it.each([
    ['an old GPU', { runtime: all, gpus: [gpu(8.9), gpu(6.1)] }],
    ['only CUDA 12', { runtime: { driver: true, toolkits: [12] }, gpus: [gpu(8.9)] }],
    ['the user', { runtime: all, gpus: [gpu(8.9)], toolkit: 12 }],
  ] as const)('for CUDA 12, asked for by %s, has the second backend too', (_, facts) => {
    const plan = planAddOn('cuda', windows, facts);
    expect(plan.packages).toEqual(['win-x64-cuda', 'win-x64-cuda-ext']);
    expect(plan.diskBytes).toBe(175_510_346 + 367_829_830);
  });

  it('tells that GPU and toolkit are absent', () => {
    const { notes } = planAddOn('cuda', linux, { runtime: { driver: false, toolkits: [] }, gpus: [] });
    expect(notes.join(' ')).toMatch(/No NVIDIA GPU was found.*need NVIDIA's CUDA toolkit 13/);
  });

  it('a GPU whose capability is not told counts as new', () => {
    expect(planAddOn('cuda', linux, { runtime: all, gpus: [gpu(Number.NaN)] }).packages).toHaveLength(1);
  });

  it('for the processor exists on Windows on ARM only', () => {
    const nothing = { runtime: { driver: false, toolkits: [] }, gpus: [] } as const;
    expect(planAddOn('cpu', windowsArm, nothing)).toMatchObject({ packages: ['win-arm64'], notes: [] });
    expect(() => planAddOn('cpu', linux, nothing)).toThrow('came with pixelwright');
    expect(() => planAddOn('cuda', mac, nothing)).toThrow(
      expect.objectContaining({ code: 'engine-unavailable' }),
    );
  });
});

describe('NVIDIA’s own libraries', () => {
  it('count when the loader finds all that a backend needs', () => {
    const here = new Set(['libcuda.so.1', 'libcudart.so.12', 'libcublas.so.12', 'libcudart.so.13']);
    expect(cudaRuntime('linux', (name) => here.has(name))).toEqual({ driver: true, toolkits: [12] });
    here.add('libcublas.so.13');
    expect(cudaRuntime('linux', (name) => here.has(name))).toEqual(all);
    expect(cudaRuntime('darwin', () => true)).toEqual({ driver: false, toolkits: [] });
  });

  it('that are not there are no fault', () => {
    const asked: string[] = [];
    const none = (name: string): boolean => {
      asked.push(name);
      return false;
    };
    expect(cudaRuntime('win32', none)).toEqual({ driver: false, toolkits: [] });
    expect(asked).toContain('nvcuda.dll');
    expect(() => cudaRuntime(process.platform)).not.toThrow();
  });
});

describe('what was added', () => {
  it('is found by its files, and used by what is installed', async () => {
    const home = await mkdtemp(path.join(os.tmpdir(), 'pixelwright-home-'));
    try {
      expect(await addedCuda(home, linux)).toBeUndefined();
      const folder = addOnFolder(home, 'cuda');
      const main = librariesIn(folder, 'linux-x64-cuda');
      await mkdir(main, { recursive: true });
      await writeFile(path.join(main, 'libggml-cuda.so'), '');
      const one = await addedCuda(home, linux);
      expect(one?.backends).toEqual([
        { toolkit: 13, package: 'linux-x64-cuda', folder: main, file: 'libggml-cuda.so' },
      ]);
      const ext = path.join(librariesIn(folder, 'linux-x64-cuda-ext'), 'fallback');
      await mkdir(ext, { recursive: true });
      await writeFile(path.join(ext, 'libggml-cuda.so'), '');
      const both = await addedCuda(home, linux);
      if (one === undefined || both === undefined) throw new Error('nothing was found');

      const with12 = { driver: true, toolkits: [12] } as const;
      expect(usableBackend(both, all)).toMatchObject({ toolkit: 12, file: 'fallback/libggml-cuda.so' });
      expect(usableBackend(one, all)?.toolkit).toBe(13);
      expect(usableBackend(one, with12)).toBeUndefined();
      expect(usableBackend(both, { driver: false, toolkits: [13] })).toBeUndefined();

      expect(cudaGap({ driver: false, toolkits: [] }, one.backends).found).toContain('driver');
      expect(cudaGap(with12, one.backends).next).toContain('gpu add cuda');
      expect(cudaGap({ driver: true, toolkits: [] }, one.backends).next).toContain('toolkit 13');
    } finally {
      await rm(home, { recursive: true });
    }
  });
});
