/** llama.cpp itself takes the grammars made from schemas, and refuses what the check refuses. */
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { JsonSchema } from '../../../shared/engine/engine.ts';
import { checkGrammar, schemaGrammar } from '../../../shared/engine/native/grammar/index.ts';
import { parseGrammar } from '../../../shared/engine/native/grammar/parse.ts';
import { PixelwrightError } from '../../../shared/errors.ts';
import { openTinyModel, type TinyLibrary } from '../model/tiny-library.ts';
import { schemas } from './schemas.ts';
import { Sampler } from './texts.ts';

let tiny: TinyLibrary;
beforeAll(async () => {
  tiny = await openTinyModel();
});
afterAll(() => {
  tiny.model.free();
});

function takes(grammar: string): boolean {
  const { llama } = tiny.library;
  const sampler = llama.llama_sampler_init_grammar(tiny.model.vocabulary.pointer, grammar, 'root');
  if (sampler !== null) llama.llama_sampler_free(sampler);
  return sampler !== null;
}

function grammarOf(schema: JsonSchema): string | undefined {
  try {
    return schemaGrammar(schema);
  } catch (error) {
    if (error instanceof PixelwrightError) return undefined;
    throw error;
  }
}

describe('llama.cpp', () => {
  it('takes the grammar of any schema', () => {
    fc.assert(
      fc.property(schemas, (schema) => {
        const grammar = grammarOf(schema);
        if (grammar !== undefined) expect(takes(grammar), grammar).toBe(true);
      }),
      { numRuns: 150 },
    );
  });

  it('takes the largest repetitions, long lists of values and many properties', () => {
    const properties = Object.fromEntries(
      Array.from({ length: 200 }, (_, index) => [`p${index}`, { type: 'null' }]),
    );
    const large: JsonSchema[] = [
      { type: 'string', minLength: 777, maxLength: 200_000 },
      { type: 'array', items: { type: 'string', maxLength: 5000 }, maxItems: 5000 },
      { enum: Array.from({ length: 2000 }, (_, index) => `value ${index}`) },
      { type: 'object', properties },
      { type: 'object', properties, additionalProperties: true },
    ];
    for (const schema of large) expect(takes(schemaGrammar(schema))).toBe(true);
  });

  it('refuses what the check refuses', () => {
    const bad = [
      'start ::= "a"',
      'root ::= b',
      'root ::= root "a" | "a"',
      'root ::= (',
      'root ::= "a"{9000}',
    ];
    for (const grammar of bad) {
      expect(() => checkGrammar(grammar)).toThrow(PixelwrightError);
      expect(takes(grammar), grammar).toBe(false);
    }
  });

  it('takes each token of a text that belongs to the grammar, and the end after it', async () => {
    const { llama } = tiny.library;
    const { vocabulary } = tiny.model;
    const schema = {
      type: 'object',
      properties: {
        name: { type: 'string', maxLength: 300 },
        size: { type: 'number', minimum: 0 },
        tags: { type: 'array', items: { enum: ['a', 'é'] } },
      },
      required: ['name'],
    };
    const grammar = schemaGrammar(schema);
    for (let seed = 0; seed < 5; seed += 1) {
      const sampler = llama.llama_sampler_init_grammar(vocabulary.pointer, grammar, 'root');
      expect(sampler).not.toBeNull();
      if (sampler === null) continue;
      // Accepting a token that the grammar does not allow ends the process.
      for (const token of await vocabulary.tokenise(new Sampler(parseGrammar(grammar), seed).text())) {
        llama.llama_sampler_accept(sampler, token);
      }
      llama.llama_sampler_free(sampler);
    }
  });
});
