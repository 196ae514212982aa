/** Lays out what one platform's `.vsix` holds: the bundle, its native packages, a manifest without what npm needs. */
import { cp, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { npmClient, runNpm } from '../../shared/engine/native/gpu/npm-client.ts';
import { pinsOf } from '../../shared/engine/native/library/pins.ts';
import { type TargetName, targets } from './targets.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

const manifestSchema = z.looseObject({
  dependencies: z.record(z.string(), z.string()),
  optionalDependencies: z.record(z.string(), z.string()),
});

/** What an editor has no use for. */
const npmOnly = [
  'mcpName',
  'sideEffects',
  'bin',
  'files',
  'scripts',
  'devDependencies',
  'optionalDependencies',
  'overrides',
] as const;

/** Of packages: sources, types, documents; the licences stay. */
const needless =
  /(?:^|\/)(?:vendor|doc|docs|CHANGELOG\.md)(?:\/|$)|\.(?:map|d\.[cm]?ts|ts|cc?|cpp|hh?|hpp|gyp|rs|toml)$/;

/** Files of our own beside the bundle. */
const own = ['LICENSE', 'media/icon.png', 'l10n'] as const;

/**
 * @param dist a bundle that was built clean
 * @param folder is made anew
 * @throws Error if a package cannot be fetched
 */
export async function stage(
  target: TargetName,
  dist: string,
  folder: string,
  signal: AbortSignal,
): Promise<void> {
  const { os, cpu, engine } = targets[target];
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  for (const name of ['package.json', 'package-lock.json']) {
    await cp(path.join(root, name), path.join(folder, name));
  }
  const platform = [`--os=${os}`, `--cpu=${cpu}`, ...(os === 'linux' ? ['--libc=glibc'] : [])];
  const quick = ['--omit=dev', '--ignore-scripts', '--prefer-offline', '--no-audit', '--no-fund'];
  await runNpm(await npmClient(process.env), ['ci', ...quick, ...platform], { cwd: folder, signal });
  await rm(path.join(folder, 'package-lock.json'));

  const isNeeded = (source: string) => !source.endsWith('.map');
  await cp(dist, path.join(folder, 'dist'), { recursive: true, filter: isNeeded });
  const texts = (await readdir(root)).filter((name) => /^package\.nls.*\.json$/.test(name));
  for (const name of [...own, ...texts]) {
    await cp(path.join(root, name), path.join(folder, name), { recursive: true });
  }
  await cp(path.join(root, 'extension/README.md'), path.join(folder, 'README.md'));
  await slim(path.join(folder, 'node_modules'), engine);
  await writeManifest(folder, engine);
  // vsce wants to be told that nothing else is to be left out.
  await writeFile(path.join(folder, '.vscodeignore'), 'node_modules/.package-lock.json\n');
}

async function slim(modules: string, engine: string): Promise<void> {
  const scope = path.join(modules, '@node-llama-cpp');
  // One of them claims to be for another platform too.
  for (const name of await readdir(scope)) {
    if (name !== engine) await rm(path.join(scope, name), { recursive: true });
  }
  const libraries = path.join(scope, engine, 'bins', engine);
  const pinned = pinsOf(engine);
  for (const name of await readdir(libraries)) {
    if (!(name in pinned)) await rm(path.join(libraries, name), { recursive: true });
  }
  await rm(path.join(modules, '.bin'), { recursive: true, force: true });
  for (const entry of await readdir(modules, { recursive: true })) {
    const name = entry.split(path.sep).join('/');
    if (needless.test(name)) await rm(path.join(modules, entry), { recursive: true, force: true });
  }
}

async function writeManifest(folder: string, engine: string): Promise<void> {
  const file = path.join(folder, 'package.json');
  const manifest = manifestSchema.parse(JSON.parse(await readFile(file, 'utf8')));
  const name = `@node-llama-cpp/${engine}`;
  const version = manifest.optionalDependencies[name];
  if (version === undefined) throw new Error(`Expected ${name} under "optionalDependencies".`);
  const kept = Object.entries(manifest).filter(([key]) => !npmOnly.some((dropped) => dropped === key));
  const dependencies = { ...manifest.dependencies, [name]: version };
  const trimmed = { ...Object.fromEntries(kept), dependencies };
  await writeFile(file, `${JSON.stringify(trimmed, undefined, 2)}\n`);
}
