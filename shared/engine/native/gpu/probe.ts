/** Asks a process of its own what the native libraries find on this machine. */
import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { builtFile } from '../../../built-file.ts';
import type { Device } from '../../../config.ts';
import { cancelled, errorCodes, PixelwrightError } from '../../../errors.ts';
import type { Environment } from '../../../home-folder.ts';
import { useServerInstead } from '../library/platforms.ts';
import { type ProbeReport, probeAnswerSchema } from './probe-report.ts';

export interface ProbeOptions {
  readonly signal: AbortSignal;
  readonly environment: Environment;
  /** The script that answers; the built one if not given. */
  readonly script?: string;
}

/** Some drivers compile their programs at the first start. */
const limitMs = 60_000;

/**
 * @throws PixelwrightError `engine-unavailable` without fit libraries, `engine-crashed` where loading them
 * ends the process, as a broken driver does, and `cancelled`.
 */
export async function probeLibraries(device: Device, options: ProbeOptions): Promise<ProbeReport> {
  const { signal, environment, script = fileURLToPath(builtFile('native-probe.js')) } = options;
  const { stdout, stderr, ended } = await run(script, device, environment, signal);
  if (signal.aborted) throw cancelled(signal.reason);
  const answer = probeAnswerSchema.safeParse(jsonOf(stdout));
  if (!answer.success) throw crashed(device, ended ?? 'it gave no answer', stderr);
  if ('report' in answer.data) return answer.data.report;
  const { code, message, next } = answer.data.error;
  const known = errorCodes.find((one) => one === code) ?? 'engine-unavailable';
  throw new PixelwrightError(known, message, next === undefined ? {} : { next });
}

interface Ending {
  readonly stdout: string;
  readonly stderr: string;
  /** How it ended, where that was not well. */
  readonly ended?: string;
}

function run(script: string, device: Device, environment: Environment, signal: AbortSignal): Promise<Ending> {
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      [script, device],
      // So that an editor's own program, which is Electron, runs the script as Node does.
      {
        env: { ...environment, ELECTRON_RUN_AS_NODE: '1' },
        signal,
        timeout: limitMs,
        windowsHide: true,
      },
      (error, stdout, stderr) => {
        const ended = error === null ? {} : { ended: String(error.signal ?? `exit code ${error.code}`) };
        resolve({ stdout, stderr, ...ended });
      },
    );
  });
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // Half a line is no answer; how the process ended tells more.
    return undefined;
  }
}

function crashed(device: Device, ended: string, stderr: string): PixelwrightError {
  return new PixelwrightError(
    'engine-crashed',
    `Loading the libraries of the native engine ended their process: ${ended}.`,
    {
      next:
        device === 'cpu'
          ? useServerInstead
          : 'The driver of the GPU may be broken: update it, or use --device cpu.',
      details: { ended, stderr: stderr.slice(-2000) },
    },
  );
}
