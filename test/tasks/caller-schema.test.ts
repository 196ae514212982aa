/** A caller's schema is checked before a model is asked; data is checked by it. */
import { describe, expect, it } from 'vitest';
import { callerSchema, jsonIn } from '../../shared/tasks/caller-schema.ts';
import { failure } from '../image/pictures.ts';

const refusal = async (schema: unknown) => {
  const text = typeof schema === 'string' ? schema : JSON.stringify(schema);
  return await failure(Promise.resolve().then(() => callerSchema(text)));
};

describe('callerSchema', () => {
  it.each([
    ['no JSON', '{type: object}', 'it is not JSON'],
    ['a list', '[]', 'it is [], which is no JSON object'],
    ['a text', { type: 'string' }, 'the "type" of its root is string'],
    ['object or null', { type: ['object', 'null'] }, 'the "type" of its root is ["object","null"]'],
    ['nothing said', {}, 'its root has no "type"'],
    ['a keyword of the wrong kind', { type: 'object', required: 'total' }, 'schema is invalid'],
    [
      'a reference into the web',
      { type: 'object', properties: { a: { $ref: 'https://example.com/a' } } },
      "can't resolve",
    ],
  ])('%s is refused', async (_, schema, why) => {
    const error = await refusal(schema);
    expect(error).toMatchObject({ code: 'option-invalid' });
    expect(error.message).toMatch(/^Expected a JSON schema of an object or an array, but /);
    expect(error.message).toContain(why);
    expect(error.next).toContain('"type":"object"');
  });

  it.each([
    ['an object', { type: 'object', properties: { a: { type: 'string' } } }],
    ['an array', { type: 'array', items: { type: 'number' } }],
    ['properties alone', { properties: { a: {} } }],
    ['draft 7', { $schema: 'http://json-schema.org/draft-07/schema#', type: 'object' }],
    ['behind a reference', { $ref: '#/$defs/Bill', $defs: { Bill: { type: 'object' } } }],
    ['words that are no keywords', { type: 'object', 'x-note': 'for people' }],
  ])('%s is taken', (_, schema) => {
    expect(callerSchema(JSON.stringify(schema)).schema).toEqual(schema);
  });

  it('tells what is wrong with data', () => {
    const schema = {
      type: 'object',
      properties: { total: { type: 'number' }, day: { type: 'string', format: 'date' } },
      required: ['total'],
      additionalProperties: false,
    };
    const { faultOf } = callerSchema(JSON.stringify(schema));
    expect(faultOf({ total: 3, day: '2026-11-22' })).toBeUndefined();
    expect(faultOf({})).toBe("the root must have required property 'total'");
    expect(faultOf({ total: '3' })).toBe('/total must be number');
    expect(faultOf({ total: 3, tax: 1 })).toBe('the root must NOT have additional properties ("tax")');
    expect(faultOf({ total: 3, day: 'today' })).toContain('/day must match format "date"');
  });
});

describe('jsonIn', () => {
  it.each([
    ['{"a":1}', { a: 1 }],
    ['```json\n[1, 2]\n```', [1, 2]],
    ['Here it is: {"a": {"b": []}} I hope it helps.', { a: { b: [] } }],
    ['{"a":', undefined],
    ['none', undefined],
  ])('%s', (answer, wanted) => {
    expect(jsonIn(answer)).toEqual(wanted);
  });
});
