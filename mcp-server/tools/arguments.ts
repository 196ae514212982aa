/** Checks what an agent passed to a tool, and tells it what is allowed and what it may have meant. */
import { z } from 'zod';
import { PixelwrightError } from '../../shared/start.ts';
import { nearest } from '../nearest.ts';

/**
 * The arguments as the schema gives them, defaults filled in.
 * @throws PixelwrightError `option-invalid` with the allowed names or values and the nearest one.
 */
export function checkArguments<Schema extends z.ZodObject>(
  tool: string,
  schema: Schema,
  given: unknown,
): z.output<Schema> {
  const fields = Object.keys(schema.shape);
  const object = z.record(z.string(), z.unknown()).safeParse(given ?? {});
  if (!object.success)
    throw invalid(tool, `${tool} takes an object of arguments.`, `Give ${listed(fields)}.`);
  const unknown = Object.keys(object.data).find((key) => !fields.includes(key));
  if (unknown !== undefined) throw unknownArgument(tool, unknown, fields, missing(schema, object.data));
  const parsed = schema.safeParse(object.data);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw issue === undefined
    ? invalid(tool, `${tool} was given wrong arguments.`, `Give ${listed(fields)}.`)
    : wrongValue(tool, issue, object.data, schema);
}

const listed = (names: readonly string[]): string => (names.length === 0 ? 'no arguments' : names.join(', '));

/** Names of arguments that are needed and were not given. */
const missing = (schema: z.ZodObject, given: Readonly<Record<string, unknown>>): string[] =>
  Object.entries(schema.shape).flatMap(([name, field]) =>
    given[name] === undefined && !z.safeParse(field, undefined).success ? [name] : [],
  );

function unknownArgument(
  tool: string,
  name: string,
  fields: readonly string[],
  absent: readonly string[],
): PixelwrightError {
  // Where just one is missing, it is what was meant, however it was called.
  const near = nearest(name, fields) ?? (absent.length === 1 ? absent[0] : undefined);
  return invalid(
    tool,
    `${tool} has no argument "${name}"; it takes ${listed(fields)}.`,
    near === undefined ? `Leave "${name}" out.` : `Did you mean "${near}"?`,
    near === undefined ? { argument: name } : { argument: name, nearest: near },
  );
}

function wrongValue(
  tool: string,
  issue: z.core.$ZodIssue,
  given: Readonly<Record<string, unknown>>,
  schema: z.ZodObject,
): PixelwrightError {
  const [field] = issue.path;
  const name = String(field ?? '');
  const value = given[name];
  const description: unknown = schema.shape[name]?.description;
  const means = typeof description === 'string' ? ` ${name}: ${description}` : '';
  if (value === undefined) {
    return invalid(tool, `${tool} needs the argument "${name}".`, `Give it.${means}`, { argument: name });
  }
  const shown = shorten(JSON.stringify(value) ?? String(value));
  if (issue.code === 'invalid_value') {
    const allowed = issue.values.map(String);
    const near = typeof value === 'string' ? nearest(value, allowed) : undefined;
    return invalid(
      tool,
      `"${name}" must be one of ${listed(allowed)}; it is ${shown}.`,
      near === undefined ? `Use one of these.${means}` : `Did you mean "${near}"?`,
      { argument: name, allowed, ...(near === undefined ? {} : { nearest: near }) },
    );
  }
  return invalid(tool, `"${name}" is ${shown}: ${issue.message}.`, `Correct it.${means}`, { argument: name });
}

const shorten = (text: string): string => (text.length > 120 ? `${text.slice(0, 120)}…` : text);

function invalid(
  tool: string,
  message: string,
  next: string,
  details: Readonly<Record<string, unknown>> = {},
): PixelwrightError {
  return new PixelwrightError('option-invalid', message, { next, details: { tool, ...details } });
}
