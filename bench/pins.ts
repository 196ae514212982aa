/** Writes the names and SHA-256 of every library that the native engine may load, for all platforms. */
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import manifest from '../package.json' with { type: 'json' };
import { npmClient, runNpm } from '../shared/engine/native/gpu/npm-client.ts';

const scope = '@node-llama-cpp/';
const target = new URL('../shared/engine/native/library/pins.json', import.meta.url);

/** Not loaded by us: the Node add-on with its import library, and the helpers of llama.cpp's own programs. */
const unused = /llama-addon|llama-common|\.json$/;

const versions = new Set(
  Object.entries(manifest.optionalDependencies).flatMap(([name, range]) =>
    name.startsWith(scope) ? [range] : [],
  ),
);
const [version, ...others] = versions;
if (version === undefined || others.length > 0) throw new Error(`expected one version, got ${[...versions]}`);

const names = [
  ...Object.keys(manifest.optionalDependencies).flatMap((name) =>
    name.startsWith(scope) ? [name.slice(scope.length)] : [],
  ),
  ...['win-arm64', 'linux-x64-cuda', 'linux-x64-cuda-ext', 'win-x64-cuda', 'win-x64-cuda-ext'],
].toSorted();

const folder = await mkdtemp(path.join(os.tmpdir(), 'pixelwright-pins-'));
try {
  await writeFile(path.join(folder, 'package.json'), '{"private":true}');
  const packages = names.map((name) => `${scope}${name}@${version}`);
  // --force: most of them are for other platforms.
  const args = ['install', '--force', '--ignore-scripts', '--no-audit', '--no-fund', '--no-package-lock'];
  const signal = AbortSignal.timeout(20 * 60_000);
  await runNpm(await npmClient(process.env), [...args, ...packages], { cwd: folder, signal });
  const pins: Record<string, Record<string, string>> = {};
  for (const name of names)
    pins[name] = await hashesOf(path.join(folder, 'node_modules', scope, name, 'bins'));
  await writeFile(target, `${JSON.stringify({ version, packages: pins }, null, 2)}\n`);
} finally {
  await rm(folder, { recursive: true, force: true });
}

/** By path below the one folder of `bins`, with forward slashes. */
async function hashesOf(bins: string): Promise<Record<string, string>> {
  const [only, ...rest] = await readdir(bins);
  if (only === undefined || rest.length > 0) throw new Error(`expected one folder in ${bins}`);
  const root = path.join(bins, only);
  const files = await readdir(root, { recursive: true, withFileTypes: true });
  const hashes: Record<string, string> = {};
  for (const file of files.filter((entry) => entry.isFile() && !unused.test(entry.name))) {
    const full = path.join(file.parentPath, file.name);
    const hash = createHash('sha256');
    await pipeline(createReadStream(full), hash);
    hashes[path.relative(root, full).split(path.sep).join('/')] = hash.digest('hex');
  }
  return Object.fromEntries(Object.entries(hashes).toSorted(([a], [b]) => (a < b ? -1 : 1)));
}
