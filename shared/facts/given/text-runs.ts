/** From a given text and its ink to lines: pieces of ink in rows, words on them, and what of the ink is not its own. */
import type { Raster } from '../../image/picture.ts';
import type { PageFacts, TextLine, TextWord } from '../page-facts.ts';
import { at } from '../pixels.ts';
import type { RawFacts } from '../raw-facts.ts';
import { groupLines, type InkLine } from '../text/group-lines.ts';
import type { Blob } from '../text/ink.ts';
import { type PreparedLine, prepareLine } from '../text/line-images.ts';
import type { TextRun } from '../text/read-lines.ts';
import { splitByStyle } from '../text/split-lines.ts';
import type { Bounds } from '../text/text-line.ts';
import { boundsOf, shareIn } from './allot-ink.ts';
import { chooseWords } from './choose-words.ts';
import { distribute } from './distribute.ts';
import type { GivenText } from './given.ts';
import { sourceOf } from './known-line.ts';
import { withoutSeams, withWholeWords } from './seams.ts';
import { joinTokens, type Token, tokensOf } from './tokens.ts';
import { likenessOf, voteBetween } from './vote.ts';
import { findWeakInk } from './weak-ink.ts';
import { placeWords } from './word-boxes.ts';
import type { Yardstick } from './yardstick.ts';

export interface RunContext {
  readonly raster: Raster;
  readonly raw: RawFacts;
  readonly facts: PageFacts;
  readonly yardstick: Yardstick;
}

/** Ink width over the width that the words should have, by the height of their letters. */
const leastWidth = 0.4;
const mostWidth = 2.6;
/** Ink that is this like its words is surely theirs; ink that is less like them than the other is not. */
const surelyAlike = 0.55;
const leastAlike = 0.2;
/** The same of ink that was pointed at as such: letters of two sizes are unlike any text of one. */
const leastPointedAt = 0.12;
/** What ink is worth whose letters no font here can draw. */
const undrawable = 0.4;
/** Height of a tall letter in ems. */
const tallLetter = 0.73;
const rowOverlap = 0.5;

/** A piece of ink with what was read on it. */
interface Piece {
  readonly source: PreparedLine;
  readonly row: number;
  readonly words: readonly TextWord[];
  readonly line?: TextLine;
}

/** A text's ink with the words on it. */
interface Reading {
  readonly pieces: readonly (Piece & { readonly text?: string })[];
  /** How much the ink looks like the words, 0..1. */
  readonly likeness: number;
}

/** @returns the text's own lines, none where the ink cannot be its letters; and those of measured lines that are not its own. */
export function runsOfText(
  given: GivenText,
  blobs: readonly Blob[],
  context: RunContext,
): { readonly texts: TextRun[]; readonly rest: TextRun[] } {
  const { yardstick } = context;
  const tokens = tokensOf(given.text);
  const texts: TextRun[] = [];
  const rest: TextRun[] = [];
  for (const piece of bestReading(given, blobs, tokens, context).pieces) {
    if (piece.text !== undefined) texts.push(ownRun(piece, piece.text, yardstick));
    else if (piece.words.length > 0) {
      const { text, confidence } = readingOf(piece.words);
      rest.push(runOf(piece.source, text, confidence, yardstick));
    }
  }
  return { texts, rest };
}

/** Ink that the page showed as such, or else what stands out in the text's own box. */
function bestReading(
  given: GivenText,
  blobs: readonly Blob[],
  tokens: readonly Token[],
  context: RunContext,
): Reading {
  const { raster, raw, facts, yardstick } = context;
  const measured = given.lines.flatMap((index) => facts.lines[index] ?? []);
  const onPicture = measured
    .filter((line) => line.onPicture)
    .map((line) => sourceOf(raster, line, raw.scale));
  const lines = withWholeWords(groupLines(blobs, raw.scale).flatMap(splitByStyle));
  const prepared = (line: InkLine): PreparedLine => prepareLine(raster, raw.ink, line, raw.isLine, raw.lossy);
  const shown = [...lines.map(prepared), ...onPicture];
  const apart = readingWith(shown, measured, tokens, raw.scale, yardstick);
  const joined = withoutSeams(apart.pieces.map(({ source, text }) => ({ line: source.line, text })));
  const first =
    onPicture.length > 0 || joined.length === shown.length
      ? apart
      : readingWith(joined.map(prepared), measured, tokens, raw.scale, yardstick);
  if (measured.length > 0) return first;
  let best = first;
  if (given.box !== undefined && first.likeness < surelyAlike) {
    const own = new Set(blobs.map(({ index }) => index));
    const isTaken = (index: number): boolean => {
      const blob = at(raw.ink.labels, index);
      return blob >= 0 && !own.has(blob) && at(raw.ink.mask, index) === 1;
    };
    const weak = findWeakInk(raster, boundsOf(given.box, raw.scale), isTaken, raw);
    const second = readingWith(weak, [], tokens, raw.scale, yardstick);
    if (second.likeness > first.likeness) best = second;
  }
  const least = given.pictures.length > 0 ? leastPointedAt : leastAlike;
  return best.likeness < least ? { pieces: [], likeness: 0 } : best;
}

