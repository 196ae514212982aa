/** The npm client as a child process: found without a shell, cancelled with everything that it started. */
import { spawn } from 'node:child_process';
import { access, constants, realpath } from 'node:fs/promises';
import path from 'node:path';
import { cancelled, PixelwrightError } from '../../../errors.ts';
import type { Environment } from '../../../home-folder.ts';

/** A program and the arguments that come before npm's own. */
export interface NpmClient {
  readonly command: string;
  readonly args: readonly string[];
}

/** Where Node's installers put npm, seen from the folder of the node program: Windows, then elsewhere. */
const besideNode = ['node_modules/npm/bin/npm-cli.js', '../lib/node_modules/npm/bin/npm-cli.js'];

/**
 * npm as it started us, else npm beside this Node, else the first npm on the path.
 * @throws PixelwrightError `engine-unavailable` where there is none.
 */
export async function npmClient(
  environment: Environment,
  node: string = process.execPath,
): Promise<NpmClient> {
  const started = environment['npm_execpath'] ?? '';
  const beside = besideNode.map((place) => path.resolve(path.dirname(node), place));
  for (const script of [...(path.basename(started) === 'npm-cli.js' ? [started] : []), ...beside]) {
    if (await exists(script, constants.R_OK)) return { command: node, args: [script] };
  }
  for (const folder of (environment['PATH'] ?? environment['Path'] ?? '').split(path.delimiter)) {
    const found = folder === '' ? undefined : await npmIn(folder, node);
    if (found !== undefined) return found;
  }
  throw new PixelwrightError(
    'engine-unavailable',
    'The npm client was not found: it fetches the libraries.',
    {
      next: 'Install npm (it comes with Node from nodejs.org), or put its folder on the PATH.',
    },
  );
}

/** On Windows `npm.cmd` would need a shell, so its script is taken, or the program of a version manager. */
async function npmIn(folder: string, node: string): Promise<NpmClient | undefined> {
  const script = path.join(folder, 'node_modules', 'npm', 'bin', 'npm-cli.js');
  const program = path.join(folder, process.platform === 'win32' ? 'npm.exe' : 'npm');
  if (await exists(program, constants.X_OK)) {
    const real = await realpath(program);
    return real.endsWith('.js') ? { command: node, args: [real] } : { command: program, args: [] };
  }
  return (await exists(script, constants.R_OK)) ? { command: node, args: [script] } : undefined;
}

async function exists(file: string, mode: number): Promise<boolean> {
  return access(file, mode).then(
    () => true,
    () => false,
  );
}

export interface NpmOptions {
  readonly cwd: string;
  readonly signal: AbortSignal;
  readonly environment?: Environment;
}

/** Text of npm's answer that is kept for an error. */
const keptCharacters = 4000;

/**
 * Runs npm to its end; settles only once the process is gone.
 * @throws PixelwrightError `cancelled`, or `network` with what npm said.
 */
export async function runNpm(
  client: NpmClient,
  args: readonly string[],
  { cwd, signal, environment = process.env }: NpmOptions,
): Promise<void> {
  if (signal.aborted) throw cancelled(signal.reason);
  const child = spawn(client.command, [...client.args, ...args], {
    cwd,
    // So that an editor's own program, which is Electron, runs npm's script as Node does.
    env: { ...environment, ELECTRON_RUN_AS_NODE: '1' },
    stdio: ['ignore', 'pipe', 'pipe'],
    windowsHide: true,
  });
  const stop = (): void => {
    child.kill();
  };
  signal.addEventListener('abort', stop, { once: true });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      said = (said + text).slice(-keptCharacters);
    });
  }
  try {
    const status = await new Promise<number | null>((resolve, reject) => {
      child.once('error', reject);
      child.once('close', resolve);
    });
    if (signal.aborted) throw cancelled(signal.reason);
    if (status !== 0) throw npmFailed(status, said);
  } catch (cause) {
    if (cause instanceof PixelwrightError) throw cause;
    throw npmFailed(null, String(cause));
  } finally {
    signal.removeEventListener('abort', stop);
  }
}

function npmFailed(status: number | null, said: string): PixelwrightError {
  const lines = said.split('\n').flatMap((line) => /^npm (?:error|ERR!) (?<text>.*)/.exec(line)?.[1] ?? []);
  const first = lines.find((line) => !/^(?:code|errno|syscall|A complete log)/.test(line));
  return new PixelwrightError(
    'network',
    `npm could not install the libraries: ${first ?? (said.trim() || `it ended with ${status}`)}`,
    {
      next: 'Check the connection and the registry and proxy of npm ("npm config list"), then run the command again.',
      details: { status, said },
    },
  );
}
