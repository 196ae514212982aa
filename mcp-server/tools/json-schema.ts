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

/** What the caller may give: a field that is changed before it is checked is shown as what it becomes. */
export function inputSchema(schema: z.ZodObject): JsonObject {
  const given = jsonSchemaOf(schema, 'input');
  const become = jsonSchemaOf(schema, 'output');
  const [before, after] = [given['properties'], become['properties']];
  if (!isObject(before) || !isObject(after)) return given;
  const typed = Object.entries(before).map(([name, field]) => [
    name,
    isObject(field) && 'type' in field ? field : after[name],
  ]);
  return { ...given, properties: Object.fromEntries(typed) };
}

/** What comes back, without words: an agent reads the answer, not its schema. */
export function outputSchema(schema: z.ZodObject): JsonObject {
  const wordless = withoutDescriptions(jsonSchemaOf(schema, 'output'));
  return isObject(wordless) ? wordless : {};
}

function withoutDescriptions(value: unknown, isNameMap = false): unknown {
  if (Array.isArray(value)) return value.map((one) => withoutDescriptions(one));
  if (!isObject(value)) return value;
  const kept = Object.entries(value).filter(([key]) => isNameMap || key !== 'description');
  return Object.fromEntries(
    kept.map(([key, one]) => [key, withoutDescriptions(one, !isNameMap && key === 'properties')]),
  );
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
