/** A few readers of one language that share a list of lines. */
import { throwIfCancelled } from '../../errors.ts';
import type { Glyph, LineImage } from './line-image.ts';
import { type Reader, type ReadLanguage, startReader } from './reader.ts';

export interface Pool {
  /** One entry a line, in the same order. The signal is looked at between lines, every 15 ms or so. */
  readAll(lines: readonly LineImage[], signal: AbortSignal): Promise<Glyph[][]>;
  close(): Promise<void>;
}

/** @throws PixelwrightError if a reader does not start; those that did are closed. */
export async function startPool(language: ReadLanguage, size: number): Promise<Pool> {
  const starts = await Promise.allSettled(Array.from({ length: size }, () => startReader(language)));
  const readers = starts.flatMap((start) => (start.status === 'fulfilled' ? [start.value] : []));
  const close = async (): Promise<void> => {
    await Promise.all(readers.map((reader) => reader.close()));
  };
  const failed = starts.find((start) => start.status === 'rejected');
  if (failed !== undefined) {
    await close();
    throw failed.reason;
  }
  return { readAll: (lines, signal) => share(readers, lines, signal), close };
}

/** Widest lines first, so that no reader is left alone with a long one at the end. */
async function share(
  readers: readonly Reader[],
  lines: readonly LineImage[],
  signal: AbortSignal,
): Promise<Glyph[][]> {
  const results: Glyph[][] = lines.map(() => []);
  const queue = lines
    .map((line, index) => ({ line, index }))
    .sort((a, b) => b.line.width / b.line.height - a.line.width / a.line.height);
  await Promise.all(
    readers.map(async (reader) => {
      for (let job = queue.shift(); job !== undefined; job = queue.shift()) {
        throwIfCancelled(signal);
        results[job.index] = await reader.read(job.line);
      }
    }),
  );
  return results;
}
