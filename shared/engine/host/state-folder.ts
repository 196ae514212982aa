/** The folder for state and secrets of this user's engine hosts. */
import { chmod, mkdir, stat } from 'node:fs/promises';
import path from 'node:path';
import envPaths from 'env-paths';
import { PixelwrightError } from '../../errors.ts';

/**
 * `PIXELWRIGHT_HOME/host`, else where the platform keeps a user's state: `~/.local/state` on Linux,
 * `~/Library/Application Support` on macOS, `%LOCALAPPDATA%` on Windows, which other users cannot read.
 */
export function stateFolder(environment: Readonly<Record<string, string | undefined>>): string {
  const home = environment['PIXELWRIGHT_HOME'];
  if (home) return path.resolve(home, 'host');
  const { log, data } = envPaths('pixelwright', { suffix: '' });
  // On Linux env-paths keeps logs in the state folder of the XDG standard, and only there.
  return path.join(process.platform === 'linux' ? log : data, 'host');
}

/**
 * Makes the folder, or sees that an existing one is the user's own; others can neither enter nor read it.
 * @throws PixelwrightError `not-allowed` for another user's folder, `output-not-writable`.
 */
export async function openStateFolder(folder: string): Promise<void> {
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    // Windows has no owners in this sense; its folder inherits the rights of the user's profile.
    const own = process.getuid?.();
    if (own === undefined) return;
    const { uid, mode } = await stat(folder);
    if (uid !== own) throw notOurs(folder, uid, own);
    if ((mode & 0o077) !== 0) await chmod(folder, 0o700);
  } catch (cause) {
    if (cause instanceof PixelwrightError) throw cause;
    throw notWritable(folder, cause);
  }
}

export function notWritable(folder: string, cause: unknown): PixelwrightError {
  const reason = cause instanceof Error ? cause.message : String(cause);
  return new PixelwrightError(
    'output-not-writable',
    `The folder for the engine host's state, ${folder}, cannot be used: ${reason}.`,
    { next: 'Make it writable, or name another folder with PIXELWRIGHT_HOME.', cause },
  );
}

function notOurs(folder: string, uid: number, own: number): PixelwrightError {
  return new PixelwrightError(
    'not-allowed',
    `The folder for the engine host's state, ${folder}, belongs to user ${uid}; this process runs as user ${own}.`,
    {
      next: 'Run as the user who owns it, or name another folder with PIXELWRIGHT_HOME.',
      details: { uid, own },
    },
  );
}
