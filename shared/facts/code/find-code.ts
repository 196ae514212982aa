/** Finds code and other text that is set in columns of letters: rows of one panel, on one pitch and one grid. */
import { median } from '../pixels.ts';
import type { RawFacts } from '../raw-facts.ts';
import type { InkLine } from '../text/group-lines.ts';
import type { Blob } from '../text/ink.ts';
import { lineOfBlobs } from '../text/split-lines.ts';
import type { Bounds } from '../text/text-line.ts';
import { cellsOf, findGrid, type Grid, rowCoherence } from './grid.ts';

/** One row of a block of code, before it is read. */
export interface RawCodeRow {
  /** All its ink, whatever its colours and gaps. */
  readonly line: InkLine;
  /** From 0; rows without ink count too. */
  readonly row: number;
  /** Cell of its first letter, from the block's left edge. */
  readonly column: number;
}

export interface RawCode {
  readonly grid: Grid;
  /** x of the left edge of column 0, source pixels. */
  readonly left: number;
  /** From baseline to baseline, source pixels. */
  readonly pitch: number;
  readonly rows: readonly RawCodeRow[];
}

interface Row {
  readonly line: InkLine;
  /** y of the lower edge of most letters. */
  readonly base: number;
}

/** A pitch over the height of a row's ink. */
const mostPitch = 2.7;
/** Rows may be off their pitch by this share of it, and this many of them may be empty in a row. */
const pitchSlack = 0.18;
const mostEmpty = 3;
/** A row keeps to the grid of the others at least so well. */
const leastRow = 0.7;
/** Brackets reach below the baseline, and a row of little else does not tell where the next one stands. */
const fewBlobs = 4;

/** Rows of ink on one surface, from top to bottom. */
function rowsOf(lines: readonly InkLine[]): Row[] {
  const rows: { top: number; bottom: number; blobs: Blob[] }[] = [];
  for (const line of [...lines].sort((a, b) => b.bottom - b.top - (a.bottom - a.top))) {
    const middle = (line.top + line.bottom) / 2;
    const row = rows.find((each) => middle >= each.top - 1 && middle <= each.bottom + 1);
    if (row === undefined) rows.push({ top: line.top, bottom: line.bottom, blobs: [...line.blobs] });
    else row.blobs.push(...line.blobs);
  }
  return rows
    .map(({ blobs }): Row => {
      const line = lineOfBlobs(blobs, lines[0]?.surface ?? -1);
      const letters = blobs.filter((blob) => blob.bottom - blob.top + 1 >= 0.4 * line.tall);
      return { line, base: median(letters.map((blob) => blob.bottom)) };
    })
    .sort((a, b) => a.base - b.base);
}

/** The longest run of rows on one pitch; some may be empty. */
function paced(rows: readonly Row[]): { readonly rows: readonly Row[]; readonly pitch: number } | undefined {
  let best: { rows: Row[]; pitch: number } | undefined;
  for (const [index, first] of rows.entries()) {
    const next = rows[index + 1];
    if (next === undefined) break;
    const pitch = next.base - first.base;
    const height = Math.max(first.line.tall, next.line.tall);
    if (pitch < 1.05 * height || pitch > mostPitch * height) continue;
    const run = [first, next, ...following(next, rows.slice(index + 2), pitch)];
    const before = following(first, rows.slice(0, index).reverse(), -pitch).reverse();
    const all = [...before, ...run];
    if (best === undefined || all.length > best.rows.length) best = { rows: all, pitch: pitchOf(all, pitch) };
  }
  return best;
}

/** Rows that follow one at multiples of a pitch, negative for upwards. */
function following(from: Row, others: readonly Row[], pitch: number): Row[] {
  const run: Row[] = [];
  let anchor = from;
  let done = 0;
  for (const row of others) {
    const count = Math.round((row.base - anchor.base) / pitch);
    const off = Math.abs(row.base - anchor.base - count * pitch);
    if (count <= done || count > done + mostEmpty + 1 || off > pitchSlack * Math.abs(pitch)) break;
    run.push(row);
    done = count;
    if (row.line.blobs.length < fewBlobs) continue;
    anchor = row;
    done = 0;
  }
  return run;
}

