/** `npm run bundle`: packs this package with its production dependencies as an `.mcpb` file for this platform. */
import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { bundleManifest } from '../mcp-server/index.ts';
import { npmClient, runNpm } from '../shared/engine/native/gpu/npm-client.ts';
import { version } from '../shared/index.ts';

const run = promisify(execFile);
const root = fileURLToPath(new URL('..', import.meta.url));
const mcpb = path.join(root, 'node_modules', '@anthropic-ai', 'mcpb', 'dist', 'cli', 'cli.js');
const target = path.join(root, '.cache', 'bundle');
const staged = await mkdtemp(path.join(tmpdir(), 'pixelwright-bundle-'));
const signal = AbortSignal.timeout(10 * 60_000);
try {
  const npm = await npmClient(process.env);
  await runNpm(npm, ['pack', '--pack-destination', staged], { cwd: root, signal });
  const [tarball = ''] = (await readdir(staged)).filter((name) => name.endsWith('.tgz'));
  await writeFile(path.join(staged, 'package.json'), '{"private":true}');
  const quick = ['--omit=dev', '--no-audit', '--no-fund', '--no-package-lock', '--ignore-scripts'];
  await runNpm(npm, ['install', ...quick, path.join(staged, tarball)], { cwd: staged, signal });
  await rm(path.join(staged, tarball));
  const manifest = path.join(staged, 'manifest.json');
  await writeFile(manifest, `${JSON.stringify(bundleManifest(process.platform), null, 2)}\n`);
  await run(process.execPath, [mcpb, 'validate', manifest]);
  await mkdir(target, { recursive: true });
  const file = path.join(target, `pixelwright-${version}-${process.platform}-${process.arch}.mcpb`);
  await run(process.execPath, [mcpb, 'pack', staged, file], { maxBuffer: 64 * 1024 * 1024 });
  process.stdout.write(`${file}\n`);
} finally {
  await rm(staged, { recursive: true, force: true });
}
