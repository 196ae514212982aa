/** A few readers of one language that share a list of lines. */
import { throwIfCancelled } from '../../errors.ts';
import type { Glyph, LineImage } from './line-image.ts';
import { type Reader, type ReadLanguage, startReader } from './reader.ts';

export interface Pool {
  /** One entry a line, in the same order. The signal is looked at between lines, every 15 ms or so. */
  readAll(lines: readonly LineImage[], signal: AbortSignal, inkHeight?: number): Promise<Glyph[][]>;
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
  return { readAll: (lines, signal, inkHeight) => share(readers, lines, signal, inkHeight), close };
}

/** Widest lines first, so that no reader is left alone with a long one at the end; equal lines are read once. */
async function share(
  readers: readonly Reader[],
  lines: readonly LineImage[],
  signal: AbortSignal,
  inkHeight?: number,
): Promise<Glyph[][]> {
  const results: Glyph[][] = lines.map(() => []);
  const queue = equalLines(lines).toSorted((a, b) => shapeOf(b.line) - shapeOf(a.line));
  await Promise.all(
    readers.map(async (reader) => {
      for (let job = queue.shift(); job !== undefined; job = queue.shift()) {
        throwIfCancelled(signal);
        const glyphs = await reader.read(job.line, inkHeight);
        for (const index of job.indices) results[index] = glyphs;
      }
    }),
  );
  return results;
}

const shapeOf = (line: LineImage): number => line.width / line.height;

function equalLines(lines: readonly LineImage[]): { line: LineImage; indices: number[] }[] {
  const jobs = new Map<string, { line: LineImage; indices: number[] }>();
  for (const [index, line] of lines.entries()) {
    const key = `${line.width} ${Buffer.from(line.ink.buffer, line.ink.byteOffset, line.ink.length).toString('latin1')}`;
    const job = jobs.get(key);
    if (job === undefined) jobs.set(key, { line, indices: [index] });
    else job.indices.push(index);
  }
  return [...jobs.values()];
}
