/** Whatever a grammar made from a schema lets through is JSON, and valid by a validator that is not ours. */
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkGrammar, schemaGrammar } from '../../../shared/engine/native/grammar/index.ts';
import { parseGrammar } from '../../../shared/engine/native/grammar/parse.ts';
import { PixelwrightError } from '../../../shared/errors.ts';
import { schemas } from './schemas.ts';
import { Sampler } from './texts.ts';

/** Undefined where the schema cannot be satisfied or told apart, which random schemas often cannot. */
function grammarOf(schema: Readonly<Record<string, unknown>>): string | undefined {
  try {
    return schemaGrammar(schema);
  } catch (error) {
    if (error instanceof PixelwrightError && error.code === 'option-invalid') return undefined;
    throw error;
  }
}

describe('the grammar of any schema', () => {
  it('makes only JSON that the schema accepts', () => {
    const ajv = new Ajv2020({ strict: false });
    addFormats.default(ajv);
    let made = 0;
    fc.assert(
      fc.property(schemas, fc.nat(), (schema, seed) => {
        const grammar = grammarOf(schema);
        if (grammar === undefined) return;
        made += 1;
        const validate = ajv.compile(schema);
        const rules = parseGrammar(grammar);
        for (let count = 0; count < 5; count += 1) {
          const text = new Sampler(rules, seed + count).text();
          const value: unknown = JSON.parse(text);
          expect(validate(value), `${text} of ${grammar}: ${ajv.errorsText(validate.errors)}`).toBe(true);
        }
      }),
      { numRuns: 200 },
    );
    // About two of three; the others ask for what nothing satisfies.
    expect(made).toBeGreaterThan(60);
  });

  it('is the same each time, and passes the check for grammars', () => {
    fc.assert(
      fc.property(schemas, (schema) => {
        const grammar = grammarOf(schema);
        expect(grammarOf(structuredClone(schema))).toBe(grammar);
        if (grammar !== undefined) checkGrammar(grammar);
      }),
      { numRuns: 50 },
    );
  });

  it('refuses one that grows while it is worked out, instead of working for ever', () => {
    const twin = { type: 'object', properties: { a: { $ref: '#' }, b: { $ref: '#' } } };
    const other = { type: 'object', properties: { a: { allOf: [{ $ref: '#' }, { type: 'object' }] } } };
    expect(() => schemaGrammar({ allOf: [twin, other, { properties: { a: { required: ['b'] } } }] })).toThrow(
      PixelwrightError,
    );
  });
});
