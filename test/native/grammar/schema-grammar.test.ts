/** What the grammar of each keyword lets through, what it does not, and the whole text of one. */
import { describe, expect, it } from 'vitest';
import type { JsonSchema } from '../../../shared/engine/engine.ts';
import { schemaGrammar } from '../../../shared/engine/native/grammar/index.ts';
import { parseGrammar } from '../../../shared/engine/native/grammar/parse.ts';
import { matches } from './texts.ts';

describe('the grammar of an invoice', () => {
  const invoice = {
    type: 'object',
    properties: {
      number: { type: 'string', description: 'As printed.', maxLength: 20 },
      total: { type: 'number', minimum: 0 },
      currency: { enum: ['EUR', 'USD'] },
      lines: { type: 'array', items: { $ref: '#/$defs/line' }, minItems: 1 },
    },
    required: ['number', 'lines'],
    $defs: {
      line: {
        type: 'object',
        properties: { text: { type: 'string' }, count: { type: 'integer', minimum: 1, maximum: 144 } },
        required: ['text', 'count'],
      },
    },
  };

  it('is this text', () => {
    expect(schemaGrammar(invoice)).toMatchInlineSnapshot(`
      "root ::= value
      space ::= (" " | "\\n" [ \\t]{0,20})?
      char ::= [^\\x22\\\\\\u007F\\x00-\\x1F] | "\\\\" ([\\x22\\\\/bfnrt] | "u" ([0-9a-cA-CefEF] [0-9a-fA-F]{3} | [dD] [0-7] [0-9a-fA-F]{2}))
      value ::= "{" space "\\"number\\":" space value-number ("," space "\\"total\\":" space value-total)? ("," space "\\"currency\\":" space value-currency)? "," space "\\"lines\\":" space value-lines space "}"
      value-number ::= "\\"" char{0,20} "\\""
      value-total ::= ([0-9] | [1-9] [0-9]{1,8}) ("." [0-9]{1,6})?
      value-currency ::= "\\"EUR\\"" | "\\"USD\\""
      value-lines ::= "[" space line ("," space line)* space "]"
      line ::= "{" space "\\"text\\":" space line-text "," space "\\"count\\":" space line-count space "}"
      line-text ::= "\\"" char* "\\""
      line-count ::= [1-9] | "1" ([0-3] [0-9] | "4" [0-4]) | [1-9] [0-9]
      "
    `);
  });

  it('takes an invoice in any usual layout', () => {
    const rules = parseGrammar(schemaGrammar(invoice));
    const value = { number: 'A 7', currency: 'EUR', lines: [{ text: 'Tea "green"', count: 2 }] };
    for (const indent of [undefined, 2, 4, '\t']) {
      expect(matches(rules, JSON.stringify(value, undefined, indent))).toBe(true);
    }
    expect(matches(rules, '{"number": "A 7", "lines": [{"text": "", "count": 144}]}')).toBe(true);
    expect(matches(rules, '{"number": "A 7", "lines": []}')).toBe(false);
    expect(matches(rules, '{"lines": [{"text": "", "count": 1}], "number": "A 7"}')).toBe(false);
    expect(matches(rules, '{"number": "A 7", "lines": [{"text": "", "count": 1}]}\n')).toBe(false);
  });
});

