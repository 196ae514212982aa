/** Lays out what one platform's `.vsix` holds: the bundle, its native packages, a manifest without what npm needs. */
import { cp, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { npmClient, runNpm } from '../../shared/engine/native/gpu/npm-client.ts';
import { leaveOut, nameModules } from './slim.ts';
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

/** Files of our own beside the bundle. */
const own = ['LICENSE', 'media/icon.png', 'media/walkthrough', 'l10n'] as const;

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

  await cp(dist, path.join(folder, 'dist'), { recursive: true });
  const texts = (await readdir(root)).filter((name) => /^package\.nls.*\.json$/.test(name));
  for (const name of [...own, ...texts]) {
    await cp(path.join(root, name), path.join(folder, name), { recursive: true });
  }
  await cp(path.join(root, 'extension/README.md'), path.join(folder, 'README.md'));
  await leaveOut(folder, engine);
  await nameModules(path.join(folder, 'dist'));
  await writeManifest(folder, engine);
  // vsce wants to be told that nothing else is to be left out.
  await writeFile(path.join(folder, '.vscodeignore'), 'node_modules/.package-lock.json\n');
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
