/** Objects: properties in the order of the schema, the optional ones left out or not. */
import { choice, type GrammarNode, literal, noneOf, optional, repeat, sequence } from '../nodes.ts';
import type { Plain } from './alternatives.ts';
import type { Builder } from './builder.ts';
import { isAnything, type Member } from './keywords.ts';
import { below, type Path, refusal } from './refusal.ts';
import { quotedNode } from './strings.ts';

interface Property {
  readonly pair: GrammarNode;
  readonly isRequired: boolean;
}

export function objectNode(schema: Plain, path: Path, name: string, builder: Builder): GrammarNode {
  const properties = declared(schema, path, name, builder);
  const others = otherPairs(schema, path, name, builder);
  const { space } = builder;
  const comma = sequence(literal(','), space);
  const more = others === undefined ? [] : [repeat(sequence(comma, others), 0)];
  /** What may come after the first of the properties from `index` on has been written. */
  const rest = (index: number) =>
    sequence(
      ...properties.slice(index).map(({ pair, isRequired }) => {
        const next = sequence(comma, pair);
        return isRequired ? next : optional(next);
      }),
      ...more,
    );
  const firstRequired = properties.findIndex(({ isRequired }) => isRequired);
  const leading = firstRequired < 0 ? properties.length : firstRequired + 1;
  const starts = properties.slice(0, leading).map(({ pair }, index) => {
    const tail = rest(index + 1);
    // Each start repeats the tail of the one before, unless it is a rule.
    const isShared = leading > 1 && tail.kind === 'sequence' && tail.items.length > 1;
    return sequence(pair, isShared ? builder.rules.add(`${name}-rest`, tail, path) : tail);
  });
  if (firstRequired < 0 && others !== undefined) starts.push(sequence(others, ...more));
  if (starts.length === 0) return sequence(literal('{'), space, literal('}'));
  const body = sequence(choice(...starts), space);
  return sequence(literal('{'), space, firstRequired < 0 ? optional(body) : body, literal('}'));
}

/** The properties that are named, with their pairs of key and value. */
function declared(schema: Plain, path: Path, name: string, builder: Builder): Property[] {
  const { properties = {}, required = [], additionalProperties } = schema;
  const rest: Member = additionalProperties ?? true;
  const unnamed = required.filter((key) => !Object.hasOwn(properties, key));
  const members: [string, Member][] = [
    ...Object.entries(properties),
    ...unnamed.map((key): [string, Member] => [key, rest]),
  ];
  return members.flatMap(([key, member]) => {
    const isRequired = required.includes(key);
    if (member === false) {
      if (!isRequired) return [];
      throw refusal(path, `the property ${key} is required, and none may be there`);
    }
    const value = builder.value(member, below(path, 'properties', key), `${name}-${key}`);
    return [{ pair: sequence(literal(`${JSON.stringify(key)}:`), builder.space, value), isRequired }];
  });
}

/** A pair whose key is not among those that are named; undefined where there may be none. */
function otherPairs(schema: Plain, path: Path, name: string, builder: Builder): GrammarNode | undefined {
  const { properties, propertyNames, required = [] } = schema;
  // An object of which nothing is said is any object.
  const { additionalProperties = properties === undefined } = schema;
  const names = [...new Set([...Object.keys(properties ?? {}), ...required])];
  const namesAreFree = propertyNames === undefined || isAnyString(propertyNames);
  if (!namesAreFree && names.length > 0) {
    throw refusal(
      below(path, 'propertyNames'),
      'a grammar cannot express propertyNames beside named properties',
    );
  }
  if (additionalProperties === false) return undefined;
  const value = builder.value(additionalProperties, below(path, 'additionalProperties'), `${name}-other`);
  const key = namesAreFree
    ? quotedNode(builder.rules.add(`${name}-key`, keyExcept(names), path))
    : builder.value(
        { allOf: [propertyNames, { type: 'string' }] },
        below(path, 'propertyNames'),
        `${name}-key`,
      );
  return builder.rules.add(`${name}-pair`, sequence(key, literal(':'), builder.space, value), path);
}

function isAnyString(member: Member): boolean {
  if (member === true) return true;
  if (member === false || member['type'] !== 'string') return false;
  const { type: _type, ...rest } = member;
  return isAnything(rest);
}

interface Letters {
  readonly next: Map<string, Letters>;
  isEnd: boolean;
}

/** Text without anything to escape that is none of `names`: an escape could write a name in another way. */
function keyExcept(names: readonly string[]): GrammarNode {
  const root: Letters = { next: new Map(), isEnd: false };
  for (const name of names) {
    let letters = root;
    for (const letter of name) {
      const next = letters.next.get(letter) ?? { next: new Map(), isEnd: false };
      letters.next.set(letter, next);
      letters = next;
    }
    letters.isEnd = true;
  }
  return except(root);
}

function except({ next, isEnd }: Letters): GrammarNode {
  const known = [...next.keys()].map((letter): [number, number] => {
    const point = letter.codePointAt(0) ?? 0;
    return [point, point];
  });
  const other = noneOf('"', '\\', [0x7f, 0x7f], [0x00, 0x1f], ...known);
  const any = noneOf('"', '\\', [0x7f, 0x7f], [0x00, 0x1f]);
  const options = [...next]
    // Such letters cannot be written without an escape.
    .filter(([letter]) => !/["\\\p{Cc}\p{Cs}]/u.test(letter))
    .map(([letter, letters]) => sequence(literal(letter), except(letters)));
  const different = choice(...options, sequence(other, repeat(any, 0)));
  return isEnd ? different : optional(different);
}
