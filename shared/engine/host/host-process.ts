/** A host as a process: its arguments, its log, how it tells its starter that it is ready, and how it ends. */
import { parseArgs } from 'node:util';
import { PixelwrightError } from '../../errors.ts';
import type { Log } from '../../log.ts';
import { toWireError } from '../openai/pixelwright.ts';
import { asOurs } from './host-server.ts';
import type { LoadEngine } from './loaded-model.ts';
import { runHost } from './run-host.ts';
import type { StartMessage } from './start-message.ts';

export interface HostProcessOptions {
  readonly load: (log: Log) => LoadEngine;
  /** Milliseconds without model and request after which the process ends; default a minute. */
  readonly lingerMs?: number;
}

/** Runs until nobody needs the host, a signal comes or somebody stops it; then ends the process. */
export async function hostProcess(options: HostProcessOptions): Promise<void> {
  try {
    const { folder, idleMs } = hostArguments(process.argv.slice(2));
    const { load, lingerMs = 60_000 } = options;
    const { host } = await runHost({ load: load(lineLog), folder, idleMs, lingerMs, log: lineLog });
    for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
      process.once(name, () => void host.end(`it got ${name}`));
    }
    await tell({ type: 'ready' });
    await host.ended;
    // Threads of the native engine may still wait for work.
    process.exit(0);
  } catch (error) {
    const ours = asOurs(error);
    lineLog.error(ours.message);
    await tell({ type: 'failed', error: toWireError(ours) });
    process.exit(1);
  }
}

/** @throws PixelwrightError `option-invalid`. */
function hostArguments(args: readonly string[]): { folder: string; idleMs: number } {
  const { values } = parseArgs({
    args: [...args],
    strict: false,
    options: { 'state-folder': { type: 'string' }, 'idle-minutes': { type: 'string' } },
  });
  const folder = values['state-folder'];
  const minutes = Number(values['idle-minutes']);
  if (typeof folder !== 'string' || !(minutes > 0)) {
    throw new PixelwrightError(
      'option-invalid',
      'The engine host must be given --state-folder FOLDER and --idle-minutes NUMBER.',
      { next: 'Use "pixelwright serve", which gives them.' },
    );
  }
  return { folder, idleMs: minutes * 60_000 };
}

/** The starter closes the channel when it has heard; one that has died is told nothing. */
function tell(message: StartMessage): Promise<void> {
  return new Promise((resolve) => {
    if (!process.send || !process.connected) return resolve();
    process.send(message, undefined, undefined, () => {
      if (process.connected) process.disconnect();
      resolve();
    });
  });
}

/** Standard output is the log file. Prompts and answers never go there. */
const lineLog: Log = {
  debug: () => {},
  info: (message) => line('info', message),
  warn: (message) => line('warning', message),
  error: (message) => line('error', message),
};

function line(level: string, message: string): void {
  process.stdout.write(`${new Date().toISOString()} ${level}: ${message}\n`);
}
