/** Converts a picture with the built command line, in a process of its own, as a user does. */
import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

export interface Conversion {
  readonly page: string;
  /** Wall time of the whole process, start included. */
  readonly seconds: number;
}

/**
 * @param commandLine the built `cli.js`.
 * @param folder where the page is written, as `<stem of the picture>.html`.
 * @throws Error with the end of stderr if the process fails or takes longer than two minutes.
 */
export async function convert(
  commandLine: string,
  picture: string,
  folder: string,
  signal: AbortSignal,
): Promise<Conversion> {
  const started = performance.now();
  try {
    await run(
      process.execPath,
      [commandLine, 'convert', picture, '--strategy', 'measured', '--out', folder],
      {
        signal,
        timeout: 120_000,
      },
    );
  } catch (error) {
    const stderr = error instanceof Error && 'stderr' in error ? String(error.stderr).trim().slice(-600) : '';
    throw new Error(`convert ${path.basename(picture)} failed. ${stderr}`, { cause: error });
  }
  const seconds = (performance.now() - started) / 1000;
  return { page: path.join(folder, `${path.parse(picture).name}.html`), seconds };
}
