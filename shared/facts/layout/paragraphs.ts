/** Joins text lines into paragraphs, where the lines really wrap, and only there. */
import { bottom, type Rect, type Rgb, right, unionOf } from '../../geometry.ts';
import type { TextLine } from '../page-facts.ts';
import type { TextAlign, TextBlock, VisualLine } from './tree.ts';

const cjk = /[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef]/u;

function colorDistance(a: Rgb, b: Rgb): number {
  return Math.max(Math.abs(a[0] - b[0]), Math.abs(a[1] - b[1]), Math.abs(a[2] - b[2]));
}

/** Pieces on one baseline that nearly touch become one visual line. */
export function visualLines(lines: readonly TextLine[]): VisualLine[] {
  const sorted = [...lines].sort((a, b) => a.baseline - b.baseline || a.box.x - b.box.x);
  const open: { runs: TextLine[]; right: number; baseline: number; size: number }[] = [];
  const result: { runs: TextLine[] }[] = [];
  for (const line of sorted) {
    const size = line.typography.size;
    while (open[0] !== undefined && open[0].baseline < line.baseline - size) open.shift();
    const row = open.find((entry) => {
      const larger = Math.max(entry.size, size);
      const gap = line.box.x - entry.right;
      const close = Math.abs(entry.baseline - line.baseline) <= Math.max(1.5, 0.12 * larger);
      return close && gap >= -2 && gap <= 0.55 * larger && Math.min(entry.size, size) >= 0.6 * larger;
    });
    if (row === undefined) {
      const entry = { runs: [line], right: right(line.box), baseline: line.baseline, size };
      open.push(entry);
      result.push(entry);
    } else {
      row.runs.push(line);
      row.right = right(line.box);
    }
  }
  return result.map(({ runs }) => ({
    runs,
    box: unionOf(runs.map((run) => run.box)),
    baseline: runs[0]?.baseline ?? 0,
  }));
}

/** The run with the most ink. */
function leading(line: VisualLine): TextLine | undefined {
  return [...line.runs].sort((a, b) => b.box.width - a.box.width)[0];
}

function sameStyle(a: VisualLine, b: VisualLine): boolean {
  const [first, second] = [leading(a), leading(b)];
  if (first === undefined || second === undefined) return false;
  const matches = (one: TextLine, other: TextLine): boolean =>
    Math.abs(one.typography.size - other.typography.size) <= Math.max(0.6, 0.07 * one.typography.size) &&
    one.typography.weight >= 600 === other.typography.weight >= 600 &&
    colorDistance(one.color, other.color) <= 48;
  return matches(first, second) || a.runs.some((one) => b.runs.some((other) => matches(one, other)));
}

/** How lines are aligned to each other; undefined where they are not. */
export function alignmentOf(lines: readonly VisualLine[], size: number): TextAlign | undefined {
  const spread = (values: readonly number[]): number => Math.max(...values) - Math.min(...values);
  const slack = Math.max(3, 0.22 * size);
  if (spread(lines.map((line) => line.box.x)) <= slack) return 'left';
  if (spread(lines.map((line) => line.box.x + line.box.width / 2)) <= slack) return 'center';
  if (spread(lines.map((line) => right(line.box))) <= slack) return 'right';
  return undefined;
}

function firstWordWidth(line: VisualLine): number {
  const run = line.runs[0];
  if (run === undefined) return 0;
  if (cjk.test(run.text.slice(0, 1))) return run.typography.size;
  return (
    run.words[0]?.box.width ??
    (run.box.width * (run.text.split(/\s/)[0]?.length ?? 1)) / Math.max(1, run.text.length)
  );
}

/** True if the first word of `next` would have stood in the room that `line` left. */
function wouldFit(line: VisualLine, next: VisualLine, room: number): boolean {
  const size = line.runs[0]?.typography.size ?? 16;
  const space = cjk.test(next.runs[0]?.text.slice(0, 1) ?? '') ? 0 : 0.25 * size;
  return line.box.width + space + firstWordWidth(next) < room - 0.02 * room - 1;
}

