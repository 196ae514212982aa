/** Size of a default install on each platform, as a Markdown table; `--write` puts it into the README. */
import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { npmClient, runNpm } from '../shared/engine/native/gpu/npm-client.ts';
import { markdownTable, replaceBetween } from './readme.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const readme = path.join(root, 'README.md');

/** The aim: no platform above it. */
const mostMegabytes = 200;

/** What npm calls the platforms. */
const platforms = [
  ['linux', 'x64', 'glibc'],
  ['linux', 'arm64', 'glibc'],
  ['win32', 'x64', undefined],
  ['win32', 'arm64', undefined],
  ['darwin', 'arm64', undefined],
  ['darwin', 'x64', undefined],
] as const;

const { values } = parseArgs({
  options: { write: { type: 'boolean', default: false }, tarball: { type: 'string' } },
});
const folder = await mkdtemp(path.join(os.tmpdir(), 'pixelwright-size-'));
const npm = await npmClient(process.env);
const signal = AbortSignal.timeout(30 * 60_000);
try {
  const tarball = values.tarball === undefined ? await pack() : path.resolve(values.tarball);
  const rows: string[][] = [];
  let largest = 0;
  for (const platform of platforms) {
    const sizes = await install(tarball, platform);
    const total = sum(sizes.values());
    largest = Math.max(largest, total);
    const packages = [...sizes].toSorted(([, a], [, b]) => b - a);
    const five = packages.slice(0, 5).map(([name, bytes]) => `${name} ${megabytes(bytes)}`);
    const own = megabytes(sizes.get('pixelwright') ?? 0);
    rows.push([platform.slice(0, 2).join(' '), megabytes(total), own, five.join(', ')]);
  }
  const table = markdownTable(['platform', 'MB on disk', 'of it our own part', 'the largest five'], rows);
  process.stdout.write(`${table}\n`);
  if (values.write) {
    await writeFile(readme, replaceBetween(await readFile(readme, 'utf8'), 'install', table));
  }
  if (largest > mostMegabytes * 1e6) {
    process.stderr.write(
      `A platform needs ${megabytes(largest)} MB; at most ${mostMegabytes} are allowed.\n`,
    );
    process.exitCode = 1;
  }
} finally {
  await rm(folder, { recursive: true, force: true });
}

/** Packs the tree as a release would be, which builds it first. */
async function pack(): Promise<string> {
  await runNpm(npm, ['pack', '--pack-destination', folder], { cwd: root, signal });
  const [file] = (await readdir(folder)).filter((name) => name.endsWith('.tgz'));
  if (file === undefined) throw new Error('npm pack made no tarball');
  return path.join(folder, file);
}

/** Bytes by package, after a production install for a platform that need not be this one. */
async function install(
  tarball: string,
  [system, cpu, libc]: (typeof platforms)[number],
): Promise<Map<string, number>> {
  const place = path.join(folder, `${system}-${cpu}`);
  await mkdir(place);
  await writeFile(path.join(place, 'package.json'), '{"private":true}');
  const target = [`--os=${system}`, `--cpu=${cpu}`, ...(libc === undefined ? [] : [`--libc=${libc}`])];
  const quick = ['--ignore-scripts', '--omit=dev', '--no-audit', '--no-fund', '--no-package-lock'];
  await runNpm(npm, ['install', ...quick, ...target, tarball], { cwd: place, signal });
  const modules = path.join(place, 'node_modules');
  const sizes = new Map<string, number>();
  for (const name of await readdir(modules)) {
    const scoped = name.startsWith('@') ? await readdir(path.join(modules, name)) : [];
    for (const full of name.startsWith('@') ? scoped.map((part) => `${name}/${part}`) : [name]) {
      sizes.set(full, await bytesOnDisk(path.join(modules, full)));
    }
  }
  await rm(place, { recursive: true });
  return sizes;
}

/** Whole blocks of 4 KiB, which is what a file takes on common file systems. */
async function bytesOnDisk(place: string): Promise<number> {
  const entries = await readdir(place, { recursive: true, withFileTypes: true }).catch(() => []);
  const files = entries.filter((entry) => entry.isFile());
  const sizes = await Promise.all(
    files.map(async (file) => (await stat(path.join(file.parentPath, file.name))).size),
  );
  return sum(sizes.map((size) => Math.ceil(size / 4096) * 4096));
}

function sum(numbers: Iterable<number>): number {
  return [...numbers].reduce((total, number) => total + number, 0);
}

function megabytes(bytes: number): string {
  return (bytes / 1e6).toFixed(bytes < 1e7 ? 1 : 0);
}
