/** Random JSON schemas of what a grammar can express, recursive ones among them. */
import fc from 'fast-check';
import type { JsonSchema } from '../../../shared/engine/engine.ts';

const bounds = fc
  .tuple(fc.integer({ min: -2000, max: 2000 }), fc.nat({ max: 3000 }))
  .map(([low, width]) => [low, low + width] as const);
const lengths = fc
  .tuple(fc.nat({ max: 4 }), fc.nat({ max: 4 }))
  .map(([low, more]) => [low, low + more] as const);

const patterns = fc.constantFrom(
  ...[
    '^[a-z]+$',
    '^\\d{3}-\\d{4}$',
    '^(ab|c?d)*x$',
    'mid',
    '^start',
    'end$',
    '^[^abc"]{2,5}$',
    '^\\w+@\\w+\\.[a-z]{2,}$',
  ],
  ...[
    '^.{3}$',
    '^a|b$',
    '^\\s\\S$',
    '^[\\d.,-]+$',
    '^\\u00e9\\u{1F600}?$',
    '^"q\\\\"$',
    '^(?:x{0,3}y)+$',
    '^\\n?$',
  ],
);

const text = fc.oneof(
  fc.constant({ type: 'string' }),
  lengths.map(([minLength, maxLength]) => ({ type: 'string', minLength, maxLength })),
  fc.nat({ max: 3 }).map((minLength) => ({ minLength })),
  patterns.map((pattern) => ({ type: 'string', pattern })),
  fc.constantFrom('date', 'time', 'date-time', 'uuid').map((format) => ({ type: 'string', format })),
);

const number = fc.oneof(
  fc.constantFrom({ type: 'number' }, { type: 'integer' }),
  fc
    .tuple(fc.constantFrom('integer', 'number'), bounds)
    .map(([type, [minimum, maximum]]) => ({ type, minimum, maximum })),
  fc
    .tuple(fc.constantFrom('integer', 'number'), bounds)
    .map(([type, [low, high]]) => ({ type, exclusiveMinimum: low, exclusiveMaximum: high + 2 })),
  fc.integer({ min: -50, max: 50 }).map((minimum) => ({ type: 'number', minimum })),
  fc.integer({ min: -50, max: 50 }).map((exclusiveMaximum) => ({ type: 'integer', exclusiveMaximum })),
);

// The validator compares objects by calling their valueOf and toString.
const value = fc.jsonValue({ maxDepth: 1 }).filter((each) => !/valueOf|toString/.test(JSON.stringify(each)));
const listed = fc.oneof(
  value.map((constant) => ({ const: constant })),
  fc.array(value, { minLength: 1, maxLength: 4 }).map((values) => ({ enum: values })),
);
const simple = fc.oneof(
  text,
  number,
  listed,
  fc.constantFrom({ type: 'boolean' }, { type: 'null' }, { type: ['string', 'null'] }, {}, true),
);

const names = fc.constantFrom('a', 'ab', 'abc', 'b', 'say "hi"', 'é', 'line\nbreak', 'z');

/** A schema whose references, if any, lead to `#/$defs/tree` or to the whole. */
export const schemas: fc.Arbitrary<JsonSchema> = fc
  .letrec<{ schema: JsonSchema | boolean }>((tie) => {
    const child = tie('schema');
    const properties = fc.dictionary(names, child, { maxKeys: 4 });
    const object = fc
      .tuple(properties, fc.uniqueArray(names, { maxLength: 3 }), fc.option(fc.oneof(fc.boolean(), child)))
      .map(([members, wanted, additionalProperties]) => ({
        type: 'object',
        properties: members,
        required: additionalProperties === false ? wanted.filter((name) => name in members) : wanted,
        ...(additionalProperties === null ? {} : { additionalProperties }),
      }));
    const list = fc
      .tuple(child, lengths)
      .map(([items, [minItems, maxItems]]) => ({ type: 'array', items, minItems, maxItems }));
    const tuple = fc
      .tuple(fc.array(child, { minLength: 1, maxLength: 3 }), fc.option(child), fc.nat({ max: 4 }))
      .map(([prefixItems, items, minItems]) => ({
        type: 'array',
        prefixItems,
        ...(items === null ? {} : { items }),
        ...(items === false ? {} : { minItems }),
      }));
    const any = fc.array(child, { minLength: 1, maxLength: 3 }).map((anyOf) => ({ anyOf }));
    const all = fc
      .tuple(object, object)
      .map(([one, other]) => ({ allOf: [one, { ...other, additionalProperties: true }] }));
    const beside = fc
      .tuple(object, fc.array(object, { minLength: 1, maxLength: 2 }))
      .map(([base, anyOf]) => ({
        ...base,
        additionalProperties: true,
        anyOf: anyOf.map((each) => ({ ...each, additionalProperties: true })),
      }));
    const told = fc.array(properties, { minLength: 1, maxLength: 3 }).map((kinds) => ({
      oneOf: kinds.map((members, kind) => ({
        type: 'object',
        properties: { kind: { const: kind }, ...members },
        required: ['kind'],
      })),
    }));
    const reference = fc.constantFrom({ $ref: '#/$defs/tree' }, { type: 'array', items: { $ref: '#' } });
    return {
      schema: fc.oneof(
        { maxDepth: 3, depthSize: 'small' },
        simple,
        object,
        list,
        tuple,
        any,
        all,
        beside,
        told,
        reference,
      ),
    };
  })
  .schema.filter((schema) => typeof schema === 'object')
  .map((schema) => ({
    ...(typeof schema === 'object' ? schema : {}),
    $defs: {
      tree: {
        type: 'object',
        properties: {
          word: { type: 'string', maxLength: 3 },
          branches: { type: 'array', items: { $ref: '#/$defs/tree' } },
        },
        required: ['word'],
        additionalProperties: false,
      },
    },
  }));
