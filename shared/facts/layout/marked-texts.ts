/** Lines that are known to be one text: one block where they stand like one, several where they do not. */
import { type Rect, right, unionOf } from '../../geometry.ts';
import type { TextLine } from '../page-facts.ts';
import { bandsOf } from './intervals.ts';
import type { MarkedText } from './nest.ts';
import { alignmentOf } from './paragraphs.ts';
import type { LayoutGroup, Run, TextBlock, VisualLine } from './tree.ts';

/** Pieces further apart than this many font sizes are not of one line. */
const widestBlank = 1.6;
/** Baselines this close, as a share of the font size, are one. */
const baselineShare = 0.3;
/** Pitches that differ by more than this share are not of one paragraph. */
const pitchShare = 0.14;

const sizeOf = (runs: readonly TextLine[]): number => Math.max(...runs.map((run) => run.typography.size));

/** Pieces on one baseline, left to right, without wide gaps between them. */
function visualLinesOf(lines: readonly Run[]): VisualLine[] {
  const rows: Run[][] = [];
  for (const line of [...lines].sort((a, b) => a.baseline - b.baseline || a.box.x - b.box.x)) {
    const row = rows.find((runs) =>
      runs.some((run) => Math.abs(run.baseline - line.baseline) <= baselineShare * sizeOf([run, line])),
    );
    if (row === undefined) rows.push([line]);
    else row.push(line);
  }
  const pieces: Run[][] = [];
  for (const row of rows) {
    row.sort((a, b) => a.box.x - b.box.x);
    let last: Run | undefined;
    for (const run of row) {
      const piece = pieces[pieces.length - 1];
      const gap = last === undefined ? 0 : run.box.x - right(last.box);
      const joins = last !== undefined && gap >= -3 && gap <= widestBlank * sizeOf([last, run]);
      if (joins && piece !== undefined) piece.push(run);
      else pieces.push([run]);
      last = run;
    }
  }
  return pieces.map((runs) => ({
    runs,
    box: unionOf(runs.map((run) => run.box)),
    // The largest piece sets the line; a small one may stand a little off.
    baseline: (runs.find((run) => run.typography.size === sizeOf(runs)) ?? runs[0])?.baseline ?? 0,
  }));
}

const overlapsAcross = (a: Rect, b: Rect): boolean => Math.min(right(a), right(b)) - Math.max(a.x, b.x) > 0;

/** True if `next` can follow the lines in one paragraph. */
function follows(block: readonly VisualLine[], next: VisualLine): boolean {
  const last = block[block.length - 1];
  const before = block[block.length - 2];
  if (last === undefined) return false;
  const size = sizeOf(last.runs);
  const pitch = next.baseline - last.baseline;
  const known = before === undefined ? pitch : last.baseline - before.baseline;
  const sized = Math.abs(sizeOf(next.runs) - size) <= 0.08 * size;
  const paced =
    pitch >= 0.85 * size &&
    pitch <= 2.4 * size &&
    Math.abs(pitch - known) <= Math.max(1.6, pitchShare * known);
  return sized && paced && overlapsAcross(last.box, next.box);
}

/** The blocks of one perceived text, each with its mark; in a group of their own where they stand side by side. */
export function markedTexts(text: MarkedText): (TextBlock | LayoutGroup)[] {
  const blocks = blocksOf(text);
  const columns = bandsOf(blocks, 'x');
  const beside = blocks.length > 1 && columns.length === blocks.length && bandsOf(blocks, 'y').length === 1;
  if (!beside) return blocks;
  const box = unionOf(blocks.map((block) => block.box));
  return [{ kind: 'group', flow: 'row', box, children: blocks, mark: text.mark }];
}

function blocksOf({ mark, lines }: MarkedText): TextBlock[] {
  const blocks: VisualLine[][] = [];
  for (const line of visualLinesOf(lines)) {
    const block = blocks.find((candidate) => follows(candidate, line));
    if (block === undefined) blocks.push([line]);
    else block.push(line);
  }
  return blocks.map((block) => ({
    kind: 'text',
    box: unionOf(block.map((line) => line.box)),
    lines: block,
    align: alignmentOf(block, block[0] === undefined ? 16 : sizeOf(block[0].runs)) ?? 'left',
    mark,
  }));
}
