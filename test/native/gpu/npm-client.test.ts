/** The npm client: where it is looked for, and how its end is told. */
import { chmod, mkdir, mkdtemp, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { npmClient, runNpm } from '../../../shared/engine/native/gpu/npm-client.ts';

let folder = '';
beforeEach(async () => {
  folder = await realpath(await mkdtemp(path.join(os.tmpdir(), 'pixelwright-npm-')));
});
afterEach(() => rm(folder, { recursive: true }));

async function file(name: string, text = ''): Promise<string> {
  const full = path.join(folder, name);
  await mkdir(path.dirname(full), { recursive: true });
  await writeFile(full, text);
  await chmod(full, 0o755);
  return full;
}

const node = () => path.join(folder, 'node', 'bin', 'node');

describe('npm is found', () => {
  it('where it started us', async () => {
    const script = await file('a/npm-cli.js');
    expect(await npmClient({ npm_execpath: script }, node())).toEqual({ command: node(), args: [script] });
  });

  it('beside Node, and another package manager that started us is no npm', async () => {
    const script = await file('node/lib/node_modules/npm/bin/npm-cli.js');
    const yarn = await file('yarn.js');
    expect(await npmClient({ npm_execpath: yarn }, node())).toEqual({ command: node(), args: [script] });
  });

  it('as installers for Windows lay it out', async () => {
    const script = await file('node/bin/node_modules/npm/bin/npm-cli.js');
    expect(await npmClient({}, node())).toEqual({ command: node(), args: [script] });
  });

  it.runIf(process.platform !== 'win32')('on the path: the script behind a link, or a program', async () => {
    const script = await file('share/npm/bin/npm-cli.js');
    await mkdir(path.join(folder, 'bin'));
    await symlink(script, path.join(folder, 'bin', 'npm'));
    const PATH = ['', path.join(folder, 'empty'), path.join(folder, 'bin')].join(path.delimiter);
    expect(await npmClient({ PATH }, node())).toEqual({ command: node(), args: [script] });
    const shim = await file('shims/npm', '#!/bin/sh\n');
    expect(await npmClient({ PATH: path.dirname(shim) }, node())).toEqual({ command: shim, args: [] });
  });

  it('or its absence is told', async () => {
    await expect(npmClient({ PATH: folder }, node())).rejects.toMatchObject({
      code: 'engine-unavailable',
      next: expect.stringContaining('Install npm'),
    });
  });
});

describe('a run', () => {
  const run = async (text: string, signal: AbortSignal = AbortSignal.timeout(60_000)): Promise<void> =>
    runNpm({ command: process.execPath, args: [await file('npm.cjs', text)] }, ['x y', '$HOME'], {
      cwd: folder,
      signal,
    });

  it('gets its arguments without a shell between', async () => {
    await expect(
      run("if (JSON.stringify(process.argv.slice(2)) !== JSON.stringify(['x y', '$HOME'])) process.exit(3);"),
    ).resolves.toBeUndefined();
  });

  it('that fails without a word tells its exit code', async () => {
    await expect(run('process.exit(3)')).rejects.toMatchObject({
      code: 'network',
      message: 'npm could not install the libraries: it ended with 3',
    });
  });

  it('that cannot start is told', async () => {
    const client = { command: path.join(folder, 'absent'), args: [] };
    const asked = runNpm(client, [], { cwd: folder, signal: AbortSignal.timeout(60_000) });
    await expect(asked).rejects.toMatchObject({
      code: 'network',
      message: expect.stringContaining('ENOENT'),
    });
  });

  it('does not begin once cancelled', async () => {
    await expect(run('process.exit(3)', AbortSignal.abort())).rejects.toMatchObject({ code: 'cancelled' });
  });
});
