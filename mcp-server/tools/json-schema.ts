/** JSON schemas as a tool list carries them: everything a client needs, in few bytes. */
import type { StandardSchemaWithJSON } from '@modelcontextprotocol/server';
import { z } from 'zod';

type JsonObject = Record<string, unknown>;

/** Said by the tool's own check, or of no use to an agent. */
const left = ['$schema', 'additionalProperties', 'minLength', 'maxLength', 'pattern'];

/** The whole range of safe numbers, which zod writes out for every whole number. */
const isNoBound = (key: string, value: unknown): boolean =>
  (key === 'maximum' || key === 'minimum') && Math.abs(Number(value)) === Number.MAX_SAFE_INTEGER;

function compact(value: unknown, isNameMap = false): unknown {
  if (Array.isArray(value)) return value.map((one) => compact(one));
  if (!isObject(value)) return value;
  const kept = Object.entries(value).filter(
    ([key, one]) => isNameMap || !(left.includes(key) || isNoBound(key, one)),
  );
  return Object.fromEntries(
    kept.map(([key, one]) => [key, compact(one, !isNameMap && key === 'properties')]),
  );
}

const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function jsonSchemaOf(schema: z.ZodObject, io: 'input' | 'output'): JsonObject {
  const made = compact(z.toJSONSchema(schema, { io, unrepresentable: 'any' }));
  return isObject(made) ? made : {};
}

/** Arguments that are taken but not listed, because an agent seldom needs them: each would cost as much as a tool. */
const seldomGiven: readonly string[] = ['maxTokens', 'seed'];

/** What every answer has and the instructions tell once. */
const inEveryAnswer: readonly string[] = [
  'picture',
  'usage',
  'warnings',
  'untrusted',
  'truncated',
  'repetition',
];

/** What the caller may give: a field that is changed before it is checked is shown as what it becomes. */
export function inputSchema(schema: z.ZodObject): JsonObject {
  const given = jsonSchemaOf(schema, 'input');
  const become = propertiesOf(jsonSchemaOf(schema, 'output'));
  const shown = Object.entries(propertiesOf(given)).filter(([name]) => !seldomGiven.includes(name));
  const typed = shown.map(([name, field]) => {
    const later = become[name];
    const plain = isObject(field) && !('type' in field) && isObject(later) ? later : field;
    return [name, withoutBounds(plain)];
  });
  return { ...given, properties: Object.fromEntries(typed) };
}

/** What the answer adds to what every answer has; of objects only the names, which say enough. */
export function outputSchema(schema: z.ZodObject): JsonObject {
  const fields = Object.entries(propertiesOf(jsonSchemaOf(schema, 'output')));
  const own = fields.filter(([name, field]) => !inEveryAnswer.includes(name) && !isPicture(field));
  return {
    type: 'object',
    properties: Object.fromEntries(own.map(([name, field]) => [name, brief(name, field)])),
  };
}

/** Has the same names everywhere, which the instructions tell. */
const isPicture = (field: unknown): boolean => isObject(field) && 'sha256' in propertiesOf(field);

function brief(name: string, field: unknown): JsonObject {
  if (!isObject(field)) return {};
  const { type, items } = field;
  const all = Object.keys(propertiesOf(isObject(items) ? items : field));
  // Files have the same names everywhere, which the instructions tell.
  const own = all.filter((one) => !inEveryAnswer.includes(one));
  const names = name === 'files' ? [] : own;
  return {
    // What the caller's own schema decides is one of these.
    ...(type === undefined ? { anyOf: [{ type: 'object' }, { type: 'array' }] } : { type }),
    ...(names.length === 0 ? {} : { description: `{${names.join(', ')}}` }),
  };
}

/** The tool checks them, and tells them to whoever breaks one. */
function withoutBounds(field: unknown): unknown {
  if (!isObject(field)) return field;
  return Object.fromEntries(Object.entries(field).filter(([key]) => !/^(min|max)/.test(key)));
}

function propertiesOf(schema: JsonObject): JsonObject {
  const { properties } = schema;
  return isObject(properties) ? properties : {};
}

/** Shows a schema and lets everything pass: the tool checks for itself, because its answers are better. */
export function shownSchema(schema: JsonObject): StandardSchemaWithJSON<unknown, unknown> {
  return {
    '~standard': {
      version: 1,
      vendor: 'pixelwright',
      jsonSchema: { input: () => schema, output: () => schema },
      validate: (value) => ({ value }),
    },
  };
}