function continues(line: VisualLine): boolean {
  return /^[\p{Ll}(]/u.test(line.runs[0]?.text ?? '');
}

function isEntry(line: VisualLine): boolean {
  const text = line.runs.map((run) => run.text).join(' ');
  return /^[\p{Lu}\p{N}]/u.test(text) && text.trim().split(/\s+/).length <= 2;
}

/** @param available width up to the next obstacle at the right, in pixels. */
function splitChain(chain: readonly VisualLine[], available: number): VisualLine[][] {
  const size = chain[0]?.runs[0]?.typography.size ?? 16;
  const room = Math.max(...chain.map((line) => line.box.width));
  const wide = room >= 0.7 * available;
  const fits = chain.slice(1).map((next, index) => {
    const line = chain[index];
    return line !== undefined && wouldFit(line, next, room);
  });
  const looseCount = fits.filter(
    (fit, index) => fit && !continues(chain[index + 1] ?? chain[0] ?? line0),
  ).length;
  const isList = looseCount * 2 > fits.length || (looseCount > 0 && !wide && fits.length <= 3);
  // One or two words a line, each with a capital: entries of a list that happen to be of one length.
  const titles = size < 22 && chain.every((line) => isEntry(line));
  const parts: VisualLine[][] = [];
  chain.forEach((line, index) => {
    const last = parts[parts.length - 1];
    const before = chain[index - 1];
    const fit = index > 0 && fits[index - 1] === true;
    const flows =
      continues(line) ||
      (!titles && (wide || size >= 22 || (chain.length > 2 && looseCount === 0))) ||
      (cjk.test(line.runs[0]?.text ?? '') && wide);
    if (last !== undefined && before !== undefined && !fit && flows && (!isList || continues(line)))
      last.push(line);
    else parts.push([line]);
  });
  return parts;
}

const line0: VisualLine = { box: { x: 0, y: 0, width: 0, height: 0 }, baseline: 0, runs: [] };

/** A box to tick, a bullet or an icon stands right before the line: it starts a text of its own. */
function bulleted(line: VisualLine, obstacles: readonly Rect[]): boolean {
  const middle = line.box.y + line.box.height / 2;
  return obstacles.some((other) => {
    const gap = line.box.x - right(other);
    return (
      other.width <= 40 &&
      other.height <= 48 &&
      gap >= 0 &&
      gap <= 32 &&
      middle > other.y - 2 &&
      middle < bottom(other) + 2
    );
  });
}

/** Room to the right of a line's left edge before something else or the container ends it. */
function availableWidth(line: VisualLine, obstacles: readonly Rect[], container: Rect): number {
  let limit = right(container);
  for (const other of obstacles) {
    const beside = other.y < bottom(line.box) && bottom(other) > line.box.y;
    if (beside && other.x >= right(line.box) - 1) limit = Math.min(limit, other.x);
  }
  return Math.max(1, limit - line.box.x - 8);
}

/**
 * Text blocks of one container.
 * @param obstacles other things in the container: pictures, boxes, rules.
 */
export function paragraphsOf(
  lines: readonly TextLine[],
  obstacles: readonly Rect[],
  container: Rect,
): TextBlock[] {
  const rows = visualLines(lines).sort((a, b) => a.baseline - b.baseline);
  const chains: VisualLine[][] = [];
  for (const row of rows) {
    const size = row.runs[0]?.typography.size ?? 16;
    const chain = chains.find((candidate) => {
      const last = candidate[candidate.length - 1];
      if (last === undefined) return false;
      const pitch = row.baseline - last.baseline;
      if (pitch < 0.9 * size || pitch > 2.05 * size || !sameStyle(last, row)) return false;
      const before = candidate[candidate.length - 2];
      if (
        before !== undefined &&
        Math.abs(last.baseline - before.baseline - pitch) > Math.max(1.6, 0.07 * pitch)
      )
        return false;
      if (alignmentOf([...candidate, row], size) === undefined) return false;
      const between = obstacles.some(
        (other) =>
          other.y >= last.baseline - 1 &&
          bottom(other) <= row.box.y + 1 &&
          other.x < right(row.box) &&
          right(other) > row.box.x,
      );
      return !between && !bulleted(row, obstacles);
    });
    if (chain === undefined) chains.push([row]);
    else chain.push(row);
  }
  const others = [...obstacles, ...rows.map((row) => row.box)];
  return chains
    .flatMap((chain) =>
      splitChain(chain, Math.max(...chain.map((line) => availableWidth(line, others, container)))),
    )
    .map((part) => ({
      kind: 'text',
      box: unionOf(part.map((line) => line.box)),
      lines: part,
      align: alignmentOf(part, part[0]?.runs[0]?.typography.size ?? 16) ?? 'left',
    }));
}
