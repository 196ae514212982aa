/** Loads the native libraries and tells what they found; a process of its own, for a bad driver can end it. */
import { devices } from '../../../config.ts';
import { PixelwrightError } from '../../../errors.ts';
import { silentLog } from '../../../log.ts';
import { devicesOf } from '../device.ts';
import { loadBackends } from '../library/backends.ts';
import { openLibrary, silenceLog } from '../library/load.ts';
import { findLibrary } from '../library/packages.ts';
import { checkLibrary } from '../library/self-check.ts';
import { deviceKinds, type ProbeAnswer } from './probe-report.ts';

async function probe(asked: string | undefined): Promise<ProbeAnswer> {
  const device = devices.find((known) => known === asked) ?? 'auto';
  try {
    const location = await findLibrary({ device, log: silentLog });
    const library = openLibrary(location);
    checkLibrary(library);
    silenceLog(library);
    const backends = loadBackends(library);
    return {
      report: {
        version: location.version,
        folder: location.folder,
        device: location.device,
        processor: backends.processor,
        accelerators: [...backends.accelerators],
        devices: devicesOf(library).map(({ name, description, type, freeBytes, totalBytes }) => ({
          name,
          description,
          kind: deviceKinds[type] ?? 'accelerator',
          freeBytes,
          totalBytes,
        })),
      },
    };
  } catch (error) {
    if (!(error instanceof PixelwrightError)) throw error;
    const { code, message, next } = error;
    return { error: { code, message, ...(next === undefined ? {} : { next }) } };
  }
}

process.stdout.write(`${JSON.stringify(await probe(process.argv[2]))}\n`);
