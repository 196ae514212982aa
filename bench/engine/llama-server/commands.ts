/** Runs the tools that a build needs, without a shell, their words going to stderr. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';

interface CommandOptions {
  readonly signal: AbortSignal;
  readonly folder?: string;
}

/** @throws Error with the command line if the tool cannot be started or fails. */
export async function runCommand(
  command: string,
  args: readonly string[],
  options: CommandOptions,
): Promise<void> {
  const child = spawn(command, args, {
    stdio: ['ignore', process.stderr, process.stderr],
    signal: options.signal,
    ...(options.folder === undefined ? {} : { cwd: options.folder }),
  });
  const [code] = await once(child, 'close');
  if (code !== 0)
    throw new Error(`Expected this to end with 0, it ended with ${code}: ${[command, ...args].join(' ')}`);
}

export async function hasCommand(command: string, signal: AbortSignal): Promise<boolean> {
  const child = spawn(command, ['--version'], { stdio: 'ignore', signal });
  try {
    await once(child, 'close');
    return true;
  } catch (cause) {
    if (cause instanceof Error && 'code' in cause && cause.code === 'ENOENT') return false;
    throw cause;
  }
}
