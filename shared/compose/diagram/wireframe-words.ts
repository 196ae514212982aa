/** The words of a screen's parts, and how they are set. */
import type { GraphNode } from '../../diagram-graph.ts';
import { toHex } from '../../geometry.ts';
import { type UiNode, walk } from '../../ui-tree.ts';

/** The words of a text, line by line where the picture breaks it. */
export function ownText({ text, runs, lines }: UiNode): string {
  if (lines !== undefined) return lines.join('\n');
  if (runs !== undefined && runs.length > 0) return runs.map((run) => run.text).join('');
  return text ?? '';
}

/** The words of a control: its own, else those in it. */
export function wordsIn(node: UiNode): string {
  return [...walk(node)]
    .map(ownText)
    .filter((text) => text !== '')
    .join(' ');
}

/** Dots where a password field's were not read. */
const usualDots = 8;

/** The dots of a password field, which are read as full stops, as asterisks or not at all. */
export function secretWords(node: UiNode): string {
  const words = wordsIn(node).replaceAll(/\s/g, '');
  return /^[•●∙·*.]*$/u.test(words) ? '•'.repeat([...words].length || usualDots) : wordsIn(node);
}

/** How the first words in a part are set. */
export function wordsStyle(node: UiNode): Pick<GraphNode, 'textColor' | 'fontSize' | 'bold'> {
  const styled = [...walk(node)].find(({ style }) => style?.font !== undefined)?.style;
  if (styled?.font === undefined) return {};
  const { color, fill, font } = styled;
  const seen = color !== undefined && (fill === undefined || toHex(color) !== toHex(fill));
  return {
    fontSize: Math.round(font.size),
    ...(font.weight >= 600 ? { bold: true } : {}),
    ...(seen ? { textColor: color } : {}),
  };
}
