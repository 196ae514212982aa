/** Programs that are not ours speak to the host as to any OpenAI-compatible server. */
import { createParser } from 'eventsource-parser';
import sharp from 'sharp';
import { expect, it } from 'vitest';
import { createOpenAiEngine } from '../../shared/engine/openai/openai-engine.ts';
import { collect } from '../../shared/engine/stream/collect.ts';
import { ask, call, localHost, never } from './helpers.ts';
import { failure } from './scripted-engine.ts';

const chat = '/v1/chat/completions';
const says = (content: unknown) => ({ model: 'any', messages: [{ role: 'user', content }] });

/** The data of the events of a whole stream. */
async function events(response: Response): Promise<unknown[]> {
  const found: unknown[] = [];
  const parser = createParser({
    onEvent: ({ data }) => found.push(data === '[DONE]' ? data : JSON.parse(data)),
  });
  parser.feed(await response.text());
  return found;
}

/** The request as the engine saw it. */
async function reflected(body: object): Promise<unknown> {
  const response = await call(await localHost(), chat, { body: { ...says('reflect'), ...body } });
  const answer = await response.json();
  return JSON.parse(answer.choices[0].message.content);
}

it('answers whole', async () => {
  const response = await call(await localHost(), chat, { body: says('say a b') });
  expect(response.status).toBe(200);
  expect(await response.json()).toMatchObject({
    id: expect.stringMatching(/^chatcmpl-/),
    object: 'chat.completion',
    created: expect.any(Number),
    model: 'tiny.gguf',
    choices: [{ index: 0, message: { role: 'assistant', content: 'a b ' }, finish_reason: 'stop' }],
    usage: {
      prompt_tokens: 9,
      completion_tokens: 2,
      total_tokens: 11,
      prompt_tokens_details: { cached_tokens: 7 },
    },
    timings: { cache_n: 7, prompt_n: 2, prompt_ms: 0.5, predicted_n: 2, predicted_ms: 0.25 },
  });
});

it('answers as a stream, in chunks that hold nothing that OpenAI does not know', async () => {
  const body = { ...says('say a b'), stream: true, stream_options: { include_usage: true } };
  const response = await call(await localHost(), chat, { body });
  expect(response.headers.get('content-type')).toBe('text/event-stream; charset=utf-8');
  const found = await events(response);
  expect(found.at(-1)).toBe('[DONE]');
  expect(found.slice(0, -1)).toMatchObject([
    { choices: [{ delta: { role: 'assistant', content: 'a ' }, finish_reason: null }] },
    { choices: [{ delta: { content: 'b ' }, finish_reason: null }] },
    { choices: [{ delta: {}, finish_reason: 'stop' }] },
    { choices: [], usage: { total_tokens: 11 } },
  ]);
  expect(JSON.stringify(found)).not.toContain('"pixelwright"');
});

it("shows prefill in llama-server's words to those who ask", async () => {
  const body = { ...says('say a'), stream: true, return_progress: true };
  const [first] = await events(await call(await localHost(), chat, { body }));
  expect(first).toMatchObject({ choices: [{ delta: {} }], prompt_progress: { processed: 7, total: 9 } });
});

it('tells an error before the first text by its status', async () => {
  const host = await localHost();
  for (const stream of [false, true]) {
    const response = await call(host, chat, { body: { ...says('fail'), stream } });
    expect(response.status).toBe(413);
    expect(await response.json()).toMatchObject({
      error: {
        message: `${failure.message} ${failure.next}`,
        type: 'invalid_request_error',
        code: 'input-too-large',
      },
    });
  }
});

it('keeps a stream alive in which nothing happens', async () => {
  const host = await localHost({ keepAliveMs: 10 });
  const ending = new AbortController();
  const response = await call(host, chat, { body: { ...says('mute'), stream: true }, signal: ending.signal });
  const { value } = (await response.body?.getReader().read()) ?? {};
  expect(new TextDecoder().decode(value)).toMatch(/^: /);
  ending.abort();
});

it.each<[what: string, sent: object, seen: object]>([
  [
    'the names of OpenAI',
    {
      temperature: 0,
      top_p: 0.9,
      presence_penalty: 1,
      frequency_penalty: -1,
      seed: 5,
      max_completion_tokens: 9,
    },
    {
      sampling: { temperature: 0, topP: 0.9, presencePenalty: 1, frequencyPenalty: -1, seed: 5 },
      maxTokens: 9,
    },
  ],
  [
    'the names of llama-server',
    { top_k: 40, min_p: 0.05, repeat_penalty: 1.1, dry_multiplier: 0.8, n_predict: 7, seed: -1 },
    { sampling: { topK: 40, minP: 0.05, repetitionPenalty: 1.1, dryMultiplier: 0.8 }, maxTokens: 7 },
  ],
  ['nulls', { temperature: null, stop: null, max_tokens: null, response_format: null }, {}],
  ['no limit', { max_tokens: -1, top_k: -1 }, { sampling: { topK: 0 } }],
  ['one stop text', { stop: 'END' }, { stop: ['END'] }],
  ['several', { stop: ['a', 'b'] }, { stop: ['a', 'b'] }],
  ['a grammar', { grammar: 'root ::= "a"' }, { constraint: { kind: 'grammar', grammar: 'root ::= "a"' } }],
  [
    'a schema as OpenAI has it',
    { response_format: { type: 'json_schema', json_schema: { name: 'x', schema: { type: 'array' } } } },
    { constraint: { kind: 'json-schema', schema: { type: 'array' } } },
  ],
  [
    'a schema as llama-server has it',
    { response_format: { type: 'json_object', schema: { type: 'array' } } },
    { constraint: { kind: 'json-schema', schema: { type: 'array' } } },
  ],
  [
    'any JSON object',
    { response_format: { type: 'json_object' } },
    { constraint: { kind: 'json-schema', schema: { type: 'object' } } },
  ],
  ['plain text', { response_format: { type: 'text' } }, {}],
])('understands %s', async (_, sent, seen) => {
  const parts = [{ type: 'text', text: 'reflect' }];
  expect(await reflected(sent)).toEqual({ messages: [{ role: 'user', parts }], ...seen });
});

