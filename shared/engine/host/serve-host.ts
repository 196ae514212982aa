/** The host in the foreground, for `pixelwright serve`. */
import type { Settings } from '../../config.ts';
import { PixelwrightError } from '../../errors.ts';
import type { Log } from '../../log.ts';
import { findModel } from '../models/index.ts';
import type { Mount } from './host-server.ts';
import { nativeLoader } from './native-load.ts';
import { type RunningHost, runHost } from './run-host.ts';
import { stateFolder } from './state-folder.ts';
import type { WantedModel } from './wanted-model.ts';
import { wantedModel } from './wanted-settings.ts';

export interface ServeOptions {
  readonly settings: Settings;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** 0 lets the system choose. */
  readonly port: number;
  /** Address to listen on; anything but loopback lets other machines in that know the token. */
  readonly address: string;
  /** A page on the same port; the host closes it. */
  readonly mount?: Mount;
  readonly log: Log;
}

/**
 * Starts this user's host in this process. It unloads the model when idle, and ends when it is told to.
 * @throws PixelwrightError `engine-unavailable` if a host of this user runs already or the port is taken;
 *   those of `findModel` for a model that is named and not there.
 */
export async function serveHost(options: ServeOptions): Promise<RunningHost> {
  const { settings, environment, port, address, mount, log } = options;
  const defaultModel = async (): Promise<WantedModel> => {
    const found = await findModel(settings, { environment });
    if (found === undefined) throw noModel();
    return wantedModel(found, settings);
  };
  // A name that is misspelt is told now, not by the first request; without any model other programs may
  // still name theirs.
  if (settings.model !== undefined) await defaultModel();
  return await runHost({
    load: nativeLoader(log),
    defaultModel,
    idleMs: settings.engineIdleMinutes * 60_000,
    folder: stateFolder(environment),
    port,
    address,
    mount,
    log,
  });
}

function noModel(): PixelwrightError {
  return new PixelwrightError('model-missing', 'No model is installed, and the request names none.', {
    next: 'Get one with "pixelwright models pull", or start "pixelwright serve" with --model FILE.',
  });
}
