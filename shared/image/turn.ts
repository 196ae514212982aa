/** Lets other work of this thread have its turn inside long loops over pixels. */
import { throwIfCancelled } from '../errors.ts';

/** @throws PixelwrightError `cancelled` once the signal has fired. */
export async function giveWay(signal: AbortSignal): Promise<void> {
  await new Promise((resolve) => setImmediate(resolve));
  throwIfCancelled(signal);
}
