/** `extractData`: data that is valid under the caller's schema, or an error that says why not. */
import { describe, expect, it } from 'vitest';
import { extractData, extractDataTask } from '../../shared/index.ts';
import { failure } from '../image/pictures.ts';
import { drawn, scripted, text, watched } from './support.ts';

const bill = await drawn(320, 200, text('Total 12.50', 20, 60));
const schema = JSON.stringify({
  type: 'object',
  properties: { total: { type: 'number' } },
  required: ['total'],
  additionalProperties: false,
});

describe('extractData', () => {
  it('gives the data, and holds the model to the schema', async () => {
    const { engine, server } = await scripted('{"total": 12.5}');
    const result = await extractData(bill, { engine, schema, instructions: 'In euro.' }, watched());
    expect(extractDataTask.output.strict().parse(result)).toMatchObject({
      data: { total: 12.5 },
      truncated: false,
      picture: { width: 320, height: 200 },
    });
    expect(server.chats()[0]?.body).toMatchObject({
      response_format: { type: 'json_schema', json_schema: { schema: JSON.parse(schema) } },
      temperature: 0.1,
    });
  });

  it('a schema that is none is refused before the picture is read', async () => {
    const { engine, server } = await scripted('');
    const nothing = { kind: 'reference', reference: '/nowhere.png' } as const;
    const error = await failure(extractData(nothing, { engine, schema: '"text"' }, watched()));
    expect(error).toMatchObject({ code: 'option-invalid' });
    expect(server.requests).toEqual([]);
  });

  it.each([
    ['{"total": "12.50"}', 'stop', 'output-invalid', '/total must be number'],
    ['The total is 12.50.', 'stop', 'output-invalid', 'it is not JSON'],
    ['{"total": 12.', 'length', 'truncated', 'token limit'],
  ])('%s (%s) is %s', async (answer, reason, code, words) => {
    const { engine } = await scripted(answer, reason);
    const error = await failure(extractData(bill, { engine, schema }, watched()));
    expect(error).toMatchObject({ code, details: { answer, usage: { completionTokens: 20 } } });
    expect(error.message).toContain(words);
    expect(error.next).toBeDefined();
  });

  it('data that is whole counts, although the limit was reached', async () => {
    const { engine } = await scripted('{"total": 12.5}', 'length');
    expect(await extractData(bill, { engine, schema }, watched())).toMatchObject({ data: { total: 12.5 } });
  });
});
