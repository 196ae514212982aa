/** Reads text lines: English and Simplified Chinese, off the main thread, without network. */
import { cancelled, throwIfCancelled } from '../../errors.ts';
import {
  betterReadings,
  chineseSampleShare,
  doubtful,
  hanOf,
  type Language,
  needsChinese,
  sampleOf,
} from './language.ts';
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
    const chinesePool = async (): Promise<Pool> => {
      chinese ??= startPool('chi_sim', size);
      return chinese;
    };
    if (english === undefined) return readAll(await chinesePool(), lines, signal);
    if (!languages.includes('zh-Hans')) return readTwice(english, lines, signal);
    const sample = sampleOf(lines);
    const probe = await readSome(english, lines, sample, signal);
    if (
      needsChinese(
        sample.flatMap((index) => lines[index] ?? []),
        [...probe.values()],
        chineseSampleShare,
      )
    ) {
      const all = await readAll(await chinesePool(), lines, signal);
      const western = all.flatMap((line, index) => (hanOf(line) > 0 || probe.has(index) ? [] : [index]));
      const rest = await readSome(english, lines, western, signal);
      const known = all.map((_, index) => probe.get(index) ?? rest.get(index) ?? unread);
      return betterReadings(known, new Map(all.entries()));
    }
    const first = await readTwice(english, lines, signal, probe);
    if (!needsChinese(lines, first)) return first;
    return betterReadings(first, await readSome(await chinesePool(), lines, doubtful(first), signal));
  }

  return {
    recognise,
    close: async () => {
      await english?.close();
      // That it did not start was told to whoever asked for it.
      await chinese?.then(
        (pool) => pool.close(),
        () => {},
      );
    },
  };
}

/** By index of the line. */
type Readings = ReadonlyMap<number, RecognisedLine>;

const unread: RecognisedLine = { text: '', words: [], confidence: 0 };

/** A second reading must be this much surer, or it is only luckier. */
const surer = 0.15;

/** Lines that were hardly read get a second look at another size; the surer reading counts. */
async function readTwice(
  pool: Pool,
  lines: readonly LineImage[],
  signal: AbortSignal,
  known: Readings = new Map(),
): Promise<RecognisedLine[]> {
  const open = [...lines.keys()].filter((index) => !known.has(index));
  const fresh = await readSome(pool, lines, open, signal);
  const first = lines.map((_, index) => known.get(index) ?? fresh.get(index) ?? unread);
  const shaky = [...lines.keys()].filter((index) => isShaky(first[index], lines[index]));
  const second = await readSome(pool, lines, shaky, signal, lowReadHeight);
  return first.map((before, index) => surerOf(before, second.get(index) ?? before));
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
function isShaky(reading: RecognisedLine = unread, line?: LineImage): boolean {
  if (line === undefined || reading.confidence >= 0.75) return false;
  return line.height >= 6 && line.width > 1.6 * line.height;
}

async function readSome(
  pool: Pool,
  lines: readonly LineImage[],
  indices: readonly number[],
  signal: AbortSignal,
  inkHeight?: number,
): Promise<Readings> {
  const chosen = indices.flatMap((index) => lines[index] ?? []);
  const readings = await readAll(pool, chosen, signal, inkHeight);
  return new Map(readings.map((reading, at) => [indices[at] ?? -1, reading]));
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
