/** Writes a grammar in GBNF. */
import type { CodeRange, GrammarNode, GrammarRules } from './nodes.ts';

/** One rule a line, in the order of the map. */
export function printGrammar(rules: GrammarRules): string {
  return [...rules].map(([name, node]) => `${name} ::= ${print(node)}\n`).join('');
}

function print(node: GrammarNode): string {
  switch (node.kind) {
    case 'choice':
      return node.options.map(print).join(' | ');
    case 'sequence':
      return node.items.length === 0 ? '""' : node.items.map(printItem).join(' ');
    default:
      return printItem(node);
  }
}

/** Something that may stand in a sequence and before `*`. */
function printItem(node: GrammarNode): string {
  switch (node.kind) {
    case 'literal':
      return `"${[...node.text].map((character) => escaped(character, '"')).join('')}"`;
    case 'class':
      return `[${node.negated ? '^' : ''}${node.ranges.map(printRange).join('')}]`;
    case 'any':
      return '.';
    case 'token':
      return node.text;
    case 'rule':
      return node.name;
    case 'repeat':
      return printAtom(node.item) + times(node.least, node.most);
    default:
      return `(${print(node)})`;
  }
}

function printAtom(node: GrammarNode): string {
  return node.kind === 'repeat' ? `(${print(node)})` : printItem(node);
}

function times(least: number, most: number | undefined): string {
  if (least === 0 && most === 1) return '?';
  if (least === 0 && most === undefined) return '*';
  if (least === 1 && most === undefined) return '+';
  return least === most ? `{${least}}` : `{${least},${most ?? ''}}`;
}

function printRange([first, last]: CodeRange): string {
  const inClass = (point: number) => escaped(String.fromCodePoint(point), '[]^-"');
  return first === last ? inClass(first) : `${inClass(first)}-${inClass(last)}`;
}

const named: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t', '\\': '\\\\' };

/** Everything but plain ASCII as a number, so that the grammar reads the same in every encoding. */
function escaped(character: string, special: string): string {
  const point = character.codePointAt(0) ?? 0;
  const short = named[character];
  if (short !== undefined) return short;
  if (character === '"' && special === '"') return '\\"';
  if (point > 0xffff) return `\\U${point.toString(16).toUpperCase().padStart(8, '0')}`;
  if (point > 0x7e) return `\\u${point.toString(16).toUpperCase().padStart(4, '0')}`;
  if (point < 0x20 || special.includes(character)) {
    return `\\x${point.toString(16).toUpperCase().padStart(2, '0')}`;
  }
  return character;
}
