/** The series of a run as a Markdown table: medians, and medians of the ratios of each round. */
import { markdownTable } from '../readme.ts';
import { advantage, type FigureName, figures, median } from './figures.ts';
import type { Series } from './measure.ts';

/**
 * @param names of the sides, ours first.
 * @param byThreads the series of each number of threads.
 */
export function report(names: readonly string[], byThreads: ReadonlyMap<number, Series>): string {
  const [, ...others] = names;
  const head = ['', 'threads', ...names, ...others.map((name) => `ours / ${name}`)];
  const rows: string[][] = [];
  // Object.keys forgets the keys' type.
  for (const name of Object.keys(figures) as FigureName[]) {
    for (const [threads, series] of byThreads) {
      const sides = series.get(name);
      if (sides) rows.push([figures[name].title, String(threads), ...cells(name, sides)]);
    }
  }
  return markdownTable(head, rows);
}

function cells(name: FigureName, sides: readonly (readonly number[])[]): string[] {
  const [ours = [], ...others] = sides;
  const { digits, unit } = figures[name];
  const values = sides.map((side) => (side.length === 0 ? '–' : `${median(side).toFixed(digits)} ${unit}`));
  const ratios = others.map((theirs) => {
    const pairs = theirs.flatMap((value, round) => {
      const own = ours[round];
      return own === undefined ? [] : [advantage(name, own, value)];
    });
    return pairs.length === 0 ? '–' : median(pairs).toFixed(2);
  });
  return [...values, ...ratios];
}
