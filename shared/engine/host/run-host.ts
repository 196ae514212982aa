/** A host that clients can find: the engine host, its state file, and nothing left of either at the end. */
import { PixelwrightError } from '../../errors.ts';
import { type Log, silentLog } from '../../log.ts';
import { version } from '../../version.ts';
import { type EngineHost, type EngineHostOptions, startEngineHost } from './engine-host.ts';
import { findHost } from './find-host.ts';
import { baseUrl, loopback } from './host-address.ts';
import {
  type HostFiles,
  type HostState,
  hostFiles,
  readState,
  removeState,
  writeState,
} from './host-state.ts';
import { hostProtocol } from './protocol.ts';
import { openStateFolder } from './state-folder.ts';

export interface RunHostOptions extends EngineHostOptions {
  readonly folder: string;
  /** Milliseconds between looks whether this is still the host that clients find; default 10 s. */
  readonly orphanCheckMs?: number | undefined;
}

export interface RunningHost {
  readonly host: EngineHost;
  readonly files: HostFiles;
  readonly baseUrl: string;
}

/**
 * Starts a host and tells where it is.
 * @throws PixelwrightError `engine-unavailable` if this user's host runs already or the port cannot be had,
 *   `not-allowed` and `output-not-writable` for the state folder.
 */
export async function runHost(options: RunHostOptions): Promise<RunningHost> {
  const files = hostFiles(options.folder);
  const { log = silentLog, address = loopback } = options;
  await openStateFolder(files.folder);
  const other = await findHost(files, new AbortController().signal);
  if (other.kind === 'running') throw alreadyRunning(other.state);
  let removeOwn = (): void => {};
  const host = await startEngineHost(options, () => removeOwn());
  const { token, port, startedAt } = host;
  removeOwn = () => removeState(files.state, token);
  try {
    await writeState(files.state, {
      pid: process.pid,
      address,
      port,
      token,
      version,
      protocol: hostProtocol,
      startedAt: startedAt.toISOString(),
    });
  } catch (cause) {
    await host.end('its state could not be written');
    const reason = cause instanceof Error ? cause.message : String(cause);
    const message = `The engine host cannot write its state to ${files.state}: ${reason}.`;
    throw new PixelwrightError('output-not-writable', message, {
      next: 'Make the folder writable, or name another one with PIXELWRIGHT_HOME.',
      cause,
    });
  }
  log.info(`engine host ${version}, process ${process.pid}, at ${baseUrl(address, port)}`);
  if (options.lingerMs !== undefined) watchForOrphan(host, files, options.orphanCheckMs ?? 10_000, log);
  return { host, files, baseUrl: baseUrl(address, port) };
}

/** A second host may have been started in a race, or the state file deleted: one that nobody finds must end. */
function watchForOrphan(host: EngineHost, files: HostFiles, everyMs: number, log: Log): void {
  const timer = setInterval(async () => {
    const state = await readState(files.state).catch((error: unknown) => {
      log.warn(`the state cannot be read: ${String(error)}`);
      return undefined;
    });
    if (state?.token === host.token) return;
    clearInterval(timer);
    host.endWhenIdle();
  }, everyMs);
  timer.unref();
  void host.ended.then(() => clearInterval(timer));
}

function alreadyRunning({ pid, address, port }: HostState): PixelwrightError {
  return new PixelwrightError(
    'engine-unavailable',
    `An engine host of this user runs already: process ${pid} at ${baseUrl(address, port)}.`,
    {
      next: 'Use that one ("pixelwright status" tells more), or end it with "pixelwright stop".',
      details: { pid, port, alreadyRunning: true },
    },
  );
}
