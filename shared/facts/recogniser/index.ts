/** Reads text lines: English and Simplified Chinese, off the main thread, without network. */
import { cancelled, throwIfCancelled } from '../../errors.ts';
import { betterReadings, doubtful, type Language, needsChinese } from './language.ts';
import type { Glyph, LineImage, RecognisedLine } from './line-image.ts';
import { type Pool, startPool } from './pool.ts';
import { toWords } from './words.ts';

export type { Language } from './language.ts';
export type { LineImage, RecognisedLine, RecognisedWord } from './line-image.ts';

export interface RecogniserOptions {
  /** What may occur; Chinese is only loaded once a page asks for it. Default: both. */
  readonly languages?: readonly Language[];
  /** Worker threads per language, 1..8. Default 2. */
  readonly workers?: number;
}

export interface Recogniser {
  /**
   * @param lines any number of lines; the answer has one entry for each, in the same order.
   * @throws PixelwrightError `cancelled`, `model-missing`, `engine-crashed`.
   */
  recognise(lines: readonly LineImage[], signal: AbortSignal): Promise<RecognisedLine[]>;
  /** Ends the worker threads; they keep the process alive until then. */
  close(): Promise<void>;
}

/** Starts the workers (about 0.25 s, in their own threads: start it before the lines are known). */
export async function createRecogniser(options: RecogniserOptions = {}): Promise<Recogniser> {
  const languages = options.languages ?? ['en', 'zh-Hans'];
  const size = Math.min(8, Math.max(1, Math.round(options.workers ?? 2)));
  const english = languages.includes('en') ? await startPool('eng', size) : undefined;
  let chinese: Promise<Pool> | undefined;
  if (english === undefined) chinese = startPool('chi_sim', size);
  await chinese;

  async function recognise(lines: readonly LineImage[], signal: AbortSignal): Promise<RecognisedLine[]> {
    throwIfCancelled(signal);
    const first = english === undefined ? undefined : await readAll(english, lines, signal);
    if (first !== undefined && !(languages.includes('zh-Hans') && needsChinese(lines, first))) return first;
    chinese ??= startPool('chi_sim', size);
    const pool = await chinese;
    if (first === undefined) return readAll(pool, lines, signal);
    const indices = doubtful(first);
    const again = await readAll(
      pool,
      indices.flatMap((index) => lines[index] ?? []),
      signal,
    );
    const readings = indices.flatMap((index, at) => {
      const reading = again[at];
      return reading === undefined ? [] : [[index, reading] as const];
    });
    return betterReadings(first, new Map(readings));
  }

  return {
    recognise,
    close: async () => {
      await english?.close();
      await (await chinese)?.close();
    },
  };
}

async function readAll(
  pool: Pool,
  lines: readonly LineImage[],
  signal: AbortSignal,
): Promise<RecognisedLine[]> {
  const glyphs: Glyph[][] = await pool.readAll(lines, signal);
  if (signal.aborted) throw cancelled(signal.reason);
  return lines.map((line, index) => toWords(line, glyphs[index] ?? []));
}
