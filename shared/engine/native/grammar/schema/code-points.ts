/** Sets of code points, and how a JSON string writes one of them. */
import { type CodeRange, choice, type GrammarNode, literal } from '../nodes.ts';

const last = 0x10ffff;
/** Halves of characters, which UTF-8 cannot write. */
const surrogates: CodeRange = [0xd800, 0xdfff];
/** Signs that a JSON string must escape, with their short escapes. */
const escapes: readonly (readonly [number, string])[] = [
  [0x22, '\\"'],
  [0x5c, '\\\\'],
  [0x08, '\\b'],
  [0x09, '\\t'],
  [0x0a, '\\n'],
  [0x0c, '\\f'],
  [0x0d, '\\r'],
];

/** Ranges in order, none of which touch. */
export function union(...ranges: readonly CodeRange[]): CodeRange[] {
  const merged: CodeRange[] = [];
  for (const [from, to] of ranges.toSorted(([one], [other]) => one - other)) {
    const before = merged.at(-1);
    if (before !== undefined && from <= before[1] + 1)
      merged[merged.length - 1] = [before[0], Math.max(before[1], to)];
    else merged.push([from, to]);
  }
  return merged;
}

/** Every code point that is in none of the ranges. */
export function complement(ranges: readonly CodeRange[]): CodeRange[] {
  const rest: CodeRange[] = [];
  let next = 0;
  for (const [from, to] of union(...ranges)) {
    if (from > next) rest.push([next, from - 1]);
    next = to + 1;
  }
  if (next <= last) rest.push([next, last]);
  return rest;
}

/**
 * One character of a JSON string out of a set, as itself or by its shortest escape; undefined for the
 * empty set. Control characters without a short escape are written only where the set has nothing else.
 */
export function characterOf(ranges: readonly CodeRange[]): GrammarNode | undefined {
  const mustEscape: CodeRange[] = [[0, 0x1f], [0x22, 0x22], [0x5c, 0x5c], surrogates];
  const plain = complement(union(...complement(ranges), ...mustEscape));
  const has = (point: number) => ranges.some(([from, to]) => from <= point && point <= to);
  const short = escapes.filter(([point]) => has(point)).map(([, text]) => literal(text));
  const [only] = plain;
  const options: GrammarNode[] = [...short];
  if (plain.length === 1 && only !== undefined && only[0] === only[1]) {
    options.unshift(literal(String.fromCodePoint(only[0])));
  } else if (plain.length > 0) options.unshift({ kind: 'class', ranges: plain, negated: false });
  if (options.length > 0) return choice(...options);
  const controls = Array.from({ length: 0x20 }, (_, point) => point).filter(has);
  if (controls.length === 0) return undefined;
  return choice(...controls.map((point) => literal(`\\u${point.toString(16).padStart(4, '0')}`)));
}
