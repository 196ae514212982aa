/** Values of one plain schema: listed ones, or all of its types. */
import { choice, type GrammarNode, literal } from '../nodes.ts';
import type { Plain } from './alternatives.ts';
import { arrayNode } from './arrays.ts';
import type { Builder } from './builder.ts';
import type { Keyword, TypeName } from './keywords.ts';
import { canonical, typesOf, valuesOf } from './merge.ts';
import { integerBetween, integerNode, numberBetween, numberNode } from './numbers.ts';
import { objectNode } from './objects.ts';
import { typeOfValue } from './overlap.ts';
import { patternNode } from './pattern.ts';
import { below, type Path, refusal } from './refusal.ts';
import { formats, quotedNode } from './strings.ts';

const mostValues = 2000;

const allTypes: readonly TypeName[] = ['object', 'array', 'string', 'number', 'boolean', 'null'];

/** Keywords that say something about values of one type alone. */
const ofType: Readonly<Partial<Record<TypeName, readonly Keyword[]>>> = {
  object: ['properties', 'required', 'additionalProperties', 'propertyNames'],
  array: ['items', 'prefixItems', 'additionalItems', 'minItems', 'maxItems'],
  string: ['minLength', 'maxLength', 'pattern', 'format'],
  number: ['minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum'],
};

/** @throws PixelwrightError `option-invalid` where no value is valid, or no grammar can tell. */
export function plainNode(schema: Plain, path: Path, name: string, builder: Builder): GrammarNode {
  const values = valuesOf(schema);
  if (values !== undefined) return listed(values, schema, path);
  const types = typesOf(schema) ?? meantTypes(schema);
  const wanted = types.includes('number') ? types.filter((type) => type !== 'integer') : types;
  return choice(...wanted.map((type) => typeNode(type, schema, path, name, builder)));
}

/** Without `type`, the types that the other keywords are about; any, if there are none. */
function meantTypes(schema: Plain): readonly TypeName[] {
  const meant = allTypes.filter((type) => keywordsOf(type, schema).length > 0);
  return meant.length > 0 ? meant : allTypes;
}

function keywordsOf(type: TypeName, schema: Plain): Keyword[] {
  const present: Partial<Record<Keyword, unknown>> = schema;
  return (ofType[type] ?? []).filter((keyword) => present[keyword] !== undefined);
}

function typeNode(type: TypeName, schema: Plain, path: Path, name: string, builder: Builder): GrammarNode {
  switch (type) {
    case 'object':
      return objectNode(schema, path, name, builder);
    case 'array':
      return arrayNode(schema, path, name, builder);
    case 'string':
      return stringNode(schema, path, builder);
    case 'integer':
      return integerBetween(schema, path) ?? integerNode;
    case 'number':
      return numberBetween(schema, path) ?? numberNode;
    case 'boolean':
      return choice(literal('true'), literal('false'));
    case 'null':
      return literal('null');
  }
}

function stringNode(schema: Plain, path: Path, { rules, character }: Builder): GrammarNode {
  const { pattern, format, minLength = 0, maxLength } = schema;
  const [first, second] = keywordsOf('string', schema).map((keyword) =>
    keyword.endsWith('Length') ? 'a length' : keyword,
  );
  if ((pattern ?? format) !== undefined && second !== undefined) {
    throw refusal(path, `a grammar cannot hold to ${first} and ${second} at once`);
  }
  if (pattern !== undefined) return quotedNode(patternNode(pattern, character, rules, path));
  if (format !== undefined) {
    const known = Object.hasOwn(formats, format) ? formats[format] : undefined;
    if (known !== undefined) return quotedNode(known);
    const names = Object.keys(formats).join(', ');
    throw refusal(below(path, 'format'), `a grammar knows the formats ${names}, and not ${format}`);
  }
  if (maxLength !== undefined && minLength > maxLength) {
    throw refusal(path, `no text has at least ${minLength} and at most ${maxLength} characters`);
  }
  return quotedNode(rules.repeated(character, minLength, maxLength, 'text', path));
}

/** Those of the listed values that the rest of the schema allows. */
function listed(values: readonly unknown[], schema: Plain, path: Path): GrammarNode {
  if (values.length > mostValues)
    throw refusal(below(path, 'enum'), `more than ${mostValues} values are listed`);
  const distinct = new Map(values.map((value) => [canonical(value), value]));
  const valid = [...distinct.values()].filter((value) => isValid(value, schema, path));
  if (valid.length === 0) throw refusal(path, 'none of the listed values is valid');
  return choice(...valid.map((value) => literal(JSON.stringify(value))));
}

function isValid(value: unknown, schema: Plain, path: Path): boolean {
  const type = typeOfValue(value);
  const types = typesOf(schema);
  const isInteger = Number.isInteger(value) && types?.includes('integer');
  if (types !== undefined && !types.includes(type) && !isInteger) return false;
  const { minLength = 0, maxLength = Infinity, pattern } = schema;
  if (typeof value === 'number') {
    const { minimum = -Infinity, maximum = Infinity } = schema;
    const { exclusiveMinimum = -Infinity, exclusiveMaximum = Infinity } = schema;
    return minimum <= value && value <= maximum && exclusiveMinimum < value && value < exclusiveMaximum;
  }
  const isPlainText = typeof value === 'string' && schema.format === undefined && pattern === undefined;
  if (!isPlainText && keywordsOf(type, schema).length > 0) {
    throw refusal(
      path,
      `values are listed beside ${keywordsOf(type, schema).join(', ')}; list those alone that are valid`,
    );
  }
  return typeof value !== 'string' || (minLength <= [...value].length && [...value].length <= maxLength);
}
