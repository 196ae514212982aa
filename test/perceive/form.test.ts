/** The form that answers are held to: grammar and schema say the same, and what they let through can be read. */
import { Ajv2020 } from 'ajv/dist/2020.js';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkGrammar, schemaGrammar } from '../../shared/engine/native/grammar/index.ts';
import { parseGrammar } from '../../shared/engine/native/grammar/parse.ts';
import { namedKind } from '../../shared/tasks/perceive/answer-kinds.ts';
import { answerForm } from '../../shared/tasks/perceive/form.ts';
import { perceptionSchema } from '../../shared/tasks/perceive/perception.ts';
import { readAnswer } from '../../shared/tasks/perceive/read-answer.ts';
import { uiKinds } from '../../shared/ui-tree.ts';
import { matches, Sampler } from '../native/grammar/texts.ts';
import { region } from './marks.ts';

const six = region('a', 'b', 'c?', 'd', 'e?', 'f');
const form = answerForm({ marks: [1, 2, 3, 4, 5, 6], sure: [1, 2, 4, 6] });

describe('the form of an answer', () => {
  it.each([
    ['of several marks', form],
    ['without sure marks', answerForm({ marks: [1], sure: [] })],
    ['without marks', answerForm({ marks: [], sure: [] })],
  ])('%s is a grammar that the engine takes', (_, { grammar, schema }) => {
    checkGrammar(grammar);
    checkGrammar(schemaGrammar(schema));
    expect(grammar.length).toBeLessThan(4000);
  });

  it('the schema accepts what the grammar makes, and it can be read whole', () => {
    const validate = new Ajv2020({ strict: false }).compile(form.schema);
    const rules = parseGrammar(form.grammar);
    fc.assert(
      fc.property(fc.nat(), (seed) => {
        const text = new Sampler(rules, seed).text(400);
        expect(validate(JSON.parse(text)), text).toBe(true);
        perceptionSchema.parse({ nodes: readAnswer(text, six).nodes });
      }),
      { numRuns: 300 },
    );
  });

  it('the grammar accepts what the schema makes', () => {
    const rules = parseGrammar(form.grammar);
    const made = parseGrammar(schemaGrammar(form.schema));
    fc.assert(
      fc.property(fc.nat(), (seed) => {
        const value: unknown = JSON.parse(new Sampler(made, seed).text(200));
        // Escapes that JSON does not need are not in the grammar.
        const text = JSON.stringify(value);
        fc.pre(!/\\[^"\\/n]/.test(text));
        expect(matches(rules, text), text).toBe(true);
      }),
      { numRuns: 100 },
    );
  });

  it.each([
    ['a number that is no mark', '[{"text":7}]'],
    ['a doubtful mark without words', '[{"text":3}]'],
    ['a box without words', '[{"icon":[1,2,3,4]}]'],
    ['a kind that is none', '[{"page":1}]'],
    ['two kinds at once', '[{"text":1,"link":2}]'],
  ])('it refuses %s', (_, text) => {
    expect(matches(parseGrammar(form.grammar), text)).toBe(false);
    expect(new Ajv2020({ strict: false }).validate(form.schema, JSON.parse(text))).toBe(false);
  });

  it('every kind of the UI tree has a name, but the page', () => {
    expect(uiKinds.filter((kind) => namedKind(kind)?.kind !== kind)).toEqual(['page']);
  });
});
