/** Bundles the command line and the workers into `dist/`; npm packages stay outside the bundle. */
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { build } from 'esbuild';

const outdir = path.resolve(import.meta.dirname, 'dist');

const result = await build({
  absWorkingDir: import.meta.dirname,
  entryPoints: {
    cli: 'cli/main.ts',
    'facts-worker': 'shared/facts/worker.ts',
    'compose-worker': 'shared/run/compose-worker.ts',
  },
  outdir,
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node20',
  packages: 'external',
  sourcemap: 'linked',
  logLevel: 'warning',
  write: false,
});

// Written beside and renamed, so that a run in another terminal never reads half a bundle.
await mkdir(outdir, { recursive: true });
for (const file of result.outputFiles) {
  const current = await readFile(file.path).catch(() => undefined);
  if (current?.equals(file.contents)) continue;
  const fresh = `${file.path}.${process.pid}.tmp`;
  const executable = path.basename(file.path) === 'cli.js';
  await writeFile(fresh, file.contents, { mode: executable ? 0o755 : 0o644 });
  await rename(fresh, file.path);
}

// Chunks carry a hash of their content: without this old ones would pile up in the package.
if (process.argv.includes('--clean')) {
  const kept = new Set(result.outputFiles.map((file) => path.basename(file.path)));
  for (const name of await readdir(outdir)) {
    if (!kept.has(name)) await rm(path.join(outdir, name), { recursive: true });
  }
}