function readingWith(
  sources: readonly PreparedLine[],
  measured: readonly TextLine[],
  tokens: readonly Token[],
  scale: number,
  yardstick: Yardstick,
): Reading {
  const ratio = ratioOf(sources, yardstick.advance(joinTokens(tokens)));
  const pieces = inRows(sources).map(({ source, row }): Piece => {
    const line = bestOf(measured, source, scale);
    const words = line?.words.filter((word) => shareIn(boundsOf(word.box, scale), source.line) > 0.5) ?? [];
    return { source, row, words, ...(line ? { line } : {}) };
  });
  const shares = distribute(
    tokens,
    pieces.map(({ source, row, words }) => ({
      width: widthOf(source.line),
      tall: source.line.tall,
      row,
      ...(words.length === 0 ? {} : { read: readingOf(words) }),
    })),
    yardstick.advance,
  );
  const read = pieces.map((piece, index) => {
    const share = shares[index] ?? [];
    return share.length === 0 ? piece : { ...piece, text: joinTokens(share) };
  });
  if (measured.length > 0) return { pieces: read, likeness: 1 };
  return {
    pieces: read,
    likeness: ratio < leastWidth || ratio > mostWidth ? 0 : meanLikeness(read, yardstick),
  };
}

/** By width; ink without words is like nothing. */
function meanLikeness(pieces: Reading['pieces'], { facesFor, renderer }: Yardstick): number {
  let [sum, all] = [0, 0];
  for (const { source, text } of pieces) {
    const width = widthOf(source.line);
    all += width;
    if (text === undefined) continue;
    sum += width * (likenessOf(source.image, text, facesFor(text), renderer) ?? undrawable);
  }
  return sum / Math.max(1, all);
}

const widthOf = (line: Bounds): number => line.right - line.left + 1;

/** @param ems width that the words should have. */
function ratioOf(sources: readonly PreparedLine[], ems: number): number {
  const width = sources.reduce((sum, { line }) => sum + (widthOf(line) * tallLetter) / line.tall, 0);
  return width / Math.max(0.2, ems);
}

/** In reading order. */
function inRows(sources: readonly PreparedLine[]): { source: PreparedLine; row: number }[] {
  const rows: { top: number; bottom: number; sources: PreparedLine[] }[] = [];
  for (const source of [...sources].sort((a, b) => middleOf(a.line) - middleOf(b.line))) {
    const { top, bottom } = source.line;
    const row = rows.find((one) => {
      const overlap = Math.min(one.bottom, bottom) - Math.max(one.top, top) + 1;
      return overlap >= rowOverlap * (Math.min(one.bottom - one.top, bottom - top) + 1);
    });
    if (row === undefined) rows.push({ top, bottom, sources: [source] });
    else {
      row.sources.push(source);
      row.top = Math.min(row.top, top);
      row.bottom = Math.max(row.bottom, bottom);
    }
  }
  return rows.flatMap(({ sources: own }, row) =>
    own.sort((a, b) => a.line.left - b.line.left).map((source) => ({ source, row })),
  );
}

const middleOf = ({ top, bottom }: Bounds): number => (top + bottom) / 2;

function bestOf(lines: readonly TextLine[], source: PreparedLine, scale: number): TextLine | undefined {
  let best: TextLine | undefined;
  let most = 0.5;
  for (const line of lines) {
    const share = shareIn(source.line, boundsOf(line.box, scale));
    if (share > most) [best, most] = [line, share];
  }
  return best;
}

function readingOf(words: readonly TextWord[]): { text: string; confidence: number } {
  const text = words.map((word) => word.text).join(' ');
  return {
    text,
    confidence: words.reduce((sum, word) => sum + word.confidence, 0) / Math.max(1, words.length),
  };
}

function ownRun({ source, words, line }: Piece, given: string, yardstick: Yardstick): TextRun {
  const { text, confidence } = chooseWords(words, given, (first, second) =>
    voteBetween(
      source.image,
      first,
      second,
      yardstick.facesFor(`${first}${second}`, line),
      yardstick.renderer,
    ),
  );
  return runOf(source, text, confidence, yardstick);
}

function runOf(source: PreparedLine, text: string, confidence: number, yardstick: Yardstick): TextRun {
  const { left, top, right, bottom } = source.line;
  const words = placeWords(source.image, text, confidence, yardstick.advance);
  return { source, text, confidence, words, left, top, right, bottom };
}
