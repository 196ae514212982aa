/** `gpu`: what is listed, what is asked before a download, and what is removed. */
import { existsSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { libraryVersion } from '../../shared/engine/native/library/pins.ts';
import { folder, run } from './command.ts';

describe('gpu list', () => {
  it('shows the processor, and the libraries that were added', async () => {
    const cwd = await folder({ [`home/engines/cuda-0.0.1/package.json`]: '{}' });
    const env = { PIXELWRIGHT_HOME: path.join(cwd, 'home') };
    const { code, stdout } = await run(['gpu', 'list', '--device', 'cpu', '--json'], { cwd, env });
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      engine: { version: libraryVersion, devices: [expect.objectContaining({ kind: 'cpu' })] },
      addOns: [{ addOn: 'cuda', version: '0.0.1', outdated: true }],
    });
    const { stdout: lines, stderr } = await run(['gpu', 'list', '--device', 'cpu'], { cwd, env });
    expect(lines).toMatch(/^CPU +cpu +\S/);
    expect(stderr).toContain('cuda 0.0.1: of another version');
  });

  it('tells why a device cannot be used, and what to do', async () => {
    const { code, stderr } = await run(['gpu', 'list', '--device', 'cuda'], { cwd: await folder() });
    expect(code).toBe(1);
    expect(stderr).toMatch(/cuda|CUDA/);
  });
});

describe('gpu add', () => {
  it('knows two things to add', async () => {
    const { code, stderr } = await run(['gpu', 'add', 'vulkan', '--yes'], { cwd: await folder() });
    expect(code).toBe(2);
    expect(stderr).toContain('Expected one of cuda, cpu; got "vulkan".');
  });

  it.runIf(process.platform === 'linux' && process.arch === 'x64')(
    'downloads nothing without consent, and says how much it would be',
    async () => {
      const cwd = await folder();
      const env = { PIXELWRIGHT_HOME: path.join(cwd, 'home') };
      const { code, stderr } = await run(['gpu', 'add', 'cuda', '--toolkit', '13'], { cwd, env });
      expect(code).toBe(2);
      expect(stderr).toContain(`@node-llama-cpp/linux-x64-cuda@${libraryVersion}: 143 MB, 189 MB on disk`);
      expect(stderr).toContain('--yes');
      expect(existsSync(path.join(cwd, 'home', 'engines'))).toBe(false);
    },
  );
});

describe('gpu remove', () => {
  it('removes every version, and is content where there is none', async () => {
    const cwd = await folder({
      'home/engines/cuda-0.0.1/a': '12345',
      'home/engines/cuda-0.0.2/b': '',
      'home/engines/cpu-0.0.1/c': '',
    });
    const env = { PIXELWRIGHT_HOME: path.join(cwd, 'home') };
    const { stdout } = await run(['gpu', 'remove', 'cuda', '--json'], { cwd, env });
    expect(JSON.parse(stdout)).toMatchObject({ removed: [{ version: '0.0.1', bytes: 5 }, { bytes: 0 }] });
    expect(existsSync(path.join(cwd, 'home/engines/cuda-0.0.1'))).toBe(false);
    expect(existsSync(path.join(cwd, 'home/engines/cpu-0.0.1'))).toBe(true);
    const again = await run(['gpu', 'remove', 'cuda'], { cwd, env });
    expect(again).toMatchObject({ code: 0, stderr: expect.stringContaining('was not added') });
  });
});
