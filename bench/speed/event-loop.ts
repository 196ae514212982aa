/** How long the main thread is held while a picture is converted in this process, as an editor would do it. */
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { convertPicture, createContext, type PictureSource } from '../../shared/index.ts';

/**
 * Converts once to load everything, then measures.
 * @returns the longest time in milliseconds that the event loop was late.
 */
export async function longestBlock(file: string, signal: AbortSignal): Promise<number> {
  const source: PictureSource = { kind: 'reference', reference: file };
  const options = { name: 'bench', target: 'html', strategy: 'measured' } as const;
  await convertPicture(source, options, createContext(signal));
  const delay = monitorEventLoopDelay({ resolution: 1 });
  delay.enable();
  await convertPicture(source, options, createContext(signal));
  delay.disable();
  return delay.max / 1e6;
}