/** Schema, texts that its grammar takes, texts that it does not. */
const cases: [name: string, schema: JsonSchema, taken: string[], refused: string[]][] = [
  ['one of several types', { type: ['integer', 'null'] }, ['null', '-12', '0'], ['"a"', '1.5', '01', '-']],
  ['a number', { type: 'number' }, ['0', '-1.50', '2e-9', '1E+10'], ['.5', '1.', '1e999', '+1', 'NaN']],
  [
    'any string',
    { type: 'string' },
    ['""', '"\\n\\u00e9"', '"日本 😀"'],
    ['"\n"', '"\\x"', '"\\ud83d"', '"'],
  ],
  ['anything', {}, ['[]', '{"a": [1, {"b": null}]}', '"x"'], ['', 'nul', '[1,]']],
  ['any object', { type: 'object' }, ['{}', '{"a":{"b":1}}'], ['[]']],
  ['a constant', { const: { a: [1, 'x'] } }, ['{"a":[1,"x"]}'], ['{"a":[1]}', '{}']],
  ['listed values of a type', { type: 'string', enum: ['a', 1, 'bc'], maxLength: 1 }, ['"a"'], ['1', '"bc"']],
  [
    'integers',
    { type: 'integer', minimum: -12, maximum: 305 },
    ['-12', '-9', '0', '99', '300', '305'],
    ['-13', '-0', '306', '1000'],
  ],
  ['integers above', { type: 'integer', exclusiveMinimum: 9 }, ['10', '123456'], ['9', '0', '-10']],
  ['integers below', { type: 'integer', exclusiveMaximum: -3.5 }, ['-4', '-1000'], ['-3', '0', '4']],
  [
    'all integers that JavaScript holds',
    { type: 'integer', minimum: -9007199254740991, maximum: 9007199254740991 },
    ['0', '-7'],
    ['1.0'],
  ],
  ['numbers', { type: 'number', minimum: 0, maximum: 1 }, ['0', '0.25', '1', '1.0'], ['1.5', '-0.5', '1e-3']],
  ['numbers above', { type: 'number', exclusiveMinimum: 0 }, ['0.001', '12', '3.5'], ['0', '0.0', '-1']],
  [
    'numbers about zero',
    { type: 'number', minimum: -2, exclusiveMaximum: 2 },
    ['-2', '-0.5', '0', '1.99'],
    ['2', '-2.1', '-0'],
  ],
  ['lengths', { type: 'string', minLength: 2, maxLength: 3 }, ['"ab"', '"日本\\n"'], ['"a"', '"abcd"']],
  [
    'many characters',
    { type: 'string', minLength: 250, maxLength: 1234 },
    [250, 251, 999, 1233, 1234].map(text),
    [249, 1235].map(text),
  ],
  ['a lower bound alone', { type: 'string', minLength: 450 }, [450, 2000].map(text), [449].map(text)],
  [
    'a pattern',
    { type: 'string', pattern: '^\\d{3}-[A-F]+$' },
    ['"123-AF"'],
    ['"12-A"', '"123-AFG"', '"x123-A"'],
  ],
  ['a pattern anywhere', { type: 'string', pattern: 'b+' }, ['"b"', '"abbc"', '"\\nb"'], ['"ac"']],
  [
    'a pattern with what JSON escapes',
    { type: 'string', pattern: '^["\\\\]\\n?$' },
    ['"\\""', '"\\\\\\n"'],
    ['"""', '"\\"'],
  ],
  [
    'a pattern of alternatives',
    { type: 'string', pattern: '^a|b$' },
    ['"a"', '"ax"', '"xb"'],
    ['"xa"', '"c"'],
  ],
  [
    'dates',
    { type: 'string', format: 'date' },
    ['"2024-02-29"', '"2000-02-29"', '"2026-12-31"'],
    ['"2023-02-29"', '"1900-02-29"', '"2026-04-31"', '"2026-13-01"'],
  ],
  [
    'times',
    { type: 'string', format: 'time' },
    ['"23:59:59Z"', '"08:00:00.125+02:00"'],
    ['"24:00:00Z"', '"08:00:00"'],
  ],
  [
    'dates with times',
    { type: 'string', format: 'date-time' },
    ['"2026-11-22T08:00:00Z"'],
    ['"2026-11-22 08:00:00Z"'],
  ],
  [
    'uuids',
    { type: 'string', format: 'uuid' },
    ['"123e4567-e89b-12d3-a456-426614174000"'],
    ['"123e4567e89b12d3a456426614174000"'],
  ],
  [
    'arrays',
    { type: 'array', items: { type: 'boolean' }, minItems: 1, maxItems: 2 },
    ['[true]', '[ true, false ]'],
    ['[]', '[true,true,true]'],
  ],
  ['an empty array', { type: 'array', maxItems: 0 }, ['[]', '[ ]'], ['[1]']],
  ['tuples', { type: 'array', prefixItems: [{ const: 1 }, { const: 2 }] }, ['[1,2]'], ['[1]', '[1,2,3]']],
  [
    'tuples with more',
    { prefixItems: [{ const: 1 }], items: { const: 2 }, maxItems: 3 },
    ['[1]', '[1,2,2]'],
    ['[]', '[1,2,2,2]'],
  ],
  [
    'tuples of draft 7',
    { type: 'array', items: [{ const: 1 }], additionalItems: { const: 2 } },
    ['[1]', '[1,2]'],
    ['[2]'],
  ],
  [
    'optional properties',
    { properties: { a: { const: 1 }, b: { const: 2 }, c: { const: 3 } }, required: ['b'] },
    ['{"b":2}', '{"a":1,"b":2}', '{"b":2,"c":3}'],
    ['{}', '{"a":1}', '{"b":2,"a":1}', '{"a":1,,"b":2}'],
  ],
  [
    'no required property',
    { properties: { a: { const: 1 }, b: { const: 2 } } },
    ['{}', '{"a":1}', '{"b":2}', '{"a":1,"b":2}'],
    ['{,"b":2}', '{"c":1}'],
  ],
  [
    'other properties',
    { properties: { ab: { const: 1 } }, additionalProperties: { const: 2 } },
    ['{}', '{"ab":1,"x":2}', '{"a":2}', '{"abc":2}', '{"":2}'],
    ['{"ab":2}', '{"x":1}', '{"\\u0061b":2}'],
  ],
  [
    'a map',
    { type: 'object', additionalProperties: { type: 'integer' }, propertyNames: { pattern: '^[a-z]$' } },
    ['{}', '{"a":1,"b":2}'],
    ['{"ab":1}'],
  ],
  ['a required property without a schema', { type: 'object', required: ['a'] }, ['{"a":[]}'], ['{}']],
  ['any of', { anyOf: [{ const: 1 }, { type: 'string', maxLength: 1 }] }, ['1', '"x"'], ['2', '"xy"']],
  [
    'one of objects that differ',
    {
      oneOf: ['a', 'b'].map((kind) => ({
        type: 'object',
        properties: { kind: { const: kind } },
        required: ['kind'],
      })),
    },
    ['{"kind":"a"}', '{"kind":"b"}'],
    ['{"kind":"c"}'],
  ],
  [
    'all of',
    { allOf: [{ type: 'integer', minimum: 3 }, { type: 'number', maximum: 5 }, { enum: [1, 4, 9] }] },
    ['4'],
    ['1', '3', '9'],
  ],
  [
    'all of objects',
    {
      allOf: [
        { properties: { a: { type: 'string' } }, required: ['a'] },
        { properties: { a: { maxLength: 1 }, b: true } },
      ],
    },
    ['{"a":"x"}', '{"a":"","b":0}'],
    ['{"a":"xy"}', '{"b":0}'],
  ],
  [
    'properties beside any of',
    {
      properties: { a: { const: 1 } },
      required: ['a'],
      anyOf: [{ required: ['b'] }, { properties: { c: { const: 3 } } }],
    },
    ['{"a":1,"b":null}', '{"a":1,"c":3}'],
    ['{"b":1}'],
  ],
  [
    'a schema within itself',
    {
      type: 'object',
      properties: { next: { anyOf: [{ $ref: '#' }, { type: 'null' }] } },
      required: ['next'],
    },
    ['{"next":null}', '{"next":{"next":null}}'],
    ['{}', '{"next":1}'],
  ],
  ['references with escapes', { $ref: '#/$defs/a~1b%20c', $defs: { 'a/b c': { const: 7 } } }, ['7'], ['8']],
  [
    'references beside more',
    { $ref: '#/$defs/word', maxLength: 2, $defs: { word: { type: 'string', minLength: 1 } } },
    ['"ab"'],
    ['""', '"abc"'],
  ],
  [
    'what says nothing',
    { type: 'null', title: 'x', default: 1, unevaluatedProperties: false, uniqueItems: false },
    ['null'],
    ['1'],
  ],
];

