/** A comparison as Markdown. Words from pictures are escaped: they are data. */
import type { ImageComparison } from '../../shared/index.ts';

/** The texts of the report, in the user's language. */
export interface ComparisonWords {
  readonly title: string;
  readonly same: string;
  readonly pixels: string;
  readonly structure: string;
  readonly place: string;
  readonly weight: string;
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
  // Not a table: its cells are unreadable as the text that an editor shows first.
  const list = regions.flatMap(({ kind, box, weight, note }) => [
    `1. **${kind}**: ${colored(escaped(note))}  `,
    `   ${words.place}: ${box.width} × ${box.height} @ ${box.x}, ${box.y}; ${words.weight}: ${percent(weight)}`,
  ]);
  const found = list.length === 0 ? [] : ['', ...list];
  const rest = [
    ...(truncated ? [words.more] : []),
    ...warnings.map((note) => escaped(note).replace(/^#/, '\\#')),
  ];
  const notes = rest.length === 0 ? [] : ['', ...rest.map((note) => `> ${note}`)];
  return `${[`# ${escaped(words.title)}`, '', ...facts, ...found, ...notes].join('\n')}\n`;
}

const percent = (share: number): string => `${(100 * share).toFixed(2)} %`;

/** Colours stand out as code, and editors show what they look like. */
const colored = (markdown: string): string => markdown.replace(/#[\da-f]{6}\b/gi, '`$&`');

/** Characters that mean something in Markdown, and line breaks. */
const escaped = (text: string): string =>
  text.replace(/\s+/g, ' ').replace(/[\\`*_[\]<>|]/g, (character) => `\\${character}`);
