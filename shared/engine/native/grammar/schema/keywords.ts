/** The keywords of a JSON schema that a grammar can express, with their types. */
import { z } from 'zod';
import type { JsonSchema } from '../../../engine.ts';
import { below, type Path, refusal } from './refusal.ts';

const typeNames = ['object', 'array', 'string', 'number', 'integer', 'boolean', 'null'] as const;
export type TypeName = (typeof typeNames)[number];

/** A schema is an object or, in place of one, `true` (anything) or `false` (nothing). */
const member = z.union([z.boolean(), z.record(z.string(), z.unknown())]);
export type Member = z.infer<typeof member>;

const count = z.int().min(0);

const keywords = {
  type: z.union([z.enum(typeNames), z.array(z.enum(typeNames)).min(1)]),
  enum: z.array(z.json()).min(1),
  const: z.json(),
  $ref: z.string(),
  allOf: z.array(member).min(1),
  anyOf: z.array(member).min(1),
  oneOf: z.array(member).min(1),
  properties: z.record(z.string(), member),
  required: z.array(z.string()),
  additionalProperties: member,
  propertyNames: member,
  items: z.union([member, z.array(member)]),
  prefixItems: z.array(member),
  additionalItems: member,
  minItems: count,
  maxItems: count,
  minLength: count,
  maxLength: count,
  pattern: z.string(),
  format: z.string(),
  minimum: z.number(),
  maximum: z.number(),
  exclusiveMinimum: z.number(),
  exclusiveMaximum: z.number(),
} as const;

export type Keyword = keyof typeof keywords;

const schemaObject = z.object(keywords).partial();
export type Schema = z.infer<typeof schemaObject>;

/** Say something to people or to other programs, and nothing about what is valid. */
const annotations: ReadonlySet<string> = new Set([
  ...['$schema', '$id', '$comment', '$defs', 'definitions', 'title', 'description', 'default', 'deprecated'],
  ...['examples', 'example', 'readOnly', 'writeOnly', 'contentEncoding', 'contentMediaType', '$anchor'],
]);

/** Hold by themselves, since no property or item is ever written that the schema does not name. */
const harmless: Readonly<Record<string, unknown>> = {
  unevaluatedProperties: false,
  unevaluatedItems: false,
  uniqueItems: false,
  nullable: false,
};

/**
 * The keywords of one schema that matter, in the order in which they are written.
 * @throws PixelwrightError `option-invalid` for a keyword that a grammar cannot express, or of a wrong type.
 */
export function readSchema(schema: JsonSchema, path: Path): Schema {
  const kept: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(schema)) {
    if (value === undefined || annotations.has(name) || harmless[name] === value) continue;
    if (!(name in keywords)) throw refusal(path, `a grammar cannot express ${name}`);
    kept[name] = value;
  }
  const read = schemaObject.safeParse(kept);
  if (read.success) return read.data;
  const [issue] = read.error.issues;
  const place = (issue?.path ?? []).map((each) => (typeof each === 'symbol' ? '' : each));
  throw refusal(below(path, ...place), issue?.message ?? 'this is no schema');
}

export function isAnything(member: Member): boolean {
  return member === true || (member !== false && Object.keys(member).every((name) => annotations.has(name)));
}