function text(length: number): string {
  return JSON.stringify('x'.repeat(length));
}

describe('the grammar of', () => {
  it.each(cases)('%s', (_name, schema, taken, refused) => {
    const rules = parseGrammar(schemaGrammar(schema));
    expect(taken.filter((each) => !matches(rules, each))).toEqual([]);
    expect(refused.filter((each) => matches(rules, each))).toEqual([]);
  });
});

describe('a schema that no grammar holds a model to', () => {
  const nested = (depth: number): JsonSchema =>
    depth === 0 ? {} : { type: 'array', items: nested(depth - 1) };
  const itself: Record<string, unknown> = {};
  itself['items'] = itself;
  const refusals: [schema: JsonSchema, message: string][] = [
    [{ type: 'object', properties: { a: { not: {} } } }, '#/properties/a: a grammar cannot express not'],
    [{ items: { uniqueItems: true } }, '#/items: a grammar cannot express uniqueItems'],
    [{ patternProperties: {} }, '#: a grammar cannot express patternProperties'],
    [{ anyOf: [{ if: {} }] }, '#/anyOf/0: a grammar cannot express if'],
    [{ type: 'number', multipleOf: 3 }, '#: a grammar cannot express multipleOf'],
    [{ type: 'strin' }, '#/type: '],
    [{ properties: { a: 1 } }, '#/properties/a: '],
    [{ minLength: -1 }, '#/minLength: '],
    [
      { type: 'string', format: 'email' },
      '#/format: a grammar knows the formats date, time, date-time, uuid, and not email',
    ],
    [{ pattern: '^(?=a)' }, '#/pattern: a grammar cannot express (?=a) of the pattern'],
    [{ pattern: 'a\\b' }, '#/pattern: a grammar cannot express \\b of the pattern'],
    [{ pattern: '^(a)\\1$' }, '#/pattern: a grammar cannot express \\1 of the pattern'],
    [{ pattern: '\\p{L}' }, '#/pattern: a grammar cannot express \\p{L} of the pattern'],
    [{ pattern: '(' }, '#/pattern: '],
    [{ pattern: '(a*)*' }, 'it repeats without a limit something that may be empty'],
    [{ pattern: '^a$', maxLength: 3 }, '#: a grammar cannot hold to a length and pattern at once'],
    [{ $ref: 'https://example.org/schema' }, '#/$ref: references must stay within the schema'],
    [{ $ref: '#/$defs/a' }, '#/$ref: nothing stands at #/$defs/a'],
    [{ $ref: '#' }, '#: the reference # comes back to itself'],
    [{ anyOf: [{ $ref: '#' }, { type: 'null' }] }, 'it refers to itself without a value in between'],
    [{ allOf: [{ $ref: '#' }] }, 'the reference # comes back to itself'],
    [
      { properties: { a: { $ref: '#' } }, required: ['a'] },
      'it always asks for itself again, so that no value ends',
    ],
    [
      { oneOf: [{ type: 'number' }, { type: 'integer' }] },
      '#/oneOf: a value may fit alternatives 0 and 1 at once',
    ],
    [{ allOf: [{ type: 'string' }, { type: 'null' }] }, '#: nothing satisfies all of it'],
    [{ type: 'integer', minimum: 3, maximum: 2 }, '#: no integer of up to 15 digits lies between its bounds'],
    [{ type: 'number', minimum: 0.5 }, '#/minimum: the bound of a number must be whole'],
    [{ minLength: 3, maxLength: 2 }, '#: no text has at least 3 and at most 2 characters'],
    [{ maxLength: 10_000_000 }, '#: at most 200000 repetitions can be counted'],
    [{ minItems: 3, maxItems: 2 }, '#: no array has at least 3 and at most 2 items'],
    [{ type: 'integer', enum: ['a'] }, '#: none of the listed values is valid'],
    [{ enum: Array.from({ length: 3000 }, (_, index) => index) }, '#/enum: more than 2000 values are listed'],
    [
      { required: ['a'], additionalProperties: false },
      '#: the property a is required, and none may be there',
    ],
    [nested(150), 'it nests deeper than 100 levels'],
    [{ description: 'x'.repeat(300_000) }, '#: it has 300018 characters'],
    [itself, '#: it is no JSON'],
  ];

  it.each(refusals)('%j', (schema, message) => {
    expect(() => schemaGrammar(schema)).toThrow(
      expect.objectContaining({
        code: 'option-invalid',
        message: expect.stringContaining(message),
        next: expect.any(String),
        details: { path: expect.stringMatching(/^#/) },
      }),
    );
  });
});
