/** The servers that are compared, and how each is started and asked about a picture. */
import { execFile } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

export interface Contestant {
  readonly name: string;
  readonly command: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  /** A call that has the model look at one picture. */
  readonly call: (picture: string) => { readonly name: string; readonly arguments: Record<string, unknown> };
}

const root = fileURLToPath(new URL('../..', import.meta.url));
const peer = { name: '@z_ai/mcp-server', version: '0.1.5' } as const;

/** @param model base URL of the model's server, which both are given. */
export function ours(model: string): Contestant {
  const args = ['mcp', '--base-url', `${model}/v1`, '--allow-private-hosts', '127.0.0.1'];
  return {
    name: 'Pixelwright',
    command: [process.execPath, path.join(root, 'dist', 'cli.js'), ...args],
    env: {},
    call: (image) => ({ name: 'describe_image', arguments: { image } }),
  };
}

/** Installed from npm once, outside of the product. Without a mode it asks nobody but `model`. */
export async function theirs(model: string): Promise<Contestant> {
  const folder = path.join(root, '.cache', 'peers', 'z-ai');
  await mkdir(folder, { recursive: true });
  const dependencies = { [peer.name]: peer.version };
  await writeFile(path.join(folder, 'package.json'), JSON.stringify({ private: true, dependencies }));
  const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
  await promisify(execFile)(npm, ['install', '--no-audit', '--no-fund', '--prefer-offline'], { cwd: folder });
  return {
    name: `${peer.name} ${peer.version}`,
    command: [process.execPath, path.join(folder, 'node_modules', peer.name, 'build', 'index.js')],
    env: { Z_AI_API_KEY: 'unused', Z_AI_BASE_URL: `${model}/v1/` },
    call: (image_source) => ({
      name: 'analyze_image',
      arguments: { image_source, prompt: 'What is this?' },
    }),
  };
}
