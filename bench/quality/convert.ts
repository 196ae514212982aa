/** Converts a picture with the built command line, in a process of its own, as a user does. */
import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

export interface ConversionOptions {
  /** The built `cli.js`. */
  readonly commandLine: string;
  readonly strategy: 'measured' | 'perceived';
  /** Of the server that runs the model. */
  readonly baseUrl?: string;
  /** Where the page is written, as `<stem of the picture>.html`. */
  readonly folder: string;
}

export interface Conversion {
  readonly page: string;
  /** Wall time of the whole process, start included. */
  readonly seconds: number;
}

/** @throws Error with the end of stderr if the process fails or takes longer than five minutes. */
export async function convert(
  picture: string,
  { commandLine, strategy, baseUrl, folder }: ConversionOptions,
  signal: AbortSignal,
): Promise<Conversion> {
  const started = performance.now();
  const server = baseUrl === undefined ? [] : ['--base-url', baseUrl];
  try {
    await run(
      process.execPath,
      [commandLine, 'convert', picture, '--strategy', strategy, ...server, '--out', folder],
      { signal, timeout: 300_000 },
    );
  } catch (error) {
    const stderr = error instanceof Error && 'stderr' in error ? String(error.stderr).trim().slice(-600) : '';
    throw new Error(`convert ${path.basename(picture)} failed. ${stderr}`, { cause: error });
  }
  const seconds = (performance.now() - started) / 1000;
  return { page: path.join(folder, `${path.parse(picture).name}.html`), seconds };
}
