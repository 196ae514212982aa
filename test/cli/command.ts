/** Runs the built command as a user would: its own process, its own folder, no settings of this machine. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';

const cli = fileURLToPath(new URL('../../dist/cli.js', import.meta.url));

export interface Finished {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Running {
  readonly process: ChildProcess;
  /** Resolves with everything on stderr so far once it holds `text`; rejects if the process ends before. */
  says(text: string): Promise<string>;
  readonly finished: Promise<Finished>;
}

export interface CommandOptions {
  readonly cwd: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly uid?: number;
}

/** Starts `pixelwright …`; the process is ended with the test if it still runs. */
export function start(args: readonly string[], { cwd, env = {}, uid }: CommandOptions): Running {
  const inherited = Object.entries(process.env).filter(
    ([name]) => !/^(PIXELWRIGHT_|XDG_|HF_|HOME$)/.test(name),
  );
  const child = spawn(process.execPath, [cli, ...args], {
    cwd,
    // A browser for each page would take longer than all else here; the tests of fitting ask for it.
    env: { ...Object.fromEntries(inherited), HOME: cwd, PIXELWRIGHT_FIT: 'never', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
    ...(uid === undefined ? {} : { uid }),
  });
  onTestFinished(() => {
    child.kill('SIGKILL');
  });
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
  });
  const finished = once(child, 'close').then(([code]) => ({
    code: typeof code === 'number' ? code : null,
    stdout,
    stderr,
  }));
  const says = (text: string): Promise<string> =>
    new Promise((resolve, reject) => {
      const look = (): void => {
        if (stderr.includes(text)) resolve(stderr);
      };
      look();
      child.stderr.on('data', look);
      void finished.then(() => reject(new Error(`It ended without saying "${text}":\n${stderr}`)));
    });
  return { process: child, says, finished };
}

export async function run(args: readonly string[], options: CommandOptions): Promise<Finished> {
  return await start(args, options).finished;
}

/** A new folder with these files, gone after the test. */
export async function folder(files: Readonly<Record<string, string | Uint8Array>> = {}): Promise<string> {
  const made = await mkdtemp(path.join(tmpdir(), 'pixelwright-test-'));
  onTestFinished(() => rm(made, { recursive: true, force: true }));
  for (const [name, content] of Object.entries(files)) {
    await mkdir(path.dirname(path.join(made, name)), { recursive: true });
    await writeFile(path.join(made, name), content);
  }
  return made;
}

/** Everything below a folder, sorted, hidden and temporary files too. */
export async function contents(directory: string): Promise<string[]> {
  const entries = await readdir(directory, { recursive: true, withFileTypes: true });
  return entries
    .map(
      (entry) =>
        path.relative(directory, path.join(entry.parentPath, entry.name)) + (entry.isDirectory() ? '/' : ''),
    )
    .sort();
}
