/** Reads blocks of code row by row, and finds which of its words have which colour. */
import type { Rgb } from '../../geometry.ts';
import type { Raster } from '../../image/picture.ts';
import { at, colorDistance } from '../pixels.ts';
import type { RawFacts } from '../raw-facts.ts';
import type { Blob } from '../text/ink.ts';
import { type PreparedLine, prepareLine } from '../text/line-images.ts';
import type { TextRun } from '../text/read-lines.ts';
import type { LineReader, ReadLine } from '../text/reading.ts';
import { lineOfBlobs } from '../text/split-lines.ts';
import { hanShare } from '../typography/han.ts';
import { closeBraces } from './brackets.ts';
import { type ColoredToken, colorsOf } from './colors.ts';
import type { RawCode, RawCodeRow } from './find-code.ts';
import { cellsOf } from './grid.ts';
import { runsOfCells, textInCells } from './place-words.ts';
import { tokensOf } from './tokens.ts';

/** A row as it was read. */
export interface CodeRun {
  readonly run: TextRun;
  readonly code: RawCode;
  readonly row: RawCodeRow;
  readonly spans: readonly ColoredSpan[];
}

export interface ColoredSpan {
  /** In characters of the row's text. */
  readonly start: number;
  readonly length: number;
  readonly color: Rgb;
}

interface PreparedRow {
  readonly code: RawCode;
  readonly row: RawCodeRow;
  readonly source: PreparedLine;
}

/** A row in the strength of its ink, whatever the colours of its words. */
function prepareRow(raster: Raster, raw: RawFacts, code: RawCode, row: RawCodeRow): PreparedRow {
  const { line } = row;
  const whole = prepareLine(raster, raw.ink, line, raw.isLine, raw.lossy);
  const { image, left } = whole;
  const ink = new Uint8Array(image.ink.length);
  const runs = runsOfCells(line.blobs.map((blob) => cellsOf(blob, code.grid)));
  const { advance, origin } = code.grid;
  for (const run of runs) {
    const blobs = blobsIn(line.blobs, code, run.first, run.last);
    if (blobs.length === 0) continue;
    const part = prepareLine(raster, raw.ink, lineOfBlobs(blobs, line.surface), raw.isLine, raw.lossy);
    const from = Math.max(0, Math.floor(origin + run.first * advance) - left);
    const to = Math.min(image.width, Math.ceil(origin + (run.last + 1) * advance) - left);
    for (let y = 0; y < part.image.height; y++) {
      const target = part.top + y - whole.top;
      if (target < 0 || target >= image.height) continue;
      for (let x = 0; x < part.image.width; x++) {
        const column = part.left + x - left;
        if (column < from || column >= to) continue;
        const place = target * image.width + column;
        ink[place] = Math.max(at(ink, place), at(part.image.ink, y * part.image.width + x));
      }
    }
  }
  return { code, row, source: { ...whole, image: { ...image, ink } } };
}

const blobsIn = (blobs: readonly Blob[], { grid }: RawCode, first: number, last: number): Blob[] =>
  blobs.filter((blob) => {
    const cells = cellsOf(blob, grid);
    return cells.first >= first && cells.last <= last;
  });

/** @returns the rows of those blocks that read like code; the others are left to be read as any text. */
export async function readCode(
  raster: Raster,
  raw: RawFacts,
  codes: readonly RawCode[],
  reader: LineReader,
  signal: AbortSignal,
): Promise<CodeRun[]> {
  const rows = codes.flatMap((code) => code.rows.map((row) => prepareRow(raster, raw, code, row)));
  if (rows.length === 0) return [];
  const read = await reader.recognise(
    rows.map(({ source }) => source.image),
    signal,
  );
  return codes.flatMap((code) => {
    const plain = rows.flatMap((row, index) => {
      const result = read[index];
      return row.code === code && result !== undefined ? [runOf(row, result)] : [];
    });
    const closed = closeBraces(plain.map(({ text }) => text));
    const own = plain.map((row, index) => ({ ...row, text: closed[index] ?? row.text }));
    return looksLikeCode(own) ? coloured(raster, raw, code, own) : [];
  });
}

interface ReadRow extends PreparedRow {
  readonly text: string;
  readonly result: ReadLine;
}

function runOf(row: PreparedRow, result: ReadLine): ReadRow {
  const { grid } = row.code;
  const runs = runsOfCells(row.row.line.blobs.map((blob) => cellsOf(blob, grid)));
  const cellOf = (x: number): number => (row.source.left + x - grid.origin) / grid.advance;
  return { ...row, result, text: textInCells(runs, result.words, cellOf) };
}

/** Signs that prose has few of, and their least share of all characters. */
const signs = /[{}()[\];=<>|$#@/\\_*&+~^`"':]/g;
const leastSigns = 0.04;

/** Share of Han characters from which they are what keeps to a grid: they are all of one width. */
const mostHan = 0.2;

/** Prose in a monospaced font wraps, and is no code: it is neither indented nor set in columns, and has few signs. */
function looksLikeCode(rows: readonly ReadRow[]): boolean {
  if (rows.length === 0 || rows.every(({ text }) => text === '')) return false;
  const texts = rows.map(({ text }) => text);
  if (hanShare(texts.join('')) > mostHan) return false;
  if (rows.some(({ row }) => row.column >= 1) || texts.some((text) => /\S {2,}\S/.test(text))) return true;
  const all = texts.join('');
  return (all.match(signs)?.length ?? 0) >= leastSigns * all.length;
}

function coloured(raster: Raster, raw: RawFacts, code: RawCode, rows: readonly ReadRow[]): CodeRun[] {
  const tokens = rows.flatMap((row) => {
    const { line } = row.row;
    const first = row.row.column + Math.round((code.left - code.grid.origin) / code.grid.advance);
    return tokensOf(row.text).map((token): ColoredToken => {
      const blobs = blobsIn(line.blobs, code, first + token.start, first + token.start + token.length - 1);
      const area = blobs.reduce((sum, blob) => sum + blob.area, 0);
      if (blobs.length === 0) return { ...token, row: row.row.row, area };
      const part = prepareLine(raster, raw.ink, lineOfBlobs(blobs, line.surface), raw.isLine, raw.lossy);
      return { ...token, row: row.row.row, area, color: part.color };
    });
  });
  const background = rows[0]?.source.background ?? [255, 255, 255];
  const colors = colorsOf(tokens, background);
  return rows.flatMap(({ source, row, text, result }) => {
    if (text === '') return [];
    const own = colors.filter((token) => token.row === row.row);
    const spans = joined(own);
    const main = spans.reduce<ColoredSpan | undefined>(
      (best, span) => (best === undefined || span.length > best.length ? span : best),
      undefined,
    );
    const { left, top, right, bottom } = source.line;
    const run: TextRun = {
      source: { ...source, color: main?.color ?? source.color },
      text,
      confidence: result.confidence,
      words: result.words,
      left,
      top,
      right,
      bottom,
    };
    return [{ run, code, row, spans }];
  });
}

/** Neighbours of one colour are one span, with the blanks between them. */
function joined(tokens: readonly (ColoredToken & { readonly color: Rgb })[]): ColoredSpan[] {
  const spans: ColoredSpan[] = [];
  for (const { start, length, color } of tokens) {
    const last = spans[spans.length - 1];
    if (last !== undefined && colorDistance(last.color, color) === 0)
      spans[spans.length - 1] = { ...last, length: start + length - last.start };
    else spans.push({ start, length, color });
  }
  return spans;
}
