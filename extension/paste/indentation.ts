/** Indents code as the document around is indented. */

export interface Indentation {
  /** One step: a tab, or some spaces. */
  readonly unit: string;
}

export const indentationOf = (insertSpaces: boolean, tabSize: number): Indentation => ({
  unit: insertSpaces ? ' '.repeat(Math.max(1, tabSize)) : '\t',
});

/**
 * Code that is indented by two spaces, in the document's own steps. Empty lines are left out: an editor would
 * indent them.
 * @param base in front of each line but the first.
 */
export function indented(code: string, { unit }: Indentation, base = ''): string {
  const lines = code.split('\n').filter((line) => line.trim() !== '');
  return lines
    .map((line, index) => {
      const spaces = /^ */.exec(line)?.[0].length ?? 0;
      const steps = unit.repeat(Math.floor(spaces / 2)) + ' '.repeat(spaces % 2);
      return `${index === 0 ? '' : base}${steps}${line.slice(spaces)}`;
    })
    .join('\n');
}

/** The blanks that the line of an offset begins with, up to the offset. */
export function indentationAt(text: string, offset: number): string {
  const start = text.lastIndexOf('\n', offset - 1) + 1;
  return /^[ \t]*/.exec(text.slice(start, offset))?.[0] ?? '';
}
