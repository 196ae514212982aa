/** Each server is recognised, described, and asked in its own dialect. */
import { describe, expect, it } from 'vitest';
import type { EngineRequest } from '../../shared/engine/engine.ts';
import { ask, engineAt, failure, never, readAll, textOf } from './helpers.ts';
import { hello, json, kinds, startServer, stream } from './scripted-server.ts';

const picture = Uint8Array.of(1, 2, 3, 254);
const full: EngineRequest = {
  messages: [
    { role: 'system', parts: [{ type: 'text', text: 'Be brief.' }] },
    {
      role: 'user',
      parts: [
        { type: 'image', bytes: picture.subarray(1), mediaType: 'image/png' },
        { type: 'text', text: 'What is this?' },
      ],
    },
  ],
  sampling: {
    temperature: 0.7,
    topP: 0.8,
    topK: 20,
    minP: 0.05,
    presencePenalty: 1.5,
    repetitionPenalty: 1.1,
    seed: 7,
  },
  maxTokens: 100,
  stop: ['</html>'],
};
const schema = { type: 'object', properties: { a: { type: 'string' } }, required: ['a'] };
const jsonForm = { type: 'json_schema', json_schema: { name: 'answer', strict: true, schema } };
const grammar = 'root ::= "yes" | "no"';

const commonBody = {
  messages: [
    { role: 'system', content: 'Be brief.' },
    {
      role: 'user',
      content: [
        { type: 'image_url', image_url: { url: 'data:image/png;base64,AgP+' } },
        { type: 'text', text: 'What is this?' },
      ],
    },
  ],
  stream: true,
  stream_options: { include_usage: true },
  max_tokens: 100,
  stop: ['</html>'],
  temperature: 0.7,
  top_p: 0.8,
  presence_penalty: 1.5,
  seed: 7,
};

const expected = {
  'llama-server': {
    info: {
      name: 'llama-server',
      model: 'qwen3-vl.gguf',
      contextSize: 8192,
      capabilities: { grammar: true, jsonSchema: true, vision: true },
    },
    body: { model: 'qwen3-vl.gguf', return_progress: true, top_k: 20, min_p: 0.05, repeat_penalty: 1.1 },
    grammar: { grammar },
  },
  vllm: {
    info: {
      name: 'vLLM',
      model: 'Qwen/Qwen3-VL-2B-Instruct',
      contextSize: 32768,
      capabilities: { grammar: true, jsonSchema: true },
    },
    body: { model: 'Qwen/Qwen3-VL-2B-Instruct', top_k: 20, min_p: 0.05, repetition_penalty: 1.1 },
    grammar: { structured_outputs: { grammar } },
  },
  ollama: {
    info: {
      name: 'Ollama',
      model: 'qwen3-vl:2b',
      contextSize: 4096,
      capabilities: { grammar: false, jsonSchema: true },
    },
    body: { model: 'qwen3-vl:2b' },
    grammar: undefined,
  },
  lmstudio: {
    info: {
      name: 'LM Studio',
      model: 'qwen/qwen3-vl-4b',
      contextSize: 8192,
      capabilities: { grammar: false, jsonSchema: true, vision: true },
    },
    body: { model: 'qwen/qwen3-vl-4b', top_k: 20, repeat_penalty: 1.1 },
    grammar: undefined,
  },
  openai: {
    info: {
      name: 'OpenAI-compatible server',
      model: 'some-model',
      capabilities: { grammar: false, jsonSchema: true },
    },
    body: { model: 'some-model' },
    grammar: undefined,
  },
} as const;

const names = ['llama-server', 'vllm', 'ollama', 'lmstudio', 'openai'] as const;

