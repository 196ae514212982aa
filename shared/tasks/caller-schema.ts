/** The JSON schema of a caller: checked before a model is asked, and the model's answer checked by it. */
import { Ajv, type ErrorObject } from 'ajv';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { z } from 'zod';
import { PixelwrightError } from '../errors.ts';
import { parsedJson } from './listed-things.ts';

export interface CallerSchema {
  readonly schema: Readonly<Record<string, unknown>>;
  /** What is wrong with some data, as a short text; undefined if it is valid. */
  faultOf(data: unknown): string | undefined;
}

/** More of them do not help. */
const mostFaults = 5;

/**
 * @param text a JSON schema whose root is an object or an array.
 * @throws PixelwrightError `option-invalid`.
 */
export function callerSchema(text: string): CallerSchema {
  const value = parsedJson(text);
  if (value === undefined) throw refused('it is not JSON');
  const parsed = z.record(z.string(), z.unknown()).safeParse(value);
  if (!parsed.success) throw refused(`it is ${JSON.stringify(value).slice(0, 40)}, which is no JSON object`);
  const schema = parsed.data;
  const root = rootKind(schema);
  if (root !== 'object' && root !== 'array') {
    throw refused(root === undefined ? 'its root has no "type"' : `the "type" of its root is ${root}`);
  }
  const ajv = validatorFor(schema);
  try {
    const validate = ajv.compile(schema);
    return {
      schema,
      faultOf: (data) => (validate(data) ? undefined : faultText(validate.errors ?? [])),
    };
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw refused(why.slice(0, 200), cause);
  }
}

/** Draft 7 where the schema says so, since older clients write it; else 2020-12. */
function validatorFor(schema: Readonly<Record<string, unknown>>): Ajv {
  const old = /draft-0[4-7]/.test(String(schema['$schema'] ?? ''));
  // Unknown words are notes to people and models; they constrain nothing.
  const options = { strict: false, allErrors: false, validateFormats: true } as const;
  const ajv = old ? new Ajv(options) : new Ajv2020(options);
  addFormats.default(ajv);
  return ajv;
}

/** A schema without a type that names properties or items means an object or an array. */
function rootKind(schema: Readonly<Record<string, unknown>>): string | undefined {
  const { type } = schema;
  if (type !== undefined) return typeof type === 'string' ? type : JSON.stringify(type);
  const reference = localReference(schema);
  if (reference !== undefined) return rootKind(reference);
  if ('properties' in schema) return 'object';
  return 'items' in schema || 'prefixItems' in schema ? 'array' : undefined;
}

/** What generators of schemas put behind `$ref` at the root. */
function localReference(schema: Readonly<Record<string, unknown>>) {
  const name = /^#\/(\$defs|definitions)\/([^/]+)$/.exec(String(schema['$ref'] ?? ''));
  const group = z.record(z.string(), z.unknown()).safeParse(schema[name?.[1] ?? '']);
  const target = z.record(z.string(), z.unknown()).safeParse(group.data?.[name?.[2] ?? '']);
  return target.data === schema || target.data?.['$ref'] !== undefined ? undefined : target.data;
}

function refused(why: string, cause?: unknown): PixelwrightError {
  return new PixelwrightError(
    'option-invalid',
    `Expected a JSON schema of an object or an array, but ${why}.`,
    {
      next: 'Give a schema such as {"type":"object","properties":{"total":{"type":"number"}},"required":["total"]}.',
      ...(cause === undefined ? {} : { cause }),
    },
  );
}

function faultText(errors: readonly ErrorObject[]): string {
  const lines = errors.slice(0, mostFaults).map(({ instancePath, message, params }) => {
    const extra = 'additionalProperty' in params ? ` ("${String(params['additionalProperty'])}")` : '';
    return `${instancePath === '' ? 'the root' : instancePath} ${message ?? 'is not valid'}${extra}`;
  });
  return lines.join('; ');
}

/** The JSON value in a model's answer, in a fence or among words or not; undefined if there is none. */
export function jsonIn(answer: string): unknown {
  const whole = parsedJson(answer.trim());
  if (whole !== undefined) return whole;
  const start = answer.search(/[[{]/);
  const end = Math.max(answer.lastIndexOf('}'), answer.lastIndexOf(']'));
  return start < 0 || end < start ? undefined : parsedJson(answer.slice(start, end + 1));
}
