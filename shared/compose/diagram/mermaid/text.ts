/** Words and names as Mermaid reads them: it has no escapes but its own entities, `#35;` for `#`. */
import type { GraphNode } from '../../../diagram-graph.ts';

/** What may stand in a text as it is, in quotes or after a colon; all letters and figures besides. */
const plain =
  /^(?:[\p{L}\p{M}\p{N}\p{Extended_Pictographic}\p{Regional_Indicator} .,!?/()'_+=@$€£§°|-]|\u200d|\ufe0f)$/u;

const entity = (character: string): string => `#${character.codePointAt(0)};`;

/** Marks of lists and dashes that would be read as Markdown or as an arrow. */
const readAsMarks =
  /^(\s*\d+)([.)])(?=\s)|^(\s*)([-+])(?=\s)|-(?=-)|(?<=-)-|(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/gu;

function encodedLine(line: string): string {
  const marked = line.replace(
    readAsMarks,
    (
      found,
      figures: string | undefined,
      dot: string | undefined,
      blanks: string | undefined,
      bullet: string | undefined,
    ) => {
      if (figures !== undefined && dot !== undefined) return `${figures}\u0000${dot}`;
      if (bullet !== undefined) return `${blanks ?? ''}\u0000${bullet}`;
      return `\u0000${found}`;
    },
  );
  let text = '';
  let forced = false;
  for (const character of marked) {
    if (character === '\u0000') {
      forced = true;
      continue;
    }
    const kept = plain.test(character) && !forced && !(character === ':' && line.includes('style'));
    text += kept ? character : isWritable(character) ? entity(character) : ' ';
    forced = false;
  }
  return text;
}

/** Control characters and halves of pairs are not: an entity of theirs shows nothing. */
const isWritable = (character: string): boolean => /^[^\p{Cc}\p{Cs}\p{Cn}]$/u.test(character);

/** Safe wherever a text may stand, on one line; line breaks become `<br/>`. */
export const encoded = (text: string): string =>
  text
    .split(/\r\n?|\n/)
    .map((line) => encodedLine(line.replaceAll('\u0000', '')))
    .join('<br/>');

/** In quotes; a blank where there is nothing, because Mermaid takes no empty text. */
export const quoted = (text: string): string => `"${text.trim() === '' ? ' ' : encoded(text)}"`;

/** Words of the languages, in any case: as names they end or begin something. */
const reserved = new Set(
  'end graph flowchart subgraph style linkstyle class classdef click call href default direction note state choice fork join as one only many zero or more to optionally participant actor loop alt else opt par and rect activate deactivate title link links namespace root mindmap section interface top down left right tb td bt lr rl u o x v'.split(
    ' ',
  ),
);

/** A name for each node: its label in camel case where that is one, else `n1`, `n2`, …. */
export function namesFor(nodes: readonly GraphNode[]): ReadonlyMap<string, string> {
  const taken = new Set<string>();
  return new Map(
    nodes.map((node, index) => {
      const wanted = wordsOf(node.label);
      const usable = /^[a-z]{2}/i.test(wanted) && !reserved.has(wanted.toLowerCase());
      const base = usable ? wanted : `n${index + 1}`;
      let name = base;
      for (let count = 2; taken.has(name.toLowerCase()); count += 1) name = `${base}_${count}`;
      taken.add(name.toLowerCase());
      return [node.id, name];
    }),
  );
}

function wordsOf(label: string): string {
  const words = label.normalize('NFKD').match(/[A-Za-z0-9]+/g) ?? [];
  const short = words.slice(0, 3).map((word) => word.slice(0, 16));
  return short
    .map((word, index) => (index === 0 ? word : word.slice(0, 1).toUpperCase() + word.slice(1)))
    .join('');
}

/** Title and rows of a table or a class as lines of one label. */
export const wholeLabel = ({ label, rows }: GraphNode): string =>
  [label, ...(rows ?? []).map(({ cells }) => cells.join(' '))].filter((line) => line !== '').join('\n');

export const indented = (lines: readonly string[]): string[] => lines.map((line) => `  ${line}`);
