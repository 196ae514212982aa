/** A comparison as Markdown. Words from pictures are escaped: they are data. */
import type { ImageComparison } from '../../shared/index.ts';

/** The texts of the report, in the user's language. */
export interface ComparisonWords {
  readonly title: string;
  readonly same: string;
  readonly pixels: string;
  readonly structure: string;
  readonly columns: readonly [kind: string, place: string, weight: string, note: string];
  readonly more: string;
}

export function comparisonReport(
  { same, similarity, regions, warnings, truncated }: ImageComparison,
  words: ComparisonWords,
): string {
  const facts = same
    ? [words.same]
    : [
        `- ${words.pixels}: ${percent(similarity.pixels)}`,
        `- ${words.structure}: ${percent(similarity.structural)}`,
      ];
  const rows = regions.map(({ kind, box, weight, note }) => [
    kind,
    `${box.width} × ${box.height} @ ${box.x}, ${box.y}`,
    percent(weight),
    note,
  ]);
  const table =
    rows.length === 0
      ? []
      : [
          '',
          row(words.columns),
          row(words.columns.map(() => '---')),
          ...rows.map((cells) => row(cells.map((cell) => colored(escaped(cell))))),
        ];
  const rest = [
    ...(truncated ? [words.more] : []),
    ...warnings.map((note) => escaped(note).replace(/^#/, '\\#')),
  ];
  const notes = rest.length === 0 ? [] : ['', ...rest.map((note) => `> ${note}`)];
  return `${[`# ${escaped(words.title)}`, '', ...facts, ...table, ...notes].join('\n')}\n`;
}

const percent = (share: number): string => `${(100 * share).toFixed(2)} %`;
const row = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;

/** Colours stand out as code, and editors show what they look like. */
const colored = (markdown: string): string => markdown.replace(/#[\da-f]{6}\b/gi, '`$&`');

/** Characters that mean something in Markdown or end a cell, and line breaks. */
const escaped = (text: string): string =>
  text.replace(/\s+/g, ' ').replace(/[\\`*_[\]<>|]/g, (character) => `\\${character}`);
