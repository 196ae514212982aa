/** Rows of code that stand in one container: one text, whose rows stay rows. */
import { type Rect, unionOf } from '../../geometry.ts';
import type { CodeRow, TextLine } from '../page-facts.ts';
import type { Nest } from './nest.ts';
import type { Run, TextBlock, VisualLine } from './tree.ts';

type CodeLine<Line extends Run = Run> = Line & { readonly code: CodeRow };

const isCode = <Line extends Run>(line: Line): line is CodeLine<Line> => line.code !== undefined;

/** A row as pieces of one colour each. */
function visualLine(line: CodeLine): VisualLine {
  const { spans, advance } = line.code;
  const pieces = spans.length > 0 ? spans : [{ start: 0, length: line.text.length, color: line.color }];
  const runs = pieces.map(({ start, length, color }): Run => {
    const box: Rect = { ...line.box, x: line.box.x + start * advance, width: length * advance };
    return { ...line, text: line.text.slice(start, start + length), box, color };
  });
  return { box: line.box, baseline: line.baseline, runs };
}

/** Takes the rows of code out of a container. @returns a text for each block. */
export function takeCode(nest: Nest): TextBlock[] {
  const marks = new Map<TextLine, number>();
  for (const { mark, lines } of nest.texts) for (const line of lines) marks.set(line, mark);
  const rows = [...nest.lines, ...nest.texts.flatMap(({ lines }) => lines)].filter((line) => isCode(line));
  if (rows.length === 0) return [];
  nest.lines = nest.lines.filter((line) => !isCode(line));
  nest.texts = nest.texts
    .map((text) => ({ ...text, lines: text.lines.filter((line) => !isCode(line)) }))
    .filter(({ lines }) => lines.length > 0);
  return [...new Set(rows.map(({ code }) => code.block))].map((block): TextBlock => {
    const own = rows.filter(({ code }) => code.block === block).sort((a, b) => a.code.row - b.code.row);
    const mark = own.map((line) => marks.get(line)).find((each) => each !== undefined);
    return {
      kind: 'text',
      box: unionOf(own.map(({ box }) => box)),
      lines: own.map(visualLine),
      align: 'left',
      code: true,
      ...(mark === undefined ? {} : { mark }),
    };
  });
}
