/** Bundles the command line and the workers into `dist/`; npm packages stay outside the bundle. */
import { build } from 'esbuild';

await build({
  entryPoints: { cli: 'cli/main.ts', 'facts-worker': 'shared/facts/worker.ts' },
  outdir: 'dist',
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node20',
  packages: 'external',
  sourcemap: 'linked',
  logLevel: 'warning',
});
