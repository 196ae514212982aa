/** A grammar as a tree: what the writer prints as GBNF and the reader makes of it. */

/** Code points from the first to the last, both included. */
export type CodeRange = readonly [number, number];

export type GrammarNode =
  | { readonly kind: 'literal'; readonly text: string }
  | { readonly kind: 'class'; readonly ranges: readonly CodeRange[]; readonly negated: boolean }
  /** Any one code point. */
  | { readonly kind: 'any' }
  /** One token of the vocabulary, as it is written: `<think>`, `!<[1000]>`. */
  | { readonly kind: 'token'; readonly text: string }
  | { readonly kind: 'rule'; readonly name: string }
  | { readonly kind: 'sequence'; readonly items: readonly GrammarNode[] }
  | { readonly kind: 'choice'; readonly options: readonly GrammarNode[] }
  /** `most` is undefined where there is no limit. */
  | {
      readonly kind: 'repeat';
      readonly item: GrammarNode;
      readonly least: number;
      readonly most: number | undefined;
    };

/** By name, in the order of their definition; the grammar starts at `root`. */
export type GrammarRules = ReadonlyMap<string, GrammarNode>;

export const empty: GrammarNode = { kind: 'literal', text: '' };
export const digit: GrammarNode = { kind: 'class', ranges: [[0x30, 0x39]], negated: false };

export function literal(text: string): GrammarNode {
  return { kind: 'literal', text };
}

export function rule(name: string): GrammarNode {
  return { kind: 'rule', name };
}

/** One of the given code points. */
export function oneOf(...ranges: readonly (CodeRange | string)[]): GrammarNode {
  return { kind: 'class', ranges: ranges.map(toRange), negated: false };
}

/** Any code point but the given ones. */
export function noneOf(...ranges: readonly (CodeRange | string)[]): GrammarNode {
  return { kind: 'class', ranges: ranges.map(toRange), negated: true };
}

/** One after the other; literals side by side become one, and what is empty is left out. */
export function sequence(...parts: readonly GrammarNode[]): GrammarNode {
  const items: GrammarNode[] = [];
  for (const part of parts.flatMap((each) => (each.kind === 'sequence' ? each.items : [each]))) {
    const last = items.at(-1);
    if (part.kind === 'literal' && last?.kind === 'literal') {
      items[items.length - 1] = literal(last.text + part.text);
    } else if (part.kind !== 'literal' || part.text !== '') items.push(part);
  }
  const [only] = items;
  return items.length === 1 && only !== undefined ? only : { kind: 'sequence', items };
}

/** One of the options, of which there must be at least one. */
export function choice(...nodes: readonly GrammarNode[]): GrammarNode {
  const options = nodes.flatMap((each) => (each.kind === 'choice' ? each.options : [each]));
  const [only] = options;
  return options.length === 1 && only !== undefined ? only : { kind: 'choice', options };
}

export function optional(item: GrammarNode): GrammarNode {
  return repeat(item, 0, 1);
}

/** `least` to `most` times; without `most`, without a limit. */
export function repeat(item: GrammarNode, least: number, most?: number): GrammarNode {
  if (most === 0) return empty;
  if (least === 1 && most === 1) return item;
  return { kind: 'repeat', item, least, most };
}

function toRange(range: CodeRange | string): CodeRange {
  if (typeof range !== 'string') return range;
  const [first = '', dash, last] = [...range];
  const from = first.codePointAt(0) ?? 0;
  return [from, dash === '-' && last !== undefined ? (last.codePointAt(0) ?? from) : from];
}
