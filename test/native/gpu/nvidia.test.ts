/** NVIDIA GPUs: what the driver's tool says, and a machine without it. */
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { nvidiaGpus, parseGpus } from '../../../shared/engine/native/gpu/nvidia.ts';

const line = 'NVIDIA GeForce RTX 4090, 580.65.06, 24564, 8.9';
const rtx4090 = {
  name: 'NVIDIA GeForce RTX 4090',
  driver: '580.65.06',
  memoryBytes: 24564 * 1024 ** 2,
  computeCapability: 8.9,
};

describe('the tool’s answer', () => {
  it('is one GPU a line', () => {
    expect(parseGpus(`${line}\nNVIDIA TITAN X (Pascal), 580.65.06, 12288, 6.1\n`)).toEqual([
      rtx4090,
      expect.objectContaining({ name: 'NVIDIA TITAN X (Pascal)', computeCapability: 6.1 }),
    ]);
  });

  it('of an old driver has no capability', () => {
    expect(parseGpus('Tesla K80, 470.1, 11441, [N/A]')).toEqual([
      expect.objectContaining({ computeCapability: Number.NaN }),
    ]);
  });

  it.each(['', 'No devices were found', 'NVIDIA-SMI has failed because it couldn’t, communicate, with, it'])(
    'that is none gives none: %j',
    (text) => expect(parseGpus(text)).toEqual([]),
  );
});

describe('the tool', () => {
  it('that is not installed means no GPU', async () => {
    const absent = path.join(os.tmpdir(), 'pixelwright-no-such-tool');
    expect(await nvidiaGpus(AbortSignal.timeout(30_000), absent)).toEqual([]);
  });

  it.runIf(process.platform !== 'win32')('is asked for all that is needed', async () => {
    const folder = await mkdtemp(path.join(os.tmpdir(), 'pixelwright-smi-'));
    try {
      const tool = path.join(folder, 'nvidia-smi');
      const asked = 'name,driver_version,memory.total,compute_cap';
      await writeFile(tool, `#!/bin/sh\n[ "$1" = "--query-gpu=${asked}" ] && echo "${line}"\n`);
      await chmod(tool, 0o755);
      expect(await nvidiaGpus(AbortSignal.timeout(30_000), tool)).toEqual([rtx4090]);
      await writeFile(tool, '#!/bin/sh\necho "NVIDIA-SMI has failed"\nexit 9\n');
      expect(await nvidiaGpus(AbortSignal.timeout(30_000), tool)).toEqual([]);
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});