const square = (format: 'png' | 'webp' | 'jpeg') =>
  sharp({ create: { width: 8, height: 8, channels: 3, background: 'red' } })
    .toFormat(format)
    .toBuffer();

it.each(['png', 'jpeg', 'webp'] as const)('takes pictures in %s', async (format) => {
  const url = `data:image/${format};base64,${(await square(format)).toString('base64')}`;
  const content = [
    { type: 'image_url', image_url: { url, detail: 'high' } },
    { type: 'text', text: 'reflect' },
  ];
  // Engines take PNG and JPEG; anything else comes to them as PNG.
  const mediaType = format === 'jpeg' ? 'image/jpeg' : 'image/png';
  expect(await reflected({ messages: [{ role: 'user', content }] })).toMatchObject({
    messages: [{ parts: [{ type: 'image', mediaType }, { type: 'text' }] }],
  });
});

const picture = (url: string) => [{ type: 'image_url', image_url: { url } }];

it.each<[what: string, body: object, status: number, message: string]>([
  ['an empty object', {}, 400, 'The chat request is not valid at messages: '],
  ['no messages', { messages: [] }, 400, 'The chat request is not valid at messages: '],
  ['an unknown role', { messages: [{ role: 'tool', content: '' }] }, 400, 'at messages[0].role: '],
  [
    'a sampling value out of range',
    { ...says('x'), top_p: 2 },
    400,
    'The chat request is not valid at top_p: ',
  ],
  ['tools', { ...says('x'), tools: [{}] }, 400, 'asks for "tools", which is not built.'],
  ['two answers', { ...says('x'), n: 2 }, 400, 'asks for "n", which is not built.'],
  [
    'a grammar beside a schema',
    { ...says('x'), grammar: 'root ::= "a"', json_schema: {} },
    400,
    'both a grammar and a JSON schema',
  ],
  [
    'an address as picture',
    says(picture('http://a.test/b.png')),
    403,
    'messages[0].content[0]: a picture must be a data: URI',
  ],
  ['a file as picture', says(picture('file:///etc/passwd')), 403, 'it begins with "file:"'],
  ['a data URI that is not base64', says(picture('data:image/png,x')), 400, 'must be base64'],
  [
    'bytes that are no picture',
    says(picture('data:image/png;base64,AAAAAAAA')),
    400,
    'messages[0].content[0]',
  ],
])('refuses %s with a sentence', async (_, body, status, message) => {
  const response = await call(await localHost(), chat, { body });
  expect(response.status).toBe(status);
  const { error } = await response.json();
  expect(error.message).toContain(message);
  expect(error.pixelwright.message).toMatch(/\.$/);
});

it('lists the model that it would load, and what it knows once that is loaded', async () => {
  const host = await localHost();
  const list = async () => (await call(host, '/v1/models')).json();
  const model = { id: 'tiny.gguf', object: 'model', owned_by: 'pixelwright' };
  expect(await list()).toMatchObject({ object: 'list', data: [model] });
  await (await call(host, chat, { body: says('say a') })).text();
  expect(await list()).toMatchObject({ data: [{ ...model, max_model_len: 4096 }] });
});

it('says so when it has no model', async () => {
  const host = await localHost({ defaultModel: undefined });
  expect(await (await call(host, '/v1/models')).json()).toEqual({ object: 'list', data: [] });
  const response = await call(host, chat, { body: says('say a') });
  expect(response.status).toBe(404);
  expect((await response.json()).error.code).toBe('model-missing');
});

it('is known by our own client when its address is given as base URL', async () => {
  const host = await localHost();
  const engine = createOpenAiEngine({ baseUrl: `http://127.0.0.1:${host.port}`, apiKey: host.token });
  expect((await engine.describe({ signal: never })).name).toMatch(/^Pixelwright at 127\.0\.0\.1:\d+$/);
  const { text, finish } = await collect(engine.stream(ask('say a'), { signal: never }));
  expect(text).toBe('a ');
  expect(finish.usage?.imageTokens).toBe(3);
  await engine.close();
});
