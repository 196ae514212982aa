/** Reads text lines: English and Simplified Chinese, off the main thread, without network. */
import { cancelled, throwIfCancelled } from '../../errors.ts';
import { betterReadings, doubtful, type Language, needsChinese } from './language.ts';
import type { Glyph, LineImage, RecognisedLine } from './line-image.ts';
import { type Pool, startPool } from './pool.ts';
import { lowReadHeight } from './resample.ts';
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
    const first = english === undefined ? undefined : await readTwice(english, lines, signal);
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

/** A second reading must be this much surer, or it is only luckier. */
const surer = 0.15;

/** Lines that were hardly read get a second look at another size; the surer reading counts. */
async function readTwice(
  pool: Pool,
  lines: readonly LineImage[],
  signal: AbortSignal,
): Promise<RecognisedLine[]> {
  const first = await readAll(pool, lines, signal);
  const shaky = first.flatMap((reading, index) => (isShaky(reading, lines[index]) ? [index] : []));
  if (shaky.length === 0) return first;
  const images = shaky.flatMap((index) => lines[index] ?? []);
  const second = await readAll(pool, images, signal, lowReadHeight);
  const result = [...first];
  for (const [at, index] of shaky.entries()) {
    const [before, after] = [first[index], second[at]];
    if (before !== undefined && after !== undefined) result[index] = surerOf(before, after);
  }
  return result;
}

function surerOf(before: RecognisedLine, after: RecognisedLine): RecognisedLine {
  if (after.confidence <= before.confidence) return before;
  if (letters(before) !== letters(after))
    return after.confidence > before.confidence + surer ? after : before;
  // Agreed but for the spaces, which the smaller size loses more often.
  const words = before.words.map((word) => ({
    ...word,
    confidence: Math.max(word.confidence, after.confidence),
  }));
  return { ...before, words, confidence: after.confidence };
}

const letters = ({ text }: RecognisedLine): string => text.replaceAll(' ', '');

/** Unsure, and wide enough for letters rather than an icon. */
function isShaky(reading: RecognisedLine, line: LineImage | undefined): boolean {
  if (line === undefined || reading.confidence >= 0.75) return false;
  return line.height >= 6 && line.width > 1.6 * line.height;
}

async function readAll(
  pool: Pool,
  lines: readonly LineImage[],
  signal: AbortSignal,
  inkHeight?: number,
): Promise<RecognisedLine[]> {
  const glyphs: Glyph[][] = await pool.readAll(lines, signal, inkHeight);
  if (signal.aborted) throw cancelled(signal.reason);
  return lines.map((line, index) => toWords(line, glyphs[index] ?? []));
}
