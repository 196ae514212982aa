/** Reads prepared lines, and tells text from what only looked like it: icons beside words, or in their place. */
import { isChevron } from './chevron.ts';
import type { PreparedLine } from './line-images.ts';
import type { LineReader, ReadLine, ReadWord } from './reading.ts';
import { isBar, isMark } from './tall-marks.ts';

export interface TextRun {
  readonly source: PreparedLine;
  readonly text: string;
  readonly confidence: number;
  /** In source pixels; inclusive. */
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
  readonly words: readonly ReadWord[];
}

export interface IconRun {
  readonly source: PreparedLine;
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** A word below this is no word; a line of one or two letters has to be surer. */
const leastWord = 0.35;
const leastLine = 0.5;
const leastShortLine = 0.7;

/** Letters that touch, as some fonts set them, are read surely. */
const sureMark = 0.8;

/** Source pixels: lower than any letter. */
const leastHeight = 5;

export async function readLines(
  lines: readonly PreparedLine[],
  reader: LineReader,
  signal: AbortSignal,
): Promise<{ texts: TextRun[]; icons: IconRun[] }> {
  const results = await reader.recognise(
    lines.map((line) => line.image),
    signal,
  );
  const texts: TextRun[] = [];
  const icons: IconRun[] = [];
  for (const [index, source] of lines.entries()) {
    const result = results[index];
    const parts = result && source.line.tall >= leastHeight ? accept(result, source) : undefined;
    if (!parts || parts.kept.length === 0) {
      icons.push({ source, ...bounds(source) });
      continue;
    }
    for (const word of parts.dropped) icons.push(iconOf(source, word));
    texts.push(runOf(source, parts.kept, parts.dropped.length === 0));
  }
  return withoutStrayHan(withoutMarks(texts, icons), icons);
}

/** Icons beside texts that were read as letters. */
function withoutMarks(texts: readonly TextRun[], icons: IconRun[]): TextRun[] {
  const marks = texts.filter((run) => isMark(run, texts));
  for (const { source, left, top, right, bottom } of marks) icons.push({ source, left, top, right, bottom });
  return texts.filter((run) => !marks.includes(run));
}

/** On a page without Chinese, one or two Chinese characters are an icon, also at either end of a line. */
function withoutStrayHan(texts: TextRun[], icons: IconRun[]): { texts: TextRun[]; icons: IconRun[] } {
  const hanOf = (text: string): number => text.match(/\p{Script=Han}/gu)?.length ?? 0;
  const han = texts.reduce((sum, run) => sum + hanOf(run.text), 0);
  const all = texts.reduce((sum, run) => sum + run.text.length, 0);
  if (han > 0.05 * all) return { texts, icons };
  const isStray = (word: ReadWord | undefined): boolean =>
    word !== undefined && hanOf(word.text) === [...word.text].length && hanOf(word.text) <= shortHan;
  const kept: TextRun[] = [];
  for (const run of texts) {
    const words = [...run.words];
    const strays: ReadWord[] = [];
    while (isStray(words[0])) strays.push(...words.splice(0, 1));
    while (isStray(words.at(-1))) strays.push(...words.splice(-1, 1));
    const isWhole = words.length === 0 || (hanOf(run.text) > 0 && run.text.length <= shortHan);
    if (isWhole) {
      const { source, left, top, right, bottom } = run;
      icons.push({ source, left, top, right, bottom });
      continue;
    }
    for (const word of strays) icons.push(iconOf(run.source, word));
    kept.push(strays.length === 0 ? run : runOf(run.source, words, false));
  }
  return { texts: kept, icons };
}

/** Characters that are hardly a word of a page in another language. */
const shortHan = 3;

const bounds = ({ line: { left, top, right, bottom } }: PreparedLine) => ({ left, top, right, bottom });

/** Words at either end that are unsure are icons; a line that is unsure as a whole is none. */
function accept(
  result: ReadLine,
  source: PreparedLine,
): { kept: ReadWord[]; dropped: ReadWord[] } | undefined {
  const kept = result.words.filter((word) => word.text.trim() !== '');
  const dropped: ReadWord[] = [];
  // The arrow at the end first: it is lower than any letter before it.
  while (kept.length > 1 && (isIconLike(kept.at(-1), source) || endsInChevron(kept, source)))
    dropped.push(...kept.splice(-1, 1));
  while (kept.length > 1 && (isIconLike(kept[0], source) || startsWithBar(kept, source)))
    dropped.push(...kept.splice(0, 1));
  if (kept.length === 0 || isSymbol(kept) || isLargeIcon(kept, source)) return undefined;
  const letters = kept.reduce((sum, word) => sum + word.text.length, 0);
  const confidence = kept.reduce((sum, word) => sum + word.confidence * word.text.length, 0) / letters;
  const least = letters <= 2 ? leastShortLine : leastLine;
  return confidence >= (source.onPicture ? Math.max(least, 0.6) : least) ? { kept, dropped } : undefined;
}

/** One character that icons are often taken for: arrows, circles, strokes. Those that pages do set are kept. */
function isSymbol(words: readonly ReadWord[]): boolean {
  const [word] = words;
  if (!word || words.length > 1 || [...word.text].length > 1) return false;
  if (/[\p{L}\p{N}]/u.test(word.text))
    return /[OQCcoDVvXxTIlJjLUu]/.test(word.text) && word.confidence < 0.95;
  return !/[+\u00d7\u2013\u2014\u2022\u00b7/$€£¥%&?!#:]/.test(word.text);
}

/** Source pixels. A lone large character is an icon unless it was read without any doubt. */
const largeCharacter = 26;

function isLargeIcon([word, ...others]: readonly ReadWord[], source: PreparedLine): boolean {
  if (!word || others.length > 0 || [...word.text].length > 1) return false;
  return source.line.tall >= largeCharacter && word.confidence < 0.985;
}

function endsInChevron(words: readonly ReadWord[], source: PreparedLine): boolean {
  const [before, last] = words.slice(-2);
  return before !== undefined && last !== undefined && isChevron(last, before, source);
}

function startsWithBar([first, ...others]: readonly ReadWord[], source: PreparedLine): boolean {
  return first !== undefined && isBar(first, others, source);
}

/** Short, unsure, and about as wide as high; no icon is as thin as a 1. */
function isIconLike(word: ReadWord | undefined, source: PreparedLine): boolean {
  if (!word || word.text.length > 3) return false;
  const square = word.box.width <= 1.8 * source.line.tall + 4;
  if (square && isOneMark(word, source)) return true;
  const least = word.text.length === 1 && word.text !== '1' ? leastShortLine : leastWord;
  return square && word.confidence < least;
}

/** Two letters or three that were read of one connected mark: a ring with a dot, not surely read. */
function isOneMark(word: ReadWord, source: PreparedLine): boolean {
  if (word.text.length < 2 || word.confidence >= sureMark) return false;
  const left = source.left + word.box.x;
  const right = left + word.box.width;
  const own = source.line.blobs
    .filter((blob) => blob.right >= left && blob.left < right)
    .toSorted((a, b) => a.left - b.left);
  return own.length > 0 && own.every((blob) => blob.left <= (own[0]?.right ?? 0));
}

function iconOf(source: PreparedLine, word: ReadWord): IconRun {
  const left = source.left + Math.floor(word.box.x);
  const right = source.left + Math.ceil(word.box.x + word.box.width) - 1;
  const blobs = source.line.blobs.filter((b) => b.right >= left && b.left <= right);
  return {
    source,
    left: Math.min(left, ...blobs.map((b) => b.left)),
    right: Math.max(right, ...blobs.map((b) => b.right)),
    top: Math.min(source.line.bottom, ...blobs.map((b) => b.top)),
    bottom: Math.max(source.line.top, ...blobs.map((b) => b.bottom)),
  };
}

function runOf(source: PreparedLine, words: readonly ReadWord[], whole: boolean): TextRun {
  const text = words.map((word) => word.text).join(' ');
  const confidence = words.reduce((sum, word) => sum + word.confidence, 0) / words.length;
  if (whole) return { source, text: joined(words), confidence, words, ...bounds(source) };
  const left = source.left + Math.min(...words.map((w) => w.box.x));
  const right = source.left + Math.max(...words.map((w) => w.box.x + w.box.width)) - 1;
  const blobs = source.line.blobs.filter(
    (b) => (b.left + b.right) / 2 >= left && (b.left + b.right) / 2 <= right,
  );
  if (blobs.length === 0) return { source, text, confidence, words, ...bounds(source) };
  return {
    source,
    text: joined(words),
    confidence,
    words,
    left: Math.min(...blobs.map((b) => b.left)),
    right: Math.max(...blobs.map((b) => b.right)),
    top: Math.min(...blobs.map((b) => b.top)),
    bottom: Math.max(...blobs.map((b) => b.bottom)),
  };
}

const isHan = (character: string): boolean => /\p{Script=Han}/u.test(character);

/** Words with spaces between them, but none between Chinese characters. */
function joined(words: readonly ReadWord[]): string {
  let text = '';
  for (const word of words) {
    const needsSpace = text !== '' && !(isHan(text.at(-1) ?? '') && isHan(word.text.at(0) ?? ''));
    text += needsSpace ? ` ${word.text}` : word.text;
  }
  return text;
}
