/** Rows of code as one preformatted text, its words coloured as they were. */
import type { TextBlock } from '../../facts/layout/index.ts';
import { mainRun } from '../../facts/layout/index.ts';
import type { TextLine, Typography } from '../../facts/page-facts.ts';
import type { Rgb } from '../../geometry.ts';
import type { UiNode, UiRun } from '../../ui-tree.ts';
import type { MetricsOf } from './metrics.ts';

const alike = (a: Rgb, b: Rgb): boolean =>
  a.every((channel, index) => Math.abs(channel - (b[index] ?? 0)) <= 8);

/** The colour of most letters: the text's own. */
function mainColor(runs: readonly TextLine[]): Rgb {
  const counts = new Map<string, { color: Rgb; letters: number }>();
  for (const { color, text } of runs) {
    const key = color.join();
    counts.set(key, { color, letters: (counts.get(key)?.letters ?? 0) + text.length });
  }
  const [most] = [...counts.values()].sort((a, b) => b.letters - a.letters);
  return most?.color ?? [0, 0, 0];
}

/** Letters as far apart as they were: what the font does not give, the spacing does. */
function onGrid(typography: Typography, advance: number, metrics: MetricsOf): Typography {
  const plain = metrics({ ...typography, letterSpacing: 0 }).advance('n'.repeat(20));
  if (plain === undefined) return typography;
  const letterSpacing = Math.round(100 * (advance - plain / 20)) / 100;
  return { ...typography, letterSpacing: Math.abs(letterSpacing) < 0.02 ? 0 : letterSpacing };
}

/** @param block of rows of code. */
export function codeNode(block: TextBlock, metrics: MetricsOf): UiNode {
  const main = mainRun(block);
  const runs = block.lines.flatMap((line) => line.runs);
  const color = mainColor(runs);
  const places = block.lines.flatMap(({ runs: [first] }) => first?.code ?? []);
  const [from] = places;
  const pitch = from?.pitch ?? 1.5 * main.typography.size;
  const advance = from?.advance ?? 0.6 * main.typography.size;
  const typography = onGrid(main.typography, advance, metrics);
  const firstRow = from?.row ?? 0;
  const least = Math.min(...places.map(({ column }) => column));
  const parts: UiRun[] = [];
  let row = firstRow;
  for (const line of block.lines) {
    const place = line.runs[0]?.code;
    if (place === undefined) continue;
    let blanks = '\n'.repeat(Math.max(0, place.row - row)) + ' '.repeat(place.column - least);
    row = place.row;
    let end = 0;
    for (const [index, run] of line.runs.entries()) {
      const start = place.spans[index]?.start ?? end;
      const text = blanks + ' '.repeat(Math.max(0, start - end)) + run.text;
      blanks = '';
      end = start + run.text.length;
      const own = alike(run.color, color);
      const style = { color: [...run.color] } satisfies UiRun['style'];
      parts.push({
        text,
        line: place.row - firstRow,
        kind: own ? 'plain' : 'span',
        ...(own ? {} : { style }),
      });
    }
  }
  const lefts = block.lines.flatMap(({ box, runs: [first] }) =>
    first?.code ? [box.x - (first.code.column - least) * advance] : [],
  );
  const bearing = metrics(typography).bearingLeft(block.lines[0]?.runs[0]?.text ?? 'n');
  const first = block.lines[0];
  const widest = Math.max(
    ...block.lines.map(({ runs: [run], box }) => ((run?.code?.column ?? 0) - least) * advance + box.width),
  );
  return {
    kind: 'text',
    box: {
      x: Math.min(...lefts) - bearing,
      y: (first?.baseline ?? block.box.y) - metrics(typography).baselineIn(pitch),
      width: widest + 2 * bearing,
      height: pitch * (row - firstRow + 1),
    },
    text: parts.map(({ text }) => text).join(''),
    preformatted: true,
    ...(parts.some(({ kind }) => kind !== 'plain') && { runs: parts }),
    style: {
      color: [...color],
      font: { ...typography, lineHeight: Math.round(pitch * 100) / 100 },
      align: 'left',
    },
  };
}
