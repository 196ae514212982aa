/** Arrays: items of one kind, or a tuple with or without more items after it. */
import { type GrammarNode, literal, optional, sequence } from '../nodes.ts';
import type { Plain } from './alternatives.ts';
import type { Builder } from './builder.ts';
import { tupleOf } from './merge.ts';
import { below, type Path, refusal } from './refusal.ts';

export function arrayNode(schema: Plain, path: Path, name: string, builder: Builder): GrammarNode {
  const { minItems = 0, maxItems } = schema;
  if (maxItems !== undefined && minItems > maxItems) {
    throw refusal(path, `no array has at least ${minItems} and at most ${maxItems} items`);
  }
  const { prefix, rest } = tupleOf(schema);
  const { space } = builder;
  const comma = sequence(literal(','), space);
  const tuple = prefix
    .slice(0, maxItems)
    .map((member, index) => builder.value(member, below(path, 'prefixItems', index), `${name}-${index}`));
  // A tuple is written whole, and items that it does not name only where they are asked for.
  const least = Math.max(0, minItems - tuple.length);
  const most = tuple.length > 0 && rest === undefined ? least : difference(maxItems, tuple.length);
  if (rest === false && least > 0)
    throw refusal(path, `at least ${minItems} items are asked for, and fewer may be there`);
  const hasMore = rest !== false && most !== 0;
  const item = hasMore ? builder.value(rest ?? true, below(path, 'items'), `${name}-item`) : undefined;
  const written = tuple.flatMap((node, index) => (index === 0 ? [node] : [comma, node]));
  const repeated = (from: number, to: number | undefined) =>
    item === undefined
      ? sequence()
      : builder.rules.repeated(sequence(comma, item), from, to, `${name}-next`, path);
  const brackets = (...inside: readonly GrammarNode[]) =>
    sequence(literal('['), space, ...inside, literal(']'));
  if (written.length > 0) return brackets(...written, repeated(least, most), space);
  if (item === undefined) return brackets();
  const items = sequence(item, repeated(Math.max(0, least - 1), difference(most, 1)), space);
  return brackets(least === 0 ? optional(items) : items);
}

function difference(most: number | undefined, taken: number): number | undefined {
  return most === undefined ? undefined : Math.max(0, most - taken);
}
