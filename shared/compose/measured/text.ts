/** From ink to CSS: the box, line height and wrapping width that put a text block back where it was. */

import { mainRun, type Run, type TextBlock, type VisualLine } from '../../facts/layout/index.ts';
import type { TextLine } from '../../facts/page-facts.ts';
import { type Rect, type Rgb, right } from '../../geometry.ts';
import type { UiFont, UiNode, UiRun, UiStyle } from '../../ui-tree.ts';
import { codeNode } from './code.ts';
import type { MetricsOf } from './metrics.ts';

/** Pitches of the page's paragraphs by style, for single lines in the same style. */
export type LineHeights = ReadonlyMap<string, number>;

export function styleKey(line: TextLine): string {
  const { size, weight, kind } = line.typography;
  return `${kind}|${Math.round(size * 2)}|${weight >= 600}|${line.color.map((c) => Math.round(c / 24)).join()}`;
}

function pitchOf(block: TextBlock): number | undefined {
  const first = block.lines[0];
  const last = block.lines[block.lines.length - 1];
  if (first === undefined || last === undefined || first === last) return undefined;
  return (last.baseline - first.baseline) / (block.lines.length - 1);
}

/** Line heights of all paragraphs, so that a short text of the same style gets the same. */
export function lineHeightsOf(blocks: readonly TextBlock[]): LineHeights {
  const sums = new Map<string, { pitch: number; lines: number }>();
  for (const block of blocks) {
    const pitch = pitchOf(block);
    const key = styleKey(mainRun(block));
    const known = sums.get(key);
    if (pitch !== undefined && (known === undefined || known.lines < block.lines.length))
      sums.set(key, { pitch, lines: block.lines.length });
  }
  return new Map([...sums].map(([key, { pitch }]) => [key, pitch]));
}

/** A round ratio where it keeps the last baseline within half a pixel. */
function roundedPitch(pitch: number, size: number, lines: number): number {
  for (const step of [0.1, 0.05, 0.01]) {
    const rounded = Math.round(pitch / size / step) * step * size;
    if (Math.abs(rounded - pitch) * (lines - 1) <= 0.5) return Math.round(rounded * 1000) / 1000;
  }
  return Math.round(pitch * 100) / 100;
}

function lineHeight(block: TextBlock, known: LineHeights): number {
  const { size } = mainRun(block).typography;
  const pitch = pitchOf(block) ?? known.get(styleKey(mainRun(block)));
  if (pitch !== undefined) return roundedPitch(pitch, size, Math.max(2, block.lines.length));
  return Math.round(size * (size >= 24 ? 1.2 : 1.4));
}

const cjk = /[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef]/u;

/** A gap between pieces of one line that is a space. */
const isBlank = (gap: number, run: TextLine): boolean =>
  gap > 0.16 * run.typography.size && !/^[,.;:!?)]/.test(run.text);

/** x of both ends of a line as the browser sets it: ink and bearings, or better the font's own widths. */
function lineEdges(line: VisualLine, metrics: MetricsOf): readonly [number, number] {
  const first = line.runs[0];
  const last = line.runs[line.runs.length - 1];
  if (first === undefined || last === undefined) return [line.box.x, right(line.box)];
  const before = metrics(first.typography).bearingLeft(first.text);
  const after = metrics(last.typography).bearingRight(last.text);
  const advance = first === last ? metrics(first.typography).advance(first.text) : undefined;
  if (advance !== undefined) {
    const ink = advance - before - after;
    // Ink boxes are whole pixels; the font tells the fractions, unless it is not the right font.
    if (Math.abs(ink - first.box.width) <= Math.max(2, 0.015 * first.box.width)) {
      const from = first.box.x + (first.box.width - ink) / 2 - before;
      return [from, from + advance];
    }
  }
  return [first.box.x - before, right(last.box) + after];
}

/** Width of a line as it will be set; measured where the font is not known. */
function setWidth(line: VisualLine, metrics: MetricsOf): number {
  const [from, to] = lineEdges(line, metrics);
  const advances = line.runs.map((run) => metrics(run.typography).advance(run.text));
  const known = advances.filter((advance): advance is number => advance !== undefined);
  if (known.length < advances.length) return to - from;
  const blanks = line.runs.slice(1).map((run, index) => {
    const gap = run.box.x - right(line.runs[index]?.box ?? run.box);
    return isBlank(gap, run) ? metrics(run.typography).space + run.typography.letterSpacing : 0;
  });
  return [...known, ...blanks].reduce((sum, width) => sum + width, 0);
}

function firstWordWidth(line: VisualLine, metrics: MetricsOf): number {
  const run = line.runs[0];
  if (run === undefined) return 0;
  if (cjk.test(run.text.slice(0, 1))) return run.typography.size;
  const word = run.text.split(/\s/)[0] ?? '';
  return metrics(run.typography).advance(word) ?? run.words[0]?.box.width ?? run.typography.size;
}

/** Widths between which every line breaks where it did: [widest line, least that would pull a word up). */
function wrapWidths(block: TextBlock, metrics: MetricsOf): [number, number] | undefined {
  if (block.lines.length < 2) return undefined;
  const widths = block.lines.map((line) => setWidth(line, metrics));
  let most = Number.POSITIVE_INFINITY;
  block.lines.slice(1).forEach((next, index) => {
    const run = next.runs[0];
    if (run === undefined) return;
    const space = cjk.test(run.text.slice(0, 1)) ? 0 : metrics(run.typography).space;
    most = Math.min(most, (widths[index] ?? 0) + space + firstWordWidth(next, metrics));
  });
  return [Math.max(...widths), most];
}

