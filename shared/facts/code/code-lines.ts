/** Rows of code as lines of the page's facts: all rows of a block in one font. */
import type { CodeRow, TextLine, Typography } from '../page-facts.ts';
import { median } from '../pixels.ts';
import type { RawFacts } from '../raw-facts.ts';
import type { CodeRun } from './read-code.ts';

/** The page without the ink that was read as code. */
export function withoutCode(raw: RawFacts, code: readonly CodeRun[]): RawFacts {
  const taken = new Set(code.flatMap(({ row }) => row.line.blobs));
  return { ...raw, lines: raw.lines.filter((line) => !line.blobs.some((blob) => taken.has(blob))) };
}

/** @param lines of the runs, each fitted by itself. @param scale source pixels per CSS pixel. */
export function codeLines(runs: readonly CodeRun[], lines: readonly TextLine[], scale: number): TextLine[] {
  const blocks = [...new Set(runs.map(({ code }) => code))];
  return blocks.flatMap((block, number) => {
    const own = runs.flatMap((run, index) => {
      const line = lines[index];
      return run.code === block && line !== undefined ? [{ run, line }] : [];
    });
    const typography = commonOf(own.map(({ line }) => line));
    const baseline = median(own.map(({ run, line }) => line.baseline - (run.row.row * block.pitch) / scale));
    return own.map(({ run, line }): TextLine => {
      const code: CodeRow = {
        block: number,
        row: run.row.row,
        column: run.row.column,
        advance: block.grid.advance / scale,
        pitch: block.pitch / scale,
        spans: run.spans,
      };
      return { ...line, typography, baseline: baseline + (run.row.row * block.pitch) / scale, code };
    });
  });
}

/** Installed nearly everywhere, where no row was taken for monospaced. */
const fallback = { kind: 'mono', family: 'DejaVu Sans Mono' } as const;

/** The typography of most letters, monospaced; the spacing is the middle one of those rows. */
function commonOf(lines: readonly TextLine[]): Typography {
  const mono = lines.filter(({ typography }) => typography.kind === 'mono');
  const all = mono.length > 0 ? mono : lines;
  const groups = new Map<string, TextLine[]>();
  for (const line of all) {
    const { family, size, weight } = line.typography;
    const key = `${family} ${size} ${weight}`;
    groups.set(key, [...(groups.get(key) ?? []), line]);
  }
  const letters = (group: readonly TextLine[]): number =>
    group.reduce((sum, { text }) => sum + text.length, 0);
  const [most = []] = [...groups.values()].sort((a, b) => letters(b) - letters(a));
  const [first] = most;
  if (first === undefined) throw new RangeError('A block of code needs at least one row.');
  const letterSpacing = median(most.map(({ typography }) => typography.letterSpacing));
  return {
    ...first.typography,
    italic: false,
    letterSpacing,
    ...(mono.length === 0 && fallback),
  };
}
