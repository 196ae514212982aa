/** Packs the extension for a platform with the editor's own tool, which must have nothing to say against it. */
import { execFile } from 'node:child_process';
import { mkdir, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import manifest from '../../package.json' with { type: 'json' };
import { stage } from './stage.ts';
import { mostBytes, type TargetName } from './targets.ts';

const run = promisify(execFile);
const root = fileURLToPath(new URL('../..', import.meta.url));
const vsce = path.join(root, 'node_modules/@vscode/vsce/vsce');

/** Where everything is built and the packed files lie. */
export const vsixFolder = path.join(root, '.cache/vsix');

export interface Packed {
  readonly target: TargetName;
  readonly file: string;
  readonly bytes: number;
}

/** Builds the bundle, without what earlier builds left. @returns its folder. */
export async function buildBundle(): Promise<string> {
  const dist = path.join(vsixFolder, 'dist');
  await run(process.execPath, ['esbuild.mjs', '--clean', '--outdir', dist], { cwd: root });
  return dist;
}

/** @throws Error if a package cannot be fetched, on any warning of `vsce`, or if the file is too large. */
export async function pack(target: TargetName, dist: string, signal: AbortSignal): Promise<Packed> {
  const folder = path.join(vsixFolder, target);
  const file = path.join(vsixFolder, `${manifest.name}-${manifest.version}-${target}.vsix`);
  await mkdir(vsixFolder, { recursive: true });
  await stage(target, dist, folder, signal);
  const flags = [
    ...['--target', target, '--out', file],
    // There is no public repository to name, and none is invented.
    ...['--allow-missing-repository', '--no-rewrite-relative-links'],
  ];
  const { stdout, stderr } = await run(process.execPath, [vsce, 'package', ...flags], {
    cwd: folder,
    env: { ...process.env, FORCE_COLOR: '0', NO_COLOR: '1' },
    maxBuffer: 1e8,
    signal,
  });
  const warnings = `${stdout}\n${stderr}`.split('\n').filter((line) => /\bWARN/.test(line));
  if (warnings.length > 0) throw new Error(`vsce package ${target} warned:\n${warnings.join('\n')}`);
  const { size: bytes } = await stat(file);
  if (bytes > mostBytes) throw new Error(`${file} has ${bytes} bytes; at most ${mostBytes} are allowed.`);
  await rm(folder, { recursive: true });
  return { target, file, bytes };
}