export function fontOf(line: TextLine, height: number): UiFont {
  return { ...line.typography, lineHeight: height };
}

const sameColor = (a: Rgb, b: Rgb): boolean =>
  a.every((channel, index) => Math.abs(channel - (b[index] ?? 0)) <= 16);

function runKind(run: TextLine, main: TextLine): UiRun['kind'] {
  const colored = !sameColor(run.color, main.color);
  const saturated = Math.max(...run.color) - Math.min(...run.color) > 50;
  if (run.underline || (colored && saturated)) return 'link';
  if (run.typography.weight >= main.typography.weight + 150) return 'strong';
  if (run.typography.italic && !main.typography.italic) return 'em';
  const sized = Math.abs(run.typography.size - main.typography.size) > 0.08 * main.typography.size;
  return colored || sized || run.strike || run.typography.weight <= main.typography.weight - 150
    ? 'span'
    : 'plain';
}

/** What a run's style adds to its paragraph's. */
function runStyle(run: TextLine, main: TextLine, height: number): UiStyle {
  const same = Math.abs(run.typography.size - main.typography.size) <= 0.08 * main.typography.size;
  return {
    color: [...run.color],
    font: { ...fontOf(run, height), ...(same && { size: main.typography.size }) },
    ...(run.underline && { underline: true }),
    ...(run.strike && { strike: true }),
  };
}

function runsOf(block: TextBlock, main: TextLine, height: number, pieceOf: PieceOf): UiRun[] {
  const runs = block.lines.flatMap((line, index) =>
    line.runs.map((run): UiRun => {
      const kind = pieceOf(run) ?? runKind(run, main);
      return {
        text: run.text,
        line: index,
        kind,
        ...(kind !== 'plain' && { style: runStyle(run, main, height) }),
      };
    }),
  );
  return runs;
}

/** Blanks are put between pieces by what was measured between them. */
function glue(line: VisualLine): string {
  return line.runs
    .map((run, index) => {
      const before = line.runs[index - 1];
      if (before === undefined) return run.text;
      const gap = run.box.x - right(before.box);
      const blank = isBlank(gap, run);
      return (blank ? ' ' : '') + run.text;
    })
    .join('');
}

/** What a run of a text is known to be; undefined where its look decides. */
export type PieceOf = (run: Run) => UiRun['kind'] | undefined;

/** A text leaf with its CSS box. */
export function textNode(
  block: TextBlock,
  heights: LineHeights,
  metrics: MetricsOf,
  pieceOf: PieceOf = () => undefined,
): UiNode {
  if (block.code === true) return codeNode(block, metrics);
  const main = mainRun(block);
  const height = lineHeight(block, heights);
  const first = block.lines[0] ?? { baseline: block.box.y, box: block.box, runs: [] };
  const edges = block.lines.map((line) => lineEdges(line, metrics));
  const left = Math.min(...edges.map(([from]) => from));
  const box: Rect = {
    x: left,
    y: first.baseline - metrics(main.typography).baselineIn(height),
    width: Math.max(...edges.map(([, to]) => to)) - left,
    height: height * block.lines.length,
  };
  const runs = runsOf(block, main, height, pieceOf);
  const texts = block.lines.map(glue);
  const wrap = wrapWidths(block, metrics);
  const joined = texts.reduce(
    (whole, text) =>
      whole === ''
        ? text
        : cjk.test(whole.slice(-1)) && cjk.test(text.slice(0, 1))
          ? whole + text
          : `${whole} ${text}`,
    '',
  );
  return {
    kind: 'text',
    box,
    text: joined,
    ...(runs.some((run) => run.kind !== 'plain') && { runs: spaced(runs, block) }),
    ...(wrap && { wrap }),
    ...(metrics(main.typography).advance('n') === undefined && { guessed: true }),
    ...(wrap && wrap[1] - wrap[0] < 1 && { lines: texts }),
    style: {
      color: [...main.color],
      font: fontOf(main, height),
      align: block.align,
      ...(runs.every((run) => run.kind === 'plain' || run.style?.underline) &&
        main.underline && { underline: true }),
      ...(main.strike && { strike: true }),
    },
  };
}

/** Runs with the blanks that separate them, so that their joined text is the block's. */
function spaced(runs: readonly UiRun[], block: TextBlock): UiRun[] {
  const flat = block.lines.flatMap((line) =>
    line.runs.map((run, index) => ({ run, before: line.runs[index - 1] })),
  );
  return runs.map((run, index) => {
    const piece = flat[index];
    if (index === 0 || piece === undefined) return run;
    if (piece.before === undefined) {
      const joint = cjk.test(run.text.slice(0, 1)) && cjk.test(runs[index - 1]?.text.slice(-1) ?? '');
      return joint ? run : { ...run, text: ` ${run.text}` };
    }
    const gap = piece.run.box.x - right(piece.before.box);
    const blank = isBlank(gap, piece.run);
    return blank ? { ...run, text: ` ${run.text}` } : run;
  });
}
