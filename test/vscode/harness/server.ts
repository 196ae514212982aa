/** Starts the installed VS Code's server with a home of its own, and ends it with everything that it started. */
import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { mkdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';
import { z } from 'zod';
import type { VsCode } from './install.ts';

const run = promisify(execFile);

export interface ServerOptions {
  /** An empty folder of the caller's, who also removes it: home, settings and logs of the server. */
  readonly home: string;
  /** Packed extensions that are installed before the start. */
  readonly vsix?: readonly string[];
  /** Folders of extensions that are loaded from where they lie. */
  readonly development?: readonly string[];
  /** Of the machine that the server runs on. */
  readonly settings?: Readonly<Record<string, unknown>>;
  /** Added to the environment of the server, and so of the extension. */
  readonly environment?: Readonly<Record<string, string>>;
}

export interface VsCodeServer {
  /** `http://127.0.0.1:PORT` */
  readonly origin: string;
  /** The machine's settings, from where alone a server takes those of scope "machine"; VS Code watches the file. */
  readonly settingsFile: string;
  /** The process, leader of its group. */
  readonly pid: number;
  stop(): Promise<void>;
}

const manifestSchema = z.object({ publisher: z.string(), name: z.string(), version: z.string() });

/** Settings that keep the workbench quiet: nothing opens, asks or fetches by itself. */
const quiet = {
  'telemetry.telemetryLevel': 'off',
  'workbench.startupEditor': 'none',
  'workbench.tips.enabled': false,
  // What fades in cannot be seen in a picture of that moment.
  'workbench.reduceMotion': 'on',
  'workbench.editor.empty.hint': 'hidden',
  'workbench.enableExperiments': false,
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'extensions.ignoreRecommendations': true,
  'extensions.autoCheckUpdates': false,
  'git.enabled': false,
  // As on a desktop; in a browser VS Code saves by itself.
  'files.autoSave': 'off',
  'chat.commandCenter.enabled': false,
  'files.simpleDialog.enable': true,
  'json.schemaDownload.enable': false,
  'npm.fetchOnlinePackageInfo': false,
  'typescript.disableAutomaticTypeAcquisition': true,
};

/** @throws Error if an extension cannot be installed or the server is not healthy after a minute. */
export async function startVsCode(vscode: VsCode, options: ServerOptions): Promise<VsCodeServer> {
  const { home } = options;
  const data = path.join(home, 'data');
  const userFile = path.join(data, 'User/settings.json');
  const settingsFile = path.join(data, 'Machine/settings.json');
  for (const file of [userFile, settingsFile]) await mkdir(path.dirname(file), { recursive: true });
  await mkdir(path.join(home, 'tmp'), { recursive: true });
  await writeFile(path.join(home, 'config.yaml'), '');
  await writeFile(userFile, JSON.stringify(quiet, undefined, 2));
  await writeFile(settingsFile, JSON.stringify({ ...options.settings }, undefined, 2));
  const env = environmentOf(home, options.environment ?? {});
  const common = [
    vscode.entry,
    ...['--config', path.join(home, 'config.yaml')],
    ...['--user-data-dir', data],
    ...['--extensions-dir', path.join(home, 'extensions')],
  ];
  for (const file of options.vsix ?? []) {
    await run(vscode.node, [...common, '--install-extension', file, '--force'], { env, cwd: home });
  }
  for (const folder of options.development ?? []) await link(folder, path.join(home, 'extensions'));
  const port = await freePort();
  const origin = `http://127.0.0.1:${port}`;
  const child = spawn(
    vscode.node,
    [
      ...common,
      ...['--bind-addr', `127.0.0.1:${port}`, '--auth', 'none'],
      ...['--disable-telemetry', '--disable-update-check', '--disable-workspace-trust'],
      '--disable-getting-started-override',
      // A second net: should the tests' process be killed, the server ends by itself.
      ...['--idle-timeout-seconds', '120'],
    ],
    { env, cwd: home, detached: true, stdio: ['ignore', 'pipe', 'pipe'] },
  );
  const log = createWriteStream(path.join(home, 'server.log'));
  child.stdout.pipe(log, { end: false });
  child.stderr.pipe(log, { end: false });
  await once(child, 'spawn');
  const stop = () => stopGroup(child);
  try {
    await healthy(origin, child);
  } catch (error) {
    await stop();
    throw error;
  }
  return { origin, settingsFile, pid: child.pid ?? 0, stop };
}

/**
 * VS Code has an own way (extensionDevelopmentPath), but on a server it comes with the smoke test driver, and with
 * that no notification is ever shown.
 */
async function link(folder: string, extensions: string): Promise<void> {
  const manifest = manifestSchema.parse(
    JSON.parse(await readFile(path.join(folder, 'package.json'), 'utf8')),
  );
  await mkdir(extensions, { recursive: true });
  const name = `${manifest.publisher}.${manifest.name}-${manifest.version}`;
  await symlink(folder, path.join(extensions, name), 'dir');
}

/** Nothing of the user's VS Code, and no way to a gallery. */
function environmentOf(home: string, added: Readonly<Record<string, string>>): NodeJS.ProcessEnv {
  const inherited = Object.entries(process.env).filter(
    ([name]) => !/^(VSCODE_|PIXELWRIGHT_|ELECTRON_|VITEST|NODE_OPTIONS)/.test(name),
  );
  return {
    ...Object.fromEntries(inherited),
    HOME: home,
    XDG_CONFIG_HOME: path.join(home, '.config'),
    XDG_DATA_HOME: path.join(home, '.local/share'),
    XDG_CACHE_HOME: path.join(home, '.cache'),
    XDG_STATE_HOME: path.join(home, '.local/state'),
    TMPDIR: path.join(home, 'tmp'),
    EXTENSIONS_GALLERY: '{"serviceUrl":""}',
    ...added,
  };
}

/** Where nobody listens at this moment. */
export async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const address = probe.address();
  probe.close();
  await once(probe, 'close');
  // A listening TCP server's address is never a pipe name.
  return typeof address === 'object' && address !== null ? address.port : 0;
}

async function healthy(origin: string, child: ChildProcess): Promise<void> {
  for (let attempt = 0; attempt < 300; attempt += 1) {
    if (child.exitCode !== null) throw new Error(`VS Code's server ended with ${child.exitCode}.`);
    const answer = await fetch(`${origin}/healthz`).catch(() => undefined);
    if (answer?.ok === true) return;
    await delay(200);
  }
  throw new Error("VS Code's server was not healthy after a minute.");
}

/** The server ends its extension hosts when asked to; what is left of the group after that is killed. */
async function stopGroup(child: ChildProcess): Promise<void> {
  const { pid } = child;
  if (pid === undefined) return;
  if (child.exitCode === null && child.signalCode === null) {
    const ended = once(child, 'exit');
    child.kill('SIGTERM');
    await Promise.race([ended, delay(5_000, undefined, { ref: false })]);
  }
  try {
    process.kill(-pid, 'SIGKILL');
  } catch (error) {
    // Nobody is left in the group.
    if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error;
  }
}