/**
 * The middle one of the slopes between all pairs of rows (Theil and Sen's estimate): the lower edge of a row of
 * brackets alone is no baseline.
 */
function pitchOf(rows: readonly Row[], rough: number): number {
  let row = 0;
  const places = rows.map(({ base }, index) => {
    row += Math.round((base - (rows[index - 1]?.base ?? base)) / rough);
    return { base, row };
  });
  const slopes = places.flatMap((one, index) =>
    places.slice(index + 1).map((other) => (other.base - one.base) / Math.max(1, other.row - one.row)),
  );
  return median(slopes);
}

/** The longest run of rows that keep to the grid. */
function onGrid(rows: readonly Row[], grid: Grid): Row[] {
  let best: Row[] = [];
  let run: Row[] = [];
  for (const row of rows) {
    run = rowCoherence(row.line.blobs, grid) >= leastRow ? [...run, row] : [];
    if (run.length > best.length) best = run;
  }
  return best;
}

function codeIn(lines: readonly InkLine[]): RawCode | undefined {
  const pace = paced(rowsOf(lines));
  if (pace === undefined) return undefined;
  const rough = findGrid(pace.rows.map((row) => row.line.blobs));
  if (rough === undefined) return undefined;
  const rows = onGrid(pace.rows, rough);
  const grid = rows.length < 2 ? undefined : findGrid(rows.map((row) => row.line.blobs));
  const [first] = rows;
  if (grid === undefined || first === undefined) return undefined;
  const starts = rows.map(({ line }) => Math.min(...line.blobs.map((blob) => cellsOf(blob, grid).first)));
  const start = Math.min(...starts);
  return {
    grid,
    left: grid.origin + start * grid.advance,
    pitch: pace.pitch,
    rows: rows.map(({ line, base }, index) => ({
      line,
      row: Math.round((base - first.base) / pace.pitch),
      column: (starts[index] ?? start) - start,
    })),
  };
}

/** Ink this much higher than a row is none of it. */
const tooHigh = 1.4;

/** In compressed pictures coloured words seem to stand on ground of their own: all ink of the panel's rows is code. */
function completed(code: RawCode, panel: Bounds, ink: readonly Blob[]): RawCode {
  const { advance } = code.grid;
  const inside = ink.filter(
    (blob) =>
      blob.left >= Math.max(panel.left, code.left - 0.5 * advance) &&
      blob.right <= panel.right &&
      blob.top > panel.top &&
      blob.bottom < panel.bottom,
  );
  const known = new Set(code.rows.flatMap(({ line }) => line.blobs));
  const rows = code.rows.map((row): RawCodeRow => {
    const { line } = row;
    const height = line.bottom - line.top + 1;
    const others = inside.filter((blob) => {
      const middle = (blob.top + blob.bottom) / 2;
      return (
        !known.has(blob) &&
        blob.bottom - blob.top + 1 <= tooHigh * height &&
        middle >= line.top - 1 &&
        middle <= line.bottom + 1
      );
    });
    if (others.length === 0) return row;
    const whole = lineOfBlobs([...line.blobs, ...others], line.surface);
    const first = Math.min(...others.map((blob) => cellsOf(blob, code.grid).first));
    const start = Math.round((code.left - code.grid.origin) / advance);
    return { ...row, line: whole, column: Math.min(row.column, first - start) };
  });
  return { ...code, rows };
}

/** Blocks of two rows or more in visible boxes; text on the page itself has too many neighbours to be told apart. */
export function findCode(raw: Pick<RawFacts, 'boxes' | 'lines' | 'ink'>): RawCode[] {
  const surfaces = new Map<number, InkLine[]>();
  const panels = new Set(raw.boxes.map((box) => box.surface).filter((surface) => surface >= 0));
  for (const line of raw.lines)
    if (panels.has(line.surface)) surfaces.set(line.surface, [...(surfaces.get(line.surface) ?? []), line]);
  return [...surfaces].flatMap(([surface, lines]) => {
    const code = codeIn(lines);
    const panel = raw.boxes.find((box) => box.surface === surface);
    return code === undefined || panel === undefined ? [] : [completed(code, panel, raw.ink.blobs)];
  });
}
