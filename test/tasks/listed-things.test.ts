/** A model's list of places is read whatever it looks like, and as far as it goes. */
import { describe, expect, it } from 'vitest';
import { listForm } from '../../shared/tasks/list-form.ts';
import { listedThings } from '../../shared/tasks/listed-things.ts';

const signIn = { place: [10, 20, 300, 40], isPoint: false, words: 'Sign in' };

describe('listedThings', () => {
  it.each([
    ['plain', '[{"bbox_2d":[10,20,300,40],"text_content":"Sign in"}]'],
    ['in a fence', '```json\n[\n\t{"bbox_2d": [10, 20, 300, 40], "text_content": "Sign in"}\n]\n```'],
    ['behind a sentence', 'It\'s a "list: [{"bbox_2d":[10,20,300,40],"label":"Sign in"}]'],
    ['without the list', '{"bbox":[10,20,300,40],"text":"Sign in"}'],
    ['another name', '[{"box_2d":[10,20,300,40],"label":"Sign in","score":0.9}]'],
  ])('%s', (_, answer) => {
    expect(listedThings(answer)).toEqual({ things: [signIn], broken: 0 });
  });

  it('points are boxes without extent', () => {
    expect(listedThings('[{"point_2d":[500,250],"label":"x"}]').things).toEqual([
      { place: [500, 250, 500, 250], isPoint: true, words: 'x' },
    ]);
  });

  it('braces and quotes in the words', () => {
    const words = 'if (a) { "b\\" } ] \n';
    const answer = JSON.stringify([{ bbox_2d: [1, 2, 3, 4], text_content: words }]);
    expect(listedThings(answer).things[0]?.words).toBe(words);
  });

  it('keeps what is complete of an answer that was cut', () => {
    const answer = '[{"bbox_2d":[10,20,300,40],"text_content":"Sign in"},\n{"bbox_2d":[10,60,30';
    expect(listedThings(answer)).toEqual({ things: [signIn], broken: 1 });
  });

  it.each([
    ['pixels beyond 1000', '[{"bbox_2d":[10,20,1300,40],"label":"x"}]'],
    ['three numbers', '[{"bbox_2d":[10,20,30],"label":"x"}]'],
    ['no place', '[{"label":"x"}]'],
    ['no JSON', '[{bbox_2d: 1}]'],
  ])('%s is broken', (_, answer) => {
    expect(listedThings(answer)).toEqual({ things: [], broken: 1 });
  });

  it('words are no things', () => {
    expect(listedThings('I see no text.')).toEqual({ things: [], broken: 0 });
  });
});

describe('listForm', () => {
  it('the grammar of boxes', () => {
    expect(listForm('bbox_2d', 'label').grammar).toMatchInlineSnapshot(`
      "root ::= ("\`\`\`json\\n")? "[" (gap item ("," gap item)*)? gap "]" ("\\n\`\`\`")?
      item ::= "{" gap "\\"bbox_2d\\":" " "? "[" number comma number comma number comma number "]" comma "\\"label\\":" " "? text gap "}"
      comma ::= "," gap
      gap ::= [ \\t\\n]{0,6}
      number ::= "0" | [1-9] [0-9]? [0-9]? | "1000"
      text ::= "\\"" ([^"\\\\\\x00-\\x1f] | "\\\\" (["\\\\/bfnrt] | "u" [0-9a-fA-F]{4}))* "\\"""
    `);
  });

  it('the schema of points, for servers without grammars', () => {
    expect(listForm('point_2d', 'label').schema).toMatchObject({
      type: 'array',
      items: {
        properties: { point_2d: { minItems: 2, maxItems: 2 }, label: { type: 'string' } },
        required: ['point_2d', 'label'],
        additionalProperties: false,
      },
    });
  });
});
