/** Installing add-ons with the npm of this machine, from a tarball of our own: all or nothing. */
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  type InstallOptions,
  installPackages,
  type PackageToInstall,
} from '../../../shared/engine/native/gpu/install-packages.ts';
import { npmClient, runNpm } from '../../../shared/engine/native/gpu/npm-client.ts';
import { librariesIn } from '../../../shared/engine/native/library/add-ons.ts';
import { silentLog } from '../../../shared/log.ts';

const library = 'what a library holds';
const pins = { 'lib.so': createHash('sha256').update(library).digest('hex') };

let store = '';
let tarball = '';
let engines = '';

beforeAll(async () => {
  store = await mkdtemp(path.join(os.tmpdir(), 'pixelwright-tarball-'));
  const source = path.join(store, 'source');
  await mkdir(path.join(source, 'bins', 'fake'), { recursive: true });
  const manifest = { name: '@node-llama-cpp/fake', version: '1.0.0', scripts: { postinstall: 'exit 7' } };
  await writeFile(path.join(source, 'package.json'), JSON.stringify(manifest));
  await writeFile(path.join(source, 'bins', 'fake', 'lib.so'), library);
  const npm = await npmClient(process.env);
  const args = ['pack', '--ignore-scripts', '--pack-destination', store];
  await runNpm(npm, args, { cwd: source, signal: AbortSignal.timeout(60_000) });
  tarball = path.join(store, 'node-llama-cpp-fake-1.0.0.tgz');
});
afterAll(() => rm(store, { recursive: true }));

beforeEach(async () => {
  engines = path.join(await mkdtemp(path.join(os.tmpdir(), 'pixelwright-home-')), 'engines');
});
afterEach(() => rm(path.dirname(engines), { recursive: true }));

const fake = (changes: Partial<PackageToInstall> = {}): PackageToInstall => ({
  name: 'fake',
  spec: tarball,
  pins,
  ...changes,
});
const options = (changes: Partial<InstallOptions> = {}): InstallOptions => ({
  signal: AbortSignal.timeout(120_000),
  environment: process.env,
  log: silentLog,
  bytes: 10_000,
  ...changes,
});
const target = () => path.join(engines, 'cuda-1.0.0');

/** An npm that does as told; found because it says that it started us. */
async function npmThat(does: string): Promise<InstallOptions['environment']> {
  const script = path.join(store, 'npm-cli.js');
  await writeFile(script, does);
  return { ...process.env, npm_execpath: script };
}

describe('an install', () => {
  it('puts the packages in place, runs none of their scripts, and leaves nothing else', async () => {
    const fractions: number[] = [];
    await installPackages([fake()], target(), options({ onProgress: (part) => fractions.push(part) }));
    expect(await readFile(path.join(librariesIn(target(), 'fake'), 'lib.so'), 'utf8')).toBe(library);
    expect(await readdir(engines)).toEqual(['cuda-1.0.0']);
    expect((await readdir(target())).toSorted()).toEqual(['node_modules', 'package.json']);
    expect(fractions.at(-1)).toBe(1);
  });

  it('replaces what was there', async () => {
    await mkdir(target(), { recursive: true });
    await writeFile(path.join(target(), 'old'), '');
    await installPackages([fake()], target(), options());
    expect(existsSync(path.join(target(), 'old'))).toBe(false);
    expect(await readdir(engines)).toEqual(['cuda-1.0.0']);
  });

  it('clears away what a killed one left, and not what one at work has', async () => {
    const dead = path.join(engines, '.cuda-1.0.0.999999999.tmp');
    const alive = path.join(engines, `.cuda-0.9.0.${process.ppid}.tmp`);
    for (const folder of [dead, alive]) await mkdir(folder, { recursive: true });
    await installPackages([fake()], target(), options());
    expect((await readdir(engines)).toSorted()).toEqual([path.basename(alive), 'cuda-1.0.0']);
  });
});

describe('an install that fails leaves nothing', () => {
  it('because a file is not the pinned one', async () => {
    const wrong = { 'lib.so': '0'.repeat(64) };
    await expect(installPackages([fake({ pins: wrong })], target(), options())).rejects.toMatchObject({
      code: 'engine-unavailable',
      message: expect.stringContaining('lib.so is not the one expected'),
    });
    expect(await readdir(engines)).toEqual([]);
  });

  it('because npm fails: told in its words, and what was there stays', async () => {
    await mkdir(target(), { recursive: true });
    const environment = await npmThat(
      "console.error('npm error code E404\\nnpm error 404 Not Found - GET /fake'); process.exit(1);",
    );
    await expect(installPackages([fake()], target(), options({ environment }))).rejects.toMatchObject({
      code: 'network',
      message: 'npm could not install the libraries: 404 Not Found - GET /fake',
      next: expect.stringContaining('npm config list'),
    });
    expect(await readdir(engines)).toEqual(['cuda-1.0.0']);
  });

  it('because it was cancelled: npm is ended first', async () => {
    const started = path.join(store, 'started');
    const environment = await npmThat(`
      require('node:fs').writeFileSync(${JSON.stringify(started)}, String(process.pid));
      setInterval(() => {}, 1000);`);
    const controller = new AbortController();
    const installing = installPackages(
      [fake()],
      target(),
      options({ environment, signal: controller.signal }),
    );
    installing.catch(() => {});
    const pid = async (): Promise<number> => Number(await readFile(started, 'utf8').catch(() => ''));
    await expect.poll(pid).toBeGreaterThan(0);
    controller.abort();
    await expect(installing).rejects.toMatchObject({ code: 'cancelled' });
    expect(await readdir(engines)).toEqual([]);
    const npm = await pid();
    expect(() => process.kill(npm, 0)).toThrow('ESRCH');
  });

  it('because the disk is too small, before npm is asked', async () => {
    const environment = await npmThat("throw new Error('asked')");
    await expect(
      installPackages([fake()], target(), options({ environment, bytes: 1e18 })),
    ).rejects.toMatchObject({
      code: 'output-not-writable',
      next: expect.stringContaining('PIXELWRIGHT_HOME'),
    });
    expect(await readdir(engines)).toEqual([]);
  });
});
