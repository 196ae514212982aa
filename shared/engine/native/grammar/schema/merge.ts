/** Two schemas that must both hold → one, as `allOf` and `$ref` with siblings ask. */
import type { Member, Schema, TypeName } from './keywords.ts';
import { below, type Path, refusal } from './refusal.ts';

/**
 * The schema of what satisfies both, or undefined if nothing does. Neither may hold `$ref`, `allOf`,
 * `anyOf` or `oneOf` at its top; members keep them.
 * @throws PixelwrightError `option-invalid` where one grammar cannot express both.
 */
export function merge(a: Schema, b: Schema, path: Path): Schema | undefined {
  const type = both(typesOf(a), typesOf(b), commonTypes);
  if (type?.length === 0) return undefined;
  const values = both(valuesOf(a), valuesOf(b), commonValues);
  if (values?.length === 0) return undefined;
  return withoutUndefined({
    type,
    enum: values,
    minItems: both(a.minItems, b.minItems, Math.max),
    maxItems: both(a.maxItems, b.maxItems, Math.min),
    minLength: both(a.minLength, b.minLength, Math.max),
    maxLength: both(a.maxLength, b.maxLength, Math.min),
    minimum: both(a.minimum, b.minimum, Math.max),
    maximum: both(a.maximum, b.maximum, Math.min),
    exclusiveMinimum: both(a.exclusiveMinimum, b.exclusiveMinimum, Math.max),
    exclusiveMaximum: both(a.exclusiveMaximum, b.exclusiveMaximum, Math.min),
    pattern: same(a.pattern, b.pattern, below(path, 'pattern')),
    format: same(a.format, b.format, below(path, 'format')),
    propertyNames: both(a.propertyNames, b.propertyNames, bothMembers),
    required: both(a.required, b.required, (one, other) => [...new Set([...one, ...other])]),
    ...mergeProperties(a, b),
    ...mergeItems(a, b),
  });
}

function mergeProperties(a: Schema, b: Schema): Schema {
  if (a.properties === undefined && b.properties === undefined) {
    return { additionalProperties: both(a.additionalProperties, b.additionalProperties, bothMembers) };
  }
  const names = new Set([...Object.keys(a.properties ?? {}), ...Object.keys(b.properties ?? {})]);
  const properties = [...names].map((name): [string, Member | undefined] => [
    name,
    both(propertyOf(a, name), propertyOf(b, name), bothMembers),
  ]);
  return {
    properties: Object.fromEntries(properties.map(([name, member]) => [name, member ?? true])),
    additionalProperties: both(a.additionalProperties, b.additionalProperties, bothMembers),
  };
}

/** What a schema says about a property: its own words, else those about all others. */
function propertyOf(schema: Schema, name: string): Member | undefined {
  const { properties = {} } = schema;
  return Object.hasOwn(properties, name) ? properties[name] : schema.additionalProperties;
}

function mergeItems(a: Schema, b: Schema): Schema {
  const [one, other] = [tupleOf(a), tupleOf(b)];
  const length = Math.max(one.prefix.length, other.prefix.length);
  const items = both(one.rest, other.rest, bothMembers);
  if (length === 0) return { items };
  const prefixItems = Array.from(
    { length },
    (_, index) => both(one.prefix[index] ?? one.rest, other.prefix[index] ?? other.rest, bothMembers) ?? true,
  );
  return { prefixItems, items };
}

/** Both spellings of tuples: `prefixItems` with `items`, and before 2020 `items` with `additionalItems`. */
export function tupleOf(schema: Schema): {
  readonly prefix: readonly Member[];
  readonly rest: Member | undefined;
} {
  const { prefixItems, items, additionalItems } = schema;
  if (Array.isArray(items)) return { prefix: items, rest: additionalItems };
  return { prefix: prefixItems ?? [], rest: items };
}

/** The types that are named; undefined for any. */
export function typesOf({ type }: Schema): TypeName[] | undefined {
  return typeof type === 'string' ? [type] : type;
}

/** The values that are named; undefined for any. */
export function valuesOf(schema: Schema): Schema['enum'] {
  if (!('const' in schema) || schema.const === undefined) return schema.enum;
  const constant = schema.const;
  return schema.enum === undefined ? [constant] : commonValues(schema.enum, [constant]);
}

function commonTypes(one: readonly TypeName[], other: readonly TypeName[]): TypeName[] {
  const common = new Set<TypeName>();
  for (const type of one) {
    if (other.includes(type) || (type === 'integer' && other.includes('number'))) common.add(type);
    else if (type === 'number' && other.includes('integer')) common.add('integer');
  }
  return [...common];
}

function commonValues<Value>(one: readonly Value[], other: readonly Value[]): Value[] {
  const texts = new Set(other.map(canonical));
  return one.filter((value) => texts.has(canonical(value)));
}

/** The same text for values that JSON schema calls equal: the order of members does not count. */
export function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'undefined';
  const members = Object.entries(value)
    .toSorted(([one], [other]) => (one < other ? -1 : 1))
    .map(([name, each]) => `${JSON.stringify(name)}:${canonical(each)}`);
  return `{${members.join(',')}}`;
}

function bothMembers(one: Member, other: Member): Member {
  if (one === true || one === other) return other;
  if (other === true) return one;
  return one === false || other === false ? false : { allOf: [one, other] };
}

function same(one: string | undefined, other: string | undefined, path: Path): string | undefined {
  if (one !== undefined && other !== undefined && one !== other) {
    throw refusal(path, `a grammar cannot hold to ${one} and ${other} at once`);
  }
  return one ?? other;
}

function both<Value>(
  one: Value | undefined,
  other: Value | undefined,
  combine: (one: Value, other: Value) => Value,
): Value | undefined {
  if (one === undefined) return other;
  return other === undefined ? one : combine(one, other);
}

function withoutUndefined(schema: Schema): Schema {
  return Object.fromEntries(Object.entries(schema).filter(([, value]) => value !== undefined));
}
