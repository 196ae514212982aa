/** The manifest and its lock, and what is packed: small, and installable on every platform from any registry. */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import manifest from '../package.json' with { type: 'json' };

const lockSchema = z.object({
  packages: z.record(
    z.string(),
    z.object({
      resolved: z.string().optional(),
      optionalDependencies: z.record(z.string(), z.string()).optional(),
    }),
  ),
});

const text = readFileSync(new URL('../package-lock.json', import.meta.url), 'utf8');
const { packages } = lockSchema.parse(JSON.parse(text));

describe('package-lock.json', () => {
  it('holds every platform’s binary package', () => {
    // npm leaves out what its registry lacks at that moment, and "npm ci" then refuses the lock everywhere else.
    const held = new Set(Object.keys(packages).map((path) => path.replace(/^.*node_modules\//, '')));
    const missing = Object.values(packages).flatMap(({ optionalDependencies = {} }) =>
      Object.keys(optionalDependencies).filter((name) => !held.has(name)),
    );
    expect(missing).toEqual([]);
  });

  it('names no registry, so that the one of the machine is used', () => {
    const named = Object.values(packages).flatMap(({ resolved }) => resolved ?? []);
    expect(named).toEqual([]);
  });
});

describe('what a user installs', () => {
  it('is a short list: all else is bundled, so that the install stays below 200 MB', () => {
    const rule =
      'a package goes under "devDependencies", from where esbuild.mjs takes it in; only what cannot be bundled is listed here ("npm run bench:install" measures it).';
    expect(Object.keys(manifest.dependencies), rule).toEqual([
      '@mariozechner/clipboard',
      '@napi-rs/canvas',
      'koffi',
      'sharp',
    ]);
    expect(Object.keys(manifest.optionalDependencies), rule).toEqual([
      '@node-llama-cpp/linux-arm64',
      '@node-llama-cpp/linux-x64-vulkan',
      '@node-llama-cpp/mac-arm64-metal',
      '@node-llama-cpp/mac-x64',
      '@node-llama-cpp/win-x64-vulkan',
    ]);
  });

  it('holds the workers, the recogniser’s data and all licences, and no source maps', () => {
    const files = packedFiles();
    for (const name of [
      'cli.js',
      'facts-worker.js',
      'compose-worker.js',
      'score-worker.js',
      'tesseract-worker.js',
      'tesseract-core-simd.wasm',
      'tesseract-core-relaxedsimd.wasm',
      'eng.traineddata.gz',
      'chi_sim.traineddata.gz',
      'playwright-core/lib/coreBundle.js',
      'THIRD-PARTY-LICENSES.txt',
    ]) {
      expect(files).toContain(`dist/${name}`);
    }
    expect(files.filter((file) => file.endsWith('.map'))).toEqual([]);
  });

  it('names the licence of each package that is built in', () => {
    const text = readFileSync(new URL('../dist/THIRD-PARTY-LICENSES.txt', import.meta.url), 'utf8');
    for (const name of ['commander', 'zod', 'undici', 'prettier', 'tesseract.js', 'tesseract.js-core']) {
      expect(text).toMatch(new RegExp(`^${name.replaceAll('.', '\\.')} \\d.*: \\S`, 'm'));
    }
    expect(text).not.toContain(': undefined');
  });
});

/** As npm would pack the tree as it is now; nothing is built or written. */
function packedFiles(): string[] {
  const answer = execFileSync('npm', ['pack', '--dry-run', '--ignore-scripts', '--json'], {
    cwd: fileURLToPath(new URL('..', import.meta.url)),
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
    shell: process.platform === 'win32',
  });
  const packs = z.array(z.object({ files: z.array(z.object({ path: z.string() })) }));
  return packs.parse(JSON.parse(answer)).flatMap(({ files }) => files.map((file) => file.path));
}
