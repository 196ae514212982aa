/** A folder in which a built llama-server finds the libraries of the npm package under its own names. */
import { existsSync } from 'node:fs';
import { mkdir, readdir, rm, symlink } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const packages = fileURLToPath(new URL('../../../node_modules/@node-llama-cpp/', import.meta.url));
const cache = fileURLToPath(new URL('../../../.cache/', import.meta.url));

/** The names that the linker wrote into llama-server, and the shipped files that stand for them. */
const aliases: readonly (readonly [string, RegExp])[] = [
  ['libllama.so.0', /^libllama(\.vulkan)?\.v[\d.]+\.so$/],
  ['libggml.so.0', /^libggml(\.vulkan)?\.v[\d.]+\.so$/],
  ['libggml-base.so.0', /^libggml-base\.so$/],
];

/** Where the libraries of this machine's package lie; none where only Linux's are known to work. */
export function shippedFolder(): string | undefined {
  if (process.platform !== 'linux') return undefined;
  const names = process.arch === 'arm64' ? ['linux-arm64'] : ['linux-x64-vulkan', 'linux-x64'];
  return names.map((name) => path.join(packages, name, 'bins', name)).find((folder) => existsSync(folder));
}

/** The CPU variants in the package: `haswell`, `zen4`, … */
export async function cpuVariants(): Promise<string[]> {
  const folder = shippedFolder();
  if (folder === undefined) return [];
  return (await readdir(folder)).flatMap((name) => /^libggml-cpu-(\w+)\.so$/.exec(name)?.[1] ?? []);
}

/**
 * Links the shipped libraries into a folder of the cache; to be the working directory and LD_LIBRARY_PATH of
 * llama-server, which looks for its backends where it is started.
 * @param variant links this CPU variant alone, so that no other is chosen.
 */
export async function linkShippedLibraries(variant?: string): Promise<string> {
  const from = shippedFolder();
  if (from === undefined) throw new Error('Expected the libraries of @node-llama-cpp for Linux, found none.');
  const folder = path.join(cache, `llama-server-libraries-${variant ?? 'all'}`);
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  const names = (await readdir(from)).filter((name) => /^lib.*\.so$/.test(name));
  for (const name of names) {
    const isOther = name.startsWith('libggml-cpu-') && name !== `libggml-cpu-${variant}.so`;
    if (variant === undefined || !isOther) await symlink(path.join(from, name), path.join(folder, name));
  }
  for (const [alias, pattern] of aliases) {
    const name = names.find((candidate) => pattern.test(candidate));
    if (name === undefined) throw new Error(`Expected a library like ${pattern} in ${from}, found none.`);
    await symlink(path.join(from, name), path.join(folder, alias));
  }
  return folder;
}