describe.each(names)('%s', (name) => {
  const routes = { ...kinds[name], '/v1/chat/completions': stream(hello) };
  const { info, body, grammar: grammarFields } = expected[name];

  it('is recognised and described', async () => {
    const server = await startServer(routes);
    const engine = engineAt(server.url);
    const host = server.url.slice('http://'.length);
    expect(await engine.describe({ signal: never })).toEqual({ ...info, name: `${info.name} at ${host}` });
  });

  it('is asked once what it is, and once for the model list', async () => {
    const server = await startServer(routes);
    const engine = engineAt(server.url);
    await Promise.all([engine.describe({ signal: never }), readAll(engine.stream(ask, { signal: never }))]);
    await readAll(engine.stream(ask, { signal: never }));
    const looks = server.requests.filter(({ method }) => method === 'GET').map(({ path }) => path);
    expect(looks).toHaveLength(new Set(looks).size);
    expect(server.chats()).toHaveLength(2);
  });

  it('gets exactly this body', async () => {
    const server = await startServer(routes);
    const parts = await readAll(engineAt(server.url).stream(full, { signal: never }));
    expect(textOf(parts)).toBe('Hello');
    expect(server.chats()[0]?.body).toEqual({ ...commonBody, ...body });
  });

  it('gets a JSON schema in the form that it reads', async () => {
    const server = await startServer(routes);
    const request: EngineRequest = { ...ask, constraint: { kind: 'json-schema', schema } };
    await readAll(engineAt(server.url).stream(request, { signal: never }));
    expect(server.chats()[0]?.body).toMatchObject({ response_format: jsonForm });
  });

  it(
    grammarFields ? 'gets a grammar in its field' : 'refuses a grammar before anything is sent',
    async () => {
      const server = await startServer(routes);
      const request: EngineRequest = { ...ask, constraint: { kind: 'grammar', grammar } };
      const run = readAll(engineAt(server.url).stream(request, { signal: never }));
      if (grammarFields) {
        await run;
        expect(server.chats()[0]?.body).toMatchObject(grammarFields);
      } else {
        const error = await failure(run);
        expect(error.code).toBe('option-invalid');
        expect(error.message).toMatch(/cannot hold a model to a grammar, only to a JSON schema\.$/);
        expect(server.chats()).toHaveLength(0);
      }
    },
  );
});

it('vLLM before 0.11 gets the grammar in its old field', async () => {
  const server = await startServer({
    ...kinds.vllm,
    '/version': json(200, { version: '0.10.2' }),
    '/v1/chat/completions': stream(hello),
  });
  await readAll(
    engineAt(server.url).stream({ ...ask, constraint: { kind: 'grammar', grammar } }, { signal: never }),
  );
  expect(server.chats()[0]?.body).toMatchObject({ guided_grammar: grammar });
  expect(server.chats()[0]?.body).not.toHaveProperty('structured_outputs');
});

it('a dialect that is given is not looked for', async () => {
  const server = await startServer({ ...kinds.vllm, '/v1/chat/completions': stream(hello) });
  await readAll(engineAt(server.url, { dialect: 'vllm', model: 'mine' }).stream(ask, { signal: never }));
  expect(server.requests.map(({ path }) => path).sort()).toEqual([
    '/v1/chat/completions',
    '/v1/models',
    '/version',
  ]);
  expect(server.chats()[0]?.body).toMatchObject({ model: 'mine' });
});

it('LM Studio, which answers unknown addresses with 200, is not taken for another', async () => {
  const unexpected = json(200, { error: 'Unexpected endpoint or method. (GET /props)' });
  const server = await startServer(kinds.lmstudio, unexpected);
  const info = await engineAt(server.url).describe({ signal: never });
  expect(info.name).toMatch(/^LM Studio at /);
});

it('the key goes with every request, and only as a header', async () => {
  const server = await startServer({ ...kinds['llama-server'], '/v1/chat/completions': stream(hello) });
  await readAll(engineAt(server.url, { apiKey: 'k-123' }).stream(ask, { signal: never }));
  for (const { headers, path, body } of server.requests) {
    expect(headers.authorization).toBe('Bearer k-123');
    expect(`${path}${JSON.stringify(body)}`).not.toContain('k-123');
  }
});

it.each(['', '/', '/v1', '/v1/', '/v1/chat/completions'])(
  'base URL with "%s" behind the port',
  async (end) => {
    const server = await startServer({ ...kinds['llama-server'], '/v1/chat/completions': stream(hello) });
    const parts = await readAll(engineAt(server.url + end).stream(ask, { signal: never }));
    expect(textOf(parts)).toBe('Hello');
  },
);

it('a path before the version is kept', async () => {
  const server = await startServer({
    '/proxy/a/v1/models': kinds.openai['/v1/models'],
    '/proxy/a/v1/chat/completions': stream(hello),
  });
  expect(textOf(await readAll(engineAt(`${server.url}/proxy/a/v1`).stream(ask, { signal: never })))).toBe(
    'Hello',
  );
  expect(server.requests.map(({ path }) => path)).toContain('/proxy/a/props');
});
